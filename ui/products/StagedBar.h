// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/products/ProductsController.h"

#include <QWidget>

class QLineEdit;

namespace naru::ui {

class KeyButton;
class TextLabel;

// "4 changes in 1 product — discard · commit", with the reason for stock and, one at a time, the fields somebody else changed
// too. Hidden while nothing is staged. UI thread; owned by ProductsPage.
class StagedBar : public QWidget {
    Q_OBJECT
public:
    explicit StagedBar(ProductsController& controller, QWidget* parent = nullptr);
    void commit();
    void decide(bool mine); // the clash that is shown
    void takeNeither(); // back to what it was before both
    QLineEdit& reason() { return *m_reason; }
    void retranslate();

protected:
    void paintEvent(QPaintEvent*) override;

private:
    void refresh();
    void showConflict();
    void showTrouble();

    ProductsController& m_controller;
    TextLabel* m_summary;
    QLineEdit* m_reason;
    KeyButton* m_discard;
    KeyButton* m_commit;
    QWidget* m_conflict;
    TextLabel* m_conflictText;
    KeyButton* m_mine;
    KeyButton* m_theirs;
    KeyButton* m_base;
    TextLabel* m_trouble;
    std::optional<models::DraftKey> m_clash;
};

} // namespace naru::ui
