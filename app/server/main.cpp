// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/Config.h"
#include "server/time/StoreTime.h"
#include "server/tools/Check.h"
#include "server/tools/Seed.h"
#include "server/tools/Serve.h"
#include "server/tools/Simulate.h"
#include "server/tools/Users.h"

#include <QCoreApplication>

#include <atomic>
#include <csignal>
#include <iostream>

namespace {

std::atomic<bool> stopAsked = false; // written by the signal handler, hence not a member of anything
static_assert(std::atomic<bool>::is_always_lock_free);

void askToStop(int)
{
    stopAsked = true;
}

} // namespace

// narud: reads what is asked for and hands it to the command.
int main(int argc, char** argv)
{
    using namespace naru;
    using namespace naru::server;
    using Command = Invocation::Command;

    const QCoreApplication app(argc, argv);
    auto asked = readInvocation(QCoreApplication::arguments().mid(1), processEnvironment());
    if (const auto* usage = std::get_if<Usage>(&asked)) {
        (usage->exitCode ? std::cerr : std::cout) << usage->text.toStdString() << std::flush;
        return usage->exitCode;
    }
    const auto& invocation = std::get<Invocation>(asked);
    setLogLevel(invocation.config.logLevel);
    switch (invocation.command) {
    case Command::Serve: return runServe(invocation.config);
    case Command::Check: return runCheck(invocation.config.databasePath(), systemClock(), std::cout);
    case Command::Seed: {
        const Instant now = invocation.seed.now ? *invocation.seed.now : timeToFill(invocation.config.databasePath(), systemClock());
        return runSeed(invocation.config, invocation.seed.seed, now, std::cout);
    }
    case Command::Simulate:
        std::signal(SIGINT, &askToStop);
        std::signal(SIGTERM, &askToStop);
        return runSimulate(invocation.simulate, systemClock(), stopAsked, std::cout);
    case Command::UserAdd: return runUserAdd(invocation.config, invocation.userAdd, systemClock(), systemRng(), std::cin, std::cout);
    }
    return 2;
}
