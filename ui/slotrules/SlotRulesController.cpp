// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/slotrules/SlotRulesController.h"

#include <QDateTime>

#include "ui/slotrules/RuleWords.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::Reply;

namespace {
constexpr int kPreviewMs = 300;
constexpr int kKoreaOffsetSeconds = 9 * 3600;
} // namespace

SlotRulesController::SlotRulesController(backend::Backend& backend, const Clock& clock, QObject* parent)
    : QObject(parent), m_backend(backend), m_clock(clock), m_previewCall(backend)
{
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(kPreviewMs);
    connect(&m_previewTimer, &QTimer::timeout, this, &SlotRulesController::askPreview);
    connect(&backend.slotRules(), &backend::SlotService::rulesChanged, this, [this](const std::vector<SlotRule>& changed) {
        for (const auto& rule : changed)
            if (const int at = m_rules.rowOf(rule.id); at >= 0 && rule.version >= m_rules.row(at).version)
                m_rules.replace(at, rule);
        Q_EMIT listChanged();
    });
    connect(&backend, &backend::Backend::refreshWanted, this, [this] {
        if (m_asked == 0)
            return; // not shown yet
        m_productsRead = false; // their titles may come in another language
        read();
    });
    connect(&backend, &backend::Backend::connectionChanged, this, &SlotRulesController::accessChanged);
    connect(&backend.session(), &backend::SessionService::infoChanged, this, &SlotRulesController::accessChanged);
}

void SlotRulesController::showProduct(std::optional<ProductId> product)
{
    m_product = product;
    read();
}

void SlotRulesController::read()
{
    const auto asked = ++m_asked;
    m_load = Load::Loading;
    m_error.reset();
    backend::SlotRuleAsk ask;
    ask.productId = m_product;
    ask.limit = 200;
    Reply<Page<SlotRule>> reply;
    reply.context = this;
    reply.cached = [this, asked](Page<SlotRule> page, Instant) {
        if (asked == m_asked) {
            m_rules.assign(std::move(page.items));
            Q_EMIT listChanged();
        }
    };
    reply.done = [this, asked](Result<Page<SlotRule>> answer) {
        if (asked != m_asked)
            return;
        m_load = !answer || m_error ? Load::Failed : Load::Ready;
        if (answer)
            m_rules.assign(std::move(answer->items));
        else
            m_error = answer.error();
        Q_EMIT listChanged();
    };
    m_backend.slotRules().rules(ask, std::move(reply));
    if (!m_productsRead)
        readProducts();
    Q_EMIT listChanged();
}

void SlotRulesController::readProducts()
{
    ProductQuery query;
    query.kind = ProductKind::Reservation;
    query.sort = u"title"_s;
    query.limit = 200;
    Reply<Page<ProductSummary>> reply;
    reply.context = this;
    reply.done = [this, asked = m_asked](Result<Page<ProductSummary>> answer) {
        if (!answer) {
            if (asked == m_asked && m_products.empty()) { // no rule can be made without them
                m_load = Load::Failed;
                m_error = answer.error();
                Q_EMIT listChanged();
            }
            return; // asked again with the next reading
        }
        m_productsRead = true;
        m_products = std::move(answer->items);
        if (m_editing && m_draft.productId.isNull() && !m_products.empty())
            m_draft.productId = m_products.front().id;
        Q_EMIT editChanged();
    };
    m_backend.catalogue().products(query, std::move(reply));
}

NewSlotRule SlotRulesController::draftOf(const SlotRule& rule)
{
    NewSlotRule draft;
    draft.productId = rule.productId;
    draft.variantId = rule.variantId;
    draft.rrule = rruleOf(patternOf(rule.summary));
    draft.exdates = rule.exdates;
    draft.tz = rule.tz;
    draft.startLocal = rule.startLocal;
    draft.durationMin = rule.durationMin;
    draft.capacity = rule.capacity;
    draft.cutoffMin = rule.cutoffMin;
    draft.validFrom = rule.validFrom;
    draft.validUntil = rule.validUntil;
    return draft;
}

void SlotRulesController::edit(SlotRuleId id)
{
    const auto* rule = m_rules.find(id);
    if (!rule)
        return;
    m_rule = *rule;
    m_draft = draftOf(*rule);
    m_editing = true;
    m_conflicts.clear();
    m_preview.reset();
    Q_EMIT editChanged();
    Q_EMIT conflictsChanged();
    askPreview();
}

void SlotRulesController::editNew()
{
    m_rule.reset();
    m_editing = true;
    m_draft = {};
    if (m_product)
        m_draft.productId = *m_product;
    else if (!m_products.empty())
        m_draft.productId = m_products.front().id;
    m_draft.rrule = u"FREQ=WEEKLY;BYDAY=SA,SU"_s;
    m_draft.tz = u"Asia/Seoul"_s;
    m_draft.startLocal = u"10:00"_s;
    m_draft.durationMin = 90;
    m_draft.capacity = 10;
    m_draft.validFrom = QDateTime::fromMSecsSinceEpoch(toUnixMs(m_clock.now()), Qt::OffsetFromUTC, kKoreaOffsetSeconds).date().toString(Qt::ISODate);
    m_conflicts.clear();
    m_preview.reset();
    Q_EMIT editChanged();
    Q_EMIT conflictsChanged();
    askPreview();
}

void SlotRulesController::setDraft(const NewSlotRule& draft)
{
    m_draft = draft;
    if (!m_conflicts.empty()) {
        m_conflicts.clear();
        Q_EMIT conflictsChanged();
    }
    m_previewTimer.start();
    Q_EMIT accessChanged();
}

bool SlotRulesController::changed() const
{
    if (!m_editing)
        return false;
    if (!m_rule)
        return true;
    const auto p = patch();
    return p.rrule || p.exdates || p.tz || p.startLocal || p.durationMin || p.capacity || p.cutoffMin || p.validFrom || p.validUntil;
}

void SlotRulesController::putBack()
{
    if (m_rule) {
        edit(m_rule->id);
        return;
    }
    m_editing = false;
    m_preview.reset();
    Q_EMIT editChanged();
    Q_EMIT previewChanged();
}

void SlotRulesController::askPreview()
{
    m_previewTimer.stop();
    if (!m_editing || m_draft.productId.isNull())
        return;
    RulePreviewAsk ask;
    if (m_rule)
        ask.ruleId = m_rule->id;
    ask.rule = m_draft;
    Reply<RulePreview> reply;
    reply.context = this;
    reply.done = [this](Result<RulePreview> answer) {
        m_previewError.reset();
        if (answer)
            m_preview = std::move(*answer);
        else if (answer.error().kind != ErrorKind::Cancelled)
            m_previewError = answer.error();
        Q_EMIT previewChanged();
    };
    m_previewCall.start(std::move(reply), [&](Reply<RulePreview> guarded) { return m_backend.slotRules().preview(ask, std::move(guarded)); });
}

bool SlotRulesController::online() const
{
    return m_backend.connection().state == backend::LinkState::Live;
}

bool SlotRulesController::mayWrite() const
{
    const auto& info = m_backend.session().info();
    return info && info->scopes.contains(u"catalog.write"_s);
}

SlotRulePatch SlotRulesController::patch() const
{
    const auto was = draftOf(*m_rule);
    SlotRulePatch p;
    if (m_draft.rrule != was.rrule)
        p.rrule = m_draft.rrule;
    if (m_draft.exdates != was.exdates)
        p.exdates = m_draft.exdates;
    if (m_draft.tz != was.tz)
        p.tz = m_draft.tz;
    if (m_draft.startLocal != was.startLocal)
        p.startLocal = m_draft.startLocal;
    if (m_draft.durationMin != was.durationMin)
        p.durationMin = m_draft.durationMin;
    if (m_draft.capacity != was.capacity)
        p.capacity = m_draft.capacity;
    if (m_draft.cutoffMin != was.cutoffMin)
        p.cutoffMin = m_draft.cutoffMin;
    if (m_draft.validFrom != was.validFrom)
        p.validFrom = m_draft.validFrom;
    if (m_draft.validUntil != was.validUntil)
        p.validUntil = m_draft.validUntil.value_or(QString());
    return p;
}

void SlotRulesController::save(std::optional<BookedSlots> choice)
{
    if (m_busy || !m_editing || !online() || !changed())
        return;
    m_busy = true;
    m_endReason.clear();
    Q_EMIT accessChanged();
    if (m_rule) {
        auto p = patch();
        p.booked = choice;
        m_backend.slotRules().patchRule(m_rule->id, m_rule->version, p, {this, [this](Result<backend::RuleOutcome> answer) { take(std::move(answer)); }});
        return;
    }
    m_backend.slotRules().createRule(m_draft, {this, [this](Result<SlotRule> answer) {
        m_busy = false;
        if (answer)
            settle(*answer);
        else
            Q_EMIT failed(answer.error());
        Q_EMIT accessChanged();
    }});
}

void SlotRulesController::end(const QString& reason, std::optional<BookedSlots> choice)
{
    if (m_busy || !m_rule || !online())
        return;
    m_busy = true;
    m_endReason = reason;
    Q_EMIT accessChanged();
    SlotRuleEnd ask;
    ask.reason = reason;
    ask.booked = choice;
    m_backend.slotRules().endRule(m_rule->id, m_rule->version, ask, {this, [this](Result<backend::RuleOutcome> answer) { take(std::move(answer)); }});
}

// Done, or booked slots stand in the way: then the person chooses and the same is asked again.
void SlotRulesController::take(Result<backend::RuleOutcome> answer)
{
    m_busy = false;
    if (!answer) {
        Q_EMIT failed(answer.error());
        if (answer.error().kind == ErrorKind::Conflict)
            read();
    } else if (answer->rule) {
        settle(*answer->rule);
    } else {
        m_conflicts = std::move(answer->booked);
        Q_EMIT conflictsChanged();
    }
    Q_EMIT accessChanged();
}

void SlotRulesController::settle(const SlotRule& rule)
{
    m_conflicts.clear();
    if (const int at = m_rules.rowOf(rule.id); at >= 0)
        m_rules.replace(at, rule);
    else
        m_rules.insert(0, rule);
    m_rule = rule;
    m_draft = draftOf(rule);
    Q_EMIT saved(rule);
    Q_EMIT editChanged();
    Q_EMIT conflictsChanged();
    Q_EMIT listChanged();
    askPreview();
    read();
}

} // namespace naru::ui
