// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "server/domain/RulePlan.h"

// Slot rules: reading, previewing, writing, and working them off as days come. Reads and previews: any connection; writes:
// writer thread, each change with its audit and outbox rows.
namespace naru::server {

inline constexpr int kRuleHorizonDays = 60;

struct SlotRuleQuery {
    std::optional<ProductId> productId;
    bool endedToo = false;
    QString after;
    int limit = 100;
};

std::optional<SlotRule> slotRuleById(Connection& db, const View& view, SlotRuleId id); // empty when it is not the tenant's own
Page<SlotRule> listSlotRules(Connection& db, const View& view, const SlotRuleQuery& query);
// What the rule, or the change of one, would do. Throws 422 for what is wrong with it.
RulePreview previewSlotRule(Connection& db, const View& view, const RulePreviewAsk& ask, int horizonDays);

// The slots of the horizon are made at once.
SlotRule createSlotRule(Txn& txn, const View& view, const NewSlotRule& wanted, int horizonDays);
// 412 when `version` is old; 409 slots-booked (member "booked": AffectedSlot list) when a choice is needed.
SlotRule patchSlotRule(Txn& txn, const View& view, SlotRuleId id, std::int64_t version, const SlotRulePatch& patch, int horizonDays);
SlotRule endSlotRule(Txn& txn, const View& view, SlotRuleId id, std::int64_t version, const SlotRuleEnd& end, int horizonDays);

// Active rules whose slots do not reach the horizon yet, or whose product got variants since.
std::vector<SlotRuleId> rulesDue(Connection& db, Instant now, int horizonDays);
// Makes what is missing of one rule; how many slots that were. Harmless on several nodes at once and when nothing is missing.
int workOffRule(Txn& txn, SlotRuleId id, int horizonDays);

} // namespace naru::server
