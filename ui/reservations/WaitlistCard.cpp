// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/WaitlistCard.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/BookingWords.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/text/StateText.h"
#include "ui/workspace/FormEditor.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr int kRows = 200;

bool isOpen(const WaitlistEntry& entry)
{
    return entry.status == WaitlistStatus::Waiting || entry.status == WaitlistStatus::Offered;
}
} // namespace

WaitlistCard::WaitlistCard(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Card({}, {}, parent), m_backend(backend), m_clock(clock),
      m_list(new LineList(m_entries, [this](int row) { return lineOf(m_entries.row(row)); }, true, this)), m_pane(new StatePane(m_list, this)),
      m_accept(new KeyButton({}, u"A"_s)), m_withdraw(new KeyButton({}, u"X"_s, KeyButton::Destructive)), m_close(new KeyButton({}, u"Esc"_s)),
      m_question(new QWidget(this)), m_reason(new QLineEdit(m_question)), m_yes(new KeyButton({}, u"Enter"_s, KeyButton::Destructive)), m_message(new TextLabel({}, TextSize::Meta))
{
    addHeaderWidget(m_close);
    body()->addWidget(m_pane, 1);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(kSpace2);
    actions->addWidget(m_accept);
    actions->addWidget(m_withdraw);
    actions->addStretch(1);
    body()->addLayout(actions);
    auto* row = new QHBoxLayout(m_question);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_reason, 1);
    row->addWidget(m_yes);
    m_reason->setMaxLength(500);
    m_reason->installEventFilter(this);
    m_question->hide();
    body()->addWidget(m_question);
    m_message->setWordWrap(true);
    m_message->hide();
    body()->addWidget(m_message);
    m_second.setInterval(1000);
    m_entries.setDescriber([this](const WaitlistEntry& entry) {
        const auto line = lineOf(entry);
        return u"%1 %2, %3, %4"_s.arg(line.meta, line.text, line.sub, line.chip->text);
    });
    connect(&m_second, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_list, &LineList::currentMoved, this, &WaitlistCard::syncActions);
    connect(m_list, &LineList::escaped, this, &WaitlistCard::closeWanted);
    connect(m_close, &QAbstractButton::clicked, this, &WaitlistCard::closeWanted);
    connect(m_accept, &QAbstractButton::clicked, this, &WaitlistCard::acceptCurrent);
    connect(m_withdraw, &QAbstractButton::clicked, this, &WaitlistCard::withdrawCurrent);
    connect(m_reason, &QLineEdit::returnPressed, m_yes, &QAbstractButton::click);
    connect(m_yes, &QAbstractButton::clicked, this, [this] {
        const auto* entry = current();
        if (!entry || m_busy)
            return;
        m_busy = true;
        const auto reason = m_reason->text().trimmed();
        const auto id = entry->id;
        const auto version = entry->version;
        closeQuestion();
        m_backend.waitlist().withdraw(id, version, reason, {this, [this](Result<WaitlistEntry> answer) { finish(std::move(answer)); }});
    });
    keepForm();
    connect(m_pane, &StatePane::retryWanted, this, &WaitlistCard::read);
    connect(&backend.waitlist(), &backend::WaitlistService::entriesChanged, this, &WaitlistCard::take);
    connect(&backend, &backend::Backend::refreshWanted, this, [this] {
        if (isVisible())
            read();
    });
    retranslate();
}

WaitlistCard::~WaitlistCard()
{
    delete m_pane; // the list looks at the entries
}

ListLine WaitlistCard::lineOf(const WaitlistEntry& entry) const
{
    ListLine line;
    line.meta = entry.position > 0 ? QString::number(entry.position) : u"·"_s;
    line.text = tr("%1 · %n seat(s)", nullptr, static_cast<int>(entry.partySize)).arg(entry.customerName);
    line.sub = tr("since %1").arg(dateTimeText(entry.createdAt));
    if (entry.keepsSeats)
        line.sub += u" · "_s + tr("free seats are kept for them");
    else if (entry.passedOver > 0)
        line.sub += u" · "_s + tr("passed over %n time(s)", nullptr, entry.passedOver);
    auto chip = chipOf(entry.status);
    if (entry.status == WaitlistStatus::Offered && entry.offeredUntil)
        chip.text = tr("Offered %1").arg(minuteSecond(std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(*entry.offeredUntil - m_clock.now()))));
    line.chip = chip;
    return line;
}

void WaitlistCard::showSlot(ItemId item, const QString& name)
{
    const bool other = item != m_item;
    m_item = item;
    m_name = name;
    m_message->hide();
    closeQuestion();
    if (other)
        m_entries.assign({});
    setTitle(tr("Waiting list"), name);
    read();
}

void WaitlistCard::read()
{
    m_loading = true;
    m_error.reset();
    syncState();
    WaitlistQuery query;
    query.itemId = m_item;
    query.limit = kRows;
    backend::Reply<Page<WaitlistEntry>> reply;
    reply.context = this;
    const auto put = [this](std::vector<WaitlistEntry> items) {
        std::erase_if(items, [](const WaitlistEntry& e) { return !isOpen(e); });
        m_entries.assign(std::move(items));
    };
    reply.cached = [this, put, item = m_item](Page<WaitlistEntry> page, Instant) {
        if (item == m_item && m_entries.rowCount() == 0)
            put(std::move(page.items));
        syncState();
    };
    reply.done = [this, put, item = m_item](Result<Page<WaitlistEntry>> answer) {
        if (item != m_item)
            return;
        m_loading = false;
        if (answer)
            put(std::move(answer->items));
        else
            m_error = answer.error();
        syncState();
        m_editor->ready();
    };
    m_backend.waitlist().entries(query, std::move(reply));
}

void WaitlistCard::take(const std::vector<WaitlistEntry>& changed)
{
    bool mine = false;
    auto rows = m_entries.rows();
    for (const auto& entry : changed) {
        if (entry.itemId != m_item)
            continue;
        mine = true;
        const auto at = std::find_if(rows.begin(), rows.end(), [&](const WaitlistEntry& e) { return e.id == entry.id; });
        if (at == rows.end())
            rows.push_back(entry);
        else if (entry.version >= at->version)
            *at = entry;
    }
    if (!mine)
        return;
    std::erase_if(rows, [](const WaitlistEntry& e) { return !isOpen(e); });
    std::sort(rows.begin(), rows.end(), [](const WaitlistEntry& a, const WaitlistEntry& b) { return a.rank < b.rank; });
    int position = 0; // the others move up
    for (auto& entry : rows)
        entry.position = entry.status == WaitlistStatus::Waiting ? ++position : 0;
    m_entries.assign(std::move(rows));
    syncState();
}

void WaitlistCard::syncState()
{
    const int count = m_entries.rowCount();
    setTitle(tr("Waiting list"), m_name);
    if (count == 0 && m_error)
        m_pane->showError(errorText(*m_error), errorCode(*m_error));
    else if (count == 0 && m_loading)
        m_pane->showLoading();
    else if (count == 0)
        m_pane->showEmpty(tr("Nobody waits for this slot."));
    else
        m_pane->showData();
    syncActions();
}

const WaitlistEntry* WaitlistCard::current() const
{
    const int row = m_list->currentIndex().row();
    return row >= 0 && row < m_entries.rowCount() ? &m_entries.row(row) : nullptr;
}

void WaitlistCard::syncActions()
{
    const auto* entry = current();
    m_withdraw->setEnabled(entry && m_writable && !m_busy);
    m_accept->setEnabled(entry && m_writable && !m_busy && entry->status == WaitlistStatus::Offered);
    m_accept->setToolTip(entry && entry->status != WaitlistStatus::Offered ? tr("Only offered seats can be confirmed.") : QString());
}

void WaitlistCard::setWritable(bool writable)
{
    m_writable = writable;
    syncActions();
}

void WaitlistCard::acceptCurrent()
{
    const auto* entry = current();
    if (!entry || !m_accept->isEnabled())
        return;
    m_busy = true;
    syncActions();
    m_backend.waitlist().accept(entry->id, entry->version, {this, [this](Result<WaitlistEntry> answer) { finish(std::move(answer)); }});
}

void WaitlistCard::withdrawCurrent()
{
    const auto* entry = current();
    if (!entry || !m_withdraw->isEnabled())
        return;
    m_yes->setText(entry->status == WaitlistStatus::Offered ? tr("Decline the offer") : tr("Take off the list"));
    m_yes->setAccessibleName(m_yes->text());
    m_yes->updateGeometry();
    m_reason->setText(tr("Taken off by staff"));
    m_question->show();
    m_reason->setFocus();
    m_reason->selectAll();
}

void WaitlistCard::keepForm()
{
    FormEditor::Hooks hooks;
    hooks.subject = [this]() -> std::optional<FormSubject> {
        const auto* entry = m_question->isHidden() ? nullptr : current();
        return entry ? std::optional(FormSubject{entry->id.toString(), entry->customerName, entry->version, {}}) : std::nullopt;
    };
    hooks.reopen = [this](const FormSubject& kept) {
        const auto id = WaitlistEntryId::parse(kept.entityId);
        const int row = id ? m_entries.rowOf(*id) : -1;
        if (row < 0)
            return false; // when its slot is looked at
        m_list->setCurrentIndex(m_entries.index(row, 0));
        withdrawCurrent();
        return !m_question->isHidden();
    };
    hooks.close = [this] { closeQuestion(); };
    m_editor = new FormEditor(u"reservations.withdraw"_s, *m_question, std::move(hooks));
    m_editor->add(u"reason"_s, m_reason);
}

void WaitlistCard::finish(Result<WaitlistEntry> answer)
{
    m_busy = false;
    if (answer) {
        say(u"%1: %2"_s.arg(answer->customerName, chipOf(answer->status).text), TextLabel::Muted);
        take({*answer});
    } else {
        say(errorText(answer.error()), TextLabel::Danger);
        if (answer.error().kind == ErrorKind::Conflict)
            read();
    }
    syncActions();
}

void WaitlistCard::closeQuestion()
{
    if (m_question->isHidden())
        return;
    m_question->hide();
    m_list->setFocus();
}

void WaitlistCard::say(const QString& text, TextLabel::Level level)
{
    m_message->setLevel(level);
    m_message->setText(text);
    m_message->show();
}

void WaitlistCard::retranslate()
{
    m_accept->setText(tr("Confirm the offer"));
    m_withdraw->setText(tr("Take off"));
    m_close->setText(tr("Close"));
    m_accept->setAccessibleName(m_accept->text());
    m_withdraw->setAccessibleName(tr("Take off the waiting list"));
    m_close->setAccessibleName(tr("Close the waiting list"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Reason (recorded)"));
    m_list->setAccessibleName(tr("Waiting list"));
    for (auto* button : {m_accept, m_withdraw, m_close})
        button->updateGeometry();
    m_entries.describeAgain();
    syncState();
}

void WaitlistCard::keyPressEvent(QKeyEvent* event)
{
    switch (signKey(*event)) {
    case Qt::Key_A: acceptCurrent(); return;
    case Qt::Key_X: withdrawCurrent(); return;
    default: Card::keyPressEvent(event);
    }
}

bool WaitlistCard::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_reason && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        closeQuestion();
        return true;
    }
    return Card::eventFilter(watched, event);
}

void WaitlistCard::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    m_second.start();
}

void WaitlistCard::hideEvent(QHideEvent* event)
{
    Card::hideEvent(event);
    m_second.stop();
}

} // namespace naru::ui
