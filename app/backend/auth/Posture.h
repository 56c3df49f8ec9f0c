// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"

#include <functional>

namespace naru::backend {

// What this computer says of itself (auth.md §2.11), read from its files without rights and without asking anything of the network. What cannot
// be known is "unknown", never "no"; a lie is possible, which is why it lowers trust and never raises it.
struct PostureSources {
    QString root = QStringLiteral("/"); // tests: another tree
    std::function<unsigned()> userId; // effective; empty: asks the system
};
// Linux. Reads some small files; any thread.
std::vector<PostureSignal> readPosture(const PostureSources& sources = {});

} // namespace naru::backend
