// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/dpop/ProofDoor.h"

#include "proof/Encoding.h"
#include "server/auth/AuthProblems.h"

#include <cstring>

namespace naru::server {

namespace {

constexpr std::int64_t kSlotMs = 60'000;
constexpr std::int64_t kOlder = 2; // slots before the present one that are still good
constexpr std::int64_t kNewer = 1; // another server's clock may be a little ahead
constexpr std::size_t kMac = 16;

protocol::Problem wantsNonce() { return authProblem(401, "use-dpop-nonce", "the proof needs the nonce this answer tells"); }

protocol::Problem invalid(const char* why)
{
    protocol::Problem p = authProblem(401, "dpop-invalid", "the proof of possession does not fit the request");
    p.detail += QStringLiteral(": ") + QString::fromLatin1(why);
    return p;
}

std::string bytesOf(std::int64_t slot)
{
    std::string out(8, '\0');
    for (int i = 7; i >= 0; --i, slot >>= 8)
        out[static_cast<std::size_t>(i)] = static_cast<char>(slot & 0xFF);
    return out;
}

bool sameHost(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y)); });
}

} // namespace

ProofDoor::ProofDoor(std::string secret, std::string publicUrl, const Clock& clock) : m_secret(std::move(secret)), m_publicUrl(std::move(publicUrl)), m_clock(clock) {}

std::int64_t ProofDoor::slotNow() const { return toUnixMs(m_clock.now()) / kSlotMs; }

std::string ProofDoor::nonceOf(std::int64_t slot) const
{
    const std::string body = bytesOf(slot);
    return proof::toBase64Url(body + proof::hmacSha256(m_secret, body).substr(0, kMac));
}

std::string ProofDoor::nonce() const { return nonceOf(slotNow()); }

std::optional<std::int64_t> ProofDoor::slotOf(std::string_view nonce) const
{
    const auto bytes = proof::fromBase64Url(nonce);
    if (!bytes || bytes->size() != 8 + kMac)
        return std::nullopt;
    std::int64_t slot = 0;
    for (std::size_t i = 0; i < 8; ++i)
        slot = (slot << 8) | static_cast<unsigned char>((*bytes)[i]);
    const std::string mac = proof::hmacSha256(m_secret, bytes->substr(0, 8)).substr(0, kMac);
    return proof::sameSecret(mac, std::string_view(*bytes).substr(8)) ? std::optional(slot) : std::nullopt;
}

bool ProofDoor::fits(std::string_view uri, const Shown& shown) const
{
    if (!m_publicUrl.empty())
        return uri.size() == m_publicUrl.size() + shown.path.size() && uri.substr(0, m_publicUrl.size()) == m_publicUrl && uri.substr(m_publicUrl.size()) == shown.path;
    // A balancer may have taken the TLS off: both schemes are good, the host is the one the caller named.
    const std::size_t host = uri.substr(0, 8) == "https://" ? 8 : uri.substr(0, 7) == "http://" ? 7 : std::string_view::npos;
    if (host == std::string_view::npos || uri.size() != host + shown.host.size() + shown.path.size())
        return false;
    return sameHost(uri.substr(host, shown.host.size()), shown.host) && uri.substr(host + shown.host.size()) == shown.path;
}

bool ProofDoor::firstTime(std::int64_t slot, const proof::Proof& p)
{
    // 64 bits of a digest: two proofs of three minutes meet by chance less than once in a million years.
    const std::string digest = proof::sha256(p.thumbprint + p.id);
    std::uint64_t mark = 0;
    std::memcpy(&mark, digest.data(), sizeof mark);
    Seen& seen = m_seen[static_cast<std::size_t>(slot) % kSlots];
    const std::lock_guard lock(seen.lock);
    if (seen.slot != slot) {
        seen.slot = slot;
        seen.proofs = {}; // the memory goes back too
    }
    return seen.proofs.insert(mark).second;
}

std::variant<ProofDoor::Admitted, protocol::Problem> ProofDoor::check(const Shown& shown)
{
    if (shown.proof.empty()) {
        auto p = invalid("there is none");
        return p;
    }
    const auto read = m_reader.read(shown.proof);
    if (const auto* why = std::get_if<const char*>(&read))
        return invalid(*why);
    const proof::Proof& p = std::get<proof::Proof>(read);
    if (p.method != shown.method)
        return invalid("htm is another method");
    if (!fits(p.uri, shown))
        return invalid("htu is another address");
    if (!shown.accessToken.empty() && !proof::sameSecret(p.tokenHash, proof::tokenHash(shown.accessToken)))
        return invalid("ath is of another token");
    const std::int64_t now = slotNow();
    const auto slot = slotOf(p.nonce);
    if (!slot || *slot < now - kOlder || *slot > now + kNewer)
        return wantsNonce();
    if (!firstTime(*slot, p))
        return invalid("it was used before");
    return Admitted{p.thumbprint, *slot != now, p.issuedAt - toUnixMs(m_clock.now()) / 1000};
}

} // namespace naru::server
