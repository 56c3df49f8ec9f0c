// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/ConflictNotes.h"

#include <QLineEdit>

#include "ui/security/DecisionCard.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

ConflictNotes::ConflictNotes(DecisionCard& card) : Editor(&card), m_card(card)
{
    connect(&card.note(), &QLineEdit::textEdited, this, &Editor::edited); // after the card has it
    connect(&card, &DecisionCard::notesChanged, this, &Editor::edited);
}

QString ConflictNotes::place() const { return u"conflicts.note"_s; }

std::vector<backend::Draft> ConflictNotes::drafts() const
{
    std::vector<backend::Draft> all;
    for (const auto& [id, text] : m_card.notes())
        if (!text.isEmpty())
            all.push_back({place(), id.toString(), text.left(40), 0, text.toUtf8(), 1, {}});
    return all;
}

void ConflictNotes::restore(const backend::Draft& kept)
{
    if (const auto id = ConflictId::parse(kept.entityId); id && !m_card.notes().contains(*id))
        m_card.setNote(*id, QString::fromUtf8(kept.content));
}

void ConflictNotes::discard()
{
    const auto notes = m_card.notes();
    for (const auto& [id, text] : notes)
        m_card.setNote(id, {});
}

} // namespace naru::ui
