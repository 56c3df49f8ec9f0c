// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Time.h"

#include <QDateTime>
#include <QTimeZone>

namespace naru {

QString toRfc3339(Instant t)
{
    const auto days = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day ymd(days);
    const auto ms = static_cast<int>((t - days).count());
    char out[32];
    const int n = std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(ymd.year()), unsigned(ymd.month()),
        unsigned(ymd.day()), ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
    return QString::fromLatin1(out, n);
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
