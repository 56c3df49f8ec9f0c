// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integration/Witness.h"
#include "support/RawSocket.h"

namespace naru::test {

// Wishes that are all on the way at the same moment: a connection for each, and no answer is read before all are sent. One thread,
// so that the order of sending is known.
class Rush {
public:
    Rush(Witness& witness, Account account) : m_witness(witness), m_account(std::move(account)) {}

    // Connects; nothing is sent yet, so the server's patience with a silent connection runs.
    std::size_t add(quint16 port, const std::string& key, const NewTicket& wish)
    {
        const std::string body = protocol::json::serialize(protocol::toJson(wish));
        Wish w;
        w.socket = std::make_unique<RawSocket>(port);
        w.request = "POST /v1/tickets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n" + credentials(port, "POST", "http://localhost/v1/tickets", m_account.token)
            + "Idempotency-Key: " + key + "\r\nPrefer: wait=30\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        w.ack.client = wish.customerId.toString();
        w.ack.key = m_account.user + u':' + QString::fromStdString(key);
        w.ack.lines = wish.lines;
        m_wishes.push_back(std::move(w));
        return m_wishes.size() - 1;
    }
    void send(std::size_t i)
    {
        m_wishes[i].ack.sentAt = m_witness.now();
        m_wishes[i].socket->send(m_wishes[i].request); // a peer that is gone: no answer then
    }
    void sendAll()
    {
        for (std::size_t i = 0; i < m_wishes.size(); ++i)
            send(i);
    }
    // It was seen from outside to stand in the queue.
    void accepted(std::size_t i) { m_wishes[i].ack.acceptedAt = m_witness.now(); }
    // Every answer, in the order of sending; written down as it is read.
    std::vector<Ack> readAll()
    {
        std::vector<Ack> acks;
        for (Wish& w : m_wishes) {
            const auto answers = parseAnswers(w.socket->readAll(60'000));
            w.ack.gotAt = m_witness.now();
            if (!answers.empty())
                w.ack.heard({answers.front().status, answers.front().headers, answers.front().body});
            m_witness.write(w.ack);
            acks.push_back(w.ack);
        }
        m_wishes.clear();
        return acks;
    }

private:
    struct Wish {
        std::unique_ptr<RawSocket> socket;
        std::string request;
        Ack ack;
    };
    Witness& m_witness;
    Account m_account;
    std::vector<Wish> m_wishes;
};

} // namespace naru::test
