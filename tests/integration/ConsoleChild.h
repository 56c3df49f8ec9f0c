// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/auth/KeychainEntry.h"
#include "backend/thread/ThreadedBackend.h"
#include "resources/Resources.h"
#include "integration/ConsoleHands.h"
#include "ui/frame/MainWindow.h"
#include "ui/home/HomePage.h"
#include "ui/theme/Theme.h"
#include "ui/workspace/Workspace.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QSettings>
#include <QSocketNotifier>
#include <QStackedWidget>
#include <cstdio>
#include <unistd.h>

namespace naru::test {

// The device's key as a keychain would keep it over the death of the program.
class FileEntry final : public QObject, public backend::KeychainEntry {
public:
    explicit FileEntry(QString path) : m_path(std::move(path)) { m_later.setSingleShot(true); }
    void read(Then then) override
    {
        QFile f(m_path);
        const bool there = f.open(QIODevice::ReadOnly);
        say({there ? backend::KeychainAnswer::Says::Ok : backend::KeychainAnswer::Says::NotFound, there ? f.readAll() : QByteArray(), {}}, std::move(then));
    }
    void write(const QByteArray& secret, Then then) override
    {
        QFile f(m_path);
        const bool done = f.open(QIODevice::WriteOnly) && f.write(secret) == secret.size();
        say({done ? backend::KeychainAnswer::Says::Ok : backend::KeychainAnswer::Says::Absent, {}, {}}, std::move(then));
    }

private:
    void say(const backend::KeychainAnswer& answer, Then then)
    {
        m_later.disconnect();
        connect(&m_later, &QTimer::timeout, this, [answer, then = std::move(then)] { then(answer); });
        m_later.start(0);
    }
    const QString m_path;
    QTimer m_later;
};

// The console without its main: the real window, screens, workspace and backend thread, told by lines on stdin what a person does, saying on
// stdout what stands on its screen after each key. Lives and is killed in a process of its own.
class ConsoleChild : public QObject {
public:
    ConsoleChild(QApplication& app, const QJsonObject& setup) : m_setup(setup), m_theme(app), m_preferences(setup[u"server"].toString())
    {
        backend::BackendConfig config;
        config.server = QUrl(setup[u"server"].toString());
        config.dataDir = setup[u"dir"].toString();
        config.cacheDir = config.dataDir + QStringLiteral("/cache");
        config.deviceName = QStringLiteral("chaos");
        config.limits.reconnectMin = Millis{20};
        config.limits.reconnectMax = Millis{60};
        config.keychain = false;
        config.keyEntry = [file = config.dataDir + QStringLiteral("/key")]() -> std::unique_ptr<backend::KeychainEntry> { return std::make_unique<FileEntry>(file); };
        m_backend = backend::makeBackend(config);
        m_window = std::make_unique<ui::MainWindow>(*m_backend, systemClock(), m_preferences, [this] { return screens(); });
        m_hands = std::make_unique<ConsoleHands>(*m_window, m_pages, m_setup);
        m_workspace = ui::Workspace::over(*m_window, *m_backend, systemClock());
        if (setup[u"late"].toBool())
            m_workspace->setTimes(std::chrono::hours(1), std::chrono::hours(1));
        m_window->resize(1440, 900);
        m_window->show();
        connect(&m_backend->session(), &backend::SessionService::ended, this, [](const SessionEnded&) { say({{QStringLiteral("re"), QStringLiteral("ended")}}); });
        connect(&m_in, &QSocketNotifier::activated, this, [this] { listen(); });
        connect(&m_key, &QTimer::timeout, this, [this] { press(); });
        connect(&m_look, &QTimer::timeout, this, [this] { look(); });
        m_key.setSingleShot(true);
        m_look.setInterval(10);
        say({{QStringLiteral("re"), QStringLiteral("up")}});
    }

private:
    std::vector<ui::Screen> screens()
    {
        backend::Backend& b = *m_backend;
        const Clock& clock = systemClock();
        return {{QStringLiteral("home"), "house", 'H', {}, new ui::HomePage(b, clock)},
            {QStringLiteral("orders"), "journal-text", 'O', {QStringLiteral("vendor_order")}, m_pages.orders = new ui::OrderBoardPage(b, clock)},
            {QStringLiteral("reservations"), "calendar-week", 'R', {QStringLiteral("slot_item")}, m_pages.monitor = new ui::ReservationMonitorPage(b, clock)},
            {QStringLiteral("bookings"), "ticket-perforated", 'B', {QStringLiteral("reservation")}, m_pages.bookings = new ui::BookingsPage(b, clock)},
            {QStringLiteral("rules"), "arrow-repeat", 'S', {QStringLiteral("slot_rule")}, m_pages.rules = new ui::SlotRulesPage(b, clock)},
            {QStringLiteral("products"), "box-seam", 'P', {QStringLiteral("product")}, m_pages.products = new ui::ProductsPage(b, clock)}};
    }

    static void say(QJsonObject line)
    {
        line[u"t"] = qint64(systemClock().steady().count());
        const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
        [[maybe_unused]] const auto n = ::write(STDOUT_FILENO, text.constData(), std::size_t(text.size()));
    }
    void listen()
    {
        char buffer[4096];
        const auto n = ::read(STDIN_FILENO, buffer, sizeof(buffer));
        if (n <= 0) {
            QCoreApplication::exit(0);
            return;
        }
        m_text.append(buffer, n);
        while (m_text.contains('\n')) {
            const QByteArray line = m_text.left(m_text.indexOf('\n'));
            m_text.remove(0, line.size() + 1);
            obey(QJsonDocument::fromJson(line).object());
        }
    }
    void obey(const QJsonObject& order)
    {
        m_order = order;
        const QString verb = order[u"do"].toString();
        if (verb == u"signin") {
            signIn(std::nullopt);
        } else if (verb == u"type") {
            m_hands->seed(static_cast<quint32>(order[u"seed"].toInteger()));
            m_left = order[u"keys"].toInt();
            m_tries = 1000;
            m_opened = false;
            m_look.start();
        } else if (verb == u"stop") {
            m_key.stop();
            m_look.stop();
            say({{QStringLiteral("re"), QStringLiteral("stopped")}, {QStringLiteral("state"), m_hands->state()}});
        } else if (verb == u"live") {
            m_tries = 2000;
            m_look.start();
        } else if (verb == u"visit") {
            m_visit = m_window->screenIds();
            m_tries = 4'000;
            m_look.start();
        } else if (verb == u"discard") {
            m_workspace->discardAll();
            say({{QStringLiteral("re"), QStringLiteral("discarded")}});
        }
    }

    void signIn(std::optional<std::int64_t> agreed)
    {
        backend::SignInInput input;
        input.login = m_order[u"login"].toString();
        input.secret = QStringLiteral("naru-demo-2026");
        input.expectedSv = agreed;
        m_backend->session().signInWith(input, {this, [this](Result<SessionInfo> answer) {
            if (answer) {
                m_tries = 1000;
                m_look.start();
                return;
            }
            if (answer.error().code == u"session-confirm") {
                signIn(answer.error().facts.value(QStringLiteral("sv")).toLongLong());
                return;
            }
            say({{QStringLiteral("re"), QStringLiteral("refused")}, {QStringLiteral("why"), answer.error().code + u' ' + answer.error().detail}});
        }});
    }

    // One look at what is still to come, every few milliseconds.
    void look()
    {
        const QString verb = m_order[u"do"].toString();
        if (--m_tries < 0) {
            m_look.stop();
            say({{QStringLiteral("re"), QStringLiteral("stuck")}, {QStringLiteral("in"), verb}, {QStringLiteral("state"), m_hands->state()}});
        } else if (verb == u"signin") {
            if (!m_window->isSignedInView() || !m_workspace->isSettled())
                return;
            m_look.stop();
            say({{QStringLiteral("re"), QStringLiteral("entered")}, {QStringLiteral("state"), m_hands->state()}});
        } else if (verb == u"live") {
            if (m_backend->connection().state != backend::LinkState::Live)
                return;
            m_look.stop();
            say({{QStringLiteral("re"), QStringLiteral("live")}, {QStringLiteral("state"), m_hands->state()}});
        } else if (verb == u"visit") {
            visit();
        } else if (m_opened || m_hands->open(m_order[u"where"].toString())) {
            m_opened = true;
            m_look.stop();
            m_target = QApplication::focusWidget();
            next(m_hands->chance(5, 60));
        }
    }
    // Every screen with work that waits for it is looked at, as its owner would.
    void visit()
    {
        const auto waits = [](QWidget& page) {
            for (ui::Editor* editor : page.findChildren<ui::Editor*>())
                if (editor->isWaiting())
                    return true;
            return false;
        };
        if (!waits(*m_window) || m_visit.isEmpty()) {
            m_look.stop();
            say({{QStringLiteral("re"), QStringLiteral("visited")}, {QStringLiteral("state"), m_hands->state()}, {QStringLiteral("waiting"), waits(*m_window)}});
            return;
        }
        if (m_window->currentScreen() != m_visit.front())
            m_window->goTo(m_visit.front());
        if (!waits(*m_window->currentPage()) || m_tries % 600 == 0) // the server may be slow
            m_visit.removeFirst();
    }

    void next(int ms)
    {
        m_due = systemClock().steady() + Millis(ms);
        m_key.start(ms);
    }
    void press()
    {
        QWidget* at = QApplication::focusWidget();
        if (m_backend->session().state() != backend::SessionState::Active || !at || at != m_target) {
            say({{QStringLiteral("re"), QStringLiteral("stopped")}, {QStringLiteral("state"), m_hands->state()}}); // a cover has come: nobody can type any more
            return;
        }
        const qint64 late = (systemClock().steady() - m_due).count(); // the machine had no time
        const bool edit = m_hands->press(*static_cast<QLineEdit*>(at));
        say({{QStringLiteral("re"), QStringLiteral("key")}, {QStringLiteral("edit"), edit}, {QStringLiteral("late"), late}, {QStringLiteral("state"), m_hands->state()}});
        if (--m_left > 0)
            next(m_hands->chance(3, 70));
        else
            say({{QStringLiteral("re"), QStringLiteral("typed")}});
    }

    const QJsonObject m_setup;
    ui::Theme m_theme;
    ui::Preferences m_preferences;
    std::unique_ptr<backend::Backend> m_backend;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::Workspace> m_workspace;
    ConsolePages m_pages;
    std::unique_ptr<ConsoleHands> m_hands;
    QSocketNotifier m_in{STDIN_FILENO, QSocketNotifier::Read};
    QByteArray m_text;
    QJsonObject m_order;
    QTimer m_key;
    Millis m_due{};
    QTimer m_look;
    QWidget* m_target = nullptr;
    QStringList m_visit;
    bool m_opened = false;
    int m_left = 0;
    int m_tries = 0;
};

inline int runConsoleChild(int argc, char** argv)
{
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Naru"));
    QCoreApplication::setApplicationName(QStringLiteral("console child"));
    registerResources();
    ConsoleChild child(app, QJsonDocument::fromJson(qgetenv("NARU_CONSOLE_CHILD")).object());
    return app.exec();
}

} // namespace naru::test
