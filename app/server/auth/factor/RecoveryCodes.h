// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Id.h"

#include <QString>
#include <QStringList>

// Codes a person keeps on paper for the day the code generator is lost. Pure functions. Any thread.
namespace naru::server {

inline constexpr int kRecoveryCodes = 10;

// "7K2M-9QXD-R4TB-03VW": 80 bits of chance, in letters that are not mistaken for one another.
QString makeRecoveryCode(Rng& rng);
// What is kept of one. Fast on purpose: 80 bits are out of reach for guessing, so nothing is gained by slowing it down. The same for every
// way of typing the code: small letters, without hyphens, O for 0, I or L for 1.
QString recoveryHash(const UserId& user, const QString& typed);

} // namespace naru::server
