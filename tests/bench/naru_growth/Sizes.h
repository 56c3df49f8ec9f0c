// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace naru::bench {

constexpr int kLeftInLog = 3'500'000; // bytes in the write-ahead log of a store that was killed: nearly as many as there can be before they go to the file

// How little and how much there is of everything that must not matter.
struct Sizes {
    int itemsFew = 100, itemsMany = 100'000;
    int depth = 100'000; // requests waiting
    int holdsFew = 2'048, holdsMany = 100'000; // open
    int consoles = 8'000;
    int historyShort = 100'000, historyLong = 1'000'000; // reservations made before; each left five rows and its events
    int lines = 16;
    int restartSmall = 1'000, restartLarge = 1'000'000; // reservations in the store that starts
    int written = 100'000; // reservations whose bytes are counted
    double slow = 10; // reservations in a second; the other size is as many as the machine makes
    double fanOutSeconds = 8;
    int starts = 15; // of each store, of which the median counts
    int opsFew = 256, opsMany = 1024; // what the instructions of one are computed from

    static Sizes quick()
    {
        Sizes s;
        s.itemsMany = s.depth = s.holdsMany = 10'000;
        s.consoles = 1'000;
        s.historyShort = 5'000;
        s.historyLong = s.restartLarge = 50'000;
        s.written = 10'000;
        s.fanOutSeconds = 4;
        s.starts = 3;
        s.opsFew = 128;
        s.opsMany = 512;
        return s;
    }
    static Sizes full()
    {
        Sizes s;
        s.historyLong = 5'000'000;
        s.written = 1'000'000;
        return s;
    }
};

} // namespace naru::bench
