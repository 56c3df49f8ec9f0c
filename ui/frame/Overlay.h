// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace naru::ui {

// Raised surface with border and soft shadow; its layout's margins leave room for the shadow (kReach on each side).
class RaisedPanel : public QWidget {
    Q_OBJECT
public:
    static constexpr int kReach = 28;
    explicit RaisedPanel(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent*) override;
};

// Lies over its whole parent and holds one panel; keeps the focus inside and gives it back when closed. Not a dialog: the
// event loop goes on, what lies below stays alive. UI thread; child of the window.
class Overlay : public QWidget {
    Q_OBJECT
public:
    enum class Place { Top, Centre, Right };
    Overlay(QWidget* parent, Place place, int panelWidth);

    RaisedPanel* panel() const { return m_panel; }
    virtual void open();
    void close();
    bool isOpen() const { return isVisibleTo(parentWidget()); }
    void setDismissable(bool on) { m_dismissable = on; }

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* e) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* e) override;
    void mousePressEvent(QMouseEvent* e) override;
    void paintEvent(QPaintEvent*) override;
    bool event(QEvent* e) override;
    void arrange();
    virtual void enterPressed() {} // elsewhere than on a button, which it presses
    virtual void escapePressed(); // closes, if it may be closed

private:
    RaisedPanel* m_panel;
    Place m_place;
    int m_width;
    bool m_dismissable = true;
    QPointer<QWidget> m_focusBefore;
};

} // namespace naru::ui
