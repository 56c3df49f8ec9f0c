// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Page.h"
#include "core/StockLedger.h"

namespace naru::backend {

// The stock doctor: the rows behind a figure, drift and its repair. Stock levels themselves and their changes: CatalogueService. UI thread.
class StockService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual CallId level(ItemId item, Reply<StockLevel> reply) = 0; // GET /v1/stock/{id}
    virtual CallId ledger(ItemId item, const QString& after, int limit, Reply<Page<LedgerEntry>> reply) = 0; // GET /v1/stock/{id}/ledger, newest first
    virtual CallId examine(Reply<DoctorReport> reply) = 0; // GET /v1/stock-doctor
    virtual CallId repair(ItemId item, std::int64_t version, const StockRepair& repair, Reply<StockLevel> reply) = 0; // POST /v1/stock/{id}/repair
};

} // namespace naru::backend
