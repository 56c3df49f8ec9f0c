// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Enums.h"
#include "core/Money.h"
#include "core/Time.h"

#include <QString>
#include <optional>
#include <vector>

namespace naru {

// Something that waits for a person, most urgent first.
struct Attention {
    AttentionKind kind = AttentionKind::AcceptDue;
    Severity severity = Severity::Warning;
    QString title;
    QString detail;
    QString entityType; // "vendor_order", "product", "hold", …
    QString entityId;
    std::optional<Instant> dueAt;
    friend bool operator==(const Attention&, const Attention&) = default;
};

struct SeriesPoint {
    QString label; // "14" (hour) or "11/22" (local date of the operator)
    double value = 0;
    friend bool operator==(const SeriesPoint&, const SeriesPoint&) = default;
};

struct HomeSummary {
    std::vector<Attention> attention; // at most 9
    int attentionTotal = 0;
    int ordersToday = 0;
    int ordersYesterdayByNow = 0;
    Money revenueToday;
    std::int64_t revenueYesterdayByNowMinor = 0;
    int reservationsToday = 0;
    int openHolds = 0;
    int awaitingAcceptance = 0;
    int activeProducts = 0;
    std::vector<SeriesPoint> ordersByHour; // today, 24 points
    std::vector<SeriesPoint> revenueByDay; // 30 days
    std::vector<SeriesPoint> occupancyByDay; // next 14 days, percent
    friend bool operator==(const HomeSummary&, const HomeSummary&) = default;
};

// A hit of the command palette's record search.
struct SearchHit {
    QString entityType; // "product", "vendor_order", "reservation", "vendor"
    QString entityId;
    QString code;
    QString title;
    QString detail;
    friend bool operator==(const SearchHit&, const SearchHit&) = default;
};

} // namespace naru
