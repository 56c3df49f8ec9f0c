// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

#include <QSet>

namespace naru::test {

// A connection, how often it was called (once for a block of rows, however many they are), and every text it was asked. One thread, as the
// one below.
class CountingConnection final : public server::Connection {
public:
    explicit CountingConnection(server::Connection& inner) : m_inner(inner) {}
    int calls = 0;
    QSet<QString> asked;

    server::Engine engine() const override { return m_inner.engine(); }
    bool usable() const override { return m_inner.usable(); }
    server::Rows query(const QString& sql, const server::Params& params = {}) override { return counted(sql).query(sql, params); }
    std::vector<server::Rows> queries(const std::vector<server::Question>& questions) override
    {
        for (const server::Question& q : questions)
            asked << q.sql;
        return counted().queries(questions);
    }
    std::int64_t exec(const QString& sql, const server::Params& params = {}) override { return counted(sql).exec(sql, params); }
    void post(const QString& sql, const server::Params& params = {}) override { counted(sql).post(sql, params); }
    void insertRows(const server::RowBlock& block) override { counted().insertRows(block); }
    std::int64_t updateRows(const server::RowBlock& block, std::size_t keys) override { return counted(updateText(block, keys)).updateRows(block, keys); }
    void updateEach(const server::RowBlock& block, std::size_t keys) override { counted(updateText(block, keys)).updateEach(block, keys); }
    void begin(Access access) override { counted().begin(access); }
    void commit() override { counted().commit(); }
    void rollback() override { counted().rollback(); }
    void savepoint(const char* name) override { counted().savepoint(name); }
    void release(const char* name) override { counted().release(name); }
    void rollbackTo(const char* name) override { counted().rollbackTo(name); }
    void script(const QString& sql) override { counted().script(sql); }

private:
    server::Connection& counted()
    {
        ++calls;
        return m_inner;
    }
    server::Connection& counted(const QString& sql)
    {
        asked << sql;
        return counted();
    }

    server::Connection& m_inner;
};

} // namespace naru::test
