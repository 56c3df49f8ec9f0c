// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "proof/Dpop.h"
#include "protocol/Problem.h"

#include <array>
#include <boost/unordered/unordered_flat_set.hpp>
#include <mutex>

namespace naru::server {

// What a request shows of itself at the door.
struct Shown {
    std::string_view method; // upper case
    std::string_view path; // as it came, without query
    std::string_view host; // the Host field
    std::string_view proof; // the DPoP field; empty: none
    std::string_view accessToken; // empty: a request without one
};

// Checks proofs of possession (RFC 9449): form, signature, that the proof is of this request and this token, that its nonce is one of ours and
// young, and that it comes for the first time. Freshness is by this server's clock alone; a console whose clock is wrong works. Keeps what
// it saw for three minutes, some twenty bytes a proof. Any thread; never waits.
class ProofDoor {
public:
    // `secret`: 32 bytes that servers with the same store share. `publicUrl`: scheme and host people use ("https://naru.example.kr");
    // empty: whatever Host says.
    ProofDoor(std::string secret, std::string publicUrl, const Clock& clock);

    struct Admitted {
        std::string thumbprint;
        bool nonceIsOld = false; // still good; the answer tells the next one
        std::int64_t clockOffSeconds = 0; // the caller's clock minus ours
    };
    // Problems: 401 use-dpop-nonce (the answer tells one), dpop-invalid.
    std::variant<Admitted, protocol::Problem> check(const Shown& shown);
    std::string nonce() const; // to be told to callers; good for two to three minutes

private:
    std::int64_t slotNow() const;
    std::string nonceOf(std::int64_t slot) const;
    std::optional<std::int64_t> slotOf(std::string_view nonce) const; // nothing unless it is ours
    bool firstTime(std::int64_t slot, const proof::Proof& proof);
    bool fits(std::string_view uri, const Shown& shown) const;

    const std::string m_secret;
    const std::string m_publicUrl;
    const Clock& m_clock;
    proof::ProofReader m_reader;
    static constexpr std::size_t kSlots = 8; // more than are good at any time, so that a number never meets another one's
    struct Seen {
        std::mutex lock;
        std::int64_t slot = -1;
        boost::unordered_flat_set<std::uint64_t> proofs;
    };
    std::array<Seen, kSlots> m_seen; // by slot
};

} // namespace naru::server
