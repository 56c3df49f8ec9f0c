// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Page.h"
#include "ui/orders/OrderBoardController.h"

#include <QTimer>

class QKeyEvent;
class QStackedWidget;

namespace naru::ui {

class KeyButton;
class OrderBoardView;
class OrderDetailPane;
class OrderTableView;
class SearchField;
class Segments;
class StatePane;

// Screen "order board": columns or table on the same query at the left, the chosen order at the right. UI thread; owned by
// the frame.
class OrderBoardPage : public Page {
    Q_OBJECT
public:
    OrderBoardPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~OrderBoardPage() override;

    QString title() const override;
    QString subtitle() const override;
    QWidget* headerTools() override;
    std::vector<Command> commands() override;
    void activate() override;
    void focusSearch() override;
    void openRecord(const QString& entityType, const QString& entityId) override;
    QJsonObject place() const override;
    void restorePlace(const QJsonObject& place) override;
    OrderBoardController& controller() { return m_controller; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildTools();
    void connectAll();
    void keepForm();
    bool handleKey(const QKeyEvent& event);
    void toggleTable();
    void showMode(int mode);
    void showState();
    void showDetail();
    void showTray(int count);
    void showBadge();
    void choose(VendorOrderId id);
    std::vector<VendorOrderId> picked() const;
    void wantMove(const std::vector<VendorOrderId>& ids, VendorOrderStatus to);
    void wantNext();
    void refused(const VendorOrderCard& card, VendorOrderStatus wanted, const Error& why);
    void focusList();
    void updateHeld();
    void updateRole();
    void retranslate();
    void tick();
    bool hasChoice() const;

    backend::Backend& m_backend;
    const Clock& m_clock;
    OrderBoardController m_controller;
    QWidget* m_tools;
    SearchField* m_search = nullptr;
    Segments* m_modes = nullptr;
    KeyButton* m_tray = nullptr;
    OrderBoardView* m_board;
    OrderTableView* m_table;
    QStackedWidget* m_views;
    StatePane* m_state;
    OrderDetailPane* m_detail;
    QTimer m_second;
    QTimer m_letGo;
    std::vector<VendorOrderId> m_asking; // what the open form is for
    VendorOrderId m_wanted; // asked for by another screen, not in the list yet
    bool m_loaded = false;
};

} // namespace naru::ui
