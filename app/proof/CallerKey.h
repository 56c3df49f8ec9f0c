// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "proof/Dpop.h"

namespace naru::proof {

// A caller's side of DPoP: its key and the nonce the server told last. For tools and tests; the console keeps its key in a keychain. Any thread.
class CallerKey {
public:
    CallerKey() : m_key(PrivateKey::make()) {}
    explicit CallerKey(PrivateKey key) : m_key(std::move(key)) {}

    // The DPoP field of a request. `uri`: scheme, host and path.
    std::string proof(const std::string& method, const std::string& uri, const std::string& accessToken = {}) const;
    void noteNonce(const std::string& nonce); // of a DPoP-Nonce field; empty: the answer had none
    std::string nonce() const; // empty: none yet
    std::string thumbprint() const { return m_key.jwk().thumbprint(); }
    const PrivateKey& key() const { return m_key; }

private:
    const PrivateKey m_key;
    mutable std::mutex m_lock; // guards m_nonce
    std::string m_nonce;
};

} // namespace naru::proof
