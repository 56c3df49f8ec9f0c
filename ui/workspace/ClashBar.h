// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Widgets.h"
#include "ui/workspace/FormEditor.h"

namespace naru::ui {

// Fields that the person and somebody else changed, one at a time: mine, theirs and what it was before, with a key each. Hidden when nothing
// is to be decided. UI thread; owned by the form's pane.
class ClashBar : public QWidget {
    Q_OBJECT
public:
    explicit ClashBar(QWidget* parent = nullptr);
    void ask(const std::vector<FormEditor::Clash>& clashes);
    void retranslate();

Q_SIGNALS:
    void decided(const QString& field, const QString& value);

private:
    void choose(const QString& value);
    void showNext();

    std::vector<FormEditor::Clash> m_open; // the last one is shown
    TextLabel* m_text;
    KeyButton* m_mine;
    KeyButton* m_theirs;
    KeyButton* m_base;
};

} // namespace naru::ui
