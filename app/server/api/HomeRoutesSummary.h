// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Home.h"
#include "core/Page.h"
#include "server/domain/View.h"

namespace naru::server {

// The figures of the first screen as this caller may see them. Days and hours are those of Seoul. Read threads.
HomeSummary homeSummary(Connection& db, const View& view);
// What waits for a person, most urgent first, at most `limit`; `total` counts all of it.
std::vector<Attention> attentionList(Connection& db, const View& view, int limit, int& total);
// Records whose code, title, SKU or customer contains the text: exact codes first, at most 20. Vendors do not search customers.
std::vector<SearchHit> searchRecords(Connection& db, const View& view, const QString& text);

} // namespace naru::server
