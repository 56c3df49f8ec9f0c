// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/Question.h"

#include <QVBoxLayout>

namespace naru::ui {
namespace {

constexpr int kQuestionWidth = 480;

} // namespace

Question::Question(QWidget* window) : Overlay(window, Place::Centre, kQuestionWidth)
{
    auto* column = new QVBoxLayout(panel());
    const int edge = RaisedPanel::kReach + kSpace5;
    column->setContentsMargins(edge, edge, edge, edge);
    m_talk = new TalkPanel;
    column->addWidget(m_talk);
}

void Question::ask(Talk talk)
{
    talk.id = ++m_asked;
    for (Choice& choice : talk.choices)
        choice.run = [this, run = std::move(choice.run)] {
            close();
            if (run)
                run();
        };
    open();
    m_talk->show(talk);
}

} // namespace naru::ui
