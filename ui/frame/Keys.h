// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>

class QKeyEvent;
class QWidget;

namespace naru::ui {

// The keys of the whole window. Chords with Ctrl work everywhere; single letters only while the focus is on something that
// takes no text, by the key's place on the keyboard. UI thread; owned by the window, filters the application's events.
class Keys : public QObject {
    Q_OBJECT
public:
    explicit Keys(QWidget& window);
    void setEnabled(bool on) { m_enabled = on; } // off while something lies over the page

Q_SIGNALS:
    void paletteWanted();
    void recordSearchWanted();
    void searchWanted();
    void screenWanted(char letter);
    void keySheetWanted();
    void railToggled();
    void userActed(); // any key or button, for the session's idle time

protected:
    bool eventFilter(QObject* watched, QEvent* e) override;

private:
    bool chord(const QKeyEvent& e);
    bool letter(const QKeyEvent& e);
    QWidget& m_window;
    bool m_enabled = true;
    QElapsedTimer m_afterG; // valid: G was pressed and waits for its letter
};

} // namespace naru::ui
