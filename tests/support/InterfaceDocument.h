// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/RestSession.h"

#include <QStringList>

namespace naru::test {

// The interface's document as a judge: which operations there are, and whether an answer is one of those it promises. Knows the
// part of JSON Schema that the document uses; an object may hold nothing the schema does not name unless it says so.
class InterfaceDocument {
public:
    struct Operation {
        std::string method; // upper case
        std::string path; // with {id}
        bool signedIn = false;
        std::string scope;
        bool needsKey = false;
        bool needsVersion = false;
        std::string bodyType; // empty: no body
        std::string id() const { return method + ' ' + path; }
    };

    InterfaceDocument();

    const std::vector<Operation>& operations() const { return m_operations; }
    const Operation* find(const std::string& method, const std::string& path) const;
    // What is wrong with this answer; empty when it is as promised.
    QStringList judge(const Operation& operation, const Answer& answer) const;
    // A value against components/schemas/<name>.
    QStringList judgeValue(const std::string& schemaName, const protocol::json::value& value) const;
    const protocol::json::object& schema(const std::string& name) const;
    QStringList schemaNames() const;

private:
    const protocol::json::value& deref(const protocol::json::value& v) const;
    void check(const protocol::json::value& schema, const protocol::json::value& v, const QString& at, QStringList& faults) const;
    void checkText(const protocol::json::object& s, const protocol::json::string& text, const QString& at, QStringList& faults) const;
    void checkObject(const protocol::json::object& s, const protocol::json::object& v, const QString& at, QStringList& faults) const;

    protocol::json::value m_document;
    std::vector<Operation> m_operations;
};

} // namespace naru::test
