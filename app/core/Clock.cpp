// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Clock.h"

#include <QRandomGenerator>
#include <ctime>

namespace naru {
namespace {

class SystemClock final : public Clock {
public:
    Instant now() const override { return read(CLOCK_REALTIME); }
    Millis steady() const override { return read(CLOCK_BOOTTIME).time_since_epoch(); }

private:
    static Instant read(clockid_t id)
    {
        timespec t{};
        clock_gettime(id, &t);
        return fromUnixMs(std::int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1000000);
    }
};

class SystemRng final : public Rng {
public:
    std::uint64_t next64() override { return QRandomGenerator::system()->generate64(); }
    void fill(unsigned char* out, std::size_t size) override
    {
        while (size >= 8) {
            const std::uint64_t v = next64();
            std::memcpy(out, &v, 8);
            out += 8;
            size -= 8;
        }
        const std::uint64_t v = next64();
        std::memcpy(out, &v, size);
    }
};

} // namespace

const Clock& systemClock()
{
    static const SystemClock clock;
    return clock;
}

Rng& systemRng()
{
    static SystemRng rng;
    return rng;
}

} // namespace naru
