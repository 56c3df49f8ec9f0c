// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Cancellation.h"
#include "core/Clock.h"

#include <QWidget>

namespace naru::ui {

// The way to the start as a bar of the policy's steps: what comes back in each, where the next begins, "now" as a mark that
// moves within its step. Steps are equally wide, so that the last hours can be read too. UI thread; child of the booking's pane.
class TimeBar : public QWidget {
    Q_OBJECT
public:
    explicit TimeBar(const Clock& clock, QWidget* parent = nullptr);
    void setQuote(const CancellationQuote& quote);
    void tick();
    QString remaining() const; // "falls to 50% in 2 d (11/25 17:30)"; empty when it stays
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    struct Part {
        std::optional<Instant> from;
        std::optional<Instant> until;
        int bps = 0;
        std::int64_t refund = 0;
    };
    int current() const;
    double place() const; // of "now" in the current step, 0…1
    void nameIt();

    const Clock& m_clock;
    std::vector<Part> m_parts;
    QString m_currency;
};

} // namespace naru::ui
