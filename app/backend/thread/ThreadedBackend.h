// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "backend/auth/KeychainEntry.h"
#include "backend/auth/TokenKeep.h"
#include "backend/engine/Limits.h"
#include "core/Clock.h"
#include "core/Security.h"

#include <QUrl>
#include <memory>

class QNetworkAccessManager;

namespace naru::backend {

struct BackendConfig {
    QUrl server; // https, or http on loopback
    QString dataDir; // names the profile: two profiles keep two sessions and two device keys in one keychain; drafts are kept below it, empty: in memory only
    QString cacheDir; // empty: no cache
    QString caFile; // certificates trusted besides the system's
    QString deviceName; // as shown to whom this sign-in displaces; empty: the host's name
    QString language = QStringLiteral("ko"); // of product titles
    bool keychain = true; // false: session and device key end with the program
    const Clock* clock = &systemClock(); // these two must outlive the backend
    Rng* rng = &systemRng();
    Limits limits;
    // Tests: another network, other places for the secrets, another computer. Called in the backend thread.
    std::function<QNetworkAccessManager*(QObject* parent)> network;
    std::function<std::unique_ptr<TokenKeep>()> keep;
    std::function<std::unique_ptr<KeychainEntry>()> keyEntry;
    std::function<std::vector<PostureSignal>()> posture;
};

// Starts the backend thread. Destroying it is the only place where the UI thread waits (≤ 5 s), and then the program ends hard.
std::unique_ptr<Backend> makeBackend(const BackendConfig& config);

} // namespace naru::backend
