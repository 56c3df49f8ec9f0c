// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"

namespace naru::server {

// 204 (RFC 9110 §15.3.5): done, and there is nothing to say about it.
inline Response noContent()
{
    Response r;
    r.status = 204;
    r.contentType.clear();
    return r;
}

} // namespace naru::server
