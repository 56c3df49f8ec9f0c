// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "models/reservations/Records.h"
#include "ui/reservations/LineList.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

class FormEditor;

// Card "why this figure": the ledger rows that make up the figures of one item, newest first, and, where they differ, the repair
// that books the difference with a reason. UI thread; child of the monitor page.
class LedgerCard : public Card {
    Q_OBJECT
public:
    explicit LedgerCard(backend::Backend& backend, QWidget* parent = nullptr);
    ~LedgerCard() override;
    void showItem(ItemId item, const QString& name, const std::optional<StockDrift>& drift);
    void setDrift(const std::optional<StockDrift>& drift); // of the item shown, from a new check
    ItemId item() const { return m_item; }
    void setWritable(bool writable);
    void retranslate();
    LineList& list() { return *m_list; }

Q_SIGNALS:
    void closeWanted();
    void repaired();

private:
    void read(const QString& after);
    void readLevel();
    void sync();
    void askRepair();
    void repair();
    static ListLine lineOf(const LedgerEntry& entry);

    backend::Backend& m_backend;
    models::LedgerModel m_entries;
    ItemId m_item;
    QString m_name;
    std::optional<StockLevel> m_level;
    std::optional<StockDrift> m_drift;
    std::optional<Error> m_error;
    QString m_next; // cursor of the older rows
    bool m_loading = false;
    bool m_writable = false;
    bool m_busy = false;
    TextLabel* m_figures;
    TextLabel* m_warning;
    LineList* m_list;
    StatePane* m_pane;
    KeyButton* m_older;
    KeyButton* m_repair;
    KeyButton* m_close;
    QWidget* m_form;
    QLineEdit* m_counted;
    QLineEdit* m_reason;
    FormEditor* m_editor;
    KeyButton* m_yes;
    TextLabel* m_message;
};

} // namespace naru::ui
