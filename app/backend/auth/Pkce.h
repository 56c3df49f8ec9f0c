// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"

#include <QByteArray>

namespace naru::backend {

// Proof key for code exchange (RFC 7636), method S256. A plain value.
struct Pkce {
    QByteArray verifier; // 43 characters
    QByteArray challenge; // 43 characters

    static Pkce make(Rng& rng);
    static QByteArray challengeFor(const QByteArray& verifier);
};

} // namespace naru::backend
