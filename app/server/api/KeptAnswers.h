// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/Http.h"

#include <map>

namespace naru::server {

// The answers kept for idempotency keys, of many requests in one transaction: asked for together and kept together. A key that was answered
// in this transaction is answered like any other. Writer thread; lives for one transaction.
class KeptAnswers {
public:
    explicit KeptAnswers(Connection& db) : m_db(db) {}
    // What is kept for these. On PostgreSQL the same request may be on its way through another server: who comes second waits here.
    void read(const std::vector<RequestKey>& keys, Instant now);
    // The answer, marked Idempotency-Replayed, or nothing; throws 422 idempotency-key-reused.
    std::optional<Response> of(const RequestKey& key) const;
    void keep(const RequestKey& key, const Response& answer, Instant now);
    void write(Instant now); // those kept since; takes some away whose day is over

private:
    struct Answer {
        QString hash;
        int status = 0;
        std::string packed; // JSON: its type, header fields and body
    };
    Connection& m_db;
    std::map<std::pair<QString, QString>, Answer> m_answers; // by scope and key
    RowBlock m_fresh{"idempotency",
        {{"scope", RowBlock::Type::Text}, {"request_key", RowBlock::Type::Text}, {"request_hash", RowBlock::Type::Text}, {"status", RowBlock::Type::Text},
            {"response_code", RowBlock::Type::BigInt}, {"response_json", RowBlock::Type::Text}, {"created_at", RowBlock::Type::BigInt}, {"expires_at", RowBlock::Type::BigInt}},
        {}};
};

} // namespace naru::server
