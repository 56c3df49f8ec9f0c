// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/StartTiming.h"

#include <QEvent>
#include <QFile>
#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace naru::console {
namespace {

using namespace backend;

// Since the kernel started this process; its figure has a resolution of 10 ms.
double msSinceProcessStart()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = stat.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = fields.value(19).toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
    return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started) * 1000;
}

template <class T> Reply<T> watched(Reply<T> reply, StartTiming& timing)
{
    Reply<T> r;
    r.context = reply.context;
    if (reply.cached) {
        r.cached = [cached = reply.cached, &timing](T value, Instant asOf) {
            cached(std::move(value), asOf);
            timing.rowsCame(false);
        };
    }
    r.done = [done = reply.done, &timing](Result<T> result) {
        const bool good = result.has_value();
        if (done)
            done(std::move(result));
        if (good)
            timing.rowsCame(true);
    };
    return r;
}

class ProbedCatalogue final : public CatalogueService {
public:
    ProbedCatalogue(CatalogueService& real, StartTiming& timing) : m_real(real), m_timing(timing)
    {
        connect(&real, &CatalogueService::productsChanged, this, &CatalogueService::productsChanged);
        connect(&real, &CatalogueService::stockChanged, this, &CatalogueService::stockChanged);
        connect(&real, &CatalogueService::vendorsChanged, this, &CatalogueService::vendorsChanged);
    }
    CallId products(const ProductQuery& q, Reply<Page<ProductSummary>> r) override { return m_real.products(q, watched(std::move(r), m_timing)); }
    CallId product(ProductId id, Reply<ProductDetail> r) override { return m_real.product(id, std::move(r)); }
    CallId patchProduct(ProductId id, std::int64_t v, const ProductPatch& p, Reply<ProductDetail> r) override { return m_real.patchProduct(id, v, p, std::move(r)); }
    CallId moveProduct(ProductId id, std::int64_t v, ProductStatus to, const QString& why, Reply<ProductDetail> r) override { return m_real.moveProduct(id, v, to, why, std::move(r)); }
    CallId patchOffer(OfferId id, std::int64_t v, const OfferPatch& p, Reply<Offer> r) override { return m_real.patchOffer(id, v, p, std::move(r)); }
    CallId changeStock(ItemId id, std::int64_t v, const StockChange& c, Reply<StockLevel> r) override { return m_real.changeStock(id, v, c, std::move(r)); }
    CallId vendors(Reply<Page<Vendor>> r) override { return m_real.vendors(std::move(r)); }

private:
    CatalogueService& m_real;
    StartTiming& m_timing;
};

class ProbedOrders final : public OrderService {
public:
    ProbedOrders(OrderService& real, StartTiming& timing) : m_real(real), m_timing(timing)
    {
        connect(&real, &OrderService::vendorOrdersChanged, this, &OrderService::vendorOrdersChanged);
    }
    CallId vendorOrders(const VendorOrderQuery& q, Reply<Page<VendorOrderCard>> r) override { return m_real.vendorOrders(q, watched(std::move(r), m_timing)); }
    CallId counts(const VendorOrderQuery& q, Reply<std::vector<StatusCount>> r) override { return m_real.counts(q, std::move(r)); }
    CallId vendorOrder(VendorOrderId id, Reply<VendorOrderDetail> r) override { return m_real.vendorOrder(id, std::move(r)); }
    CallId move(VendorOrderId id, std::int64_t v, const VendorOrderMove& m, Reply<VendorOrderDetail> r) override { return m_real.move(id, v, m, std::move(r)); }

private:
    OrderService& m_real;
    StartTiming& m_timing;
};

class ProbedReservations final : public ReservationService {
public:
    ProbedReservations(ReservationService& real, StartTiming& timing) : m_real(real), m_timing(timing)
    {
        connect(&real, &ReservationService::ticketsChanged, this, &ReservationService::ticketsChanged);
        connect(&real, &ReservationService::holdsChanged, this, &ReservationService::holdsChanged);
        connect(&real, &ReservationService::reservationsChanged, this, &ReservationService::reservationsChanged);
        connect(&real, &ReservationService::cellsChanged, this, &ReservationService::cellsChanged);
    }
    CallId occupancy(const OccupancyQuery& q, Reply<std::vector<OccupancyRow>> r) override { return m_real.occupancy(q, watched(std::move(r), m_timing)); }
    CallId tickets(const TicketQuery& q, Reply<Page<Ticket>> r) override { return m_real.tickets(q, std::move(r)); }
    CallId openHolds(Reply<Page<Hold>> r) override { return m_real.openHolds(std::move(r)); }
    CallId queueStats(Reply<QueueStats> r) override { return m_real.queueStats(std::move(r)); }
    CallId reservation(ReservationId id, Reply<Reservation> r) override { return m_real.reservation(id, std::move(r)); }
    CallId releaseHold(HoldId id, std::int64_t v, const QString& why, Reply<Hold> r) override { return m_real.releaseHold(id, v, why, std::move(r)); }
    CallId extendHold(HoldId id, std::int64_t v, int s, Reply<Hold> r) override { return m_real.extendHold(id, v, s, std::move(r)); }
    CallId cancelReservation(ReservationId id, std::int64_t v, const QString& why, Reply<Reservation> r) override { return m_real.cancelReservation(id, v, why, std::move(r)); }

private:
    ReservationService& m_real;
    StartTiming& m_timing;
};

class ProbedHome final : public HomeService {
public:
    ProbedHome(HomeService& real, StartTiming& timing) : m_real(real), m_timing(timing) {}
    CallId summary(Reply<HomeSummary> r) override { return m_real.summary(watched(std::move(r), m_timing)); }
    CallId search(const QString& text, Reply<std::vector<SearchHit>> r) override { return m_real.search(text, std::move(r)); }

private:
    HomeService& m_real;
    StartTiming& m_timing;
};

class StartProbe final : public Backend {
public:
    StartProbe(std::unique_ptr<Backend> real, StartTiming& timing)
        : m_real(std::move(real)), m_catalogue(m_real->catalogue(), timing), m_orders(m_real->orders(), timing),
          m_reservations(m_real->reservations(), timing), m_home(m_real->home(), timing)
    {
        connect(m_real.get(), &Backend::connectionChanged, this, &Backend::connectionChanged);
        connect(m_real.get(), &Backend::refreshWanted, this, &Backend::refreshWanted);
    }
    SessionService& session() override { return m_real->session(); }
    CatalogueService& catalogue() override { return m_catalogue; }
    OrderService& orders() override { return m_orders; }
    ReservationService& reservations() override { return m_reservations; }
    HomeService& home() override { return m_home; }
    CancellationService& cancellations() override { return m_real->cancellations(); }
    WaitlistService& waitlist() override { return m_real->waitlist(); }
    SlotService& slotRules() override { return m_real->slotRules(); }
    StockService& stock() override { return m_real->stock(); }
    SecurityService& security() override { return m_real->security(); }
    DraftService& drafts() override { return m_real->drafts(); }
    void cancel(CallId call) override { m_real->cancel(call); }
    ConnectionStatus connection() const override { return m_real->connection(); }
    void reconnectNow() override { m_real->reconnectNow(); }
    void noteUserActivity() override { m_real->noteUserActivity(); }
    void useServer(const QUrl& server) override { m_real->useServer(server); }
    void setLanguage(const QString& language) override { m_real->setLanguage(language); }

private:
    std::unique_ptr<Backend> m_real;
    ProbedCatalogue m_catalogue;
    ProbedOrders m_orders;
    ProbedReservations m_reservations;
    ProbedHome m_home;
};

} // namespace

StartTiming::StartTiming(QObject* parent) : QObject(parent) { print("main"); }

void StartTiming::setWindow(QWidget* window) { window->installEventFilter(this); }

void StartTiming::rowsCame(bool fresh)
{
    if (fresh)
        m_freshPending = !m_freshDone;
    else
        m_cachePending = !m_cacheDone && !m_freshDone;
}

bool StartTiming::eventFilter(QObject* watched, QEvent* e)
{
    // The window paints its children within this event; what is queued now runs right after.
    if (e->type() == QEvent::UpdateRequest && (m_cachePending || m_freshPending)) {
        const bool cache = std::exchange(m_cachePending, false);
        const bool fresh = std::exchange(m_freshPending, false);
        m_cacheDone = m_cacheDone || cache;
        m_freshDone = m_freshDone || fresh;
        const auto painted = [this, cache, fresh] {
            if (cache)
                print("cached rows painted");
            if (fresh) {
                print("fresh rows painted");
                Q_EMIT freshPainted();
            }
        };
        QMetaObject::invokeMethod(this, painted, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, e);
}

void StartTiming::print(const char* what) const
{
    std::printf("timing: %s at %.0f ms\n", what, msSinceProcessStart());
    std::fflush(stdout);
}

std::unique_ptr<Backend> makeStartProbe(std::unique_ptr<Backend> real, StartTiming& timing) { return std::make_unique<StartProbe>(std::move(real), timing); }

} // namespace naru::console
