// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "models/home/AttentionModel.h"

#include <QTimer>
#include <optional>

namespace naru::ui {

// The home screen without its widgets: reads the summary, again when something it counts has changed (at most every few
// seconds) and now and then by itself, only while the page is visible. UI thread; owned by the page.
class HomeController : public QObject {
    Q_OBJECT
public:
    enum class Load { Loading, Failed, Ready };

    HomeController(backend::Backend& backend, const Clock& clock, QObject* parent = nullptr);

    models::AttentionModel& attention() { return m_attention; }
    const std::optional<HomeSummary>& summary() const { return m_summary; }
    Load state() const { return m_load; }
    const std::optional<Instant>& asOf() const { return m_asOf; } // set while what is shown is old: when it was fresh
    const std::optional<Error>& error() const { return m_error; }
    int hourNow() const; // in the zone the figures are counted in

    void load();
    void setVisible(bool visible);

Q_SIGNALS:
    void changed();

private:
    void noteChange();
    void show(HomeSummary summary);

    backend::Backend& m_backend;
    const Clock& m_clock;
    models::AttentionModel m_attention;
    std::optional<HomeSummary> m_summary;
    std::optional<Instant> m_asOf;
    std::optional<Instant> m_freshAt;
    std::optional<Error> m_error;
    Load m_load = Load::Loading;
    bool m_reading = false;
    bool m_visible = false;
    QTimer m_soon; // after changes
    QTimer m_often; // without any
};

} // namespace naru::ui
