// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/LatestCall.h"
#include "ui/frame/Overlay.h"
#include "ui/palette/PaletteModel.h"
#include "ui/widgets/Widgets.h"

#include <QListView>
#include <QTimer>
#include <functional>

namespace naru::ui {

// A field that also tells what is being composed, so that Hangul filters while the syllable is still open.
class ComposingField : public QLineEdit {
    Q_OBJECT
public:
    using QLineEdit::QLineEdit;
    QString wholeText() const { return text() + m_preedit; }
    bool isComposing() const { return !m_preedit.isEmpty(); }

Q_SIGNALS:
    void wholeTextChanged(const QString& text);

protected:
    void inputMethodEvent(QInputMethodEvent* e) override;

private:
    QString m_preedit;
};

// Ctrl+K: finds commands of the window and the page at hand, and records; shows their keys. UI thread; child of the window.
class CommandPalette : public Overlay {
    Q_OBJECT
public:
    CommandPalette(backend::Backend& backend, QWidget* parent);
    // Records that the person may not open are not listed.
    void setRecordFilter(std::function<bool(const QString& entityType)> mayOpen) { m_mayOpen = std::move(mayOpen); }
    void openWith(std::vector<Command> commands, bool recordsOnly);

Q_SIGNALS:
    void recordChosen(const QString& entityType, const QString& entityId);

protected:
    bool eventFilter(QObject* watched, QEvent* e) override;
    void changeEvent(QEvent* e) override;

private:
    void retranslate();
    void textMoved();
    void search();
    void answered(Result<std::vector<SearchHit>> hits);
    void step(int by);
    void runCurrent();
    void selectFirst();
    backend::Backend& m_backend;
    PaletteModel m_model;
    ComposingField* m_field;
    QListView* m_list;
    TextLabel* m_note;
    QTimer m_delay;
    backend::LatestCall m_latest{m_backend};
    std::function<bool(const QString&)> m_mayOpen;
    bool m_recordsOnly = false;
    bool m_searched = false;
};

} // namespace naru::ui
