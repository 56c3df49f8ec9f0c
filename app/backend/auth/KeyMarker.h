// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <QString>
#include <optional>

namespace naru::backend {

// The note beside the keychain that this computer was set up, and with which key: it tells a first run from a keychain that is locked and says
// "not found". Nothing in it is secret. A plain value; the file belongs to the profile's data folder.
struct KeyMarker {
    QString deviceId; // of the server last signed in to; empty until then
    QString jkt; // thumbprint of the key (RFC 7638); empty when the file could not be understood
    QString storage; // "keychain"
    Instant createdAt{};
    friend bool operator==(const KeyMarker&, const KeyMarker&) = default;

    // Nothing: there is no such file. A file nobody can read still says that this computer was set up.
    static std::optional<KeyMarker> load(const QString& file);
    bool save(const QString& file) const; // whole or not at all
};

} // namespace naru::backend
