// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "models/reservations/Records.h"
#include "ui/reservations/LineList.h"
#include "ui/widgets/Widgets.h"

#include <QTimer>

namespace naru::ui {

// Card "stock check": how many items' figures differ from the rows behind them, and which. Reads once a minute while seen.
// UI thread; child of the monitor page.
class DoctorCard : public Card {
    Q_OBJECT
public:
    DoctorCard(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~DoctorCard() override;
    void retranslate();
    void check();
    const StockDrift* driftOf(ItemId item) const { return m_drifts.find(item); }
    LineList& list() { return *m_list; }

Q_SIGNALS:
    void ledgerWanted(naru::ItemId item, const QString& name);
    void explainWanted(); // the slot at hand
    void reported();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void sync();

    backend::Backend& m_backend;
    const Clock& m_clock;
    models::DriftModel m_drifts;
    std::optional<DoctorReport> m_report;
    std::optional<Error> m_error;
    bool m_busy = false;
    ChipLabel* m_verdict;
    TextLabel* m_text;
    LineList* m_list;
    KeyButton* m_explain;
    KeyButton* m_again;
    QTimer m_minute;
};

} // namespace naru::ui
