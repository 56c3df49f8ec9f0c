// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/SessionService.h"
#include "core/Reservations.h"
#include "ui/widgets/Widgets.h"

#include <QTimer>

namespace naru::ui {

// "● Live 42 ms"; a press tries to connect at once.
class ConnectionLight : public QAbstractButton {
    Q_OBJECT
public:
    explicit ConnectionLight(QWidget* parent);
    void setStatus(const backend::ConnectionStatus& status, int retryInSeconds);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    Tone m_tone = Tone::Warning;
};

// The bottom line of the window: connection and lag, queue, session, and for a moment a sentence about what was just asked for. UI thread; child
// of the window.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);
    ConnectionLight& light() { return *m_light; }
    void setQueue(const std::optional<QueueStats>& stats);
    void setSessionLeft(int seconds); // −1: none
    void say(const QString& sentence); // stands there for some seconds
    QString said() const; // empty: nothing, or not any more

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent* e) override;

private:
    void retranslate();
    ConnectionLight* m_light;
    TextLabel* m_queue;
    TextLabel* m_rate;
    TextLabel* m_session;
    TextLabel* m_said;
    QTimer m_saidFor;
    std::optional<QueueStats> m_stats;
    int m_left = -1;
};

// Short sentences at the bottom that go away by themselves; at most three. Lies over the window, lets the mouse through.
class Toasts : public QWidget {
    Q_OBJECT
public:
    explicit Toasts(QWidget* window);
    void say(const QString& text);
    QStringList texts() const;

protected:
    bool eventFilter(QObject* watched, QEvent* e) override;
    void paintEvent(QPaintEvent*) override;
    void timerEvent(QTimerEvent* e) override;

private:
    void arrange();
    struct Line {
        QString text;
        int timer = 0;
    };
    std::vector<Line> m_lines;
};

} // namespace naru::ui
