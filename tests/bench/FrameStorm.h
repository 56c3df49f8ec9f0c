// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/FakeBackend.h"
#include "resources/Resources.h"
#include "ui/frame/MainWindow.h"
#include "ui/reservations/ReservationMonitorPage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <random>
#include <thread>

// The window of the reservation monitor in a storm of decisions: they arrive as the backend hands them over, in batches every
// 50 ms, and each turn of the UI thread is timed by the wall clock and by its own processor time.
namespace naru::bench {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

inline double threadCpuMs()
{
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

// Times what the event loop hands out at its outermost level.
class TimedApplication final : public QApplication {
public:
    using QApplication::QApplication;
    std::vector<double> turns; // ms of the wall clock
    std::vector<double> turnsCpu;
    std::vector<double> paints;
    bool recording = false;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (!recording || m_inside)
            return QApplication::notify(receiver, event);
        m_inside = true;
        const bool paint = event->type() == QEvent::UpdateRequest;
        QElapsedTimer timer;
        timer.start();
        const double cpu = threadCpuMs();
        const bool done = QApplication::notify(receiver, event);
        const double wall = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        turns.push_back(wall);
        turnsCpu.push_back(threadCpuMs() - cpu);
        if (paint)
            paints.push_back(wall);
        m_inside = false;
        return done;
    }

private:
    bool m_inside = false;
};

struct Batch {
    std::vector<Ticket> tickets;
    std::vector<Hold> holds;
    std::vector<Reservation> reservations;
    std::vector<backend::CellChange> cells;
};

template <class AnyId> AnyId idOf(std::uint64_t n) { return AnyId{Id128::make(1'790'000'000'000, n >> 32, n)}; }

// Slots and what is decided about them. Belongs to the thread that feeds.
class Market {
public:
    explicit Market(QDate from) : m_from(from) {}
    static constexpr int kRows = 60, kDays = 14;

    std::vector<OccupancyRow> rows() const
    {
        std::vector<OccupancyRow> all;
        for (int r = 0; r < kRows; ++r) {
            OccupancyRow row;
            row.productId = idOf<ProductId>(static_cast<std::uint64_t>(r / 2));
            row.variantId = idOf<VariantId>(static_cast<std::uint64_t>(r));
            row.title = u"선셋 요트 %1"_s.arg(r / 2);
            row.label = u"%1:30"_s.arg(8 + r % 12, 2, 10, QLatin1Char('0'));
            for (int d = 0; d < kDays; ++d) {
                OccupancyCell cell;
                cell.date = m_from.addDays(d).toString(Qt::ISODate);
                cell.itemId = idOf<ItemId>(static_cast<std::uint64_t>(r * 100 + d));
                cell.slotCount = 1;
                cell.capacity = 400;
                row.cells.push_back(cell);
            }
            all.push_back(std::move(row));
        }
        return all;
    }

    Batch decide(int decisions, Instant now)
    {
        Batch b;
        for (int i = 0; i < decisions; ++i) {
            ++m_n;
            const int r = static_cast<int>(m_random() % kRows), d = static_cast<int>(m_random() % kDays);
            const auto what = m_random() % 10;
            Ticket t;
            t.id = TicketId{Id128::make(toUnixMs(now), 0, m_n)};
            t.code = u"T-%1"_s.arg(m_n);
            t.title = u"선셋 요트 %1 11/28 17:30"_s.arg(r);
            t.customerName = u"이서준"_s;
            t.qty = 2;
            t.enqueuedAt = now;
            t.finishedAt = now + 4ms;
            t.version = 2;
            t.status = what < 5 ? TicketStatus::Confirmed : what < 9 ? TicketStatus::Held : TicketStatus::Rejected;
            if (t.status == TicketStatus::Rejected)
                t.refusal = Refusal::SoldOut;
            if (t.status == TicketStatus::Held)
                b.holds.push_back(hold(t, now));
            if (t.status == TicketStatus::Confirmed)
                b.reservations.push_back(reservation(t, now));
            b.tickets.push_back(std::move(t));
            auto& level = m_levels[static_cast<std::size_t>(r * kDays + d)];
            ++level.second;
            level.first = (level.first + 2) % 410;
            StockLevel s;
            s.id = idOf<ItemId>(static_cast<std::uint64_t>(r * 100 + d));
            s.kind = StockKind::Capacity;
            s.variantId = idOf<VariantId>(static_cast<std::uint64_t>(r));
            s.onHand = 400;
            s.allocated = level.first;
            s.version = level.second;
            b.cells.push_back({s, m_from.addDays(d).toString(Qt::ISODate), u"%1:30"_s.arg(8 + r % 12, 2, 10, QLatin1Char('0'))});
        }
        return b;
    }

private:
    Hold hold(const Ticket& t, Instant now) const
    {
        Hold h;
        h.id = idOf<HoldId>(m_n);
        h.title = t.title;
        h.customerName = t.customerName;
        h.qty = 2;
        h.createdAt = now;
        h.expiresAt = now + 10s + Millis(static_cast<int>(m_n % 20'000)); // short: rows come and go at the top too
        h.maxUntil = now + 30min;
        h.version = 1;
        return h;
    }
    Reservation reservation(const Ticket& t, Instant now) const
    {
        Reservation r;
        r.id = idOf<ReservationId>(m_n);
        r.code = t.code;
        r.title = t.title;
        r.createdAt = now;
        r.version = 1;
        return r;
    }

    QDate m_from;
    std::uint64_t m_n = 0;
    std::mt19937 m_random{7};
    std::array<std::pair<std::int64_t, std::int64_t>, kRows * kDays> m_levels{};
};

inline double quantile(std::vector<double>& values, double q)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(q * static_cast<double>(values.size())))];
}

inline void tell(const char* what, std::vector<double> values)
{
    const double p50 = quantile(values, 0.5), p99 = quantile(values, 0.99), most = values.empty() ? 0 : values.back();
    const auto over = std::count_if(values.begin(), values.end(), [](double v) { return v > 33; });
    std::printf("%-44s n %7zu   p50 %6.2f   p99 %6.2f   max %6.2f ms   over 33 ms: %zd\n", what, values.size(), p50, p99, most, static_cast<ssize_t>(over));
}

// 0 when no frame took longer than 33 ms of the UI thread's own time.
inline int measureFrames(TimedApplication& app, int decisions, int seconds)
{
    ui::Theme theme(app);
    registerResources();
    test::FakeBackend backend;
    ui::Preferences preferences(u"http://127.0.0.1:7420"_s);
    const auto& clock = systemClock();
    const auto today = QDateTime::fromMSecsSinceEpoch(toUnixMs(clock.now()), Qt::OffsetFromUTC, 9 * 3600).date();
    Market market(today);
    backend.m_reservations.m_rows.always(market.rows());
    backend.m_reservations.m_tickets.always(Page<Ticket>{});
    backend.m_reservations.m_holds.always(Page<Hold>{});
    QueueStats stats;
    stats.decisionsPerSecond = decisions;
    backend.m_reservations.m_stats.always(stats);
    backend.m_session.begin(test::staffSession());
    backend.setLink(backend::LinkState::Live);
    ui::MainWindow window(backend, clock, preferences,
        [&] { return std::vector<ui::Screen>{{u"reservations"_s, "calendar-week", 'R', {}, new ui::ReservationMonitorPage(backend, clock)}}; });
    window.resize(1440, 900);
    window.show();
    window.goTo(u"reservations"_s);

    std::vector<double> intervals; // between ticks of a 16 ms timer: when a frame could have been drawn
    QElapsedTimer since;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    tick.setInterval(16);
    QObject::connect(&tick, &QTimer::timeout, &tick, [&] {
        if (app.recording && since.isValid())
            intervals.push_back(static_cast<double>(since.nsecsElapsed()) / 1e6);
        since.start();
    });
    tick.start();
    std::atomic<bool> stop{false};
    std::thread feeder([&] {
        auto next = std::chrono::steady_clock::now();
        while (!stop) {
            auto batch = std::make_shared<Batch>(market.decide(decisions / 20, clock.now())); // owners: this thread, then the call below
            QMetaObject::invokeMethod(&backend, [&backend, batch] {
                Q_EMIT backend.m_reservations.ticketsChanged(batch->tickets);
                Q_EMIT backend.m_reservations.holdsChanged(batch->holds);
                Q_EMIT backend.m_reservations.reservationsChanged(batch->reservations);
                Q_EMIT backend.m_reservations.cellsChanged(batch->cells);
            }, Qt::QueuedConnection);
            next += 50ms;
            std::this_thread::sleep_until(next);
        }
    });
    QTimer::singleShot(2000, &tick, [&] { app.recording = true; }); // the first paint and the first rows are not the storm
    QTimer::singleShot(2000 + seconds * 1000, &tick, [&] { app.quit(); });
    app.exec();
    app.recording = false;
    stop = true;
    feeder.join();
    std::printf("%d decisions/s for %d s on %s, window %dx%d\n", decisions, seconds, qPrintable(QGuiApplication::platformName()), window.width(), window.height());
    const auto worst = std::max_element(app.turnsCpu.begin(), app.turnsCpu.end());
    const double most = worst == app.turnsCpu.end() ? 0 : *worst;
    tell("frame: paint of the window (wall)", app.paints);
    tell("turn of the UI thread (wall)", app.turns);
    tell("turn of the UI thread (its own CPU)", app.turnsCpu);
    tell("chance to draw, every 16 ms (wall)", intervals);
    return most <= 33 ? 0 : 1;
}

} // namespace naru::bench
