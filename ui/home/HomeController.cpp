// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/home/HomeController.h"

#include <QDateTime>

namespace naru::ui {
using backend::Reply;

namespace {
constexpr int kAfterChangeMs = 2000;
constexpr int kByItselfMs = 20000;
constexpr int kKoreaOffsetSeconds = 9 * 3600;
} // namespace

HomeController::HomeController(backend::Backend& backend, const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
    , m_clock(clock)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kAfterChangeMs);
    m_often.setInterval(kByItselfMs);
    connect(&m_soon, &QTimer::timeout, this, &HomeController::load);
    connect(&m_often, &QTimer::timeout, this, &HomeController::load);
    connect(&backend, &backend::Backend::refreshWanted, this, &HomeController::load);
    connect(&backend.orders(), &backend::OrderService::vendorOrdersChanged, this, &HomeController::noteChange);
    connect(&backend.catalogue(), &backend::CatalogueService::productsChanged, this, &HomeController::noteChange);
    connect(&backend.reservations(), &backend::ReservationService::holdsChanged, this, &HomeController::noteChange);
    connect(&backend.reservations(), &backend::ReservationService::reservationsChanged, this, &HomeController::noteChange);
}

int HomeController::hourNow() const
{
    return QDateTime::fromMSecsSinceEpoch(toUnixMs(m_clock.now()), Qt::OffsetFromUTC, kKoreaOffsetSeconds).time().hour();
}

void HomeController::setVisible(bool visible)
{
    m_visible = visible;
    if (!visible) {
        m_soon.stop();
        m_often.stop();
        return;
    }
    m_often.start();
    load();
}

void HomeController::noteChange()
{
    if (m_visible && !m_soon.isActive())
        m_soon.start();
}

void HomeController::show(HomeSummary summary)
{
    m_attention.setItems(summary.attention);
    m_summary = std::move(summary);
}

void HomeController::load()
{
    if (m_reading)
        return;
    m_reading = true;
    m_load = Load::Loading;
    Reply<HomeSummary> reply;
    reply.context = this;
    reply.cached = [this](HomeSummary summary, Instant asOf) {
        if (m_summary)
            return;
        m_asOf = asOf;
        show(std::move(summary));
        Q_EMIT changed();
    };
    reply.done = [this](Result<HomeSummary> answer) {
        m_reading = false;
        if (answer) {
            m_load = Load::Ready;
            m_error.reset();
            m_asOf.reset();
            m_freshAt = m_clock.now();
            show(std::move(*answer));
        } else {
            m_load = Load::Failed;
            m_error = answer.error();
            if (!m_asOf)
                m_asOf = m_freshAt;
        }
        Q_EMIT changed();
    };
    m_backend.home().summary(std::move(reply));
    if (!m_summary)
        Q_EMIT changed();
}

} // namespace naru::ui
