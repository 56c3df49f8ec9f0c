// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/SessionFields.h"

// Drafts on their way from the console a sign-in displaced to the one that displaced it. Everything of them is sealed but how many they are.
namespace naru::protocol {

// PUT /v1/session/handover, by the displaced console: its old refresh token shows which session it held, its key that it did.
struct HandoverOffer {
    QString refreshToken;
    int drafts = 0;
    QString sealed; // base64url of records as they lie on a disk, under proof::handoverKey
};

// GET /v1/session/handover
struct HandoverPackage {
    SessionId id; // the session it comes from
    std::int64_t version = 0; // rises when that console says more
    QString deviceName; // and its computer
    int drafts = 0;
    QString sealed;
    QString key; // opens it; base64url of 32 bytes
    Instant at{};
    Instant expiresAt{};
};
struct HandoverList {
    std::vector<HandoverPackage> items; // the oldest first
};

template <class V> void fields(V& v, HandoverOffer& x)
{
    v("refresh_token", x.refreshToken, Bounds{1, 200});
    v("drafts", x.drafts, Bounds{1, 10'000});
    v("sealed", x.sealed, Bounds{1, 1024 * 1024});
}

template <class V> void fields(V& v, HandoverPackage& x)
{
    v("id", x.id);
    v("version", x.version);
    v("device_name", x.deviceName);
    v("drafts", x.drafts);
    v("sealed", x.sealed);
    v("key", x.key);
    v("at", x.at);
    v("expires_at", x.expiresAt);
}

template <class V> void fields(V& v, HandoverList& x) { v("items", x.items); }

} // namespace naru::protocol
