// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/FactorForm.h"

#include <functional>

class QBoxLayout;

namespace naru::ui {

// One thing to tell or to ask, with at most three answers. Enter is the first, Esc the last.
struct Choice {
    QString text;
    KeyButton::Kind kind = KeyButton::Plain;
    std::function<void()> run;
    bool enabled = true;
};
struct Talk {
    int id = 0; // another one: the focus goes to `focus` and the words are read out
    QString sentence;
    QString detail;
    bool asksFactor = false; // shows the field of TalkPanel::form()
    std::vector<Choice> choices;
    int focus = 0; // the choice that has the focus at first; not the first one where that would be rash
    bool escapes = true; // Esc presses the last choice
};

// Shows a Talk: inside the sign-in page, the cover and the questions over the window. UI thread; child of them.
class TalkPanel : public QWidget {
    Q_OBJECT
public:
    explicit TalkPanel(QWidget* parent = nullptr);
    void show(const Talk& talk);
    const Talk& talk() const { return m_talk; }
    FactorForm& form() { return *m_form; }
    void focusFirst();
    void pressFirst(); // or the button that has the focus
    void pressLast();
    bool hasHeightForWidth() const override { return true; }

protected:
    void keyPressEvent(QKeyEvent* e) override;
    void resizeEvent(QResizeEvent* e) override;

private:
    void press(std::size_t index);
    void arrange();
    Talk m_talk;
    TextLabel* m_sentence;
    TextLabel* m_detail;
    FactorForm* m_form;
    QBoxLayout* m_row;
    std::vector<KeyButton*> m_buttons;
};

} // namespace naru::ui
