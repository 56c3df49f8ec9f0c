// SPDX-License-Identifier: GPL-3.0-or-later
// Staged edits of ProductsController and how they reach the server: texts in one request, each offer and each stock figure in
// its own, every one with the version it was read with. A version that moved is read again; edits nobody else touched go on,
// the others wait for a decision and nothing is lost.
#include "ui/products/ProductsController.h"

namespace naru::ui {

using namespace Qt::StringLiterals;
using models::DraftEdit;
using models::DraftField;
using models::DraftKey;
using models::ProductDraft;

namespace {

constexpr int kRetriesMax = 3;

bool isText(DraftField field) { return field == DraftField::TitleKo || field == DraftField::TitleEn || field == DraftField::Brand; }

Variant* variantOf(ProductDetail& product, VariantId id)
{
    const auto at = std::find_if(product.variants.begin(), product.variants.end(), [&id](const Variant& v) { return v.id == id; });
    return at == product.variants.end() ? nullptr : &*at;
}

} // namespace

const ProductDraft& ProductsController::draft() const
{
    static const ProductDraft kNone;
    const auto at = m_drafts.find(m_selected);
    return at == m_drafts.end() ? kNone : at->second.edits;
}

void ProductsController::stage(const DraftKey& key, const QVariant& typed)
{
    if (!m_detail || m_commit == Commit::Running)
        return;
    const ProductId id = m_detail->summary.id;
    Draft& draft = m_drafts.try_emplace(id, Draft{*m_detail, {}}).first->second;
    draft.product = *m_detail;
    draft.edits.stage(*m_detail, key, typed);
    m_commitError.reset();
    draftMoved(id);
    showDetail();
}

void ProductsController::keepMine(const DraftKey& key)
{
    if (const auto at = m_drafts.find(m_selected); at != m_drafts.end())
        at->second.edits.keepMine(key);
    draftMoved(m_selected);
    showDetail();
}

void ProductsController::keepBase(const DraftKey& key)
{
    if (const auto at = m_drafts.find(m_selected); at != m_drafts.end())
        at->second.edits.keepBase(key);
    draftMoved(m_selected);
    showDetail();
}

// Edits of an earlier start over the product as it is now: who touched other fields does not disturb them, the same ones are a clash.
void ProductsController::restore(ProductId id, Kept kept)
{
    m_backend.catalogue().product(id, {this, [this, id, kept = std::move(kept)](Result<ProductDetail> answer) {
        if (!answer)
            return; // asked again with the next chance
        Draft& draft = m_drafts.try_emplace(id, Draft{*answer, {}}).first->second;
        draft.product = *answer;
        for (const auto& [key, edit] : kept.edits.edits())
            if (!draft.edits.find(key))
                draft.edits.put(key, edit);
        draft.edits.rebase(*answer);
        for (const auto& [key, typed] : kept.typing)
            draft.edits.stage(*answer, key, typed);
        if (id == m_selected)
            m_detail = *answer;
        draftMoved(id);
        if (id == m_selected)
            showDetail();
        Q_EMIT restored(id);
    }});
}

void ProductsController::takeTheirs(const DraftKey& key)
{
    if (const auto at = m_drafts.find(m_selected); at != m_drafts.end())
        at->second.edits.takeTheirs(key);
    draftMoved(m_selected);
    showDetail();
}

void ProductsController::draftMoved(ProductId id)
{
    const auto at = m_drafts.find(id);
    m_list.setStaged(id, at == m_drafts.end() ? 0 : at->second.edits.size());
    dropEmptyDrafts();
    Q_EMIT draftChanged();
}

void ProductsController::dropEmptyDrafts()
{
    std::erase_if(m_drafts, [](const auto& entry) { return entry.second.edits.isEmpty(); });
}

int ProductsController::stagedEdits() const
{
    int sum = 0;
    for (const auto& entry : m_drafts)
        sum += entry.second.edits.size();
    return sum;
}

bool ProductsController::hasConflict() const
{
    return std::any_of(m_drafts.begin(), m_drafts.end(), [](const auto& e) { return e.second.edits.hasConflict(); });
}

bool ProductsController::hasProblem() const
{
    return std::any_of(m_drafts.begin(), m_drafts.end(), [](const auto& e) { return e.second.edits.hasProblem(); });
}

bool ProductsController::stagesStock() const
{
    for (const auto& entry : m_drafts)
        for (const auto& edit : entry.second.edits.edits())
            if (edit.first.field == DraftField::Stock)
                return true;
    return false;
}

void ProductsController::discard()
{
    if (m_commit == Commit::Running)
        return;
    for (const auto& entry : m_drafts)
        m_list.setStaged(entry.first, 0);
    m_drafts.clear();
    m_commitError.reset();
    Q_EMIT draftChanged();
    showDetail();
}

void ProductsController::commit(const QString& stockReason)
{
    if (m_commit == Commit::Running || m_drafts.empty() || hasProblem() || hasConflict())
        return;
    if (stagesStock() && stockReason.trimmed().isEmpty())
        return;
    m_stockReason = stockReason.trimmed();
    m_commitError.reset();
    m_committed = 0;
    m_retries = 0;
    m_commit = Commit::Running;
    planCommit();
    Q_EMIT draftChanged();
    nextStep();
}

std::vector<ProductsController::Step> ProductsController::stepsOf(ProductId id) const
{
    std::vector<Step> steps;
    Step texts;
    texts.product = id;
    for (const auto& entry : m_drafts.at(id).edits.edits()) {
        const DraftKey& key = entry.first;
        if (isText(key.field)) {
            texts.keys.push_back(key);
            continue;
        }
        const Step::Kind kind = key.field == DraftField::Stock ? Step::Stock : Step::Offer;
        const auto same = std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.kind == kind && s.variant == key.variant; });
        if (same != steps.end())
            same->keys.push_back(key);
        else
            steps.push_back({kind, id, key.variant, {key}});
    }
    if (!texts.keys.empty())
        steps.insert(steps.begin(), std::move(texts)); // first: each offer moves the product's version
    return steps;
}

void ProductsController::planCommit()
{
    m_steps.clear();
    for (const auto& entry : m_drafts) {
        const std::vector<Step> steps = stepsOf(entry.first);
        m_steps.insert(m_steps.end(), steps.begin(), steps.end());
    }
}

void ProductsController::nextStep()
{
    if (m_steps.empty()) {
        endCommit();
        return;
    }
    const Step& step = m_steps.front();
    const auto found = m_drafts.find(step.product);
    const bool stands = found != m_drafts.end()
        && std::all_of(step.keys.begin(), step.keys.end(), [&found](const DraftKey& key) { return found->second.edits.find(key) != nullptr; });
    if (!stands) { // an edit came true by itself while others were sent
        planCommit();
        nextStep();
        return;
    }
    const Draft& draft = found->second;
    switch (step.kind) {
    case Step::Texts: runTexts(step, draft); break;
    case Step::Offer: runOffer(step, draft); break;
    case Step::Stock: runStock(step, draft); break;
    }
}

void ProductsController::runTexts(const Step& step, const Draft& draft)
{
    ProductPatch patch;
    for (const DraftKey& key : step.keys) {
        const QString mine = draft.edits.find(key)->mine.toString();
        (key.field == DraftField::TitleKo ? patch.titleKo : key.field == DraftField::TitleEn ? patch.titleEn : patch.brand) = mine;
    }
    const ProductId id = step.product;
    m_backend.catalogue().patchProduct(id, draft.product.summary.version, patch, {this, [this, id](Result<ProductDetail> answer) {
        if (!answer) {
            stepFailed(answer.error());
            return;
        }
        m_drafts.at(id).product = *answer;
        stepDone();
    }});
}

void ProductsController::runOffer(const Step& step, const Draft& draft)
{
    OfferPatch patch;
    for (const DraftKey& key : step.keys) {
        const QVariant mine = draft.edits.find(key)->mine;
        switch (key.field) {
        case DraftField::Price: patch.priceMinor = mine.toLongLong(); break;
        case DraftField::ListPrice: patch.listPriceMinor = mine.toLongLong(); break;
        case DraftField::OnSale: patch.onSale = mine.toBool(); break;
        default: patch.purchasable = mine.toBool(); break;
        }
    }
    const ProductId id = step.product;
    const VariantId variant = step.variant;
    const Offer offer = *variantOf(m_drafts.at(id).product, variant)->offer; // a variant without an offer takes no edit
    m_backend.catalogue().patchOffer(offer.id, offer.version, patch, {this, [this, id, variant](Result<Offer> answer) {
        if (!answer) {
            stepFailed(answer.error());
            return;
        }
        variantOf(m_drafts.at(id).product, variant)->offer = *answer;
        stepDone();
    }});
}

void ProductsController::runStock(const Step& step, const Draft& draft)
{
    const ProductId id = step.product;
    const VariantId variant = step.variant;
    const StockLevel level = variantOf(m_drafts.at(id).product, variant)->stock.front();
    StockChange change;
    change.kind = u"adjusted"_s;
    change.delta = draft.edits.find(step.keys.front())->mine.toLongLong();
    change.reason = m_stockReason;
    m_backend.catalogue().changeStock(level.id, level.version, change, {this, [this, id, variant](Result<StockLevel> answer) {
        if (!answer) {
            stepFailed(answer.error());
            return;
        }
        StockLevel& known = variantOf(m_drafts.at(id).product, variant)->stock.front();
        if (known.version <= answer->version)
            known = *answer;
        stepDone();
    }});
}

void ProductsController::stepDone()
{
    const Step step = m_steps.front();
    m_steps.erase(m_steps.begin());
    Draft& draft = m_drafts.at(step.product);
    m_committed += static_cast<int>(step.keys.size());
    for (const DraftKey& key : step.keys)
        draft.edits.drop(key);
    m_list.setStaged(step.product, draft.edits.size());
    if (step.product == m_selected)
        m_detail = draft.product;
    const bool last = m_steps.empty() || m_steps.front().product != step.product;
    if (last && draft.edits.isEmpty()) {
        const ProductId id = step.product;
        dropEmptyDrafts();
        if (m_steps.empty())
            m_commit = Commit::Idle;
        readDetail(id); // versions and history as the server has them now
    }
    showDetail();
    Q_EMIT draftChanged();
    nextStep();
}

void ProductsController::stepFailed(const Error& error)
{
    const ProductId id = m_steps.front().product;
    const bool moved = error.code == u"version-mismatch"_s || error.code == u"offer-closed"_s || error.httpStatus == 412;
    if (moved && m_retries++ < kRetriesMax) {
        m_backend.catalogue().product(id, {this, [this, id](Result<ProductDetail> answer) { afterMismatch(id, std::move(answer)); }});
        return;
    }
    m_commitError = error; // what is staged stays staged
    m_steps.clear();
    endCommit();
}

void ProductsController::afterMismatch(ProductId id, Result<ProductDetail> answer)
{
    if (!answer) {
        m_commitError = answer.error();
        m_steps.clear();
        endCommit();
        return;
    }
    takeDetail(*answer);
    if (hasConflict() || hasProblem()) {
        m_steps.clear();
        endCommit();
        return;
    }
    Q_UNUSED(id);
    planCommit(); // an edit that came true meanwhile is gone
    nextStep();
}

void ProductsController::endCommit()
{
    m_commit = Commit::Idle;
    dropEmptyDrafts();
    Q_EMIT draftChanged();
    if (m_committed > 0)
        Q_EMIT committed(std::exchange(m_committed, 0));
}

} // namespace naru::ui
