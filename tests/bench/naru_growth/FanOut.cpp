// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/FanOut.h"

#include "bench/naru_bench/HttpFleet.h"
#include "bench/naru_bench/Scripts.h"
#include "bench/naru_growth/Bench.h"
#include "support/NarudProcess.h"
#include "support/RestSession.h"

#include <arpa/inet.h>
#include <atomic>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

// Counts the chunks of an event stream: each is one write of the server.
class ChunkCounter {
public:
    ChunkCounter(int port, const QString& token) : m_fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(port));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const std::string ask = "GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
            + test::credentials(static_cast<quint16>(port), "GET", "http://127.0.0.1/v1/events", token) + "\r\n";
        if (::connect(m_fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 || ::send(m_fd, ask.data(), ask.size(), MSG_NOSIGNAL) < 0)
            throw std::runtime_error("no event stream");
        m_thread = std::thread([this] { read(); });
    }
    ~ChunkCounter()
    {
        ::shutdown(m_fd, SHUT_RDWR);
        m_thread.join();
        ::close(m_fd);
    }
    int chunks() const { return m_chunks; }
    std::int64_t bytes() const { return m_bytes; }

private:
    void read()
    {
        std::string text;
        bool head = true;
        std::size_t left = 0; // of the chunk at hand, its line end included
        char piece[65536];
        for (ssize_t n = 0; (n = ::recv(m_fd, piece, sizeof piece, 0)) > 0;) {
            text.append(piece, static_cast<std::size_t>(n));
            m_bytes += n;
            if (head) {
                const std::size_t end = text.find("\r\n\r\n");
                if (end == std::string::npos)
                    continue;
                text.erase(0, end + 4);
                head = false;
            }
            for (;;) {
                const std::size_t skipped = std::min(left, text.size());
                text.erase(0, skipped);
                left -= skipped;
                const std::size_t line = text.find("\r\n");
                if (left > 0 || line == std::string::npos)
                    break;
                left = std::stoul(text.substr(0, line), nullptr, 16) + 2;
                text.erase(0, line + 2);
                ++m_chunks;
            }
        }
    }
    int m_fd;
    std::atomic<int> m_chunks{0};
    std::atomic<std::int64_t> m_bytes{0};
    std::thread m_thread;
};

std::vector<std::string> column(const QString& file, const QString& sql)
{
    const auto db = openedStore(file, server::SqliteConnection::Mode::Reader);
    std::vector<std::string> out;
    for (const server::Row& row : db->query(sql))
        out.push_back(row.text(0).toStdString());
    return out;
}

} // namespace

FanOut streamWrites(const QString& folder, double reservationsPerSecond, double seconds)
{
    const QString file = folder + u"/naru.sqlite"_s;
    const auto items = column(file, u"SELECT id FROM inventory_item WHERE on_hand > 1000000 ORDER BY id LIMIT 1"_s);
    const auto customers = column(file, u"SELECT id FROM customer ORDER BY id LIMIT 100"_s);
    test::NarudProcess narud(folder);
    if (!narud.start({u"--log-level"_s, u"warning"_s}))
        throw std::runtime_error("narud does not start: " + narud.log().toStdString());
    test::RestSession store(narud.host(), narud.port());
    test::RestSession staff(narud.host(), narud.port());
    for (const auto& [session, login] : {std::pair(&store, u"store1"_s), std::pair(&staff, u"staff1"_s)})
        if (const QString problem = session->signIn(login); !problem.isEmpty())
            throw std::runtime_error("the sign-in was refused: " + problem.toStdString());
    TicketScript script(items, customers, "confirm", 7);
    HttpFleet fleet({endpointOf(narud.port(), store.tokens().accessToken.toStdString())}, 64, script);
    ChunkCounter counter(narud.port(), staff.tokens().accessToken);
    Trial::Plan plan;
    plan.warmUp = false;
    plan.seconds = reservationsPerSecond > 0 ? seconds + 5 : seconds;
    Trial trial(plan);
    if (reservationsPerSecond > 0)
        fleet.open(trial, constantMoments(reservationsPerSecond, seconds));
    else
        fleet.closed(trial);
    const double took = trial.seconds();
    if (trial.failed() > 0 || counter.chunks() == 0)
        throw std::runtime_error("reservations failed, or the stream was silent: " + trial.firstFailure());
    return {static_cast<double>(trial.granted()) / took, counter.chunks() / took, static_cast<double>(counter.bytes()) / took};
}

} // namespace naru::bench
