// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/HttpFleet.h"

namespace naru::bench {

// POST /v1/tickets with a fresh Idempotency-Key each: one place of one inventory, chosen evenly among `items`.
class TicketScript final : public Script {
public:
    TicketScript(const std::vector<std::string>& items, const std::vector<std::string>& customers, const char* goal, std::uint64_t seed);

    std::string make(const Endpoint& to) const override;
    std::string path() const override { return "/v1/tickets"; }
    bool patch(std::string& bytes, std::uint64_t n) override;
    Verdict judge(std::uint64_t n, int status, std::string_view body) override;

    bool keepReservations = false; // remembers the ids of what was confirmed
    std::vector<std::string> reservations;

private:
    const std::vector<std::string>& m_items;
    const std::vector<std::string>& m_customers;
    const std::string m_goal;
    const std::string m_granted; // what the body of a granted one holds
    const std::string m_keyHead; // differs in every run and process
    std::uint64_t m_chance;
};

// POST /v1/tickets/batch: a hundred such tickets in one request.
class TicketBatchScript final : public Script {
public:
    static constexpr std::uint64_t kTickets = 100;
    TicketBatchScript(const std::string& item, const std::vector<std::string>& customers, std::uint64_t seed);

    std::string make(const Endpoint& to) const override;
    std::string path() const override { return "/v1/tickets/batch"; }
    bool patch(std::string& bytes, std::uint64_t n) override;
    Verdict judge(std::uint64_t n, int status, std::string_view body) override;
    std::uint64_t each() const override { return kTickets; }

private:
    const std::string m_item;
    const std::vector<std::string>& m_customers;
    const std::string m_keyHead;
};

// POST /v1/reservations/{id}/cancellation, each id once.
class CancelScript final : public Script {
public:
    CancelScript(const std::vector<std::string>& reservations, std::uint64_t seed);
    void signAll(const Endpoint& at); // all are of their own path; for one server

    std::string make(const Endpoint& to) const override;
    bool patch(std::string& bytes, std::uint64_t n) override;
    Verdict judge(std::uint64_t n, int status, std::string_view body) override;

private:
    const std::vector<std::string>& m_reservations;
    std::vector<std::string> m_proofs;
    const std::string m_keyHead;
};

} // namespace naru::bench
