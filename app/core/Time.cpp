// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Time.h"

#include <QDateTime>
#include <QTimeZone>

namespace naru {

namespace {

char* digits(char* at, unsigned value, int count)
{
    for (int i = count; i-- > 0; value /= 10)
        at[i] = static_cast<char>('0' + value % 10);
    return at + count;
}

} // namespace

std::size_t writeRfc3339(Instant t, char out[kRfc3339Size])
{
    const auto days = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day ymd(days);
    const auto ms = static_cast<unsigned>((t - days).count());
    const int year = int(ymd.year());
    if (year < 0 || year > 9999) // comes from nowhere but a broken row
        return static_cast<std::size_t>(std::snprintf(out, kRfc3339Size, "%04d-%02u-%02uT%02u:%02u:%02u.%03uZ", year, unsigned(ymd.month()), unsigned(ymd.day()),
            ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000));
    char* at = digits(out, static_cast<unsigned>(year), 4);
    *at++ = '-';
    at = digits(at, unsigned(ymd.month()), 2);
    *at++ = '-';
    at = digits(at, unsigned(ymd.day()), 2);
    *at++ = 'T';
    at = digits(at, ms / 3600000, 2);
    *at++ = ':';
    at = digits(at, ms / 60000 % 60, 2);
    *at++ = ':';
    at = digits(at, ms / 1000 % 60, 2);
    *at++ = '.';
    at = digits(at, ms % 1000, 3);
    *at++ = 'Z';
    return static_cast<std::size_t>(at - out);
}

QString toRfc3339(Instant t)
{
    char out[kRfc3339Size];
    const std::size_t n = writeRfc3339(t, out);
    return QString::fromLatin1(out, static_cast<qsizetype>(n));
}

std::optional<Instant> fromRfc3339(QStringView text)
{
    if (text.size() < 20 || text.size() > 40)
        return std::nullopt;
    const QChar last = text.back();
    const bool hasOffset = last == u'Z' || last == u'z' || text.mid(text.size() - 6, 1) == u"+" || text.mid(text.size() - 6, 1) == u"-";
    if (!hasOffset)
        return std::nullopt;
    const QDateTime parsed = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    if (!parsed.isValid())
        return std::nullopt;
    return fromUnixMs(parsed.toMSecsSinceEpoch());
}

} // namespace naru
