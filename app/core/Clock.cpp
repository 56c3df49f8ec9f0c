// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Clock.h"

#include <QtGlobal>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <sys/random.h>
#include <utility>

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

// The kernel is asked for a block at a time; a number is given out once and wiped. Secrets do not pass through the block.
class SystemRng final : public Rng {
public:
    std::uint64_t next64() override
    {
        thread_local Block block;
        if (block.next == block.numbers.size()) {
            ask(reinterpret_cast<unsigned char*>(block.numbers.data()), sizeof block.numbers);
            block.next = 0;
        }
        return std::exchange(block.numbers[block.next++], 0);
    }
    void fill(unsigned char* out, std::size_t size) override { ask(out, size); }

private:
    struct Block {
        std::array<std::uint64_t, 64> numbers{};
        std::size_t next = 64;
    };

    // getrandom(2) gives up to 256 bytes whole once the pool is ready, and waits for that at boot.
    static void ask(unsigned char* out, std::size_t size)
    {
        while (size > 0) {
            const ssize_t got = ::getrandom(out, std::min<std::size_t>(size, 256), 0);
            if (got < 0 && errno != EINTR)
                qFatal("the system gives no random numbers: %s", std::strerror(errno));
            if (got > 0) {
                out += got;
                size -= static_cast<std::size_t>(got);
            }
        }
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
