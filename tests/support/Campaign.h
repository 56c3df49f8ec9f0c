// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtGlobal>

// How much a test that repeats itself repeats. NARU_CAMPAIGN: unset = the everyday number; "ci" = what continuous integration
// runs; a number = that many. NARU_CAMPAIGN_SEED: the seed of what is drawn (printed by the test), so that a failing run replays.
namespace naru::test {

inline int campaign(int everyday, int ci)
{
    const QString wanted = qEnvironmentVariable("NARU_CAMPAIGN");
    if (wanted == QStringLiteral("ci"))
        return ci;
    bool isNumber = false;
    const int number = wanted.toInt(&isNumber);
    return isNumber && number > 0 ? number : everyday;
}

inline quint32 campaignSeed()
{
    bool isNumber = false;
    const uint seed = qEnvironmentVariable("NARU_CAMPAIGN_SEED").toUInt(&isNumber);
    return isNumber ? seed : 20261122U;
}

} // namespace naru::test
