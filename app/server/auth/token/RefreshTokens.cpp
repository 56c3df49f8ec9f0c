// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/token/RefreshTokens.h"

#include "proof/Encoding.h"
#include "server/auth/KeyFile.h"
#include "server/auth/factor/Seal.h"

#include <stdexcept>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kPrefix = "nrt1_";

std::string bytesOf(const Id128& family, std::uint32_t counter)
{
    std::string out(reinterpret_cast<const char*>(family.bytes.data()), family.bytes.size());
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>((counter >> shift) & 0xFF));
    return out;
}

} // namespace

RefreshKey::RefreshKey(const QString& path, Rng& rng)
{
    m_key = secretFile(path, [&rng] {
        std::string key(32, '\0');
        rng.fill(reinterpret_cast<unsigned char*>(key.data()), key.size());
        return key;
    });
    if (m_key.size() != 32)
        throw std::runtime_error(path.toStdString() + ": this is no key of 32 bytes; remove the file to have a new one made (everybody signs in again)");
}

std::string RefreshKey::make(const Id128& family, std::uint32_t counter, std::string_view thumbprint) const
{
    const std::string body = bytesOf(family, counter);
    return std::string(kPrefix) + proof::toBase64Url(body + proof::hmacSha256(m_key, body + std::string(thumbprint)));
}

std::string RefreshKey::derived(std::string_view purpose) const { return deriveKey(m_key, {}, purpose); }

std::optional<RefreshKey::Parsed> RefreshKey::parse(std::string_view token, std::string_view thumbprint) const
{
    if (token.size() > 200 || token.substr(0, kPrefix.size()) != kPrefix)
        return std::nullopt;
    const auto bytes = proof::fromBase64Url(token.substr(kPrefix.size()));
    if (!bytes || bytes->size() != 52)
        return std::nullopt;
    const std::string_view all = *bytes;
    if (!proof::sameSecret(all.substr(20), proof::hmacSha256(m_key, std::string(all.substr(0, 20)) + std::string(thumbprint))))
        return std::nullopt;
    Parsed p;
    std::memcpy(p.family.bytes.data(), all.data(), 16);
    for (std::size_t i = 16; i < 20; ++i)
        p.counter = (p.counter << 8) | static_cast<unsigned char>(all[i]);
    return p;
}

Id128 startFamily(Txn& txn, const SessionId& sid, const UserId& user, std::string_view thumbprint)
{
    const Id128 family = txn.newId<Id<struct FamilyTag>>().value;
    txn.db().exec(u"INSERT INTO auth_refresh_family (family, sid, user_id, counter, state, rotated_at, jkt) VALUES (?, ?, ?, 1, 'live', ?, ?)"_s,
        {family.toString(), sid, user, txn.now(), Param(thumbprint)});
    return family;
}

FamilyUse useFamily(Txn& txn, const RefreshKey::Parsed& token, Millis replay, bool mayRotate)
{
    const auto row = txn.db().one(u"SELECT sid, counter, state, rotated_at FROM auth_refresh_family WHERE family = ? FOR UPDATE"_s, {token.family.toString()});
    FamilyUse use;
    if (!row)
        return use;
    use.sid = row->id<SessionId>(0);
    const std::int64_t counter = row->integer(1);
    if (row->text(2) != u"live") {
        use.kind = FamilyUse::Kind::Revoked;
        return use;
    }
    use.kind = FamilyUse::Kind::Fine;
    if (token.counter == counter && !mayRotate) {
        use.kind = FamilyUse::Kind::TooSoon;
    } else if (token.counter == counter) {
        txn.db().exec(u"UPDATE auth_refresh_family SET counter = counter + 1, rotated_at = ? WHERE family = ? AND counter = ?"_s,
            {txn.now(), token.family.toString(), counter});
        use.next = static_cast<std::uint32_t>(counter + 1);
        use.rotated = true;
    } else if (token.counter + 1 == counter && txn.now() - row->instant(3) <= replay) {
        use.next = static_cast<std::uint32_t>(counter);
    } else {
        use.kind = FamilyUse::Kind::Reused;
    }
    return use;
}

} // namespace naru::server
