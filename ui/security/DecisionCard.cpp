// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/DecisionCard.h"

#include <algorithm>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/orders/InlineSheet.h"
#include "ui/security/ConflictNotes.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Decision = ConflictDecision;

namespace {

constexpr int kColumns = 4, kNoteLength = 500;

bool needsTwo(const ConflictDetail& d) { return d.conflict.role == Role::VendorManager || d.conflict.role == Role::Admin; }

QString decisionWord(Decision decision)
{
    switch (decision) {
    case Decision::Benign: return DecisionCard::tr("Same person");
    case Decision::EndOld: return DecisionCard::tr("End old session");
    case Decision::EndNew: return DecisionCard::tr("End new session");
    case Decision::LockAccount: return DecisionCard::tr("Lock account");
    case Decision::AllowPair: return DecisionCard::tr("Allow this pair");
    case Decision::ResetFactors: return DecisionCard::tr("Reset factors");
    case Decision::Escalate: return DecisionCard::tr("Escalate");
    }
    return {};
}

} // namespace

DecisionCard::DecisionCard(ConflictReviewController& controller, QWidget* parent)
    : Card({}, {}, parent), m_controller(controller), m_take(new KeyButton({}, u"T"_s)), m_nextButton(new KeyButton({}, u"N"_s, KeyButton::Primary)), m_note(new QLineEdit),
      m_second(new TextLabel({}, TextSize::Body, false, TextLabel::Warning)), m_failure(new FailureLine), m_sheet(new InlineSheet)
{
    m_note->setMinimumHeight(kControl);
    m_note->setMaxLength(kNoteLength);
    auto* first = new QHBoxLayout;
    first->setSpacing(kSpace2);
    first->addWidget(m_note, 1);
    first->addWidget(m_take);
    first->addWidget(m_nextButton);
    auto* grid = new QGridLayout;
    grid->setSpacing(kSpace2);
    const std::pair<int, Decision> choices[] = {{Qt::Key_A, Decision::Benign}, {Qt::Key_K, Decision::EndOld}, {Qt::Key_E, Decision::EndNew}, {Qt::Key_B, Decision::LockAccount},
        {Qt::Key_P, Decision::AllowPair}, {Qt::Key_F, Decision::ResetFactors}, {Qt::Key_U, Decision::Escalate}};
    int at = 0;
    for (const auto& [key, decision] : choices) {
        const bool harsh = decision == Decision::LockAccount;
        auto* button = new KeyButton({}, QString(QChar(key)), harsh ? KeyButton::Destructive : KeyButton::Plain);
        grid->addWidget(button, at / kColumns, at % kColumns);
        connect(button, &QAbstractButton::clicked, this, [this, d = decision] { press(d); });
        m_choices.push_back({key, decision, button});
        ++at;
    }
    m_second->setWordWrap(true);
    grid->addWidget(m_second, at / kColumns, at % kColumns);
    for (int c = 0; c < kColumns; ++c)
        grid->setColumnStretch(c, 1);
    body()->addLayout(first);
    body()->addLayout(grid);
    body()->addWidget(m_failure);
    body()->addWidget(m_sheet);
    connect(m_take, &QAbstractButton::clicked, this, [this] { m_controller.take(); });
    connect(m_nextButton, &QAbstractButton::clicked, this, [this] {
        m_controller.next();
        Q_EMIT done();
    });
    connect(m_note, &QLineEdit::textEdited, this, [this](const QString& text) {
        if (m_shown)
            m_notes[*m_shown] = text;
    });
    new ConflictNotes(*this);
    connect(m_note, &QLineEdit::returnPressed, this, &DecisionCard::done);
    connect(m_sheet, &InlineSheet::confirmed, this, [this](const QString& purpose, const QStringList&) {
        m_controller.decide(purpose == "lock"_L1 ? Decision::LockAccount : Decision::ResetFactors, m_note->text().trimmed());
    });
    connect(m_sheet, &Sheet::left, this, &DecisionCard::done);
    connect(&controller, &ConflictReviewController::detailChanged, this, &DecisionCard::sync);
    connect(&controller, &ConflictReviewController::accessChanged, this, &DecisionCard::sync);
    connect(&controller, &ConflictReviewController::queueChanged, this, &DecisionCard::sync); // there may be a next one now
    connect(&controller, &ConflictReviewController::decided, this, [this](const ConflictDetail& d) { setNote(d.conflict.id, {}); });
    retranslate();
}

void DecisionCard::retranslate()
{
    for (const Choice& c : m_choices) {
        c.button->setText(decisionWord(c.decision));
        c.button->setAccessibleName(c.button->text());
        c.button->updateGeometry();
    }
    m_take->setText(tr("Take"));
    m_take->setAccessibleName(tr("Take this conflict"));
    m_nextButton->setText(tr("Next"));
    m_nextButton->setAccessibleName(tr("Next conflict"));
    m_note->setPlaceholderText(tr("Note, kept with the decision (M)"));
    m_note->setAccessibleName(tr("Note"));
    m_take->updateGeometry();
    m_nextButton->updateGeometry();
    sync();
}

void DecisionCard::setNote(ConflictId id, const QString& text)
{
    if (text.isEmpty())
        m_notes.erase(id);
    else
        m_notes[id] = text;
    if (m_shown == id && m_note->text() != text)
        m_note->setText(text);
    Q_EMIT notesChanged();
}

void DecisionCard::sync()
{
    const auto& d = m_controller.detail();
    if (m_shown != m_controller.current()) {
        m_shown = m_controller.current();
        const auto kept = m_shown ? m_notes.find(*m_shown) : m_notes.end();
        m_note->setText(kept == m_notes.end() ? QString() : kept->second);
        m_failure->clear();
        if (m_sheet->isOpen())
            m_sheet->leave();
    }
    for (const Choice& c : m_choices)
        c.button->setEnabled(m_controller.canDecide(c.decision));
    m_take->setEnabled(d && !m_controller.busy() && m_controller.online() && m_controller.mayDecide() && d->conflict.state == ConflictState::Open);
    m_note->setEnabled(d && models::isOpen(d->conflict));
    m_nextButton->setEnabled(m_controller.current() && m_controller.queue().nextOpen(*m_controller.current()).has_value());
    const QString offline = m_controller.online() ? QString() : tr("Needs the server, which cannot be reached now.");
    for (const Choice& c : m_choices)
        c.button->setToolTip(offline);
    QString second;
    if (d && d->needsSecond && models::isOpen(d->conflict))
        second = tr("%1 asked to lock the account. A second person has to confirm with B.").arg(d->firstBy);
    else if (d && needsTwo(*d) && models::isOpen(d->conflict) && m_controller.canDecide(Decision::LockAccount))
        second = tr("Locking this account takes two people.");
    m_second->setText(second);
}

void DecisionCard::press(Decision decision)
{
    if (!m_controller.canDecide(decision))
        return;
    m_failure->clear();
    const auto& d = *m_controller.detail();
    if (decision == Decision::LockAccount) {
        const QString title = d.needsSecond ? tr("Confirm that the account of %1 is locked? Its session ends at once.").arg(d.conflict.displayName)
            : needsTwo(d)                   ? tr("Ask to lock the account of %1? A second person has to confirm.").arg(d.conflict.displayName)
                                            : tr("Lock the account of %1? Its session ends at once.").arg(d.conflict.displayName);
        m_sheet->ask(u"lock"_s, title, {}, tr("Lock account"), true);
    } else if (decision == Decision::ResetFactors) {
        m_sheet->ask(u"factors"_s, tr("Remove code generator and recovery codes of %1? They have to be set up anew.").arg(d.conflict.displayName), {}, tr("Reset factors"), true);
    } else {
        m_controller.decide(decision, m_note->text().trimmed());
    }
}

bool DecisionCard::canPress(int key) const
{
    if (key == Qt::Key_T)
        return m_take->isEnabled();
    if (key == Qt::Key_N)
        return m_nextButton->isEnabled();
    const auto choice = std::find_if(m_choices.begin(), m_choices.end(), [key](const Choice& c) { return c.key == key; });
    return choice != m_choices.end() && choice->button->isEnabled();
}

bool DecisionCard::letterPressed(int key)
{
    switch (key) {
    case Qt::Key_T: m_controller.take(); return true;
    case Qt::Key_N: m_controller.next(); return true;
    case Qt::Key_M: m_note->setFocus(Qt::ShortcutFocusReason); return true;
    default: break;
    }
    for (const Choice& c : m_choices)
        if (c.key == key) {
            press(c.decision);
            return true;
        }
    return false;
}

} // namespace naru::ui
