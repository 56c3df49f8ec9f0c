// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/SecurityFakes.h"

// Here, so that not every test program makes all of them anew; and apart from FakeBackend, so that programs with another one can take them.
namespace naru::test {

FakeSecurity::FakeSecurity() = default;
FakeSecurity::~FakeSecurity() = default;
FakeDrafts::FakeDrafts() = default;
FakeDrafts::~FakeDrafts() = default;

} // namespace naru::test
