// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <exception>
#include <functional>
#include <map>

namespace naru::backend {

// Thrown by Database, caught by Cache: never leaves this folder.
struct SqlFailure : std::exception {
    SqlFailure(QString t, bool c) : text(std::move(t)), corrupt(c) {}
    const char* what() const noexcept override { return "SQL failure"; }
    QString text;
    bool corrupt;
};

// One named SQLite connection with its prepared statements; the connection is removed when every handle is gone. Backend
// thread, owned by Cache.
class Database {
public:
    using Fault = std::function<bool(const char* sql)>; // tests: true makes the statement fail
    using Binds = std::initializer_list<QVariant>;

    explicit Database(Fault fault) : m_fault(std::move(fault)) {}
    ~Database() { close(); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void open(const QString& path);
    void close();
    bool isOpen() const { return !m_name.isEmpty(); }

    // `sql` must be a literal: its address names the prepared statement.
    void run(const char* sql, Binds binds = {});
    void each(const char* sql, Binds binds, const std::function<void(const QSqlQuery&)>& row);
    std::optional<QVariant> one(const char* sql, Binds binds = {});
    // All of `work` or nothing.
    void transaction(const std::function<void()>& work);

private:
    QSqlQuery& exec(const char* sql, Binds binds);

    Fault m_fault;
    QString m_name;
    std::map<const char*, QSqlQuery> m_prepared;
};

} // namespace naru::backend
