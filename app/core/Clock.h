// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Id.h"
#include "core/Time.h"

namespace naru {

// The only source of time for engine, sessions and client backend. Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0; // wall clock, may step
    virtual Millis steady() const = 0; // monotonic, runs through suspend, only differences mean something
};

// The only source of randomness. Any thread.
class Rng {
public:
    virtual ~Rng() = default;
    virtual std::uint64_t next64() = 0;
    virtual void fill(unsigned char* out, std::size_t size) = 0;
};

const Clock& systemClock();
Rng& systemRng(); // the operating system's generator, fit for secrets

template <class AnyId> AnyId makeId(const Clock& clock, Rng& rng)
{
    return AnyId{Id128::make(toUnixMs(clock.now()), rng.next64() & 0xFFFF, rng.next64())};
}

} // namespace naru
