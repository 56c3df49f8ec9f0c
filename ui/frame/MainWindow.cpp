// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/MainWindow.h"

#include "ui/frame/HeaderBar.h"
#include "ui/frame/KeySheet.h"
#include "ui/frame/Keys.h"
#include "ui/frame/Rail.h"
#include "ui/frame/SessionCover.h"
#include "ui/frame/StatusLine.h"
#include "ui/palette/CommandPalette.h"
#include "ui/session/ActionToasts.h"
#include "ui/session/Question.h"
#include "ui/session/SessionBars.h"
#include "ui/session/StepUp.h"
#include "ui/settings/SettingsSheet.h"
#include "ui/signin/SignInPage.h"

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

constexpr int kFoldBelow = 1100, kQueueEverySeconds = 2;
constexpr Millis kActivityEvery = 10s;

} // namespace

MainWindow::MainWindow(backend::Backend& backend, const Clock& clock, Preferences& preferences, ScreenFactory makeScreens, QWidget* parent)
    : QWidget(parent), m_backend(backend), m_clock(clock), m_preferences(preferences), m_makeScreens(std::move(makeScreens)),
      m_signIn(new SignInController(backend, clock, this)), m_signInPage(new SignInPage(*m_signIn, preferences)), m_views(new QStackedLayout(this))
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
    connect(&backend.session(), &backend::SessionService::infoChanged, this, [this](const SessionInfo& info) {
        m_rail->account().setAccount(info);
        setScopes(info.scopes);
        leaveRefused();
    });
    connect(&backend.session(), &backend::SessionService::ended, this, &MainWindow::cover);
    connect(&backend, &backend::Backend::connectionChanged, this, &MainWindow::connectionMoved);
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &MainWindow::tick);
    m_second.start();
    connectionMoved();
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
    m_bars = new SessionBars(m_backend, m_clock, m_console);
    m_stack = new QStackedWidget;
    m_status = new StatusLine;
    right->addWidget(m_header);
    right->addWidget(m_bars);
    right->addWidget(m_stack, 1);
    upper->addWidget(m_rail);
    upper->addLayout(right, 1);
    all->addLayout(upper, 1);
    all->addWidget(m_status);
    connect(m_rail, &Rail::screenChosen, this, &MainWindow::enterScreen);
    connect(m_rail, &Rail::accountWanted, this, &MainWindow::openAccountMenu);
    connect(m_rail, &Rail::collapseToggled, this, [this] {
        m_preferences.setRailCollapsed(!m_preferences.railCollapsed());
        foldRail();
    });
    connect(&m_status->light(), &QAbstractButton::clicked, this, [this] { m_backend.reconnectNow(); });
    connect(m_bars, &SessionBars::signOutWanted, this, &MainWindow::signOut);
    connect(m_bars, &SessionBars::signInNowWanted, this, &MainWindow::signInEarly);
    connect(m_bars, &SessionBars::verifyWanted, this, [this] { m_stepUp->ask(this, {}); });
    connect(m_bars, &SessionBars::explanationWanted, this, [this](const Talk& talk) { m_question->ask(talk); });
}

void MainWindow::buildOverlays()
{
    m_toasts = new Toasts(this);
    m_palette = new CommandPalette(m_backend, this);
    m_keySheet = new KeySheet(this);
    m_settings = new SettingsSheet(m_preferences, this);
    m_actions = new ActionToasts(this);
    m_question = new Question(this);
    m_stepUp = new StepUp(m_backend, this);
    m_cover = new SessionCover(*m_signIn, this);
    m_palette->setRecordFilter([this](const QString& entityType) { return mayOpenRecord(entityType); });
    connect(m_palette, &CommandPalette::recordChosen, this, &MainWindow::openRecord);
    connect(m_rail, &Rail::settingsWanted, m_settings, &SettingsSheet::open);
    connect(m_signInPage, &SignInPage::settingsWanted, m_settings, &SettingsSheet::open);
    connect(m_settings, &SettingsSheet::signOutWanted, this, &MainWindow::signOut);
    connect(m_cover, &SessionCover::otherAccountWanted, this, &MainWindow::leaveForOther);
    connect(m_cover, &SessionCover::quitWanted, this, &QWidget::close);
    connect(&m_backend.drafts(), &backend::DraftService::countChanged, m_cover, &SessionCover::setDrafts);
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
                enterScreen(static_cast<int>(i));
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
    setScopes(m_scopes);
}

void MainWindow::start(const QString& demoLogin)
{
    m_signIn->start(demoLogin);
    m_signInPage->focusForm();
}

Page* MainWindow::currentPage() const { return m_current < 0 ? nullptr : m_screens[static_cast<std::size_t>(m_current)].page; }

bool MainWindow::isSignedInView() const { return m_views->currentWidget() == m_console; }

bool MainWindow::isCovered() const { return m_cover->isOpen() || m_palette->isOpen() || m_settings->isOpen() || m_keySheet->isOpen() || m_stepUp->isOpen() || m_question->isOpen(); }

QStringList MainWindow::screenIds() const
{
    QStringList ids;
    for (const Screen& screen : m_screens)
        ids.append(screen.id);
    return ids;
}

bool MainWindow::goTo(const QString& screenId)
{
    const int at = screenAt(screenId);
    return at >= 0 && enterScreen(at);
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
        if (enterScreen(static_cast<int>(i)))
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

void MainWindow::closeOverlays()
{
    m_palette->close();
    m_settings->close();
    m_keySheet->close();
    m_stepUp->close();
    m_question->close();
}

void MainWindow::connectionMoved()
{
    m_statusAt = m_clock.steady();
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
    m_wholeSession = qMax(m_wholeSession, left);
    m_signIn->tick();
    m_bars->refresh();
    leaveRefused();
    sayClock(status);
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
