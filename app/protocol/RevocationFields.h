// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Revocation.h"
#include "protocol/SessionFields.h"

// Wire form of core/Revocation.h.
namespace naru::protocol {

template <> struct Names<RevocationKind> {
    static constexpr auto list = std::to_array<std::string_view>({"user", "sid", "device", "tenant", "kid", "all"});
};
template <> struct Names<RevocationState> {
    static constexpr auto list = std::to_array<std::string_view>({"waiting", "done"});
};

template <class V> void fields(V& v, RevocationRequest& x)
{
    v("kind", x.kind);
    v.opt("subject", x.subject, Bounds{0, 100});
    v("reason", x.reason, Bounds{1, 500});
    v("second_approver", x.secondApprover);
}

template <class V> void fields(V& v, RevocationAnswer& x)
{
    v("state", x.state);
    v("seq", x.seq);
    v("waits_until", x.waitsUntil);
}

} // namespace naru::protocol
