// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace naru::test {

// Whether a sanitizer watches this build: it multiplies what the program does, and wants to be asked for the time first.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

} // namespace naru::test
