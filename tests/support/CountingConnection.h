// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

namespace naru::test {

// A connection and how often it was called: once for a block of rows, however many they are. One thread, as the one below.
class CountingConnection final : public server::Connection {
public:
    explicit CountingConnection(server::Connection& inner) : m_inner(inner) {}
    int calls = 0;

    server::Engine engine() const override { return m_inner.engine(); }
    bool usable() const override { return m_inner.usable(); }
    server::Rows query(const QString& sql, const server::Params& params = {}) override { return counted().query(sql, params); }
    std::vector<server::Rows> queries(const std::vector<server::Question>& questions) override { return counted().queries(questions); }
    std::int64_t exec(const QString& sql, const server::Params& params = {}) override { return counted().exec(sql, params); }
    void post(const QString& sql, const server::Params& params = {}) override { counted().post(sql, params); }
    void insertRows(const server::RowBlock& block) override { counted().insertRows(block); }
    std::int64_t updateRows(const server::RowBlock& block, std::size_t keys) override { return counted().updateRows(block, keys); }
    void updateEach(const server::RowBlock& block, std::size_t keys) override { counted().updateEach(block, keys); }
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

    server::Connection& m_inner;
};

} // namespace naru::test
