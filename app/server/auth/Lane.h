// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace naru::server {

// Who asks to be signed in: a device registered with the account it names (its proof says so before anything is hashed), or any other.
// Whatever strangers do to the new lane, the known one stays open.
enum class Lane { Known, New };

} // namespace naru::server
