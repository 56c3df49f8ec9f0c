// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Id.h"

namespace naru {
namespace {

constexpr char kAlphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: no I, L, O, U

constexpr std::array<signed char, 128> valuesOfDigits()
{
    std::array<signed char, 128> values{};
    values.fill(-1);
    for (int i = 0; i < 32; ++i) {
        const auto c = static_cast<std::size_t>(kAlphabet[i]);
        values[c] = static_cast<signed char>(i);
        if (i > 9)
            values[c + 32] = static_cast<signed char>(i); // either case
    }
    return values;
}
constexpr auto kValues = valuesOfDigits();

int digitOf(char32_t c) { return c < kValues.size() ? kValues[c] : -1; }

// 26 characters carry 130 bits: the first may only use its lower three.
template <class View> std::optional<Id128> parseText(View text)
{
    if (text.size() != 26)
        return std::nullopt;
    Id128 id;
    unsigned buffer = 0;
    int bits = -2;
    std::size_t at = 0;
    for (int i = 0; i < 26; ++i) {
        char32_t c;
        if constexpr (std::is_same_v<View, QStringView>)
            c = text[i].unicode();
        else
            c = static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
        const int d = digitOf(c);
        if (d < 0 || (i == 0 && d > 7))
            return std::nullopt;
        buffer = (buffer << 5) | static_cast<unsigned>(d);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            id.bytes[at++] = static_cast<std::uint8_t>(buffer >> bits);
        }
    }
    return id;
}

} // namespace

Id128 Id128::make(std::int64_t unixMs, std::uint64_t randomHigh16, std::uint64_t randomLow64)
{
    Id128 id;
    for (int i = 0; i < 6; ++i)
        id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(unixMs >> (40 - 8 * i));
    id.bytes[6] = static_cast<std::uint8_t>(randomHigh16 >> 8);
    id.bytes[7] = static_cast<std::uint8_t>(randomHigh16);
    for (int i = 0; i < 8; ++i)
        id.bytes[static_cast<std::size_t>(8 + i)] = static_cast<std::uint8_t>(randomLow64 >> (56 - 8 * i));
    return id;
}

std::optional<Id128> Id128::parse(QStringView text) { return parseText(text); }
std::optional<Id128> Id128::parse(std::string_view text) { return parseText(text); }

void Id128::write(char out[26]) const
{
    // Two leading zero bits complete 130: 13 groups of five from each half, the one in the middle from both.
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        high = high << 8 | bytes[i];
        low = low << 8 | bytes[8 + i];
    }
    for (int i = 25; i > 13; --i, low >>= 5)
        out[i] = kAlphabet[low & 31];
    out[13] = kAlphabet[(low | high << 4) & 31]; // four bits are left of the lower half
    high >>= 1;
    for (int i = 12; i >= 0; --i, high >>= 5)
        out[i] = kAlphabet[high & 31];
}

QString Id128::toString() const
{
    char out[26];
    write(out);
    return QString::fromLatin1(out, 26);
}

std::int64_t Id128::unixMs() const
{
    std::int64_t ms = 0;
    for (int i = 0; i < 6; ++i)
        ms = (ms << 8) | bytes[static_cast<std::size_t>(i)];
    return ms;
}

} // namespace naru
