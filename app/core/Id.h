// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>

namespace naru {

// 128 random-and-time bits, the value behind every Id<Tag>. Text form: 26 characters of Crockford base 32 (the ULID
// layout: 48 bits of Unix milliseconds, then 80 random bits), so text order = byte order = creation order.
// A plain value: no allocation, usable from any thread.
struct Id128 {
    std::array<std::uint8_t, 16> bytes{};

    static Id128 make(std::int64_t unixMs, std::uint64_t randomHigh16, std::uint64_t randomLow64);
    static Id128 firstAt(std::int64_t unixMs) { return make(unixMs, 0, 0); } // none of that time or later is smaller
    // Accepts exactly 26 characters, either case; anything else is nullopt.
    static std::optional<Id128> parse(QStringView text);
    static std::optional<Id128> parse(std::string_view text);

    QString toString() const;
    void write(char out[26]) const;
    std::int64_t unixMs() const;
    bool isNull() const { return *this == Id128{}; }

    friend bool operator==(const Id128& a, const Id128& b) { return std::memcmp(a.bytes.data(), b.bytes.data(), 16) == 0; }
    friend std::strong_ordering operator<=>(const Id128& a, const Id128& b)
    {
        const int c = std::memcmp(a.bytes.data(), b.bytes.data(), 16);
        return c < 0 ? std::strong_ordering::less : c > 0 ? std::strong_ordering::greater : std::strong_ordering::equal;
    }
};

// An identifier of one kind of thing. Ids of different kinds do not compare or convert.
template <class Tag> struct Id {
    Id128 value;

    static std::optional<Id> parse(QStringView text)
    {
        const auto v = Id128::parse(text);
        return v ? std::optional<Id>(Id{*v}) : std::nullopt;
    }
    static std::optional<Id> parse(std::string_view text)
    {
        const auto v = Id128::parse(text);
        return v ? std::optional<Id>(Id{*v}) : std::nullopt;
    }
    QString toString() const { return value.toString(); }
    bool isNull() const { return value.isNull(); }
    friend auto operator<=>(const Id&, const Id&) = default;
    friend bool operator==(const Id&, const Id&) = default;
};

using UserId = Id<struct UserTag>;
using SessionId = Id<struct SessionTag>;
using DeviceId = Id<struct DeviceTag>;
using VendorId = Id<struct VendorTag>;
using CustomerId = Id<struct CustomerTag>;
using CategoryId = Id<struct CategoryTag>;
using ProductId = Id<struct ProductTag>;
using OptionGroupId = Id<struct OptionGroupTag>;
using OptionValueId = Id<struct OptionValueTag>;
using VariantId = Id<struct VariantTag>;
using OfferId = Id<struct OfferTag>;
using LocationId = Id<struct LocationTag>;
using SlotId = Id<struct SlotTag>;
using ItemId = Id<struct ItemTag>; // inventory_item: stock at a location, or the capacity of a slot
using TicketId = Id<struct TicketTag>;
using HoldId = Id<struct HoldTag>;
using ReservationId = Id<struct ReservationTag>;
using PolicyId = Id<struct PolicyTag>;
using OrderId = Id<struct OrderTag>;
using VendorOrderId = Id<struct VendorOrderTag>;
using OrderLineId = Id<struct OrderLineTag>;
using PaymentId = Id<struct PaymentTag>;

} // namespace naru

template <> struct std::hash<naru::Id128> {
    std::size_t operator()(const naru::Id128& id) const noexcept
    {
        std::uint64_t lo;
        std::memcpy(&lo, id.bytes.data() + 8, 8);
        std::uint64_t hi;
        std::memcpy(&hi, id.bytes.data(), 8);
        return static_cast<std::size_t>(lo ^ (hi * 0x9E3779B97F4A7C15ull));
    }
};
template <class Tag> struct std::hash<naru::Id<Tag>> {
    std::size_t operator()(const naru::Id<Tag>& id) const noexcept { return std::hash<naru::Id128>{}(id.value); }
};
