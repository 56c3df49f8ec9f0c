// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Json.h"
#include "protocol/WireNames.h"

#include <QStringList>

#include <map>
#include <set>
#include <string>

namespace naru::test {

// Sees a type's description the way JSON does: names, whether they may be absent, their kinds and limits.
class SchemaVisitor {
public:
    struct Member {
        bool required;
        std::string kind;
        protocol::Bounds bounds;
    };
    std::map<std::string, Member> members;

    template <class T> void operator()(const char* name, T&, protocol::Bounds b = {}) { members[name] = {!protocol::IsOptional<T>::value, kindOf<T>(), b}; }
    template <class T> void opt(const char* name, T&, protocol::Bounds b = {})
    {
        members[name] = {false, kindOf<T>(), b};
        if constexpr (!protocol::IsOptional<T>::value)
            always.insert(name);
    }
    std::set<std::string> always; // may be left out of a request, is always in an answer

private:
    template <class T> static std::string kindOf()
    {
        if constexpr (protocol::IsOptional<T>::value)
            return kindOf<typename T::value_type>();
        else if constexpr (std::is_same_v<T, bool>)
            return "boolean";
        else if constexpr (std::is_enum_v<T> || std::is_same_v<T, QString> || protocol::IsId<T>::value || std::is_same_v<T, Instant>)
            return "string";
        else if constexpr (std::is_integral_v<T>)
            return "integer";
        else if constexpr (std::is_floating_point_v<T>)
            return "number";
        else if constexpr (protocol::IsVector<T>::value || std::is_same_v<T, QStringList>)
            return "array";
        else
            return "object";
    }
};

template <class T> SchemaVisitor visited()
{
    SchemaVisitor v;
    T x{};
    protocol::fields(v, x);
    return v;
}

template <class E> QStringList wordsOf()
{
    QStringList words;
    for (const std::string_view w : protocol::Names<E>::list)
        words << QString::fromLatin1(w.data(), static_cast<qsizetype>(w.size()));
    return words;
}

} // namespace naru::test
