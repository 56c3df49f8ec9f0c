// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "core/Orders.h"
#include "core/Result.h"

#include <QWidget>
#include <optional>

class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace naru::ui {

class ChipLabel;
class HistoryList;
class InlineSheet;
class KeyButton;
class TextLabel;

// The chosen vendor order: head, facts, lines, money, history, and the moves that are allowed, as buttons. The head stands at
// once from the list's row; the rest follows. Forms for shipping and refusing open here. UI thread; owned by OrderBoardPage.
class OrderDetailPane : public QWidget {
    Q_OBJECT
public:
    explicit OrderDetailPane(const Clock& clock, QWidget* parent = nullptr);

    void showNothing();
    void showOrder(const VendorOrderCard& card, const std::optional<VendorOrderDetail>& detail, const std::optional<Error>& error, bool pending);
    void setVendorShown(bool shown);
    void askShipping(int orders, VendorOrderStatus to);
    void askReason(int orders, VendorOrderStatus to);
    bool isAsking() const;
    bool hasOrder() const { return m_card.has_value(); }
    InlineSheet& sheet() { return *m_sheet; }
    VendorOrderStatus asked() const { return m_asked; } // what the form is for
    void tick(); // the deadline's words
    void retranslate();

Q_SIGNALS:
    void moveWanted(naru::VendorOrderStatus to); // a button; the page asks what is missing
    void answered(const naru::VendorOrderMove& move); // the form is complete
    void askingLeft();
    void retryWanted();

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent* event) override;

private:
    void buildFacts(QVBoxLayout& body);
    void showLines(const VendorOrderDetail& detail);
    void showActions(const VendorOrderDetail& detail, bool pending);
    void clearLines();
    void clearActions();
    void sheetAnswered(const QString& purpose, const QStringList& values);

    const Clock& m_clock;
    QScrollArea* m_scroll;
    QWidget* m_content;
    TextLabel* m_none;
    TextLabel* m_code;
    TextLabel* m_title;
    ChipLabel* m_status;
    ChipLabel* m_payment;
    QGridLayout* m_facts;
    TextLabel* m_factNames[5];
    TextLabel* m_factValues[5]; // vendor, customer, deadline, shipping, placed
    QGridLayout* m_lines;
    QWidget* m_lineBox;
    TextLabel* m_feeName;
    TextLabel* m_fee; // this part's share of the order's shipping fee
    TextLabel* m_authorisedName;
    TextLabel* m_authorised;
    TextLabel* m_capturedName;
    TextLabel* m_captured;
    TextLabel* m_historyTitle;
    HistoryList* m_history;
    TextLabel* m_error;
    KeyButton* m_retry;
    QWidget* m_actions;
    InlineSheet* m_sheet;
    std::optional<VendorOrderCard> m_card;
    std::optional<VendorOrderDetail> m_shown;
    bool m_pending = false;
    bool m_vendorShown = true;
    VendorOrderStatus m_asked = VendorOrderStatus::Shipped;
};

} // namespace naru::ui
