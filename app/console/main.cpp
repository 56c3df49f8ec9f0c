// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleApp.h"
#include "console/Watchdog.h"
#include "resources/Resources.h"
#include "translations/Translations.h"

#include <QApplication>
#include <QIcon>
#include <QSocketNotifier>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace {

int s_signalPipe[2] = {-1, -1};

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = write(s_signalPipe[0], &byte, 1);
}

// Ctrl+C and a session manager's SIGTERM end the program in order: the backend writes what it holds.
void quitOnSignals(QApplication& app)
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, s_signalPipe) != 0)
        return;
    auto* notifier = new QSocketNotifier(s_signalPipe[1], QSocketNotifier::Read, &app);
    QObject::connect(notifier, &QSocketNotifier::activated, &app, [] { QCoreApplication::quit(); });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

} // namespace

int main(int argc, char** argv)
{
    using namespace Qt::StringLiterals;
    QApplication app(argc, argv);
    QApplication::setOrganizationName(u"Naru"_s);
    QApplication::setApplicationName(u"naru"_s);
    QApplication::setApplicationVersion(QStringLiteral(NARU_VERSION));
    QGuiApplication::setDesktopFileName(u"naru"_s);
    naru::registerResources();
    naru::registerTranslations();
    QApplication::setWindowIcon(QIcon(u":/brand/naru.svg"_s));
    const naru::console::Options options = naru::console::readOptions(app);
    quitOnSignals(app);
    std::unique_ptr<naru::console::Watchdog> watchdog;
    if (qEnvironmentVariableIntValue("NARU_WATCHDOG") == 1)
        watchdog = std::make_unique<naru::console::Watchdog>();
    naru::console::ConsoleApp console(app, options);
    console.run();
    const int code = QApplication::exec();
    watchdog.reset(); // before the backend's own waiting at the end
    return code;
}
