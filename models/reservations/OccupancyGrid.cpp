// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/reservations/OccupancyGrid.h"

#include <algorithm>
#include <unordered_map>

#include <QTime>

namespace naru::models {
using namespace Qt::StringLiterals;

namespace {

// "한라 캠핑 · A구역" and "한라 캠핑 · B구역" are "한라 캠핑".
QString commonTitle(const QString& a, const QString& b)
{
    if (a == b)
        return a;
    const auto head = a.section(u" · "_s, 0, 0);
    return head == b.section(u" · "_s, 0, 0) ? head : a;
}

struct Hours {
    int first = 24;
    int last = -1;
    bool untimed = false;

    int before() const { return untimed ? 1 : 0; }
    int columns() const { return before() + std::max(0, last - first + 1); }
    int columnOf(const std::optional<int>& hour) const { return hour ? *hour - first + before() : 0; }
};

Hours hoursOf(const std::vector<OccupancyRow>& slotRows, std::size_t day)
{
    Hours hours;
    for (const auto& row : slotRows) {
        if (day >= row.cells.size() || row.cells[day].slotCount == 0)
            continue;
        if (const auto hour = hourOf(row.label)) {
            hours.first = std::min(hours.first, *hour);
            hours.last = std::max(hours.last, *hour);
        } else {
            hours.untimed = true;
        }
    }
    return hours;
}

} // namespace

std::optional<int> hourOf(const QString& label)
{
    const auto time = QTime::fromString(label, u"HH:mm"_s);
    return time.isValid() ? std::optional(time.hour()) : std::nullopt;
}

void addFigures(OccupancyCell& sum, const OccupancyCell& part)
{
    if (part.slotCount == 0)
        return;
    const bool first = sum.slotCount == 0;
    if (first) {
        sum.itemId = part.itemId;
        sum.date = part.date;
    }
    sum.closed = part.closed && (first || sum.closed); // closed when all its slots are
    sum.overbooked = sum.overbooked || part.overbooked;
    sum.slotCount += part.slotCount;
    sum.capacity += part.capacity;
    sum.allocated += part.allocated;
    sum.held += part.held;
    sum.overbook += part.overbook;
    sum.waiting += part.waiting;
}

OccupancyGrid layOut(const std::vector<OccupancyRow>& slotRows, int days, OccupancyAxis axis, OccupancyBy by, int day)
{
    OccupancyGrid grid;
    const bool byHour = axis == OccupancyAxis::Hours;
    const auto hours = byHour ? hoursOf(slotRows, static_cast<std::size_t>(day)) : Hours{};
    grid.columns = byHour ? hours.columns() : days;
    if (byHour && hours.untimed)
        grid.heads << QString();
    for (int hour = hours.first; byHour && hour <= hours.last; ++hour)
        grid.heads << u"%1:00"_s.arg(hour, 2, 10, QLatin1Char('0'));

    std::unordered_map<QString, int> rowOf;
    for (int r = 0; r < static_cast<int>(slotRows.size()); ++r) {
        const auto& slotRow = slotRows[static_cast<std::size_t>(r)];
        if (byHour && slotRow.cells[static_cast<std::size_t>(day)].slotCount == 0)
            continue;
        const auto hour = hourOf(slotRow.label);
        const bool product = by == OccupancyBy::Product;
        // By hours the time stands in the column: start times of a variant share a row.
        const QString label = product || (byHour && hour) ? QString() : slotRow.label;
        const QString key = product ? slotRow.productId.toString() : slotRow.variantId.toString() + u'/' + label;
        const auto [at, fresh] = rowOf.emplace(key, static_cast<int>(grid.rows.size()));
        if (fresh) {
            auto line = slotRow;
            line.label = label;
            line.cells.assign(static_cast<std::size_t>(grid.columns), OccupancyCell{});
            grid.rows.push_back(std::move(line));
        }
        auto& line = grid.rows[static_cast<std::size_t>(at->second)];
        if (product)
            line.title = commonTitle(line.title, slotRow.title);
        for (int c = byHour ? day : 0; c < (byHour ? day + 1 : days); ++c) {
            const auto& cell = slotRow.cells[static_cast<std::size_t>(c)];
            if (cell.slotCount == 0)
                continue;
            const int column = byHour ? hours.columnOf(hour) : c;
            addFigures(line.cells[static_cast<std::size_t>(column)], cell);
            grid.parts.push_back({r, c, at->second, column});
        }
    }
    return grid;
}

} // namespace naru::models
