// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

#include <QSet>

namespace naru::sim {

// The process died here: nothing after it happened. Not a StoreError, so that nobody answers for it.
struct Crash {};

// The store as the engine sees it, and what may go wrong with it. Below it everything is one outer transaction that is never
// committed: begin/commit/rollback are savepoints of it, a crash is a rollback, and the next seed begins with the same data.
class FaultyConnection final : public server::Connection {
public:
    enum class Fault { None, CrashBeforeCommit, CrashAfterCommit, Statement, Commit };

    explicit FaultyConnection(server::Connection& inner) : m_inner(inner) {}

    // For the next transaction; `after` statements pass first; once (the repetition succeeds) or for as long as it is armed.
    void arm(Fault fault, server::StoreError::Kind kind = server::StoreError::Kind::Busy, int after = 0, bool once = true);
    void disarm() { arm(Fault::None); }
    bool fired() const { return m_fired; }
    // Rows that carry this text are refused by a constraint, unless they say "failed".
    void poison(const QString& text) { m_poison.insert(text); }
    bool poisoned(const QString& text) const { return m_poison.contains(text); }
    void crashed(); // what was not committed is gone

    server::Rows query(const QString& sql, const server::Params& params = {}) override;
    std::int64_t exec(const QString& sql, const server::Params& params = {}) override;
    void begin(Access access) override;
    void commit() override;
    void rollback() override;
    void script(const QString& sql) override { m_inner.script(sql); }
    std::int64_t statements() const { return m_statements; }

private:
    void statement();
    void fail(const char* what);

    server::Connection& m_inner;
    Fault m_fault = Fault::None;
    server::StoreError::Kind m_kind = server::StoreError::Kind::Busy;
    int m_after = 0;
    bool m_once = true;
    bool m_fired = false;
    bool m_inside = false;
    std::int64_t m_statements = 0;
    QSet<QString> m_poison;
};

} // namespace naru::sim
