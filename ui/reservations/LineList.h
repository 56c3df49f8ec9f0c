// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/Paint.h"

#include <QListView>
#include <functional>
#include <optional>

namespace naru::ui {

// One row of a LineList.
struct ListLine {
    QString meta; // before the text, in the face of codes
    QString text;
    QString sub; // a second line, muted
    QString right; // a figure before the chip
    std::optional<ChipSpec> chip;
};

// A list whose rows are a code, a text with an optional second line, a figure and a chip. Letters are left to the page, Enter and a
// click open, Escape leaves; what a screen reader selects is the current row. UI thread; child of the card that shows it.
class LineList : public QListView {
    Q_OBJECT
public:
    using Lines = std::function<ListLine(int row)>;
    LineList(QAbstractItemModel& model, Lines lines, bool twoLines, QWidget* parent = nullptr);
    ListLine line(int row) const { return m_lines(row); }
    bool twoLines() const { return m_twoLines; }
    // The second lines run below the chips over the whole width, and on if they are longer: nothing of them is cut. For rows without code and
    // figure.
    void setWideSubs();
    bool wideSubs() const { return m_wideSubs; }

Q_SIGNALS:
    void opened(int row);
    void currentMoved(int row); // −1: none
    void escaped();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    Lines m_lines;
    bool m_twoLines;
    bool m_wideSubs = false;
};

} // namespace naru::ui
