// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "proof/Keys.h"

#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <variant>

// DPoP proofs (RFC 9449): a signed line saying "I, the holder of this key, make this request, with this token, now". The console makes them,
// the server checks them; both sides of the format stand here. Any thread.
namespace naru::proof {

struct ProofRequest {
    std::string method; // upper case
    std::string uri; // scheme, host, path; without query and fragment
    std::string nonce; // the server's last; empty before the first answer
    std::string accessToken; // empty at the token endpoint
    std::int64_t issuedAt = 0; // seconds since 1970, the client's clock; only looked at to tell how far it is off
    std::string id; // jti: unique, at least 96 bits of chance, base64url
};
std::string makeProof(const PrivateKey& key, const ProofRequest& request);

struct Proof {
    std::string thumbprint; // of the key that signed
    std::string method;
    std::string uri;
    std::string nonce; // empty: none given
    std::string tokenHash; // ath; empty: none given
    std::string id;
    std::int64_t issuedAt = 0;
};
// Form and signature; nothing of this says that the proof fits a request. The text is why it is none, for logs and answers.
std::variant<Proof, const char*> readProof(std::string_view token);

// The same for whoever reads many: a caller's head is the same in every proof, so its key is parsed once and kept (a bounded number of them).
class ProofReader {
public:
    std::variant<Proof, const char*> read(std::string_view token);

private:
    struct Head {
        PublicKey key;
        std::string thumbprint;
    };
    std::mutex m_lock; // guards m_heads
    std::unordered_map<std::string, std::shared_ptr<const Head>> m_heads; // by the encoded header; owners: this and who is using it
};

std::string tokenHash(std::string_view accessToken); // ath: base64url of its SHA-256

} // namespace naru::proof
