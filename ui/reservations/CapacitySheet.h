// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "ui/widgets/Widgets.h"
#include "ui/widgets/Sheet.h"

class QVBoxLayout;

namespace naru::ui {

// Capacity, overbooking and closing of one slot, each with a reason. Opens below the calendar and leaves the rest usable; what is
// sold stands before the click. Where more is sold than would be left the server names who is affected and what may be
// chosen, and the person chooses here. UI thread; child of the monitor page.
class CapacitySheet : public Sheet {
    Q_OBJECT
public:
    explicit CapacitySheet(backend::Backend& backend, QWidget* parent = nullptr);
    void ask(ItemId item, const QString& name, CapacityAction action);
    ItemId item() const { return m_item; }
    void retranslate();

Q_SIGNALS:
    void done(const QString& sentence);

private:
    void buildForm(QVBoxLayout& column);
    void readLevel(bool keepTyped = false);
    void showLevel();
    void syncEffect();
    void apply();
    void send();
    void taken(const backend::CapacityOutcome& outcome);
    void showImpact();
    void clearImpact();
    CapacityAction action() const;
    std::int64_t figure() const; // that the action changes, as it stands
    void say(const QString& text, TextLabel::Level level);

    backend::Backend& m_backend;
    ItemId m_item;
    QString m_name;
    std::optional<StockLevel> m_level;
    TextLabel* m_title;
    Segments* m_actions;
    TextLabel* m_valueName;
    QLineEdit* m_value;
    QLineEdit* m_reason;
    TextLabel* m_effect;
    TextLabel* m_message;
    KeyButton* m_apply;
    KeyButton* m_back;
    QWidget* m_impactBox;
    QVBoxLayout* m_impactRows = nullptr;
    std::optional<CapacityImpact> m_impact;
    CapacityChange m_change; // as asked last
    bool m_busy = false;
};

} // namespace naru::ui
