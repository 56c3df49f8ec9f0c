// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/CapacitySheet.h"

#include <algorithm>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/BookingWords.h"
#include "ui/text/StateText.h"
#include "ui/workspace/FormEditor.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr CapacityAction kActions[] = {CapacityAction::Overbook, CapacityAction::Capacity, CapacityAction::Close, CapacityAction::Open};
constexpr int kMostSeats = 1'000'000;
constexpr int kImpactHeight = 130;
} // namespace

CapacitySheet::CapacitySheet(backend::Backend& backend, QWidget* parent)
    : Sheet(parent), m_backend(backend), m_title(new TextLabel({}, TextSize::Body, true)), m_actions(new Segments({u"-"_s, u"-"_s, u"-"_s, u"-"_s}, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kSpace3, kSpace3, kSpace3, kSpace3);
    column->setSpacing(kSpace2);
    setFrameShape(QFrame::NoFrame);
    buildForm(*column);
    hide();
    connect(m_actions, &Segments::currentChanged, this, [this] {
        m_value->setModified(false); // it was about another figure
        showLevel();
        if (auto* editor = findChild<FormEditor*>())
            Q_EMIT editor->edited(); // what is typed is about another thing now
    });
    connect(m_value, &QLineEdit::textChanged, this, &CapacitySheet::syncEffect);
    connect(m_value, &QLineEdit::returnPressed, this, &CapacitySheet::apply);
    connect(m_reason, &QLineEdit::returnPressed, this, &CapacitySheet::apply);
    connect(m_apply, &QAbstractButton::clicked, this, &CapacitySheet::apply);
    connect(m_back, &QAbstractButton::clicked, this, &CapacitySheet::leave);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(&backend.catalogue(), &backend::CatalogueService::stockChanged, this, [this](const std::vector<StockLevel>& levels) {
        for (const auto& level : levels)
            if (isOpen() && m_level && level.id == m_item && level.version >= m_level->version) {
                m_level = level;
                syncEffect();
            }
    });
    FormEditor::Hooks hooks;
    hooks.subject = [this] { return isOpen() ? std::optional(FormSubject{m_item.toString(), m_name, m_level ? m_level->version : 0, QString::number(m_actions->current())}) : std::nullopt; };
    hooks.reopen = [this](const FormSubject& kept) {
        const auto id = ItemId::parse(kept.entityId);
        if (id)
            ask(*id, kept.title, kActions[std::clamp(kept.purpose.toInt(), 0, 3)]);
        return id.has_value();
    };
    hooks.close = [this] { leave(); };
    auto* editor = new FormEditor(u"reservations.capacity"_s, *this, std::move(hooks));
    editor->add(u"reason"_s, m_reason);
    editor->add(u"value"_s, m_value);
    retranslate();
}

void CapacitySheet::buildForm(QVBoxLayout& column)
{
    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_actions);
    column.addLayout(head);
    auto* row = new QHBoxLayout;
    row->setSpacing(kSpace2);
    m_valueName = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, this);
    m_value = new QLineEdit(this);
    m_value->setValidator(new QIntValidator(0, kMostSeats, m_value));
    m_value->setFixedWidth(84);
    m_value->setMinimumHeight(kControl);
    m_value->setAlignment(Qt::AlignRight);
    m_reason = new QLineEdit(this);
    m_reason->setMaxLength(500);
    m_reason->setMinimumHeight(kControl);
    m_apply = new KeyButton({}, u"Enter"_s, KeyButton::Primary, this);
    m_back = new KeyButton({}, u"Esc"_s, KeyButton::Plain, this);
    row->addWidget(m_valueName);
    row->addWidget(m_value);
    row->addWidget(m_reason, 1);
    row->addWidget(m_apply);
    row->addWidget(m_back);
    column.addLayout(row);
    m_effect = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted, this);
    m_effect->setWordWrap(true);
    column.addWidget(m_effect);
    m_impactBox = new QWidget(this);
    column.addWidget(m_impactBox);
    m_impactRows = new QVBoxLayout(m_impactBox);
    m_impactRows->setContentsMargins(0, 0, 0, 0);
    m_impactRows->setSpacing(kSpace1);
    m_impactBox->hide();
    m_message = new TextLabel({}, TextSize::Meta, false, TextLabel::Danger, this);
    m_message->setWordWrap(true);
    m_message->hide();
    column.addWidget(m_message);
}

void CapacitySheet::retranslate()
{
    m_actions->setTexts({tr("Overbooking"), tr("Capacity"), tr("Close"), tr("Open")});
    m_actions->setAccessibleName(tr("What to change"));
    m_reason->setPlaceholderText(tr("Reason (recorded)"));
    m_reason->setAccessibleName(tr("Reason for the change"));
    m_apply->setText(tr("Change"));
    m_apply->setAccessibleName(tr("Change the slot"));
    m_back->setText(tr("Back"));
    m_back->setAccessibleName(tr("Leave it as it is"));
    showLevel();
}

CapacityAction CapacitySheet::action() const
{
    return kActions[m_actions->current()];
}

std::int64_t CapacitySheet::figure() const
{
    return !m_level ? 0 : action() == CapacityAction::Overbook ? m_level->overbook : m_level->onHand;
}

void CapacitySheet::ask(ItemId item, const QString& name, CapacityAction action)
{
    m_item = item;
    m_name = name;
    m_level.reset();
    m_value->setModified(false);
    m_busy = false;
    clearImpact();
    m_message->hide();
    m_title->setText(name);
    setAccessibleName(tr("Change %1").arg(name));
    for (int i = 0; i < 4; ++i)
        if (kActions[i] == action)
            m_actions->setCurrent(i);
    m_reason->clear();
    show();
    showLevel();
    m_value->setFocus();
    readLevel();
}

// Only the server's figures of this moment are a ground for a change.
void CapacitySheet::readLevel(bool keepTyped)
{
    m_backend.stock().level(m_item, {this, [this, keepTyped, item = m_item](Result<StockLevel> answer) {
        if (item != m_item || !isOpen())
            return;
        if (!answer) {
            say(errorText(answer.error()), TextLabel::Danger);
            return;
        }
        m_level = *answer;
        if (keepTyped)
            syncEffect();
        else
            showLevel();
    }});
}

void CapacitySheet::showLevel()
{
    const bool counts = action() == CapacityAction::Overbook || action() == CapacityAction::Capacity;
    m_valueName->setVisible(counts);
    m_value->setVisible(counts);
    m_valueName->setText(action() == CapacityAction::Overbook ? tr("Sell above capacity by") : tr("Seats"));
    m_value->setAccessibleName(m_valueName->text());
    if (m_level && !m_value->isModified()) { // what a person typed stays
        m_value->setText(QString::number(figure()));
        m_value->selectAll();
    }
    clearImpact();
    syncEffect();
}

void CapacitySheet::syncEffect()
{
    m_apply->setEnabled(m_level && !m_busy);
    if (!m_level) {
        m_effect->setText(tr("Reading the figures …"));
        return;
    }
    const auto sold = m_level->allocated;
    const auto value = m_value->text().toLongLong();
    QString text;
    switch (action()) {
    case CapacityAction::Overbook:
        text = tr("%1 seats and %2 above: %3 can be sold; %4 are sold, %5 held.").arg(m_level->onHand).arg(value).arg(m_level->onHand - m_level->safety + value).arg(sold).arg(m_level->held);
        break;
    case CapacityAction::Capacity:
        text = tr("%1 seats now, %2 afterwards; %3 are sold, %4 held.").arg(m_level->onHand).arg(value).arg(sold).arg(m_level->held);
        if (value < sold)
            text += u' ' + tr("More is sold than would be left: you will be asked what to do.");
        break;
    case CapacityAction::Close: text = tr("Nothing more is sold; %1 sold and %2 held seats stay.").arg(sold).arg(m_level->held); break;
    default: text = tr("The slot is sold again: %1 seats are free.").arg(std::max<std::int64_t>(0, m_level->available())); break;
    }
    m_effect->setText(text);
}

void CapacitySheet::apply()
{
    if (!m_level || m_busy)
        return;
    if (m_reason->text().trimmed().isEmpty()) {
        say(tr("A change needs a reason."), TextLabel::Danger);
        m_reason->setFocus();
        return;
    }
    m_change = {};
    m_change.action = action();
    m_change.reason = m_reason->text().trimmed();
    CapacityTarget target;
    target.itemId = m_item;
    if (m_value->isVisibleTo(this)) {
        if (!m_value->hasAcceptableInput()) {
            say(tr("Please enter a number of seats."), TextLabel::Danger);
            m_value->setFocus();
            return;
        }
        target.expected = figure();
        m_change.value = m_value->text().toLongLong();
    }
    m_change.targets = {target};
    clearImpact();
    send();
}

void CapacitySheet::send()
{
    m_busy = true;
    m_message->hide();
    syncEffect();
    m_backend.slotRules().changeCapacity(m_change, {this, [this](Result<backend::CapacityOutcome> answer) {
        m_busy = false;
        syncEffect();
        if (answer) {
            taken(*answer);
            return;
        }
        say(errorText(answer.error()), TextLabel::Danger);
        if (answer.error().kind == ErrorKind::Conflict)
            readLevel(true); // somebody was faster: the newest figures, and what was typed
    }});
}

void CapacitySheet::taken(const backend::CapacityOutcome& outcome)
{
    if (outcome.impact) {
        m_impact = outcome.impact;
        showImpact();
        return;
    }
    hide();
    const int cancelled = outcome.done ? static_cast<int>(outcome.done->cancelled.size()) : 0;
    Q_EMIT done(cancelled > 0 ? tr("Changed %1; %n reservation(s) cancelled.", nullptr, cancelled).arg(m_name) : tr("Changed %1.").arg(m_name));
    Q_EMIT left();
}

void CapacitySheet::clearImpact()
{
    m_impact.reset();
    while (QLayoutItem* item = m_impactRows ? m_impactRows->takeAt(0) : nullptr) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_impactBox->hide();
}

// Who is affected, and one button for each way out that the server allows.
void CapacitySheet::showImpact()
{
    const auto impact = *m_impact;
    const auto& slot = impact.slots.front();
    auto* head = new TextLabel(tr("%n sold seat(s) would have no place. Who is affected:", nullptr, static_cast<int>(slot.missing)), TextSize::Body, true, TextLabel::Warning, m_impactBox);
    head->setWordWrap(true);
    m_impactRows->addWidget(head);
    auto* inner = new QWidget;
    auto* rows = new QVBoxLayout(inner);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    std::vector<std::pair<QCheckBox*, ReservationId>> boxes;
    for (const auto& party : slot.parties) {
        const auto text = partyText(party);
        if (party.reservationId) {
            auto* box = new QCheckBox(text, inner);
            box->setAccessibleName(tr("Cancel %1").arg(text));
            rows->addWidget(box);
            boxes.emplace_back(box, *party.reservationId);
        } else {
            rows->addWidget(new TextLabel(text, TextSize::Body, false, TextLabel::Muted, inner));
        }
    }
    rows->addStretch(1);
    auto* scroll = new QScrollArea(m_impactBox);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(inner);
    scroll->setFixedHeight(std::min(kImpactHeight, inner->sizeHint().height() + 4));
    scroll->setFocusPolicy(Qt::NoFocus);
    m_impactRows->addWidget(scroll);
    auto* line = new QWidget(m_impactBox);
    auto* buttons = new QHBoxLayout(line);
    buttons->setContentsMargins(0, 0, 0, 0);
    for (const auto choice : impact.choices) {
        auto* button = new KeyButton(choiceText(choice), {}, choice == CapacityChoice::CancelChosen ? KeyButton::Destructive : KeyButton::Plain, line);
        button->setAccessibleName(button->text());
        button->setObjectName(u"choice%1Button"_s.arg(static_cast<int>(choice)));
        connect(button, &QAbstractButton::clicked, this, [this, choice, boxes] {
            m_change.choice = choice;
            m_change.cancel.clear();
            for (const auto& [box, id] : boxes)
                if (choice == CapacityChoice::CancelChosen && box->isChecked())
                    m_change.cancel.push_back(id);
            if (choice == CapacityChoice::CancelChosen && m_change.cancel.empty()) {
                say(tr("Tick the reservations to cancel first."), TextLabel::Danger);
                return;
            }
            send();
        });
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    m_impactRows->addWidget(line);
    m_impactBox->show();
    if (auto* first = line->findChild<KeyButton*>())
        first->setFocus();
}

void CapacitySheet::say(const QString& text, TextLabel::Level level)
{
    m_message->setLevel(level);
    m_message->setText(text);
    m_message->show();
}

} // namespace naru::ui
