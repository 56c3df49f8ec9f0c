// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleApp.h"

#include "backend/thread/ThreadedBackend.h"
#include "console/ShotWalk.h"
#include "ui/bookings/BookingsPage.h"
#include "ui/home/HomePage.h"
#include "ui/orders/OrderBoardPage.h"
#include "ui/products/ProductsPage.h"
#include "ui/reservations/ReservationMonitorPage.h"
#include "ui/security/AuditPage.h"
#include "ui/security/ConflictReviewPage.h"
#include "ui/security/OwnSecurityPage.h"
#include "ui/security/SessionSearchPage.h"
#include "ui/slotrules/SlotRulesPage.h"

#include <QApplication>
#include <QStandardPaths>
#include <cstdio>

namespace naru::console {
using namespace Qt::StringLiterals;

ConsoleApp::ConsoleApp(QApplication& app, Options options)
    : m_options(std::move(options)), m_timing(m_options.timing ? std::make_unique<StartTiming>() : nullptr), m_theme(app),
      m_preferences(QString::fromLatin1(kDefaultServer))
{
    connect(&m_scheme, &DesktopScheme::darkWanted, &m_theme, &ui::Theme::setSystemDark);
    if (!m_options.server.isEmpty())
        m_preferences.useServer(m_options.server);
    if (!m_options.language.isEmpty())
        m_preferences.useLanguage(m_options.language);
    if (!m_options.theme.isEmpty())
        m_theme.show(m_options.theme == "dark"_L1 ? ui::ThemeChoice::Dark : m_options.theme == "light"_L1 ? ui::ThemeChoice::Light : ui::ThemeChoice::System);
    if (!m_options.screen.isEmpty())
        m_preferences.setLastScreen(m_options.screen);
    m_languages.use(m_preferences.language());
    connect(&m_preferences, &ui::Preferences::languageChanged, this, [this](const QString& language) {
        m_languages.use(language);
        if (m_backend) {
            m_backend->setLanguage(language);
            Q_EMIT m_backend->refreshWanted(); // titles of products come in the new language
        }
    });
    connect(&m_preferences, &ui::Preferences::serverChanged, this, &ConsoleApp::reopen, Qt::QueuedConnection);
}

ConsoleApp::~ConsoleApp() = default;

std::unique_ptr<backend::Backend> ConsoleApp::makeBackend()
{
    backend::BackendConfig config;
    config.server = QUrl(m_preferences.server(), QUrl::StrictMode);
    config.dataDir = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    config.cacheDir = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    config.language = m_preferences.language();
    config.keychain = m_options.keychain;
    auto real = backend::makeBackend(config);
    return m_timing ? makeStartProbe(std::move(real), *m_timing) : std::move(real);
}

std::vector<ui::Screen> ConsoleApp::makeScreens()
{
    backend::Backend& b = *m_backend;
    const Clock& clock = systemClock();
    // The window becomes the parent of each page.
    return {
        {u"home"_s, "house", 'H', {}, new ui::HomePage(b, clock)},
        {u"orders"_s, "journal-text", 'O', {u"vendor_order"_s, u"order"_s}, new ui::OrderBoardPage(b, clock), u"order.read"_s},
        {u"reservations"_s, "calendar-week", 'R', {u"ticket"_s, u"hold"_s, u"slot"_s, u"slot_item"_s}, new ui::ReservationMonitorPage(b, clock), u"reservation.read"_s},
        {u"bookings"_s, "ticket-perforated", 'B', {u"reservation"_s, u"slot_bookings"_s}, new ui::BookingsPage(b, clock), u"reservation.read"_s},
        {u"rules"_s, "arrow-repeat", 'S', {u"slot_rules"_s, u"slot_rule"_s}, new ui::SlotRulesPage(b, clock), u"catalog.read"_s},
        {u"products"_s, "box-seam", 'P', {u"product"_s, u"vendor"_s, u"inventory_item"_s}, new ui::ProductsPage(b, clock), u"catalog.read"_s},
        {u"conflicts"_s, "person-check", 'C', {u"session_conflict"_s}, new ui::ConflictReviewPage(b, clock), u"session.review"_s},
        {u"sessions"_s, "people", 'L', {u"session"_s}, new ui::SessionSearchPage(b, clock), u"session.review"_s},
        {u"audit"_s, "journal-check", 'A', {u"audit_of"_s}, new ui::AuditPage(b, clock), u"audit.read"_s},
        {u"security"_s, "shield-lock", 'Y', {u"device"_s}, new ui::OwnSecurityPage(b, clock), u"session.own"_s},
    };
}

void ConsoleApp::open()
{
    if (!m_backend)
        m_backend = makeBackend();
    m_window = std::make_unique<ui::MainWindow>(*m_backend, systemClock(), m_preferences, [this] { return makeScreens(); });
    m_workspace = ui::Workspace::over(*m_window, *m_backend, systemClock());
    if (m_timing)
        m_timing->setWindow(m_window.get());
    if (m_options.size)
        m_window->resize(*m_options.size);
    else
        m_window->restoreGeometry(m_preferences.geometry());
    m_window->show();
    if (m_options.shots.isEmpty())
        m_window->start(m_options.demoLogin);
    else
        walk();
}

void ConsoleApp::reopen()
{
    // The backend stays: its thread is the only one that may speak to the keychain in this process.
    m_workspace.reset();
    m_window.reset();
    m_backend->useServer(QUrl(m_preferences.server(), QUrl::StrictMode));
    open();
}

void ConsoleApp::walk()
{
    QDir folder(m_options.shots);
    if (!folder.mkpath(u"."_s)) {
        std::fprintf(stderr, "naru: cannot make the folder %s\n", qPrintable(m_options.shots));
        QMetaObject::invokeMethod(qApp, [] { QCoreApplication::exit(2); }, Qt::QueuedConnection);
        return;
    }
    auto* walk = new ShotWalk(*m_window, m_preferences, folder, m_options.demoLogin, m_window.get());
    connect(walk, &ShotWalk::finished, qApp, [](int code) { QCoreApplication::exit(code); });
    walk->start();
}

void ConsoleApp::run() { open(); }

} // namespace naru::console
