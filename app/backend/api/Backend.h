// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/CancellationService.h"
#include "backend/api/CatalogueService.h"
#include "backend/api/DraftService.h"
#include "backend/api/HomeService.h"
#include "backend/api/OrderService.h"
#include "backend/api/ReservationService.h"
#include "backend/api/SecurityService.h"
#include "backend/api/SessionService.h"
#include "backend/api/SlotService.h"
#include "backend/api/StockService.h"
#include "backend/api/WaitlistService.h"

#include <QUrl>

namespace naru::backend {

// Everything the windows know of the rest of the world: an abstract front for the backend thread. Lives on the UI thread,
// owned by the composition root; every call returns at once.
class Backend : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual SessionService& session() = 0;
    virtual CatalogueService& catalogue() = 0;
    virtual OrderService& orders() = 0;
    virtual ReservationService& reservations() = 0;
    virtual HomeService& home() = 0;
    virtual CancellationService& cancellations() = 0;
    virtual WaitlistService& waitlist() = 0;
    virtual SlotService& slotRules() = 0;
    virtual StockService& stock() = 0;
    virtual SecurityService& security() = 0;
    virtual DraftService& drafts() = 0;

    // The caller gets Cancelled exactly once, unless the answer was already under way.
    virtual void cancel(CallId call) = 0;

    virtual ConnectionStatus connection() const = 0;
    virtual void reconnectNow() = 0; // skip the waiting time of the next try

    // The interface may mark input so that the session's idle time starts anew (Naru-Activity: user on the next request).
    virtual void noteUserActivity() = 0;

    // Another server from now on: the session here is left (not ended there), open calls are answered with an error.
    virtual void useServer(const QUrl& server) { Q_UNUSED(server) }

    // Of the titles in later answers ("ko", "en"); lists already read are read again by whoever shows them.
    virtual void setLanguage(const QString& language) { Q_UNUSED(language) }

Q_SIGNALS:
    void connectionChanged(const naru::backend::ConnectionStatus& status);
    // The server could not say what was missed: every screen reads its list again.
    void refreshWanted();
};

} // namespace naru::backend
