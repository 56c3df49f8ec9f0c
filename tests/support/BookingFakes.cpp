// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/BookingFakes.h"

// Here, so that not every test program makes all of them anew; and apart from FakeBackend, so that programs with another one can take them.
namespace naru::test {

FakeCancellations::FakeCancellations() = default;
FakeCancellations::~FakeCancellations() = default;
FakeWaitlist::FakeWaitlist() = default;
FakeWaitlist::~FakeWaitlist() = default;
FakeSlots::FakeSlots() = default;
FakeSlots::~FakeSlots() = default;
FakeStock::FakeStock() = default;
FakeStock::~FakeStock() = default;

} // namespace naru::test
