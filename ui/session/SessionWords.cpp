// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/SessionWords.h"

#include "ui/text/StateText.h"

#include <QCoreApplication>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

QString say(const char* source, int n = -1) { return QCoreApplication::translate("SessionWords", source, nullptr, n); }

} // namespace

QString restrictionText(const QString& code)
{
    if (code == "parallel-use"_L1)
        return say(QT_TRANSLATE_NOOP("SessionWords", "the session was used from two places at once"));
    if (code == "reported"_L1)
        return say(QT_TRANSLATE_NOOP("SessionWords", "somebody reported that this sign-in was not made by the owner"));
    if (code == "step-up-failed"_L1)
        return say(QT_TRANSLATE_NOOP("SessionWords", "verification failed too often"));
    if (code == "proof-mismatch"_L1)
        return say(QT_TRANSLATE_NOOP("SessionWords", "requests came with another computer's key"));
    if (code == "unusual-hours"_L1)
        return say(QT_TRANSLATE_NOOP("SessionWords", "a new computer, at an hour at which you never worked before"));
    if (code == "reads-too-much"_L1)
        return say(QT_TRANSLATE_NOOP("SessionWords", "far more was read than you usually read; reading waits, too"));
    return code;
}

QString spanText(int seconds)
{
    const int minutes = seconds / 60;
    const int rest = seconds % 60;
    if (minutes == 0)
        return say(QT_TRANSLATE_NOOP("SessionWords", "%n s"), rest);
    if (rest == 0)
        return say(QT_TRANSLATE_N_NOOP("SessionWords", "%n minute(s)"), minutes);
    return say(QT_TRANSLATE_NOOP("SessionWords", "%1 min %2 s")).arg(minutes).arg(rest);
}

QString deviceOf(const Error& refusal)
{
    const QString device = refusal.facts.value(u"device"_s);
    return device.isEmpty() ? say(QT_TRANSLATE_NOOP("SessionWords", "another device")) : device;
}

QString placeOf(const Error& refusal)
{
    const QString place = refusal.facts.value(u"place"_s);
    return place.isEmpty() ? deviceOf(refusal) : u"%1, %2"_s.arg(deviceOf(refusal), place);
}

int minutesSince(const Error& refusal, Instant now)
{
    const auto at = fromRfc3339(refusal.facts.value(u"last_activity_at"_s));
    return at ? qMax(1, static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(now - *at).count())) : 1;
}

QString supportNote(const QString& account, const QString& what, const QString& code, Instant now)
{
    QStringList lines{what};
    if (!account.isEmpty())
        lines.append(say(QT_TRANSLATE_NOOP("SessionWords", "Account %1")).arg(account));
    if (!code.isEmpty())
        lines.append(say(QT_TRANSLATE_NOOP("SessionWords", "Code %1")).arg(code));
    lines.append(dateTimeText(now));
    return lines.join(u'\n');
}

} // namespace naru::ui
