// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Proofs.h"
#include "bench/naru_bench/Trial.h"

#include <deque>
#include <memory>
#include <string_view>
#include <vector>

namespace naru::bench {

struct Endpoint {
    int port = 0; // on loopback
    std::string token;
    std::shared_ptr<ProofStock> proofs; // owners: every fleet that asks this server; null: it lets callers in by their session alone
};
Endpoint endpointOf(int port, const std::string& token, bool proofs = true);

// What the callers ask: the bytes of a request, made once per connection and only patched afterwards, and what its answer means.
class Script {
public:
    virtual ~Script() = default;
    virtual std::string make(const Endpoint& to) const = 0;
    // Where every request goes, when all go to the same path: the fleet puts a fresh proof into each. Empty: patch() puts one.
    virtual std::string path() const { return {}; }
    // Makes `bytes` the request number n; false: there is nothing left to ask.
    virtual bool patch(std::string& bytes, std::uint64_t n) = 0;
    virtual Verdict judge(std::uint64_t n, int status, std::string_view body) = 0;
    virtual std::uint64_t each() const { return 1; } // decisions a request asks for; all of them count, or none
};

// Many callers on one thread: kept HTTP/1.1 connections over epoll, one request at a time each. It shares the machine with the
// server it measures, so a request costs one send and one receive and hardly anything else. Throws std::runtime_error when
// the server cannot be reached.
class HttpFleet {
public:
    HttpFleet(std::vector<Endpoint> endpoints, int connections, Script& script);
    ~HttpFleet();
    HttpFleet(const HttpFleet&) = delete;
    HttpFleet& operator=(const HttpFleet&) = delete;

    // Each connection is a caller that asks again as soon as it was answered: the most that can be done.
    void closed(Trial& trial);
    // Requests at intended moments (nanoseconds from the start), whatever the server does. Latency counts from the intended
    // moment also while a request waits for a free connection.
    void open(Trial& trial, const std::vector<std::int64_t>& moments);

private:
    struct Line;
    void connect(Line& line);
    void stockProofs(double requests);
    bool start(Line& line, Trial& trial, std::int64_t intended);
    void receive(Line& line, Trial& trial);
    bool whole(const Line& line, std::size_t& bodyAt) const;
    void lost(Line& line, Trial& trial, const char* why);
    int wait(std::int64_t untilNs);
    void drain(Trial& trial);

    std::vector<Endpoint> m_endpoints;
    Script& m_script;
    std::vector<std::unique_ptr<Line>> m_lines;
    std::vector<Line*> m_ready; // of the last wait
    std::vector<Line*> m_free;
    std::size_t m_busy = 0;
    std::uint64_t m_next = 0;
    int m_poll = -1;
};

// Moments of an open loop, drawn beforehand.
std::vector<std::int64_t> constantMoments(double perSecond, double seconds);
std::vector<std::int64_t> poissonMoments(double perSecond, double seconds, std::uint64_t seed);

} // namespace naru::bench
