// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/device/DeviceTier.h"

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

// A key that hardware holds would be tier 3 with an attestation; none is checked here, so nobody's word is taken for it.
int tierOfStorage(KeyStorage storage)
{
    return storage == KeyStorage::Memory ? 1 : 2;
}

bool isOff(const PostureSignal& s) { return s.value == u"off"; }
bool isOn(const PostureSignal& s) { return s.value == u"on"; }

} // namespace

std::optional<QString> faultOf(const PostureSignal& s, KeyStorage registered)
{
    if (s.name == u"integrity" && (isOff(s) || s.value == u"bad"))
        return u"integrity-bad"_s;
    if (s.name == u"storage" && s.value == u"memory" && registered != KeyStorage::Memory)
        return u"storage-downgraded"_s;
    if (s.name == u"root" && isOn(s))
        return u"runs-as-root"_s;
    // Without secure boot most honest machines run; that is shown and does not count.
    static const QStringList protections{u"disk_encryption"_s, u"screen_lock"_s, u"firewall"_s, u"anti_malware"_s};
    if (protections.contains(s.name) && isOff(s))
        return QString(s.name).replace(u'_', u'-') + u"-off"_s;
    return std::nullopt;
}

bool integrityBroken(const std::vector<PostureSignal>& posture)
{
    return std::any_of(posture.begin(), posture.end(), [](const PostureSignal& s) { return faultOf(s, KeyStorage::Memory) == u"integrity-bad"_s; });
}

Tier tierOf(KeyStorage storage, const std::vector<PostureSignal>& posture, Instant heardAt, Instant now)
{
    Tier t;
    t.tier = tierOfStorage(storage);
    if (storage == KeyStorage::Memory)
        t.reasons << u"memory-key"_s;
    else
        t.reasons << u"not-attested"_s;
    for (const PostureSignal& s : posture) {
        const auto fault = faultOf(s, storage);
        if (!fault)
            continue;
        t.reasons << *fault;
        t.tier = std::min(t.tier, *fault == u"integrity-bad" ? 0 : 1);
    }
    if (now - heardAt > kPostureMissed) {
        t.reasons << u"posture-missed"_s;
        t.tier = std::max(t.tier - 1, 0);
    }
    return t;
}

} // namespace naru::server
