// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Money.h"

namespace naru {

int currencyExponent(QStringView currency)
{
    for (const QStringView zero : {u"KRW", u"JPY", u"VND", u"CLP", u"ISK"})
        if (currency == zero)
            return 0;
    return 2;
}

QString formatMoney(const Money& money)
{
    const int exponent = currencyExponent(money.currency);
    const bool negative = money.minor < 0;
    const std::uint64_t magnitude = negative ? 0ull - static_cast<std::uint64_t>(money.minor) : static_cast<std::uint64_t>(money.minor);
    const std::uint64_t unit = exponent == 0 ? 1 : 100;
    QString digits = QString::number(magnitude / unit);
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, u',');
    if (exponent != 0)
        digits += u'.' + QString::number(magnitude % unit).rightJustified(exponent, u'0');
    QString symbol = money.currency + u' ';
    if (money.currency == u"KRW")
        symbol = QStringLiteral("₩");
    else if (money.currency == u"USD")
        symbol = QStringLiteral("US$");
    else if (money.currency == u"EUR")
        symbol = QStringLiteral("€");
    else if (money.currency == u"JPY")
        symbol = QStringLiteral("JP¥");
    return (negative ? QStringLiteral("−") : QString()) + symbol + digits;
}

std::int64_t basisPoints(std::int64_t minor, std::int64_t bps)
{
    __extension__ using Wide = __int128;
    const Wide product = static_cast<Wide>(minor) * bps;
    const Wide half = product < 0 ? -5000 : 5000;
    return static_cast<std::int64_t>((product + half) / 10000);
}

} // namespace naru
