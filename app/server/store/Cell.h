// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <concepts>
#include <cstdint>
#include <variant>

namespace naru::server {

// One value of a result: nothing, a whole number, a real one or a text. Reads as SQL would convert it: a number as its
// digits, a text as the number it spells (0 when it spells none), nothing as 0 and as an empty text.
class Cell {
public:
    Cell() = default;
    Cell(std::integral auto v) : m_v(static_cast<std::int64_t>(v)) {}
    Cell(double v) : m_v(v) {}
    Cell(QString v) : m_v(std::move(v)) {}

    bool isNull() const { return std::holds_alternative<std::monostate>(m_v); }
    QString text() const
    {
        if (const auto* s = std::get_if<QString>(&m_v))
            return *s;
        if (const auto* n = std::get_if<std::int64_t>(&m_v))
            return QString::number(*n);
        const auto* d = std::get_if<double>(&m_v);
        return d ? QString::number(*d, 'g', 17) : QString();
    }
    std::int64_t integer() const
    {
        if (const auto* n = std::get_if<std::int64_t>(&m_v))
            return *n;
        if (const auto* d = std::get_if<double>(&m_v))
            return static_cast<std::int64_t>(*d);
        const auto* s = std::get_if<QString>(&m_v);
        return s ? s->toLongLong() : 0;
    }
    double real() const
    {
        if (const auto* d = std::get_if<double>(&m_v))
            return *d;
        const auto* s = std::get_if<QString>(&m_v);
        return s ? s->toDouble() : static_cast<double>(integer());
    }

private:
    std::variant<std::monostate, std::int64_t, double, QString> m_v;
};

} // namespace naru::server
