// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <vector>

#include "ui/widgets/Widgets.h"

class QHBoxLayout;

namespace naru::ui {

// Title and subtitle of the page at hand, its tools at the right. UI thread; child of the window.
class HeaderBar : public QWidget {
    Q_OBJECT
public:
    explicit HeaderBar(QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& subtitle);
    void showTools(QWidget* tools); // nullptr: none; stays the page's own as soon as another page's are shown

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QHBoxLayout* m_row;
    TextLabel* m_title;
    TextLabel* m_subtitle;
    std::vector<QPointer<QWidget>> m_tools; // their pages own them
};

// A line below the header: what happened and the one thing to do about it.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    NoticeBar(const char* icon, Tone tone, QWidget* parent);
    void setTexts(const QString& sentence, const QString& action, const QString& secondAction = {});
    void readOut(); // to a screen reader

Q_SIGNALS:
    void actionWanted();
    void secondActionWanted();
    void spoken(const QString& sentence); // to whoever cannot see it

protected:
    void paintEvent(QPaintEvent*) override;

private:
    const char* m_icon;
    Tone m_tone;
    TextLabel* m_text;
    KeyButton* m_action;
    KeyButton* m_second;
};

} // namespace naru::ui
