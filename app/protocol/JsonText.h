// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Json.h"

#include <charconv>

// JSON text written straight into a string (UTF-8): what leaves the server thousands of times a second needs no tree of values
// first. The text is the same as json::serialize(toJson(x)). Any thread.
namespace naru::protocol {

void appendQuoted(std::string& out, std::string_view utf8);
void appendQuoted(std::string& out, QStringView text);

template <class T> void appendJson(std::string& out, const T& x);

// What fields() sees while a value is written.
class JsonTextWriter {
public:
    explicit JsonTextWriter(std::string& out) : m_out(out) {}
    template <class T> void operator()(const char* name, const T& x, Bounds = {}) { put(name, x); }
    template <class T> void opt(const char* name, const T& x, Bounds = {}) { put(name, x); }
    bool empty() const { return m_first; }

private:
    template <class T> void put(const char* name, const T& x)
    {
        if constexpr (IsOptional<T>::value) {
            if (x)
                put(name, *x);
        } else {
            m_out += m_first ? "{\"" : ",\"";
            m_first = false;
            m_out += name;
            m_out += "\":";
            appendJson(m_out, x);
        }
    }
    std::string& m_out;
    bool m_first = true;
};

template <class T> void appendJson(std::string& out, const T& x)
{
    if constexpr (std::is_same_v<T, bool>) {
        out += x ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
        appendQuoted(out, wireName(x));
    } else if constexpr (std::is_integral_v<T>) {
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, x);
        out.append(digits, end.ptr);
    } else if constexpr (std::is_floating_point_v<T>) {
        out += json::serialize(json::value(x));
    } else if constexpr (std::is_same_v<T, QString>) {
        appendQuoted(out, QStringView(x));
    } else if constexpr (IsId<T>::value) {
        char text[28];
        text[0] = '"';
        x.value.write(text + 1);
        text[27] = '"';
        out.append(text, sizeof text);
    } else if constexpr (std::is_same_v<T, Instant>) {
        char text[kRfc3339Size];
        out += '"';
        out.append(text, writeRfc3339(x, text));
        out += '"';
    } else if constexpr (std::is_same_v<T, QStringList> || IsVector<T>::value) {
        out += '[';
        bool first = true;
        for (const auto& e : x) {
            if (!std::exchange(first, false))
                out += ',';
            appendJson(out, e);
        }
        out += ']';
    } else {
        JsonTextWriter w(out);
        fields(w, const_cast<T&>(x)); // the writer only reads
        out += w.empty() ? "{}" : "}";
    }
}

template <class T> std::string toJsonText(const T& x)
{
    std::string out;
    out.reserve(512);
    appendJson(out, x);
    return out;
}

} // namespace naru::protocol
