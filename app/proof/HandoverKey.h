// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace naru::proof {

// The key of one hand-over of drafts (auth.md §2.18): HKDF-SHA-256 of the key that opens the drafts on the device they were typed on. The displaced
// console and the server make the same; the console that takes the drafts is told this one, which opens nothing else on that device and can be
// turned back into nothing. `sid`: the displaced session's id, 26 characters. 32 bytes.
std::string handoverKey(std::string_view draftKey, std::string_view sid);

} // namespace naru::proof
