// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/NarudProcess.h"
#include "support/RestSession.h"
#include "support/TestServer.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

// The outside witness: what the clients were told, written down as it arrived. A verdict (Verdict.h) joins it with the server's tables
// afterwards. Clients and verdict know nothing of how the server works.
namespace naru::test {

using namespace Qt::StringLiterals;

struct Ack {
    QString client;
    QString key; // as the server keeps it: "<user>:<Idempotency-Key>"
    std::vector<TicketLine> lines; // what was asked for
    qint64 sentAt = 0; // µs of one monotonic clock
    qint64 acceptedAt = 0; // seen from outside to stand in the server's queue; 0: nobody looked
    qint64 gotAt = 0;
    int http = 0; // 0: no answer
    QString said; // status of the ticket, or the problem code
    QString refusal;
    std::optional<ItemId> refusedItem;
    std::optional<Instant> soonest; // when the first hold in the way ends
    QString ticket;
    QString reservation;
    bool beforeCut = true;

    // What the answer to POST /v1/tickets says.
    void heard(const Answer& answer)
    {
        http = answer.status;
        if (!answer.ok()) {
            said = answer.code();
            return;
        }
        const auto body = answer.as<Ticket>();
        said = protocol::wireText(body.status);
        refusal = body.refusal ? protocol::wireText(*body.refusal) : QString();
        refusedItem = body.refusedItem;
        soonest = body.soonestExpiry;
        ticket = body.id.toString();
        reservation = body.reservationId ? body.reservationId->toString() : QString();
    }
};

class Witness {
public:
    Witness() { m_clock.start(); }
    qint64 now() const { return m_clock.nsecsElapsed() / 1000; }
    void write(Ack ack)
    {
        {
            const std::lock_guard lock(m_mutex);
            ack.beforeCut = !m_cut;
            m_answered += ack.http != 0;
            m_acks.push_back(std::move(ack));
        }
        m_written.notify_all();
    }
    // What arrives from now on proves nothing about before: the end of the server was ordered.
    void cutOrdered()
    {
        const std::lock_guard lock(m_mutex);
        m_cut = true;
    }
    void newLife()
    {
        const std::lock_guard lock(m_mutex);
        m_cut = false;
    }
    // Until so many answers came; QTRY looks every 50 ms, by when the rush is over.
    bool waitForAnswers(int count, Millis limit)
    {
        std::unique_lock lock(m_mutex);
        return m_written.wait_for(lock, limit, [&] { return m_answered >= count; });
    }
    std::vector<Ack> acks() const
    {
        const std::lock_guard lock(m_mutex);
        return m_acks;
    }
    QString latencies() const
    {
        std::vector<qint64> us;
        qint64 first = INT64_MAX;
        qint64 last = 0;
        for (const Ack& a : acks()) {
            if (a.http == 0)
                continue;
            us.push_back(a.gotAt - a.sentAt);
            first = std::min(first, a.sentAt);
            last = std::max(last, a.gotAt);
        }
        if (us.empty())
            return u"no answers"_s;
        std::sort(us.begin(), us.end());
        const auto ms = [&us](double q) { return QString::number(double(us[std::min(us.size() - 1, std::size_t(double(us.size()) * q))]) / 1000.0, 'f', 1); };
        return u"%1 answers, %2/s; ms p50 %3, p95 %4, p99 %5, max %6"_s.arg(us.size()).arg(double(us.size()) * 1e6 / double(std::max<qint64>(last - first, 1)), 0, 'f', 0).arg(ms(0.5), ms(0.95), ms(0.99), ms(1));
    }

private:
    QElapsedTimer m_clock;
    mutable std::mutex m_mutex;
    std::condition_variable m_written;
    int m_answered = 0;
    std::vector<Ack> m_acks;
    bool m_cut = false;
};

// One wish, asked once; what came back is written down before anybody acts on it.
inline Ack askOnce(Witness& witness, RestSession& session, const QString& user, const std::string& key, const NewTicket& wish)
{
    Ack ack;
    ack.client = wish.customerId.toString();
    ack.key = user + u':' + QString::fromStdString(key);
    ack.lines = wish.lines;
    ack.sentAt = witness.now();
    const Answer answer = session.post("/v1/tickets", wish, {{"Idempotency-Key", key}, {"Prefer", "wait=10"}});
    ack.gotAt = witness.now();
    ack.heard(answer);
    witness.write(ack);
    return ack;
}

// A place of the item, to be confirmed at once.
inline NewTicket onePlace(const CustomerId& customer, const ItemId& item)
{
    NewTicket wish;
    wish.customerId = customer;
    wish.lines = {{item, 1}};
    return wish;
}

struct Account {
    QString user; // its id
    QString token;
};
// Signed in; stops the test with the reason when that fails.
inline Account signedInAs(const QString& login, quint16 port)
{
    RestSession s(u"127.0.0.1"_s, port);
    const QString code = s.signIn(login);
    if (!code.isEmpty())
        qFatal("%s cannot sign in: %s", qPrintable(login), qPrintable(code));
    return {QString::fromStdString(s.get("/v1/session").json().as_object().at("user_id").as_string().c_str()), s.tokens().accessToken};
}

// Many people who want one place each of the same item. Each has a connection of its own; a wish without an answer is asked again with its key.
class Crowd {
public:
    // `name` begins its keys: another one for each crowd of a run.
    Crowd(Witness& witness, SmallData data, int clients, int wishesEach, const QString& name = u"c"_s)
        : m_witness(witness), m_data(std::move(data)), m_left(static_cast<std::size_t>(clients))
    {
        for (int c = 0; c < clients; ++c)
            for (int w = 0; w < wishesEach; ++w)
                m_left[static_cast<std::size_t>(c)].push_back(u"%1%2-w%3"_s.arg(name).arg(c).arg(w).toStdString());
    }
    std::size_t unanswered() const
    {
        std::size_t n = 0;
        for (const auto& l : m_left)
            n += l.size();
        return n;
    }
    // All at once, until every wish has its answer or the server is gone. `meanwhile` runs on the calling thread. `accounts`: those who
    // book; none: store1 … store4 sign in anew.
    void run(const QString& host, quint16 port, const std::function<void()>& meanwhile = {}, std::vector<Account> accounts = {})
    {
        for (int i = 1; accounts.size() < 4; ++i)
            accounts.push_back(signedInAs(u"store%1"_s.arg(i), port));
        std::vector<std::thread> threads;
        std::atomic<bool> go{false};
        for (std::size_t c = 0; c < m_left.size(); ++c) {
            threads.emplace_back([&, c] {
                RestSession session(host, port);
                const Account& account = accounts[c % accounts.size()];
                session.setAccessToken(account.token);
                while (!go.load())
                    std::this_thread::yield();
                wish(session, account.user, c);
            });
        }
        go = true;
        if (meanwhile)
            meanwhile();
        for (std::thread& t : threads)
            t.join();
    }

private:
    void wish(RestSession& session, const QString& user, std::size_t c)
    {
        std::vector<std::string>& left = m_left[c];
        while (!left.empty()) {
            const Ack ack = askOnce(m_witness, session, user, left.front(), onePlace(c % 2 ? m_data.customer : m_data.otherCustomer, m_data.slotItems.front()));
            if (ack.http == 0 || ack.http >= 500)
                return; // "don't know", or a server that loses its disk: asked again in the next life
            left.erase(left.begin());
        }
    }

    Witness& m_witness;
    SmallData m_data;
    std::vector<std::vector<std::string>> m_left; // keys without an answer, by client
};

} // namespace naru::test
