// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Trial.h"

#include <deque>
#include <memory>
#include <string_view>
#include <vector>

namespace naru::bench {

// What everybody does today, straight on the database with nothing in between: one transaction per request over the tables of
// Naru's own schema, prepared statements, no think time. All connections are driven from one thread over epoll, which is
// kinder to it than a thread per caller. Throws std::runtime_error.
class Textbook {
public:
    enum class Kind {
        Reserve, // BEGIN; SELECT … FOR UPDATE; INSERT reservation; UPDATE … version; COMMIT
        SkipLocked, // one row per unit: SELECT … FOR UPDATE SKIP LOCKED LIMIT 1; INSERT reservation; UPDATE unit
        Cancel, // BEGIN; SELECT … FOR UPDATE; UPDATE reservation; UPDATE … version; COMMIT
    };
    struct Data {
        std::vector<std::string> items;
        std::vector<std::string> customers;
        std::string policy;
        std::vector<std::string> reservations; // to cancel, all of the first item
    };
    Textbook(const std::string& conninfo, int connections, Kind kind, const Data& data, std::uint64_t seed);
    ~Textbook();
    Textbook(const Textbook&) = delete;
    Textbook& operator=(const Textbook&) = delete;

    // So many callers, each asking again when answered; those without a connection wait for one, and that counts.
    void closed(Trial& trial, int callers);

private:
    struct Line;
    void open(Line& line, const std::string& conninfo);
    bool begin(Line& line, std::int64_t intended);
    void step(Line& line);
    void receive(Line& line, Trial& trial);
    void handle(Line& line, const char* command, bool failed, std::vector<std::string> row);
    std::string freshId();

    const Kind m_kind;
    const Data& m_data;
    std::vector<std::unique_ptr<Line>> m_lines;
    std::uint64_t m_run = 0; // makes ids differ between runs
    std::uint64_t m_next = 0;
    std::uint64_t m_chance = 0;
    int m_poll = -1;
};

} // namespace naru::bench
