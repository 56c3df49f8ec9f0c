// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim/FaultyConnection.h"

namespace naru::sim {

using namespace Qt::StringLiterals;
using server::StoreError;

void FaultyConnection::arm(Fault fault, StoreError::Kind kind, int after, bool once)
{
    m_fault = fault;
    m_kind = kind;
    m_after = after;
    m_once = once;
    m_fired = false;
}

void FaultyConnection::fail(const char* what)
{
    m_fired = true;
    if (m_once)
        m_fault = Fault::None;
    throw StoreError(m_kind, what);
}

void FaultyConnection::statement()
{
    ++m_statements;
    if (m_inside && m_fault == Fault::Statement && m_after-- <= 0)
        fail("injected: this statement failed");
}

server::Rows FaultyConnection::query(const QString& sql, const server::Params& params)
{
    statement();
    return m_inner.query(sql, params);
}

std::int64_t FaultyConnection::exec(const QString& sql, const server::Params& params)
{
    // What undoes or ends a piece works even where the next row would not.
    const bool control = sql.startsWith(u"SAVEPOINT"_s) || sql.startsWith(u"ROLLBACK"_s) || sql.startsWith(u"RELEASE"_s);
    if (!control)
        statement();
    if (!m_poison.isEmpty() && !control) {
        const auto text = [](const server::Param& p) { return p.type() == server::Param::Type::Text && !p.isNull() ? p.text() : QString(); };
        const bool poisoned = std::any_of(params.begin(), params.end(), [&](const server::Param& p) { return m_poison.contains(text(p)); });
        if (poisoned && std::none_of(params.begin(), params.end(), [&](const server::Param& p) { return text(p) == u"failed"_s; }))
            throw StoreError(StoreError::Kind::Constraint, "injected: these rows are refused");
    }
    return m_inner.exec(sql, params);
}

void FaultyConnection::begin(Access)
{
    m_inner.exec(u"SAVEPOINT sim_transaction"_s);
    m_inside = true;
}

void FaultyConnection::commit()
{
    if (m_fault == Fault::CrashBeforeCommit) {
        m_fired = true;
        throw Crash();
    }
    if (m_fault == Fault::Commit)
        fail("injected: the commit failed");
    m_inner.exec(u"RELEASE sim_transaction"_s);
    m_inside = false;
    if (m_fault == Fault::CrashAfterCommit) {
        m_fired = true;
        throw Crash();
    }
}

void FaultyConnection::rollback()
{
    m_inside = false;
    m_inner.exec(u"ROLLBACK TO sim_transaction"_s);
    m_inner.exec(u"RELEASE sim_transaction"_s);
}

void FaultyConnection::crashed()
{
    if (m_inside)
        rollback();
    disarm();
}

} // namespace naru::sim
