// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>

// Named places where a test build can be made to die, wait or fail: `narud --failpoint name=action@n`.
// Actions: crash (as by kill -9), delay:<ms>, error:<ENOSPC|EIO|EROFS> (throws StoreError), on (a switch that failpointOn()
// reads). `@n`: only at the n-th visit. Any thread. Absent from release builds.
namespace naru::server {

#ifdef NARU_FAILPOINTS
void failpoint(const char* name);
bool failpointOn(const char* name);
// Empty text on success, else what is wrong with the specification.
QString armFailpoint(const QString& spec);
void clearFailpoints();
#define NARU_FAILPOINT(name) ::naru::server::failpoint(name)
#else
inline bool failpointOn(const char*) { return false; }
#define NARU_FAILPOINT(name) static_cast<void>(0)
#endif

// A layer that is measured without the one above it (naru-bench --layer session): a request that shows no proof of its key is let in by its
// token and session alone. Always off in release builds.
inline constexpr const char* kLayerSession = "layer.session";

// A seeded defect that a test switches on (`--failpoints mutant.8=on`) to see a named check turn red; HACKING.md lists them.
// Always false in release builds.
#define NARU_MUTATED(n) ::naru::server::failpointOn("mutant." #n)

} // namespace naru::server
