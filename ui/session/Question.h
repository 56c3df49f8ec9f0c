// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Overlay.h"
#include "ui/session/TalkPanel.h"

namespace naru::ui {

// A question or an explanation over the window. Every answer closes it first, so the focus is where it was. UI thread; child of the window.
class Question : public Overlay {
    Q_OBJECT
public:
    explicit Question(QWidget* window);
    void ask(Talk talk);
    TalkPanel& talkPanel() { return *m_talk; }

protected:
    void enterPressed() override { m_talk->pressFirst(); }
    void escapePressed() override { m_talk->pressLast(); }

private:
    TalkPanel* m_talk;
    int m_asked = 0;
};

} // namespace naru::ui
