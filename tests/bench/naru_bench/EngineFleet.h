// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Trial.h"
#include "bench/naru_bench/World.h"

namespace naru::bench {

// Layer L1: callers that ask the engines of nodes in this process, with nothing of HTTP, JSON or sign-in in between. Each has
// one ticket under way at one node and asks again when it is decided. The driver is the calling thread.
void callEngine(const std::vector<std::unique_ptr<server::Node>>& nodes, const World& world, int items, int callers, Trial& trial);

} // namespace naru::bench
