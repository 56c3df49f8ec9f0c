// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/MainWindow.h"

#include "ui/ErrorText.h"
#include "ui/frame/HeaderBar.h"
#include "ui/frame/KeySheet.h"
#include "ui/frame/Keys.h"
#include "ui/frame/Rail.h"
#include "ui/frame/SessionCover.h"
#include "ui/frame/StatusLine.h"
#include "ui/palette/CommandPalette.h"
#include "ui/session/StepUp.h"
#include "ui/settings/SettingsSheet.h"
#include "ui/signin/SignInPage.h"
#include "ui/text/StateText.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using backend::LinkState;
using backend::SessionState;
namespace {

constexpr int kFoldBelow = 1100, kWarnSeconds = 120, kQueueEverySeconds = 2;
constexpr Millis kActivityEvery = 10s;

} // namespace

MainWindow::MainWindow(backend::Backend& backend, const Clock& clock, Preferences& preferences, ScreenFactory makeScreens, QWidget* parent)
    : QWidget(parent), m_backend(backend), m_clock(clock), m_preferences(preferences), m_makeScreens(std::move(makeScreens)),
      m_signIn(new SignInController(backend, this)), m_signInPage(new SignInPage(*m_signIn, preferences)), m_views(new QStackedLayout(this))
{
    setObjectName(u"mainWindow"_s);
    setMinimumSize(960, 620);
    resize(1440, 900);
    buildConsole();
    m_views->addWidget(m_signInPage);
    m_views->addWidget(m_console);
    buildOverlays();
    connectKeys();
    this->makeScreens();
    connect(&backend.session(), &backend::SessionService::stateChanged, this, &MainWindow::sessionMoved);
    connect(&backend.session(), &backend::SessionService::infoChanged, this, [this](const SessionInfo& info) { m_rail->account().setAccount(info); });
    connect(&backend.session(), &backend::SessionService::ended, this, &MainWindow::cover);
    connect(&backend, &backend::Backend::connectionChanged, this, &MainWindow::connectionMoved);
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &MainWindow::tick);
    m_second.start();
    connectionMoved(backend.connection());
    retranslate();
    if (const auto& info = backend.session().info(); info && backend.session().state() == SessionState::Active)
        enter(*info);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildConsole()
{
    m_console = new QWidget;
    auto* all = new QVBoxLayout(m_console);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(0);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    m_rail = new Rail;
    m_header = new HeaderBar;
    m_offline = new NoticeBar("wifi-off", Tone::Danger, m_console);
    m_ending = new NoticeBar("hourglass-split", Tone::Warning, m_console);
    m_stack = new QStackedWidget;
    m_status = new StatusLine;
    right->addWidget(m_header);
    right->addWidget(m_offline);
    right->addWidget(m_ending);
    right->addWidget(m_stack, 1);
    upper->addWidget(m_rail);
    upper->addLayout(right, 1);
    all->addLayout(upper, 1);
    all->addWidget(m_status);
    connect(m_rail, &Rail::screenChosen, this, &MainWindow::showScreen);
    connect(m_rail, &Rail::accountWanted, this, &MainWindow::openAccountMenu);
    connect(m_rail, &Rail::collapseToggled, this, [this] {
        m_preferences.setRailCollapsed(!m_preferences.railCollapsed());
        foldRail();
    });
    connect(&m_status->light(), &QAbstractButton::clicked, this, [this] { m_backend.reconnectNow(); });
    connect(m_offline, &NoticeBar::actionWanted, this, [this] { m_backend.reconnectNow(); });
    connect(m_ending, &NoticeBar::actionWanted, this, [this] { m_backend.noteUserActivity(); });
    connect(m_ending, &NoticeBar::secondActionWanted, this, &MainWindow::signOut);
}

void MainWindow::buildOverlays()
{
    m_toasts = new Toasts(this);
    m_palette = new CommandPalette(m_backend, this);
    m_keySheet = new KeySheet(this);
    m_settings = new SettingsSheet(m_preferences, this);
    m_stepUp = new StepUp(m_backend, this);
    m_cover = new SessionCover(*m_signIn, this);
    connect(m_palette, &CommandPalette::recordChosen, this, &MainWindow::openRecord);
    connect(m_rail, &Rail::settingsWanted, m_settings, &SettingsSheet::open);
    connect(m_signInPage, &SignInPage::settingsWanted, m_settings, &SettingsSheet::open);
    connect(m_settings, &SettingsSheet::signOutWanted, this, &MainWindow::signOut);
    connect(m_cover, &SessionCover::otherAccountWanted, this, &MainWindow::leaveForOther);
    connect(m_cover, &SessionCover::quitWanted, this, &QWidget::close);
}

void MainWindow::connectKeys()
{
    m_keys = new Keys(*this);
    connect(m_keys, &Keys::userActed, this, &MainWindow::noteActivity);
    connect(m_keys, &Keys::paletteWanted, this, [this] { openPalette(false); });
    connect(m_keys, &Keys::recordSearchWanted, this, [this] { openPalette(true); });
    connect(m_keys, &Keys::keySheetWanted, this, &MainWindow::openKeySheet);
    connect(m_keys, &Keys::railToggled, m_rail, &Rail::collapseToggled);
    connect(m_keys, &Keys::searchWanted, this, [this] {
        if (Page* page = currentPage(); page && isSignedInView() && !isCovered())
            page->focusSearch();
    });
    connect(m_keys, &Keys::screenWanted, this, [this](char letter) {
        for (std::size_t i = 0; i < m_screens.size(); ++i)
            if (m_screens[i].letter == letter && isSignedInView() && !isCovered())
                showScreen(static_cast<int>(i));
    });
}

void MainWindow::makeScreens()
{
    for (const Screen& old : m_screens)
        delete old.page;
    const bool first = m_screens.empty();
    m_current = -1;
    m_screens = m_makeScreens();
    for (std::size_t i = 0; i < m_screens.size(); ++i) {
        const Screen& screen = m_screens[i];
        const int index = static_cast<int>(i);
        if (first)
            m_rail->addScreen(screen.icon, u"G %1"_s.arg(QLatin1Char(screen.letter)));
        else
            m_rail->setScreenBadge(index, {}, false);
        m_rail->setScreenText(index, screen.page->title());
        m_stack->addWidget(screen.page);
        connect(screen.page, &Page::headerChanged, this, [this, index] {
            if (index == m_current)
                showHeader();
        });
        connect(screen.page, &Page::badgeChanged, this, [this, index](const QString& text, bool urgent) { m_rail->setScreenBadge(index, text, urgent); });
        connect(screen.page, &Page::recordWanted, this, &MainWindow::openRecord);
        connect(screen.page, &Page::toast, m_toasts, &Toasts::say);
    }
}

void MainWindow::start(const QString& demoLogin)
{
    m_signIn->start(demoLogin);
    m_signInPage->focusForm();
}

Page* MainWindow::currentPage() const { return m_current < 0 ? nullptr : m_screens[static_cast<std::size_t>(m_current)].page; }

bool MainWindow::isSignedInView() const { return m_views->currentWidget() == m_console; }

bool MainWindow::isCovered() const { return m_cover->isOpen() || m_palette->isOpen() || m_settings->isOpen() || m_keySheet->isOpen() || m_stepUp->isOpen(); }

QStringList MainWindow::screenIds() const
{
    QStringList ids;
    for (const Screen& screen : m_screens)
        ids.append(screen.id);
    return ids;
}

bool MainWindow::goTo(const QString& screenId)
{
    const auto at = screenIds().indexOf(screenId);
    if (at >= 0)
        showScreen(static_cast<int>(at));
    return at >= 0;
}

void MainWindow::showScreen(int index)
{
    const bool moved = index != m_current;
    m_current = index;
    m_rail->setCurrent(index);
    Page* page = currentPage();
    m_stack->setCurrentWidget(page);
    m_header->showTools(page->headerTools());
    showHeader();
    if (moved)
        m_preferences.setLastScreen(m_screens[static_cast<std::size_t>(index)].id);
    if (isSignedInView())
        page->activate();
}

void MainWindow::showHeader()
{
    m_header->setTexts(currentPage()->title(), currentPage()->subtitle());
    setWindowTitle(tr("%1 – Naru").arg(currentPage()->title()));
}

void MainWindow::openRecord(const QString& entityType, const QString& entityId)
{
    for (std::size_t i = 0; i < m_screens.size(); ++i) {
        if (!m_screens[i].recordTypes.contains(entityType))
            continue;
        showScreen(static_cast<int>(i));
        m_screens[i].page->openRecord(entityType, entityId);
        return;
    }
    m_toasts->say(tr("There is no screen for this record yet."));
}

void MainWindow::openPalette(bool recordsOnly)
{
    if (!isSignedInView() || m_cover->isOpen() || m_palette->isOpen())
        return;
    std::vector<Command> commands;
    if (!recordsOnly) {
        commands = currentPage()->commands();
        for (Command& command : windowCommands())
            if (command.id != "palette"_L1)
                commands.push_back(std::move(command));
    }
    m_palette->openWith(std::move(commands), recordsOnly);
}

void MainWindow::openKeySheet()
{
    if (isSignedInView() && !isCovered())
        m_keySheet->openWith(currentPage()->title(), currentPage()->commands(), windowCommands());
}

void MainWindow::sessionMoved(SessionState state)
{
    if (state == SessionState::Active && m_backend.session().info())
        enter(*m_backend.session().info());
    else if (state == SessionState::SignedOut && isSignedInView())
        leaveForOther();
    tick();
}

void MainWindow::enter(const SessionInfo& info)
{
    const bool otherUser = !m_user.isNull() && m_user != info.userId;
    if (otherUser)
        makeScreens(); // nothing of one person's data stays for the next
    m_user = info.userId;
    m_wholeSession = qMax(info.idleExpiresIn, 60);
    m_preferences.setLastLogin(info.login);
    m_rail->account().setAccount(info);
    const bool back = m_cover->isOpen() && !otherUser;
    m_settings->close();
    m_cover->close();
    m_views->setCurrentWidget(m_console);
    m_sinceQueue = kQueueEverySeconds;
    if (back) {
        currentPage()->activate();
        Q_EMIT entered(true);
        return;
    }
    if (m_current >= 0)
        showScreen(m_current);
    else if (!goTo(m_preferences.lastScreen()) && !m_screens.empty())
        showScreen(0);
    Q_EMIT entered(false);
}

void MainWindow::cover(const SessionEnded& how)
{
    if (!isSignedInView() || m_cover->isOpen())
        return;
    if (how.reason == SessionEndReason::SignedOut) {
        leaveForOther();
        return;
    }
    closeOverlays();
    if (QWidget* popup = QApplication::activePopupWidget())
        popup->close();
    m_cover->cover(how, m_backend.session().info().value_or(SessionInfo{}), m_console->grab());
    Q_EMIT covered();
}

void MainWindow::closeOverlays()
{
    m_palette->close();
    m_settings->close();
    m_keySheet->close();
    m_stepUp->close();
}

void MainWindow::leaveForOther()
{
    m_cover->close();
    closeOverlays();
    m_views->setCurrentWidget(m_signInPage);
    setWindowTitle(tr("Naru"));
    m_signInPage->focusForm();
}

void MainWindow::signOut()
{
    m_backend.session().signOut({this, [this](Result<Done> answer) {
        if (!answer)
            m_toasts->say(errorText(answer.error()));
    }});
}

void MainWindow::connectionMoved(const backend::ConnectionStatus& status)
{
    m_statusAt = m_clock.steady();
    m_offline->setVisible(status.state == LinkState::Offline);
    tick();
}

void MainWindow::tick()
{
    const backend::ConnectionStatus status = m_backend.connection();
    const auto waited = (m_clock.steady() - m_statusAt).count();
    const int retry = static_cast<int>((status.retryInMs - waited + 999) / 1000);
    m_status->light().setStatus(status, qMax(0, retry));
    const int left = m_backend.session().secondsLeft();
    m_rail->account().setSecondsLeft(left, m_wholeSession);
    m_status->setSessionLeft(left);
    const bool ending = left >= 0 && left <= kWarnSeconds;
    if (ending)
        m_ending->setTexts(tr("You will be signed out in %1.").arg(shortSpan(std::chrono::seconds(left))), tr("Keep working"), tr("Sign out"));
    m_ending->setVisible(ending);
    if (++m_sinceQueue >= kQueueEverySeconds)
        askQueue();
}

void MainWindow::askQueue()
{
    if (m_queueCall || m_backend.session().state() != SessionState::Active || !isVisible())
        return;
    if (m_backend.connection().state != LinkState::Live) {
        m_status->setQueue({});
        return;
    }
    m_sinceQueue = 0;
    m_queueCall = m_backend.reservations().queueStats({this, [this](Result<QueueStats> stats) {
        m_queueCall = 0;
        m_status->setQueue(stats ? std::optional<QueueStats>(stats.value()) : std::nullopt);
    }});
}

void MainWindow::noteActivity()
{
    const Millis now = m_clock.steady();
    if (now - m_activityAt < kActivityEvery || m_backend.session().state() != SessionState::Active)
        return;
    m_activityAt = now;
    m_backend.noteUserActivity();
}

void MainWindow::foldRail() { m_rail->setCollapsed(m_preferences.railCollapsed() || width() < kFoldBelow); }

void MainWindow::retranslate()
{
    m_offline->setTexts(tr("The connection to the server is lost. You see what arrived last; changes need the connection."), tr("Reconnect"));
    for (std::size_t i = 0; i < m_screens.size(); ++i)
        m_rail->setScreenText(static_cast<int>(i), m_screens[i].page->title());
    if (m_current >= 0)
        showHeader();
    if (!isSignedInView())
        setWindowTitle(tr("Naru"));
    tick();
}

void MainWindow::changeEvent(QEvent* e)
{
    QWidget::changeEvent(e);
    // The pages hear of the change after their parents: ask them for their titles once they have it.
    if (e->type() == QEvent::LanguageChange)
        QMetaObject::invokeMethod(this, &MainWindow::retranslate, Qt::QueuedConnection);
}

void MainWindow::resizeEvent(QResizeEvent* e)
{
    QWidget::resizeEvent(e);
    foldRail();
}

void MainWindow::closeEvent(QCloseEvent* e)
{
    m_preferences.setGeometry(saveGeometry());
    QWidget::closeEvent(e);
}

void MainWindow::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), Theme::of().tokens().window); }

} // namespace naru::ui
