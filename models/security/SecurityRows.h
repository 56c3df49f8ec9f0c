// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "models/common/RecordsModel.h"

// Lists of sessions and devices. UI thread; owned by the controllers that read them.
namespace naru::models {

struct SessionTraits {
    using Key = SessionId;
    static Key key(const SessionEntry& s) { return s.sid; }
};
using SessionsModel = RecordsModel<SessionEntry, SessionTraits>;

struct DeviceTraits {
    using Key = DeviceId;
    static Key key(const Device& d) { return d.id; }
};
using DevicesModel = RecordsModel<Device, DeviceTraits>;

struct PostureTraits {
    using Key = QString;
    static Key key(const PostureSignal& s) { return s.name; }
};
using PostureModel = RecordsModel<PostureSignal, PostureTraits>;

} // namespace naru::models
