// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/DoctorCard.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/BookingWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr int kEveryMs = 60'000;
constexpr int kListHeight = 94;
} // namespace

DoctorCard::DoctorCard(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Card({}, {}, parent), m_backend(backend), m_clock(clock), m_verdict(new ChipLabel), m_text(new TextLabel({}, TextSize::Body, false, TextLabel::Muted)),
      m_list(new LineList(m_drifts,
          [this](int row) {
              const auto& drift = m_drifts.row(row);
              return ListLine{{}, drift.title, driftText(drift), {}, std::nullopt};
          },
          true, this)),
      m_explain(new KeyButton({}, u"E"_s)), m_again(new KeyButton({}, {}))
{
    addHeaderWidget(m_verdict);
    m_text->setWordWrap(true);
    body()->addWidget(m_text);
    m_list->setFixedHeight(kListHeight);
    m_list->hide();
    body()->addWidget(m_list);
    auto* row = new QHBoxLayout;
    row->setSpacing(kSpace2);
    row->addWidget(m_explain);
    row->addWidget(m_again);
    row->addStretch(1);
    body()->addLayout(row);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_drifts.setDescriber([](const StockDrift& drift) { return u"%1: %2"_s.arg(drift.title, driftText(drift)); });
    m_minute.setInterval(kEveryMs);
    connect(&m_minute, &QTimer::timeout, this, &DoctorCard::check);
    connect(m_again, &QAbstractButton::clicked, this, &DoctorCard::check);
    connect(m_explain, &QAbstractButton::clicked, this, &DoctorCard::explainWanted);
    connect(m_list, &LineList::opened, this, [this](int at) { Q_EMIT ledgerWanted(m_drifts.row(at).level.id, m_drifts.row(at).title); });
    retranslate();
}

DoctorCard::~DoctorCard()
{
    delete m_list;
}

void DoctorCard::check()
{
    if (m_busy)
        return;
    m_busy = true;
    backend::Reply<DoctorReport> reply;
    reply.context = this;
    reply.cached = [this](DoctorReport report, Instant) {
        if (!m_report) {
            m_report = std::move(report);
            m_drifts.assign(m_report->items);
            sync();
        }
    };
    reply.done = [this](Result<DoctorReport> answer) {
        m_busy = false;
        m_error.reset();
        if (answer) {
            m_report = std::move(*answer);
            m_drifts.assign(m_report->items);
        } else {
            m_error = answer.error();
        }
        sync();
        Q_EMIT reported();
    };
    m_backend.stock().examine(std::move(reply));
    sync();
}

void DoctorCard::sync()
{
    m_again->setEnabled(!m_busy);
    m_list->setVisible(m_drifts.rowCount() > 0);
    const QLocale plain(QLocale::English);
    if (m_report) {
        const int drifted = m_report->drifted;
        m_verdict->setChip(drifted == 0 ? ChipSpec{tr("no differences"), "check2", Tone::Success} : ChipSpec{tr("%n item(s) differ", nullptr, drifted), "exclamation-triangle", Tone::Danger});
        m_text->setText(tr("%1 items agree with their rows, checked at %2.").arg(plain.toString(m_report->checkedItems - drifted), timeOfDay(m_report->at)));
    } else {
        m_verdict->setChip(m_error ? ChipSpec{tr("not checked"), "dash", Tone::Neutral} : ChipSpec{tr("checking"), "hourglass-split", Tone::Neutral});
        m_text->setText(m_error ? QString() : tr("The figures are being compared with their rows …"));
    }
    if (m_error)
        m_text->setText(m_report ? u"%1 %2"_s.arg(m_text->text(), errorText(*m_error)) : errorText(*m_error));
    m_verdict->setVisible(true);
}

void DoctorCard::retranslate()
{
    setTitle(tr("Stock check"));
    setAccessibleName(tr("Stock check"));
    m_list->setAccessibleName(tr("Items that differ"));
    m_explain->setText(tr("Explain the figure"));
    m_explain->setAccessibleName(tr("Explain the figure of the chosen slot"));
    m_again->setText(tr("Check again"));
    m_again->setAccessibleName(m_again->text());
    m_explain->updateGeometry();
    m_again->updateGeometry();
    m_drifts.describeAgain();
    sync();
}

void DoctorCard::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    m_minute.start();
}

void DoctorCard::hideEvent(QHideEvent* event)
{
    Card::hideEvent(event);
    m_minute.stop();
}

} // namespace naru::ui
