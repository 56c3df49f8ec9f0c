// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Failpoint.h"

#ifdef NARU_FAILPOINTS

#include "server/store/Connection.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace naru::server {
namespace {

enum class Action { Crash, Delay, Error, On };

struct Armed {
    Action action = Action::On;
    int delayMs = 0;
    StoreError::Kind error = StoreError::Kind::Io;
    int atVisit = 0; // 0: every visit
    int visits = 0;
};

std::atomic<bool> anyArmed{false};
std::mutex mutex;
std::map<std::string, Armed>& armed()
{
    static std::map<std::string, Armed> points;
    return points;
}

} // namespace

void failpoint(const char* name)
{
    if (!anyArmed.load(std::memory_order_relaxed))
        return;
    Armed hit;
    {
        const std::lock_guard lock(mutex);
        const auto it = armed().find(name);
        if (it == armed().end())
            return;
        ++it->second.visits;
        if (it->second.atVisit != 0 && it->second.visits != it->second.atVisit)
            return;
        hit = it->second;
    }
    switch (hit.action) {
    case Action::Crash: ::kill(::getpid(), SIGKILL); break;
    case Action::Delay: std::this_thread::sleep_for(std::chrono::milliseconds(hit.delayMs)); break;
    case Action::Error: throw StoreError(hit.error, std::string("failpoint ") + name);
    case Action::On: break;
    }
}

bool failpointOn(const char* name)
{
    if (!anyArmed.load(std::memory_order_relaxed))
        return false;
    const std::lock_guard lock(mutex);
    const auto it = armed().find(name);
    return it != armed().end() && it->second.action == Action::On;
}

QString armFailpoint(const QString& spec)
{
    const qsizetype eq = spec.indexOf(u'=');
    if (eq <= 0)
        return QStringLiteral("a failpoint is written name=action, for example batch.before_commit=crash@7");
    QString action = spec.mid(eq + 1);
    Armed point;
    if (const qsizetype at = action.lastIndexOf(u'@'); at >= 0) {
        bool ok = false;
        point.atVisit = action.mid(at + 1).toInt(&ok);
        if (!ok || point.atVisit < 1)
            return QStringLiteral("the visit after @ must be a number from 1");
        action.truncate(at);
    }
    if (action == QStringLiteral("crash")) {
        point.action = Action::Crash;
    } else if (action.startsWith(QStringLiteral("delay:"))) {
        bool ok = false;
        point.action = Action::Delay;
        point.delayMs = action.mid(6).toInt(&ok);
        if (!ok || point.delayMs < 0 || point.delayMs > 60000)
            return QStringLiteral("the delay must be from 0 to 60000 milliseconds");
    } else if (action.startsWith(QStringLiteral("error:"))) {
        point.action = Action::Error;
        const QString which = action.mid(6);
        if (which == QStringLiteral("ENOSPC"))
            point.error = StoreError::Kind::DiskFull;
        else if (which == QStringLiteral("EROFS"))
            point.error = StoreError::Kind::ReadOnly;
        else if (which == QStringLiteral("EIO"))
            point.error = StoreError::Kind::Io;
        else
            return QStringLiteral("the error must be ENOSPC, EIO or EROFS");
    } else if (action != QStringLiteral("on")) {
        return QStringLiteral("the action must be crash, delay:<ms>, error:<name> or on");
    }
    const std::lock_guard lock(mutex);
    armed()[spec.left(eq).toStdString()] = point;
    anyArmed.store(true);
    return {};
}

void clearFailpoints()
{
    const std::lock_guard lock(mutex);
    armed().clear();
    anyArmed.store(false);
}

} // namespace naru::server

#endif
