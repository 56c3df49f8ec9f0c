// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integration/Witness.h"

#include <poll.h>

namespace naru::test {

// Where servers listen at this moment; a restarted one may come back on another port. Any thread.
class Doors {
public:
    explicit Doors(std::size_t servers) : m_ports(servers) {}
    void opened(std::size_t server, quint16 port)
    {
        const std::lock_guard lock(m_mutex);
        m_ports[server] = port;
    }
    quint16 port(std::size_t server) const
    {
        const std::lock_guard lock(m_mutex);
        return m_ports[server % m_ports.size()];
    }
    std::size_t count() const { return m_ports.size(); }

private:
    mutable std::mutex m_mutex;
    std::vector<quint16> m_ports;
};

// People who go on asking while servers and the database come and go: without an answer, or told 503, a wish is asked again with its
// key, at the next server. Owned by the test.
class Stampede {
public:
    Stampede(Witness& witness, SmallData data, Doors& doors, int clients) : m_witness(witness), m_data(std::move(data)), m_doors(doors), m_clients(clients) {}

    // Runs until `faults` (on the calling thread) returned and so many wishes were answered; then every open wish is asked until it has
    // its answer, for a minute at most.
    void run(int atLeast, const std::function<void()>& faults)
    {
        std::vector<Account> accounts;
        for (int i = 1; i <= 4; ++i)
            accounts.push_back(signedInAs(u"store%1"_s.arg(i), m_doors.port(0)));
        std::vector<std::thread> threads;
        for (int c = 0; c < m_clients; ++c)
            threads.emplace_back([this, c, account = accounts[static_cast<std::size_t>(c) % accounts.size()]] { ask(c, account.user, account.token); });
        faults();
        while (m_answered < atLeast && m_witness.now() < 300'000'000)
            ::poll(nullptr, 0, 20);
        m_over = true;
        for (std::thread& t : threads)
            t.join();
    }
    int unanswered() const { return m_unanswered; } // wishes without an answer at the end
    int answered() const { return m_answered; }
    int askedAgain() const { return m_askedAgain; }
    qint64 longestWaitMs() const { return m_longestUs / 1000; } // of one wish, from first asking to its answer

private:
    void ask(int c, const QString& user, const QString& token)
    {
        std::size_t server = static_cast<std::size_t>(c);
        std::unique_ptr<RestSession> session;
        for (int wish = 0; !m_over; ++wish) {
            const std::string key = u"s%1-w%2"_s.arg(c).arg(wish).toStdString();
            const qint64 began = m_witness.now();
            for (bool open = true; open;) {
                if (!session) {
                    session = std::make_unique<RestSession>(u"127.0.0.1"_s, m_doors.port(server));
                    session->setAccessToken(token);
                }
                const Ack ack = askOnce(m_witness, *session, user, key, onePlace(c % 2 ? m_data.customer : m_data.otherCustomer, m_data.slotItems.front()));
                if (ack.http != 0 && ack.http != 503) {
                    ++m_answered;
                    const qint64 took = ack.gotAt - began;
                    for (qint64 seen = m_longestUs; took > seen && !m_longestUs.compare_exchange_weak(seen, took);) { }
                    break;
                }
                ++m_askedAgain;
                session.reset();
                ++server;
                ::poll(nullptr, 0, 20); // as a client does that was told to come back: it does not hammer
                if (m_over && m_witness.now() - began > 60'000'000) {
                    ++m_unanswered;
                    return;
                }
            }
            ::poll(nullptr, 0, 2);
        }
    }

    Witness& m_witness;
    SmallData m_data;
    Doors& m_doors;
    int m_clients;
    std::atomic<bool> m_over{false};
    std::atomic<int> m_unanswered{0};
    std::atomic<int> m_answered{0};
    std::atomic<int> m_askedAgain{0};
    std::atomic<qint64> m_longestUs{0};
};

} // namespace naru::test
