// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "proof/Keys.h"

#include <QByteArray>
#include <QUrl>
#include <optional>

namespace naru::backend {

// The proofs every request carries (RFC 9449): the device's key with the newest nonce of the one server this engine talks to. Without a key
// there are none, and the server says so. Backend thread, owned by the engine.
class ProofSource {
public:
    ProofSource(const Clock& clock, Rng& rng) : m_clock(clock), m_rng(rng) {}

    void useKey(std::optional<proof::PrivateKey> key) { m_key = std::move(key); }
    // A line for this one request: sent again, a request needs another. `accessToken` may be empty.
    QByteArray proofFor(const QByteArray& verb, const QUrl& url, const QByteArray& accessToken);
    void learn(const QByteArray& nonce); // of any answer; empty: it brought none
    const QByteArray& nonce() const { return m_nonce; }

private:
    const Clock& m_clock;
    Rng& m_rng;
    std::optional<proof::PrivateKey> m_key;
    QByteArray m_nonce;
};

// The address as a proof names it: scheme, host, port unless it is the scheme's own, path.
QByteArray proofAddress(const QUrl& url);

} // namespace naru::backend
