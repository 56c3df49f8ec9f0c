// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Textbook.h"

#include <cerrno>
#include <cstring>
#include <libpq-fe.h>
#include <random>
#include <stdexcept>
#include <sys/epoll.h>
#include <unistd.h>

namespace naru::bench {

namespace {

struct Statement {
    const char* name;
    const char* sql;
};
constexpr Statement kStatements[] = {
    {"lock", "SELECT on_hand + overbook - safety - allocated - held, version FROM inventory_item WHERE id = $1 FOR UPDATE"},
    {"insert", "INSERT INTO reservation (id, code, customer_id, status, policy_id, confirmed_at, created_at, version) "
               "VALUES ($1, 'R-' || $1, $2, 'confirmed', $3, $4, $4, 1)"},
    {"update", "UPDATE inventory_item SET allocated = allocated + 1, version = version + 1 WHERE id = $1 AND version = $2"},
    {"unit", "SELECT id FROM bench_unit WHERE item_id = $1 AND reservation_id IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED"},
    {"take", "UPDATE bench_unit SET reservation_id = $2 WHERE id = $1"},
    {"cancel", "UPDATE reservation SET status = 'cancelled', cancelled_at = $2, version = version + 1 WHERE id = $1 AND status = 'confirmed'"},
    {"back", "UPDATE inventory_item SET allocated = allocated - 1, version = version + 1 WHERE id = $1 AND version = $2"},
};
constexpr int kSteps = 5; // begin, lock, write, count, commit

std::string wallMs()
{
    timespec t{};
    clock_gettime(CLOCK_REALTIME, &t);
    return std::to_string(t.tv_sec * 1000LL + t.tv_nsec / 1'000'000);
}

} // namespace

struct Textbook::Line {
    PGconn* conn = nullptr;
    int step = -1; // -1: free
    std::int64_t intended = 0;
    std::string item;
    std::string customer;
    std::string id; // of the reservation
    std::string unit;
    std::string version;
    bool refused = false;
    std::string error;
    ~Line() { PQfinish(conn); }
};

Textbook::Textbook(const std::string& conninfo, int connections, Kind kind, const Data& data, std::uint64_t seed)
    : m_kind(kind), m_data(data), m_run((static_cast<std::uint64_t>(std::random_device{}()) << 20) ^ seed), m_chance(seed * 2 + 1)
{
    m_poll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < connections; ++i) {
        m_lines.push_back(std::make_unique<Line>());
        open(*m_lines.back(), conninfo);
    }
}

Textbook::~Textbook()
{
    m_lines.clear();
    ::close(m_poll);
}

void Textbook::open(Line& line, const std::string& conninfo)
{
    line.conn = PQconnectdb(conninfo.c_str());
    if (PQstatus(line.conn) != CONNECTION_OK)
        throw std::runtime_error(PQerrorMessage(line.conn));
    for (const Statement& s : kStatements) {
        const bool units = std::string_view(s.sql).find("bench_unit") != std::string_view::npos;
        if (units && m_kind != Kind::SkipLocked)
            continue;
        PGresult* made = PQprepare(line.conn, s.name, s.sql, 0, nullptr);
        const bool fine = PQresultStatus(made) == PGRES_COMMAND_OK;
        PQclear(made);
        if (!fine)
            throw std::runtime_error(PQerrorMessage(line.conn));
    }
    PQsetnonblocking(line.conn, 1);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &line;
    if (epoll_ctl(m_poll, EPOLL_CTL_ADD, PQsocket(line.conn), &event) != 0)
        throw std::runtime_error(std::strerror(errno));
}

// 26 characters, rising, like the ids of the product.
std::string Textbook::freshId()
{
    static constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string id(26, '0');
    std::uint64_t n = ++m_next;
    for (std::size_t i = 26; i > 16; --i, n >>= 5)
        id[i - 1] = kDigits[n & 31];
    std::uint64_t run = m_run;
    for (std::size_t i = 16; i > 3; --i, run >>= 5)
        id[i - 1] = kDigits[run & 31];
    return id;
}

// False: there is nothing left to cancel.
bool Textbook::begin(Line& line, std::int64_t intended)
{
    if (m_kind == Kind::Cancel) {
        if (m_next >= m_data.reservations.size())
            return false;
        line.id = m_data.reservations[m_next++];
        line.item = m_data.items.front();
    } else {
        m_chance = m_chance * 6364136223846793005ULL + 1442695040888963407ULL;
        line.id = freshId();
        line.item = m_data.items[m_data.items.size() == 1 ? 0 : (m_chance >> 33) % m_data.items.size()];
        line.customer = m_data.customers[m_next % m_data.customers.size()];
    }
    line.intended = intended;
    line.step = 0;
    line.refused = false;
    line.error.clear();
    step(line);
    return true;
}

void Textbook::step(Line& line)
{
    const auto prepared = [&](const char* name, std::initializer_list<const char*> values) {
        return PQsendQueryPrepared(line.conn, name, static_cast<int>(values.size()), values.begin(), nullptr, nullptr, 0);
    };
    int sent = 0;
    if (line.refused || !line.error.empty()) {
        line.step = kSteps - 1;
        sent = PQsendQuery(line.conn, "ROLLBACK");
    } else if (line.step == 0) {
        sent = PQsendQuery(line.conn, "BEGIN");
    } else if (line.step == 1) {
        sent = prepared(m_kind == Kind::SkipLocked ? "unit" : "lock", {line.item.c_str()});
    } else if (line.step == 2) {
        const std::string now = wallMs();
        sent = m_kind == Kind::Cancel ? prepared("cancel", {line.id.c_str(), now.c_str()})
                                      : prepared("insert", {line.id.c_str(), line.customer.c_str(), m_data.policy.c_str(), now.c_str()});
    } else if (line.step == 3) {
        sent = m_kind == Kind::SkipLocked ? prepared("take", {line.unit.c_str(), line.id.c_str()})
                                          : prepared(m_kind == Kind::Cancel ? "back" : "update", {line.item.c_str(), line.version.c_str()});
    } else {
        sent = PQsendQuery(line.conn, "COMMIT");
    }
    if (!sent)
        throw std::runtime_error(PQerrorMessage(line.conn));
    PQflush(line.conn);
}

void Textbook::handle(Line& line, const char* changed, bool failed, std::vector<std::string> row)
{
    if (failed)
        line.error = PQerrorMessage(line.conn);
    else if (line.step == 1 && row.empty())
        line.refused = true;
    else if (line.step == 1 && m_kind == Kind::SkipLocked)
        line.unit = row[0];
    else if (line.step == 1) {
        line.refused = m_kind == Kind::Reserve && std::stoll(row[0]) < 1;
        line.version = row[1];
    } else if ((line.step == 2 || line.step == 3) && std::string_view(changed) != "1") {
        line.error = "a guarded statement changed nothing";
    }
}

void Textbook::receive(Line& line, Trial& trial)
{
    if (!PQconsumeInput(line.conn))
        throw std::runtime_error(PQerrorMessage(line.conn));
    while (!PQisBusy(line.conn)) {
        PGresult* result = PQgetResult(line.conn);
        if (!result) {
            if (line.step < 0)
                return;
            if (line.step == kSteps - 1) {
                line.step = -1;
                if (!line.error.empty())
                    trial.failedWith(line.error);
                trial.ended(line.intended, nowNs(), !line.error.empty() ? Verdict::Failed : line.refused ? Verdict::Refused : Verdict::Granted);
                return;
            }
            ++line.step;
            step(line);
            continue;
        }
        const auto status = PQresultStatus(result);
        std::vector<std::string> row;
        if (status == PGRES_TUPLES_OK && PQntuples(result) > 0)
            for (int c = 0; c < PQnfields(result); ++c)
                row.emplace_back(PQgetvalue(result, 0, c));
        const bool failed = status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK;
        handle(line, PQcmdTuples(result), failed, std::move(row));
        PQclear(result);
    }
}

void Textbook::closed(Trial& trial, int callers)
{
    std::deque<std::int64_t> waiting;
    for (int i = 0; i < callers && trial.mayStart(nowNs()); ++i)
        waiting.push_back(nowNs());
    std::size_t busy = 0;
    bool more = true;
    const auto feed = [&](Line& line) {
        if (waiting.empty())
            return;
        const std::int64_t intended = waiting.front();
        waiting.pop_front();
        if (begin(line, intended))
            ++busy;
        else
            more = false;
    };
    for (const auto& line : m_lines)
        feed(*line);
    while (busy > 0) {
        epoll_event events[64];
        const int n = epoll_wait(m_poll, events, 64, 20'000);
        if (n == 0)
            throw std::runtime_error("the database does not answer");
        for (int i = 0; i < n; ++i) {
            Line& line = *static_cast<Line*>(events[i].data.ptr);
            const bool was = line.step >= 0;
            receive(line, trial);
            if (!was || line.step >= 0)
                continue;
            --busy;
            if (more && trial.mayStart(nowNs()))
                waiting.push_back(nowNs());
            feed(line);
        }
    }
    trial.close(nowNs());
}

} // namespace naru::bench
