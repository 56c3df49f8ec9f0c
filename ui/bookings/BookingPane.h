// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "ui/bookings/BookingsController.h"
#include "ui/widgets/Widgets.h"

#include <QTimer>

class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace naru::ui {

class CancelSheet;
class HistoryList;
class InlineSheet;
class MoveSheet;
class TimeBar;

// The chosen booking: who, what, each piece with its state, the policy as bought with its time bar, payments and refunds, history,
// and what can be done. The head stands at once from the list's row. UI thread; child of the bookings' page.
class BookingPane : public QWidget {
    Q_OBJECT
public:
    BookingPane(BookingsController& controller, const Clock& clock, QWidget* parent = nullptr);
    ~BookingPane() override;
    void retranslate();
    bool letterPressed(int sign); // X V C N D U
    bool escape(); // a sheet was open
    CancelSheet& cancelSheet() { return *m_cancel; }
    MoveSheet& moveSheet() { return *m_move; }
    InlineSheet& sheet() { return *m_sheet; }

Q_SIGNALS:
    void said(const QString& sentence);
    void sheetLeft();

protected:
    void paintEvent(QPaintEvent*) override;
    void showEvent(QShowEvent*) override;
    void hideEvent(QHideEvent*) override;

private:
    void build(QVBoxLayout& body);
    void buildActions(QVBoxLayout& body);
    void connectAll();
    void sync();
    void syncPieces(const ReservationDetail& detail);
    void syncMoney(const ReservationDetail& detail);
    void syncQuote();
    void syncActions();
    void tick();
    bool sheetOpen() const;
    void closeSheets();
    void keepForms();
    void askCancel();
    void askMove();
    void checkIn();
    void askNoShow();
    void askDecline();
    void askUndo();
    void answered(const QString& purpose, const QStringList& values);
    void wrote(const Reservation& now);
    void writeFailed(const Error& error);
    QString policyWords(const CancellationPolicy& policy) const;

    BookingsController& m_controller;
    const Clock& m_clock;
    TextLabel* m_none;
    QScrollArea* m_scroll;
    QWidget* m_content;
    TextLabel* m_code;
    TextLabel* m_title;
    ChipLabel* m_status;
    TextLabel* m_who;
    QWidget* m_pieceBox;
    QVBoxLayout* m_pieces;
    TextLabel* m_policyTitle;
    TextLabel* m_policy;
    TimeBar* m_bar;
    TextLabel* m_remaining;
    TextLabel* m_moneyTitle;
    TextLabel* m_money;
    QWidget* m_refundBox;
    QVBoxLayout* m_refunds;
    TextLabel* m_historyTitle;
    HistoryList* m_history;
    TextLabel* m_error;
    KeyButton* m_retry;
    QWidget* m_actions;
    KeyButton* m_cancelButton;
    KeyButton* m_declineButton;
    KeyButton* m_moveButton;
    KeyButton* m_checkInButton;
    KeyButton* m_noShowButton;
    KeyButton* m_undoButton;
    CancelSheet* m_cancel;
    MoveSheet* m_move;
    InlineSheet* m_sheet;
    QTimer m_second;
    std::optional<ReservationId> m_shown;
    std::optional<ReservationDetail> m_detail; // as drawn
};

} // namespace naru::ui
