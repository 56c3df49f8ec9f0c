// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/SlotRules.h"
#include "ui/widgets/Widgets.h"

#include <array>

class QCheckBox;
class QComboBox;
class QVBoxLayout;

namespace naru::ui {

class FormEditor;

// The fields of a slot rule; what cannot be read is named below the field and nothing is sent. Weekly rules name days of the
// week, monthly ones days of the month or "the nth weekday", which is kept as it is. UI thread; child of the rules' page.
class RuleForm : public QWidget {
    Q_OBJECT
public:
    explicit RuleForm(QWidget* parent = nullptr);
    void setProducts(const std::vector<std::pair<ProductId, QString>>& products);
    void setRule(const NewSlotRule& rule, const RuleSummary& summary, bool isNew);
    void chooseProduct(ProductId id); // all other fields stay
    bool valid() const { return m_valid; }
    QString sentence() const; // the rule in plain words
    void addTo(FormEditor& editor); // its fields
    void readAgain() { read(); } // fields were set from outside
    void retranslate();

Q_SIGNALS:
    void edited(const naru::NewSlotRule& rule);

private:
    QLineEdit* field(QVBoxLayout& column, TextLabel*& name, int width = 0);
    void read();
    void sync();
    void complain(const QString& text);

    bool m_filling = false;
    bool m_valid = true;
    NewSlotRule m_rule;
    std::vector<RuleWeekday> m_kept; // "the first Monday": not to be edited here, but kept
    QComboBox* m_product;
    Segments* m_frequency;
    QLineEdit* m_interval;
    QWidget* m_weekdays;
    std::array<QCheckBox*, 7> m_days{};
    QLineEdit* m_monthDays;
    QLineEdit* m_start;
    QLineEdit* m_duration;
    QLineEdit* m_capacity;
    QLineEdit* m_cutoff;
    QLineEdit* m_zone;
    QLineEdit* m_from;
    QLineEdit* m_until;
    QLineEdit* m_except;
    TextLabel *m_productName, *m_intervalName, *m_monthDaysName, *m_startName, *m_durationName, *m_capacityName, *m_cutoffName, *m_zoneName, *m_fromName, *m_untilName, *m_exceptName;
    TextLabel* m_problem;
    std::vector<std::pair<ProductId, QString>> m_products;
    std::optional<int> m_count; // of the rule text, kept
    std::optional<QString> m_textUntil;
    int m_weekStart = 1;
};

} // namespace naru::ui
