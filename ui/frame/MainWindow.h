// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "ui/frame/Page.h"
#include "ui/settings/Preferences.h"

#include <QStringList>
#include <QTimer>
#include <functional>

class QStackedLayout;
class QStackedWidget;

namespace naru::ui {

class ActionToasts;
class CommandPalette;
class HeaderBar;
class KeySheet;
class Keys;
class Question;
class Rail;
class SessionBars;
class SessionCover;
class SettingsSheet;
class SignInController;
class SignInPage;
class StatusLine;
class StepUp;
class Toasts;

// One screen as the frame lists it.
struct Screen {
    QString id; // "orders"
    const char* icon = nullptr;
    char letter = 0; // after G
    QStringList recordTypes; // entity types this screen opens
    Page* page = nullptr; // the window becomes its parent
    QString scope = {}; // what a person needs to read it (auth.md §2.13); empty: open to everybody, as the first screen always is
};
using ScreenFactory = std::function<std::vector<Screen>()>;

// The window: sign-in, or rail, header, the page at hand and status line. Draws no page of its own. UI thread; owned by the
// composition root.
class MainWindow : public QWidget {
    Q_OBJECT
public:
    MainWindow(backend::Backend& backend, const Clock& clock, Preferences& preferences, ScreenFactory makeScreens, QWidget* parent = nullptr);
    ~MainWindow() override;

    void start(const QString& demoLogin = {});
    SignInController& signInController() { return *m_signIn; }
    bool goTo(const QString& screenId); // false: there is none, or it is not open to this person, who is told
    bool mayGoTo(const QString& screenId) const;
    QStringList screenIds() const; // also of those that are not open to this person
    Page* currentPage() const;
    QString currentScreen() const { return m_current < 0 ? QString() : m_screens[static_cast<std::size_t>(m_current)].id; }
    bool isSignedInView() const; // the screens are shown (a cover may lie over them)
    std::vector<Command> windowCommands();
    void openPalette(bool recordsOnly);
    void openKeySheet();
    void openSettings();
    void closeOverlays(); // palette, sheets
    void draftsRestored(int changes); // says so and offers to look at them (D26)

Q_SIGNALS:
    void covered(); // the session has ended; the screens live on below the cover
    void entered(bool samePerson); // somebody works on; true: the same screens as before, false: new ones or the first sign-in
    void draftsReviewWanted(); // after draftsRestored()
    void draftsDiscarded(); // the person wants none of the kept edits; the store holds them no more

protected:
    void changeEvent(QEvent* e) override;
    void resizeEvent(QResizeEvent* e) override;
    void closeEvent(QCloseEvent* e) override;
    void paintEvent(QPaintEvent*) override;

private:
    void buildConsole();
    void buildOverlays();
    void connectKeys();
    void makeScreens();
    void showScreen(int index);
    bool enterScreen(int index); // false: not open to this person, who is told
    int screenAt(const QString& id) const { return static_cast<int>(screenIds().indexOf(id)); } // −1: none
    bool isAllowed(int index) const; // false for −1
    void setScopes(const QStringList& scopes);
    void leaveRefused();
    void sayRefused(int index);
    bool mayOpenRecord(const QString& entityType) const;
    void showHeader();
    void openRecord(const QString& entityType, const QString& entityId);
    void openAccountMenu();
    void sessionMoved(backend::SessionState state);
    void enter(const SessionInfo& info);
    void cover(const SessionEnded& how);
    void signInEarly();
    void leaveForOther();
    void signOut();
    void signOutNow();
    void sayClock(const backend::ConnectionStatus& status);
    void connectionMoved();
    void tick();
    void askQueue();
    void noteActivity();
    void foldRail();
    void retranslate();
    bool isCovered() const;

    backend::Backend& m_backend;
    const Clock& m_clock;
    Preferences& m_preferences;
    ScreenFactory m_makeScreens;
    std::vector<Screen> m_screens;
    int m_current = -1;
    QStringList m_scopes; // of the person whose screens they are
    SignInController* m_signIn;
    SignInPage* m_signInPage;
    QStackedLayout* m_views;
    QWidget* m_console;
    Rail* m_rail;
    HeaderBar* m_header;
    SessionBars* m_bars;
    QStackedWidget* m_stack;
    StatusLine* m_status;
    Toasts* m_toasts;
    CommandPalette* m_palette;
    KeySheet* m_keySheet;
    SettingsSheet* m_settings;
    ActionToasts* m_actions;
    Question* m_question;
    SessionCover* m_cover;
    StepUp* m_stepUp;
    Keys* m_keys;
    QTimer m_second;
    UserId m_user; // whose data the screens hold
    SessionId m_sid; // of the session entered last
    int m_wholeSession = 1800; // seconds
    int m_wholeHours = 0; // the longest time of this session; 0: not known, it was continued
    bool m_clockSaid = false;
    bool m_discarded = false; // what was typed is not wanted: the next to enter gets new screens
    Millis m_statusAt{0};
    Millis m_activityAt{-1'000'000};
    backend::CallId m_queueCall = 0;
    int m_sinceQueue = 0;
};

} // namespace naru::ui
