// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/bookings/BookingsController.h"
#include "ui/reservations/LineList.h"
#include "ui/widgets/Widgets.h"
#include "ui/widgets/Sheet.h"
#include "ui/workspace/FormEditor.h"

namespace naru::ui {

struct SlotTraits {
    using Key = SlotId;
    static Key key(const Slot& slot) { return slot.id; }
};

// Another place for one piece of a booking: the slots of the same product with what is left in each, the price before and after, and
// whether it can be had, before the click. The old place is kept until the new one is sure; a slot that was sold meanwhile is named.
// UI thread; child of the booking's pane.
class MoveSheet : public Sheet {
    Q_OBJECT
public:
    MoveSheet(BookingsController& controller, const Clock& clock, QWidget* parent = nullptr);
    ~MoveSheet() override;
    void ask();
    void addTo(FormEditor& editor); // its fields
    void leave() override;
    void refused(const Error& error);
    void retranslate();
    LineList& list() { return *m_list; }

private:
    void showTitle();
    void readSlots();
    void choose(int row);
    void sync();
    void confirm();
    std::vector<TicketLine> lines() const; // all pieces as they would be
    QString verdict() const;

    BookingsController& m_controller;
    const Clock& m_clock;
    models::RecordsModel<Slot, SlotTraits> m_slots;
    std::vector<ReservationPiece> m_pieces; // that may move
    int m_piece = 0;
    std::optional<ItemId> m_to;
    std::optional<MoveQuote> m_quote;
    std::optional<Error> m_error;
    bool m_loading = false;
    quint64 m_asked = 0;
    TextLabel* m_title;
    Segments* m_choice;
    LineList* m_list;
    StatePane* m_pane;
    TextLabel* m_effect;
    QLineEdit* m_reason;
    KeyButton* m_yes;
    KeyButton* m_no;
    TextLabel* m_message;
};

} // namespace naru::ui
