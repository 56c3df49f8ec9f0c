// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Reservations.h"

#include <QStringList>
#include <optional>

namespace naru::models {

enum class OccupancyAxis { Days, Hours };

// How the slots read are laid out as a table: rows are start times (or options of stays) or whole products, columns are days
// or the hours of one day; what has no start time stands in a column of its own before the hours. A plain value.
struct OccupancyGrid {
    // Where a slot's figures are read (row and column of the rows as read) and where they count.
    struct Part {
        int slotRow = 0;
        int slotColumn = 0;
        int row = 0;
        int column = 0;
    };
    QStringList heads; // of hours: "" without a time, then "08:00" …; empty for days
    int columns = 0;
    std::vector<OccupancyRow> rows;
    std::vector<Part> parts;
};

std::optional<int> hourOf(const QString& label); // of "17:30"; none for other labels
void addFigures(OccupancyCell& sum, const OccupancyCell& part);
// `slotRows`: one per variant and start time, a cell per day. `day`: the column that is shown by hours.
OccupancyGrid layOut(const std::vector<OccupancyRow>& slotRows, int days, OccupancyAxis axis, OccupancyBy by, int day);

} // namespace naru::models
