// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace naru::ui {

// The frame of a small form that opens inside a page and leaves the rest usable; Esc leaves it. UI thread; owned by the pane that
// shows it.
class Sheet : public QFrame {
    Q_OBJECT
public:
    using QFrame::QFrame;
    bool isOpen() const { return !isHidden(); }
    virtual void leave(); // closes it, nothing done

Q_SIGNALS:
    void left();

protected:
    void paintEvent(QPaintEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
};

} // namespace naru::ui
