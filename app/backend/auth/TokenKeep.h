// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"

#include <QByteArray>
#include <functional>

namespace naru::backend {

// Where the one secret that outlives the program is kept: the refresh token with whose it is. Backend thread, owned by the
// engine. An answer may never come when the store hangs; the owner bounds the waiting.
class TokenKeep {
public:
    using Loaded = std::function<void(Result<QByteArray>)>; // NotFound: nothing kept; Keychain: the store does not work

    virtual ~TokenKeep() = default;
    virtual void load(Loaded then) = 0;
    virtual void store(const QByteArray& secret) = 0; // the newest wins; failing is logged once and changes nothing
    virtual void erase() = 0;
    virtual void whenIdle(std::function<void()> then) { then(); } // once nothing is being written any more, perhaps at once
};

} // namespace naru::backend
