// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace naru {

// An amount in minor units of an ISO 4217 currency (KRW has exponent 0: 12,000 won is 12000). A plain value.
struct Money {
    std::int64_t minor = 0;
    QString currency; // three upper-case letters

    friend bool operator==(const Money&, const Money&) = default;
};

// Digits after the decimal point of a currency: 0 for KRW, JPY, VND; 2 unless listed.
int currencyExponent(QStringView currency);
// "₩12,000", "US$18.00": symbol or code first, grouped by three, always the same in every language of the program.
QString formatMoney(const Money& money);
// Basis points of an amount, rounded half up (half away from zero for negatives).
std::int64_t basisPoints(std::int64_t minor, std::int64_t bps);

} // namespace naru
