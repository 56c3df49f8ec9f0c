// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru::bench {

enum class Threads { First, All };

// Runs this very program as another process: a Step, as it is or under callgrind. Both throw std::runtime_error when it fails.
void runNatively(const QString& step, const QString& file, int param = 0, int ops = 0);
double countInstructions(const QString& step, const QString& file, int param, int ops, Threads threads = Threads::First);

} // namespace naru::bench
