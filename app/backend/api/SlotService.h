// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Page.h"
#include "core/SlotRules.h"

namespace naru::backend {

struct SlotAsk {
    std::optional<ProductId> productId;
    std::optional<VariantId> variantId;
    QString from; // yyyy-MM-dd or an RFC 3339 date-time
    QString to; // exclusive
    QString after;
    int limit = 100;
};

struct SlotRuleAsk {
    std::optional<ProductId> productId;
    bool endedToo = false;
    QString after;
    int limit = 100;
};

// A change of a rule was done, or touches booked slots and needs a choice (problem slots-booked, member "booked").
struct RuleOutcome {
    std::optional<SlotRule> rule; // done
    std::vector<AffectedSlot> booked; // refused: ask again with SlotRulePatch::booked
};

// A change of capacity was done, or more is sold than would be left (problem capacity-below-sold, member "impact").
struct CapacityOutcome {
    std::optional<CapacityResult> done;
    std::optional<CapacityImpact> impact; // refused: ask again with CapacityChange::choice
};

// Slots, the rules that make them, and their capacity. UI thread.
class SlotService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual CallId slotList(const SlotAsk& ask, Reply<Page<Slot>> reply) = 0; // GET /v1/slots
    virtual CallId rules(const SlotRuleAsk& ask, Reply<Page<SlotRule>> reply) = 0; // GET /v1/slot-rules
    virtual CallId rule(SlotRuleId id, Reply<SlotRule> reply) = 0; // GET /v1/slot-rules/{id}
    virtual CallId preview(const RulePreviewAsk& ask, Reply<RulePreview> reply) = 0; // POST /v1/slot-rules/preview; changes nothing
    virtual CallId createRule(const NewSlotRule& rule, Reply<SlotRule> reply) = 0; // POST /v1/slot-rules
    virtual CallId patchRule(SlotRuleId id, std::int64_t version, const SlotRulePatch& patch, Reply<RuleOutcome> reply) = 0; // PATCH /v1/slot-rules/{id}
    virtual CallId endRule(SlotRuleId id, std::int64_t version, const SlotRuleEnd& end, Reply<RuleOutcome> reply) = 0; // POST /v1/slot-rules/{id}/ending
    virtual CallId changeCapacity(const CapacityChange& change, Reply<CapacityOutcome> reply) = 0; // POST /v1/slots/capacity

Q_SIGNALS:
    void slotsChanged(const std::vector<naru::Slot>& changed); // slot.changed
    void rulesChanged(const std::vector<naru::SlotRule>& rules); // slot_rule.changed
};

} // namespace naru::backend
