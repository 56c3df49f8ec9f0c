// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"

namespace naru::ui {

// The sentence for a person, in the language of the program: what failed and what was not changed. The only place where
// errors become words. `code` for copying: problem code and request id.
QString errorText(const Error& error);
QString stepUpErrorText(const Error& error); // of an extra verification: a code that was not taken
bool isMismatch(const Error& error); // something of the sign-in does not fit together; trying the same for ever leads nowhere
QString errorCode(const Error& error);

} // namespace naru::ui
