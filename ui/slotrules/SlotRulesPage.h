// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Page.h"
#include "ui/reservations/LineList.h"
#include "ui/slotrules/SlotRulesController.h"
#include "ui/widgets/Widgets.h"

class QHBoxLayout;
class QVBoxLayout;

namespace naru::ui {

class ClashBar;
class FormEditor;
class InlineSheet;
class OccurrenceCalendar;
class RuleForm;

// The rules that make slots: list, the chosen one as plain words and fields, and what it would make, change or withdraw before it
// does. Booked slots in the way are named, and the person chooses. UI thread; owned by the frame.
class SlotRulesPage : public Page {
    Q_OBJECT
public:
    SlotRulesPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~SlotRulesPage() override;

    QString title() const override;
    QString subtitle() const override;
    QWidget* headerTools() override { return m_tools; }
    std::vector<Command> commands() override;
    void activate() override;
    void openRecord(const QString& entityType, const QString& entityId) override;
    QJsonObject place() const override;
    void restorePlace(const QJsonObject& place) override;
    SlotRulesController& controller() { return m_controller; }
    RuleForm& form() { return *m_form; }
    LineList& list() { return *m_list; }

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildForm(QHBoxLayout& columns);
    void buildPreview(QHBoxLayout& columns);
    void connectAll();
    void keepForms();
    void wantRule();
    void retranslate();
    void syncList();
    void syncEdit();
    void syncActions();
    void syncPreview();
    void syncConflicts();
    void askEnd();
    void choose(BookedSlots choice);
    QString productTitle(ProductId id) const;

    SlotRulesController m_controller;
    QWidget* m_tools;
    KeyButton* m_new;
    Card* m_listCard;
    KeyButton* m_all;
    LineList* m_list;
    StatePane* m_pane;
    Card* m_formCard;
    StatePane* m_formPane;
    TextLabel* m_words;
    RuleForm* m_form;
    KeyButton* m_save;
    KeyButton* m_back;
    KeyButton* m_end;
    InlineSheet* m_sheet;
    TextLabel* m_message;
    Card* m_previewCard;
    TextLabel* m_counts;
    TextLabel* m_jumps;
    OccurrenceCalendar* m_calendar;
    QWidget* m_conflictBox;
    TextLabel* m_conflictText;
    KeyButton* m_keep;
    KeyButton* m_stop;
    FormEditor* m_editor = nullptr;
    ClashBar* m_clashes = nullptr;
    std::optional<SlotRuleId> m_filledFor; // null id: a new rule; nothing: none
    std::optional<SlotRuleId> m_wantedRule; // once the list is read
    bool m_loaded = false;
};

} // namespace naru::ui
