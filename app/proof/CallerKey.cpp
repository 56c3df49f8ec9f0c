// SPDX-License-Identifier: GPL-3.0-or-later
#include "proof/CallerKey.h"

#include "proof/Encoding.h"

#include <chrono>
#include <openssl/rand.h>
#include <stdexcept>

namespace naru::proof {

std::string CallerKey::proof(const std::string& method, const std::string& uri, const std::string& accessToken) const
{
    unsigned char chance[16];
    if (RAND_bytes(chance, sizeof chance) != 1)
        throw std::runtime_error("no random bytes");
    ProofRequest r;
    r.method = method;
    r.uri = uri;
    r.accessToken = accessToken;
    r.issuedAt = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    r.id = toBase64Url({reinterpret_cast<const char*>(chance), sizeof chance});
    {
        const std::lock_guard lock(m_lock);
        r.nonce = m_nonce;
    }
    return makeProof(m_key, r);
}

void CallerKey::noteNonce(const std::string& nonce)
{
    if (nonce.empty())
        return;
    const std::lock_guard lock(m_lock);
    m_nonce = nonce;
}

std::string CallerKey::nonce() const
{
    const std::lock_guard lock(m_lock);
    return m_nonce;
}

} // namespace naru::proof
