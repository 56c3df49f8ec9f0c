// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tools/Serve.h"

#include "server/time/StoreTime.h"
#include "server/tools/Node.h"
#include "server/tools/Seed.h"

#include <QLoggingCategory>

#include <csignal>
#include <iostream>
#include <pthread.h>

using namespace Qt::StringLiterals;

namespace naru::server {

void setLogLevel(const QString& level)
{
    qSetMessagePattern(u"%{time yyyy-MM-dd'T'HH:mm:ss.zzz} %{type} %{category}: %{message}"_s);
    QString rules = u"naru.*.debug=%1\nnaru.*.info=%2\nnaru.*.warning=%3\n"_s;
    const auto flag = [](bool on) { return on ? u"true"_s : u"false"_s; };
    const bool debug = level == u"debug"_s;
    const bool info = debug || level == u"info"_s;
    QLoggingCategory::setFilterRules(rules.arg(flag(debug), flag(info), flag(info || level == u"warning"_s)));
}

int runServe(const Config& config)
{
    // Every thread made from here on leaves these signals to this one, which waits for them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    if (config.demo) {
        const auto seeded = seedIfEmpty(config, 1, timeToFill(config.databasePath(), systemClock()));
        if (!seeded) {
            std::cerr << "narud: " << seeded.error().detail.toStdString() << std::endl;
            return 1;
        }
    }
    Node node(config, systemClock(), systemRng());
    if (const auto started = node.start(); !started) {
        std::cerr << "narud: " << started.error().detail.toStdString() << std::endl;
        return 1;
    }
    const std::string host = config.listenAddress.contains(u':') ? "[" + config.listenAddress.toStdString() + "]" : config.listenAddress.toStdString();
    std::cout << "narud " NARU_VERSION " listens on " << (config.usesTls() ? "https://" : "http://") << host << ':' << node.port() << std::endl;
    int got = 0;
    sigwait(&ends, &got);
    std::cout << "narud is stopping" << std::endl;
    std::signal(SIGTERM, SIG_DFL); // the second one is meant
    std::signal(SIGINT, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &ends, nullptr);
    node.stop();
    std::cout << "narud has stopped" << std::endl;
    return 0;
}

} // namespace naru::server
