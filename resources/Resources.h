// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace naru {

// Keeps the linker from dropping the compiled-in icons; call once at start.
void registerResources();

} // namespace naru
