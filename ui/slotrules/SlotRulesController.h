// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "backend/api/LatestCall.h"
#include "core/Clock.h"
#include "models/reservations/Records.h"

#include <QTimer>

namespace naru::ui {

// The slot rules without their widgets: the list, the one being edited as a draft, what it would do (asked anew a moment after each
// edit), saving and ending with the choice about booked slots. A draft is kept until it is saved or put back. UI thread; owned by
// the page.
class SlotRulesController : public QObject {
    Q_OBJECT
public:
    enum class Load { Loading, Failed, Ready };
    SlotRulesController(backend::Backend& backend, const Clock& clock, QObject* parent = nullptr);

    models::SlotRulesModel& rules() { return m_rules; }
    Load load() const { return m_load; }
    const std::optional<Error>& error() const { return m_error; }
    const std::vector<ProductSummary>& products() const { return m_products; } // that have slots
    std::optional<ProductId> product() const { return m_product; } // the list is of one product
    void showProduct(std::optional<ProductId> product);
    void read();

    void edit(SlotRuleId id);
    void editNew();
    const std::optional<SlotRule>& rule() const { return m_rule; } // the one edited; none: a new one
    bool editing() const { return m_editing; }
    const NewSlotRule& draft() const { return m_draft; }
    void setDraft(const NewSlotRule& draft); // asks for the preview
    bool changed() const;
    void putBack();
    const std::optional<RulePreview>& preview() const { return m_preview; }
    const std::optional<Error>& previewError() const { return m_previewError; }

    bool online() const;
    bool mayWrite() const;
    bool busy() const { return m_busy; }
    const std::vector<AffectedSlot>& conflicts() const { return m_conflicts; } // a choice is needed
    void save(std::optional<BookedSlots> choice = {});
    void end(const QString& reason, std::optional<BookedSlots> choice = {});
    const QString& endReason() const { return m_endReason; }
    bool ending() const { return !m_endReason.isEmpty(); } // the conflicts are of an ending

Q_SIGNALS:
    void listChanged();
    void editChanged(); // another rule, or the saved one
    void previewChanged();
    void accessChanged();
    void conflictsChanged();
    void saved(const naru::SlotRule& rule);
    void failed(const naru::Error& error);

private:
    void readProducts();
    void askPreview();
    void take(Result<backend::RuleOutcome> answer);
    void settle(const SlotRule& rule);
    SlotRulePatch patch() const;
    static NewSlotRule draftOf(const SlotRule& rule);

    backend::Backend& m_backend;
    const Clock& m_clock;
    models::SlotRulesModel m_rules;
    Load m_load = Load::Loading;
    std::optional<Error> m_error;
    std::vector<ProductSummary> m_products;
    bool m_productsRead = false; // since somebody asked for everything anew
    std::optional<ProductId> m_product;
    quint64 m_asked = 0;
    std::optional<SlotRule> m_rule;
    NewSlotRule m_draft;
    bool m_editing = false;
    std::optional<RulePreview> m_preview;
    std::optional<Error> m_previewError;
    backend::LatestCall m_previewCall;
    QTimer m_previewTimer;
    std::vector<AffectedSlot> m_conflicts;
    QString m_endReason;
    bool m_busy = false;
};

} // namespace naru::ui
