// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/LedgerCard.h"

#include <QHBoxLayout>
#include <QIntValidator>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/BookingWords.h"
#include "ui/text/StateText.h"
#include "ui/workspace/FormEditor.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr int kRows = 100;
} // namespace

LedgerCard::LedgerCard(backend::Backend& backend, QWidget* parent)
    : Card({}, {}, parent), m_backend(backend), m_figures(new TextLabel({}, TextSize::Body, true)), m_warning(new TextLabel({}, TextSize::Body, false, TextLabel::Danger)),
      m_list(new LineList(m_entries, [this](int row) { return lineOf(m_entries.row(row)); }, true, this)), m_pane(new StatePane(m_list, this)), m_older(new KeyButton({}, {})),
      m_repair(new KeyButton({}, {}, KeyButton::Primary)), m_close(new KeyButton({}, u"Esc"_s)), m_form(new QWidget(this)), m_counted(new QLineEdit(m_form)), m_reason(new QLineEdit(m_form)),
      m_yes(new KeyButton({}, u"Enter"_s, KeyButton::Primary)), m_message(new TextLabel({}, TextSize::Meta))
{
    addHeaderWidget(m_close);
    m_warning->setWordWrap(true);
    m_figures->setWordWrap(true);
    body()->addWidget(m_figures);
    body()->addWidget(m_warning);
    body()->addWidget(m_pane, 1);
    auto* actions = new QHBoxLayout;
    actions->addWidget(m_older);
    actions->addStretch(1);
    actions->addWidget(m_repair);
    body()->addLayout(actions);
    auto* form = new QHBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(kSpace2);
    m_counted->setValidator(new QIntValidator(0, 1'000'000'000, m_counted));
    m_counted->setFixedWidth(96);
    m_reason->setMaxLength(500);
    form->addWidget(m_counted);
    form->addWidget(m_reason, 1);
    form->addWidget(m_yes);
    body()->addWidget(m_form);
    m_form->hide();
    m_message->setWordWrap(true);
    m_message->hide();
    body()->addWidget(m_message);
    m_entries.setDescriber([](const LedgerEntry& entry) {
        const auto line = lineOf(entry);
        return u"%1 %2, %3, %4"_s.arg(line.meta, line.text, line.sub, line.right);
    });
    connect(m_close, &QAbstractButton::clicked, this, &LedgerCard::closeWanted);
    connect(m_list, &LineList::escaped, this, &LedgerCard::closeWanted);
    connect(m_older, &QAbstractButton::clicked, this, [this] { read(m_next); });
    connect(m_repair, &QAbstractButton::clicked, this, &LedgerCard::askRepair);
    connect(m_reason, &QLineEdit::returnPressed, this, &LedgerCard::repair);
    connect(m_counted, &QLineEdit::returnPressed, this, &LedgerCard::repair);
    connect(m_yes, &QAbstractButton::clicked, this, &LedgerCard::repair);
    connect(m_pane, &StatePane::retryWanted, this, [this] { read({}); });
    connect(&backend.catalogue(), &backend::CatalogueService::stockChanged, this, [this](const std::vector<StockLevel>& levels) {
        for (const auto& level : levels)
            if (isVisible() && level.id == m_item && !m_loading) {
                read({}); // one more row; asked once for a burst
                return;
            }
    });
    FormEditor::Hooks hooks;
    hooks.subject = [this] { return m_form->isHidden() ? std::nullopt : std::optional(FormSubject{m_item.toString(), m_name, m_level ? m_level->version : 0, {}}); };
    hooks.reopen = [this](const FormSubject& kept) {
        if (m_item.toString() != kept.entityId || !m_drift || !m_writable)
            return false; // when its figure is looked at
        askRepair();
        return true;
    };
    hooks.close = [this] {
        m_form->hide();
        sync();
    };
    m_editor = new FormEditor(u"reservations.repair"_s, *m_form, std::move(hooks));
    m_editor->add(u"counted"_s, m_counted);
    m_editor->add(u"reason"_s, m_reason);
    retranslate();
}

LedgerCard::~LedgerCard()
{
    delete m_pane;
}

ListLine LedgerCard::lineOf(const LedgerEntry& entry)
{
    QStringList changes;
    if (entry.dOnHand)
        changes << tr("seats %1").arg(figureChange(entry.dOnHand));
    if (entry.dAllocated)
        changes << tr("sold %1").arg(figureChange(entry.dAllocated));
    if (entry.dHeld)
        changes << tr("held %1").arg(figureChange(entry.dHeld));
    ListLine line;
    line.meta = QString::number(entry.seq);
    line.text = u"%1 · %2"_s.arg(ledgerKindText(entry.kind), changes.join(u", "_s));
    line.sub = u"%1 · %2"_s.arg(dateTimeText(entry.at), ledgerCauseText(entry));
    line.right = u"%1 / %2 / %3"_s.arg(entry.onHand).arg(entry.allocated).arg(entry.held);
    return line;
}

void LedgerCard::showItem(ItemId item, const QString& name, const std::optional<StockDrift>& drift)
{
    if (item != m_item)
        m_entries.assign({});
    m_item = item;
    m_name = name;
    m_level.reset();
    m_drift = drift;
    m_message->hide();
    m_form->hide();
    read({});
    readLevel();
    m_editor->ready();
}

void LedgerCard::setDrift(const std::optional<StockDrift>& drift)
{
    m_drift = drift;
    if (!drift)
        m_form->hide();
    sync();
    m_editor->ready();
}

void LedgerCard::readLevel()
{
    m_backend.stock().level(m_item, {this, [this, item = m_item](Result<StockLevel> answer) {
        if (item != m_item)
            return;
        if (answer)
            m_level = *answer;
        sync();
    }});
}

void LedgerCard::read(const QString& after)
{
    m_loading = true;
    m_error.reset();
    sync();
    backend::Reply<Page<LedgerEntry>> reply;
    reply.context = this;
    reply.done = [this, after, item = m_item](Result<Page<LedgerEntry>> answer) {
        if (item != m_item)
            return;
        m_loading = false;
        if (!answer) {
            m_error = answer.error();
        } else if (after.isEmpty()) {
            m_next = answer->next;
            m_entries.assign(std::move(answer->items));
        } else {
            m_next = answer->next;
            m_entries.append(std::move(answer->items));
        }
        sync();
    };
    m_backend.stock().ledger(m_item, after, kRows, std::move(reply));
}

void LedgerCard::sync()
{
    setTitle(tr("Why this figure"), m_name);
    const int count = m_entries.rowCount();
    if (count == 0 && m_error)
        m_pane->showError(errorText(*m_error), errorCode(*m_error));
    else if (count == 0 && m_loading)
        m_pane->showLoading();
    else if (count == 0)
        m_pane->showEmpty(tr("No row has been booked for it yet."));
    else
        m_pane->showData();
    if (count > 0) {
        const auto& last = m_entries.row(0);
        m_figures->setText(tr("By its rows: %1 seats, %2 sold, %3 held. Columns: seats / sold / held after each row.").arg(last.onHand).arg(last.allocated).arg(last.held));
    }
    m_figures->setVisible(count > 0);
    m_warning->setVisible(m_drift.has_value());
    if (m_drift)
        m_warning->setText(tr("%1. The figure says %2 / %3 / %4; a repair would make it %5 / %6 / %7.").arg(driftText(*m_drift)).arg(m_drift->level.onHand).arg(m_drift->level.allocated)
                               .arg(m_drift->level.held).arg(m_drift->suggested.onHand).arg(m_drift->suggested.allocated).arg(m_drift->suggested.held));
    m_older->setVisible(!m_next.isEmpty());
    m_repair->setVisible(m_drift.has_value() && m_form->isHidden());
    m_repair->setEnabled(m_writable && m_drift && !m_busy);
    m_yes->setEnabled(m_writable && !m_busy);
    m_repair->setToolTip(m_drift && !m_drift->repairable ? tr("More is promised than there is: count the seats, or raise the overbooking first.") : QString());
}

void LedgerCard::setWritable(bool writable)
{
    m_writable = writable;
    sync();
}

void LedgerCard::askRepair()
{
    m_form->show();
    m_counted->clear();
    m_reason->clear();
    m_reason->setFocus();
    sync();
}

void LedgerCard::repair()
{
    if (!m_drift || m_busy || !m_writable)
        return;
    StockRepair fix;
    fix.reason = m_reason->text().trimmed();
    if (fix.reason.isEmpty()) {
        m_message->setLevel(TextLabel::Danger);
        m_message->setText(tr("A repair needs a reason."));
        m_message->show();
        m_reason->setFocus();
        return;
    }
    if (m_counted->hasAcceptableInput())
        fix.onHand = m_counted->text().toLongLong();
    m_busy = true;
    sync();
    m_backend.stock().repair(m_item, m_level ? m_level->version : m_drift->level.version, fix, {this, [this](Result<StockLevel> answer) {
        m_busy = false;
        m_message->setLevel(answer ? TextLabel::Muted : TextLabel::Danger);
        m_message->setText(answer ? tr("Repaired: %1 seats, %2 sold, %3 held.").arg(answer->onHand).arg(answer->allocated).arg(answer->held) : errorText(answer.error()));
        m_message->show();
        if (answer) {
            m_level = *answer;
            m_drift.reset();
            m_form->hide();
            read({});
            Q_EMIT repaired();
        } else if (answer.error().kind == ErrorKind::Conflict) {
            readLevel();
        }
        sync();
    }});
}

void LedgerCard::retranslate()
{
    m_older->setText(tr("Older rows"));
    m_repair->setText(tr("Repair"));
    m_yes->setText(tr("Repair"));
    m_close->setText(tr("Close"));
    m_older->setAccessibleName(m_older->text());
    m_repair->setAccessibleName(tr("Repair the figure"));
    m_yes->setAccessibleName(tr("Book the repair"));
    m_close->setAccessibleName(tr("Close the explanation"));
    m_counted->setPlaceholderText(tr("Counted"));
    m_counted->setAccessibleName(tr("Seats as counted, if somebody counted"));
    m_reason->setPlaceholderText(tr("Reason (recorded)"));
    m_reason->setAccessibleName(tr("Reason for the repair"));
    m_list->setAccessibleName(tr("Ledger rows"));
    for (auto* button : {m_older, m_repair, m_yes, m_close})
        button->updateGeometry();
    m_entries.describeAgain();
    sync();
}

} // namespace naru::ui
