// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace naru::server {

inline constexpr int kShortestPassword = 10;

// Why nobody may choose this password, in words for the interface; empty: it will do. No rule asks for kinds of characters: length and not
// being guessed first is what counts (NIST SP 800-63B §5.1.1).
//   too-short   fewer than ten characters
//   is-login    the sign-in name or the person's name, perhaps with something before or behind
//   too-common  among the first that are tried, whatever digits and signs stand behind; or one character or one row of keys over and over
QStringList passwordFaults(const QString& password, const QString& login, const QString& displayName);

} // namespace naru::server
