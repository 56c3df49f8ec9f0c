// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Json.h"

namespace naru::server {

// A customer's name for those who may not know it: first and last character stay ("이○준", "A○○○○n"); of two characters the
// first ("이○"). Spaces stay.
QString maskName(const QString& name);
// Masks "customer_name" of a payload that goes to a vendor: outbox payloads carry the full name for the operator side.
void maskForVendor(protocol::json::object& payload);

} // namespace naru::server
