// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/products/ProductDraft.h"

#include <algorithm>

namespace naru::models {

using namespace Qt::StringLiterals;

namespace {

QString titleIn(const ProductDetail& product, const QString& lang)
{
    for (const ProductText& text : product.texts)
        if (text.lang == lang)
            return text.title;
    return {};
}

const Variant* variantOf(const ProductDetail& product, VariantId id)
{
    const auto at = std::find_if(product.variants.begin(), product.variants.end(), [&id](const Variant& v) { return v.id == id; });
    return at == product.variants.end() ? nullptr : &*at;
}

QVariant number(std::int64_t value) { return QVariant::fromValue<qlonglong>(value); }

// Digits with the marks people type around them.
std::optional<std::int64_t> plainNumber(QString text)
{
    for (const QChar mark : {u',', u' ', u'₩', u'￦', u'원'})
        text.remove(mark);
    bool ok = false;
    const qlonglong value = text.toLongLong(&ok);
    return ok ? std::optional<std::int64_t>(value) : std::nullopt;
}

} // namespace

QVariant draftValue(const ProductDetail& product, const DraftKey& key)
{
    switch (key.field) {
    case DraftField::TitleKo: return titleIn(product, u"ko"_s);
    case DraftField::TitleEn: return titleIn(product, u"en"_s);
    case DraftField::Brand: return product.brand;
    default: break;
    }
    const Variant* variant = variantOf(product, key.variant);
    if (!variant)
        return {};
    if (key.field == DraftField::Stock) {
        if (variant->stock.empty())
            return {};
        std::int64_t sum = 0;
        for (const StockLevel& level : variant->stock)
            sum += level.onHand;
        return number(sum);
    }
    if (!variant->offer)
        return {};
    switch (key.field) {
    case DraftField::Price: return number(variant->offer->price.minor);
    case DraftField::ListPrice: return number(variant->offer->listPriceMinor.value_or(0)); // 0: none
    case DraftField::OnSale: return variant->offer->onSale;
    case DraftField::Purchasable: return variant->offer->purchasable;
    default: return {};
    }
}

std::optional<std::int64_t> readAmount(const QString& typed, std::int64_t base)
{
    QString text = typed.trimmed();
    const bool formula = text.startsWith(u'=');
    if (formula)
        text = text.mid(1).trimmed();
    const bool change = text.startsWith(u'+') || text.startsWith(u'-');
    if (text.endsWith(u'%')) {
        bool ok = false;
        const double percent = text.chopped(1).trimmed().toDouble(&ok);
        if (!ok || !change || percent < -100 || percent > 1000)
            return std::nullopt;
        return base + basisPoints(base, qRound64(percent * 100));
    }
    const auto value = plainNumber(text);
    if (!value)
        return std::nullopt;
    return change ? base + *value : *value;
}

std::optional<std::int64_t> readStockDelta(const QString& typed, std::int64_t onHand)
{
    QString text = typed.trimmed();
    if (text.startsWith(u'='))
        text = text.mid(1).trimmed();
    const auto value = plainNumber(text);
    if (!value)
        return std::nullopt;
    return text.startsWith(u'+') || text.startsWith(u'-') ? *value : *value - onHand;
}

const DraftEdit* ProductDraft::find(const DraftKey& key) const
{
    const auto at = m_edits.find(key);
    return at == m_edits.end() ? nullptr : &at->second;
}

bool ProductDraft::hasConflict() const
{
    return std::any_of(m_edits.begin(), m_edits.end(), [](const auto& e) { return e.second.theirs.has_value(); });
}

bool ProductDraft::hasProblem() const
{
    return std::any_of(m_edits.begin(), m_edits.end(), [](const auto& e) { return e.second.problem != DraftProblem::None; });
}

DraftEdit ProductDraft::read(const ProductDetail& product, const DraftKey& key, const QVariant& typed, const QVariant& base)
{
    DraftEdit edit;
    edit.base = base;
    const auto fail = [&edit, &typed](DraftProblem problem) {
        edit.problem = problem;
        edit.typed = typed.toString();
        edit.mine = edit.base;
    };
    switch (key.field) {
    case DraftField::TitleKo:
    case DraftField::TitleEn:
    case DraftField::Brand:
        edit.mine = typed.toString().trimmed();
        if (key.field != DraftField::Brand && edit.mine.toString().isEmpty())
            fail(DraftProblem::Empty);
        break;
    case DraftField::OnSale:
    case DraftField::Purchasable: edit.mine = typed.toBool(); break;
    case DraftField::Price:
    case DraftField::ListPrice: {
        const auto amount = readAmount(typed.toString(), base.toLongLong());
        if (!amount)
            fail(DraftProblem::NotANumber);
        else if (*amount < 0 || (*amount == 0 && key.field == DraftField::ListPrice))
            fail(DraftProblem::Negative);
        else
            edit.mine = number(*amount);
        break;
    }
    case DraftField::Stock: {
        const auto delta = readStockDelta(typed.toString(), base.toLongLong());
        const Variant* variant = variantOf(product, key.variant);
        if (!delta || !variant || variant->stock.empty())
            fail(DraftProblem::NotANumber);
        else if (variant->stock.front().onHand + *delta < variant->stock.front().allocated + variant->stock.front().held)
            fail(DraftProblem::BelowCommitted);
        else
            edit.mine = number(*delta);
        break;
    }
    }
    return edit;
}

void ProductDraft::stage(const ProductDetail& product, const DraftKey& key, const QVariant& typed)
{
    const QVariant now = draftValue(product, key);
    if (!now.isValid())
        return;
    const DraftEdit* old = find(key);
    DraftEdit edit = read(product, key, typed, old && !old->theirs && key.field != DraftField::Stock ? old->base : now);
    const bool same = key.field == DraftField::Stock ? edit.mine.toLongLong() == 0 : edit.mine == edit.base;
    if (edit.problem == DraftProblem::None && same)
        m_edits.erase(key);
    else
        m_edits[key] = std::move(edit);
    checkListPrices(product);
}

// A list price below the price means nothing; either of the two may be the one that was edited.
void ProductDraft::checkListPrices(const ProductDetail& product)
{
    for (auto& entry : m_edits) {
        if (entry.first.field != DraftField::ListPrice)
            continue;
        DraftEdit& edit = entry.second;
        if (edit.problem != DraftProblem::None && edit.problem != DraftProblem::BelowPrice)
            continue;
        const DraftKey priceKey{DraftField::Price, entry.first.variant};
        const DraftEdit* price = find(priceKey);
        const std::int64_t floor = (price && price->problem == DraftProblem::None ? price->mine : draftValue(product, priceKey)).toLongLong();
        edit.problem = edit.mine.toLongLong() < floor ? DraftProblem::BelowPrice : DraftProblem::None;
        if (edit.problem != DraftProblem::None)
            edit.typed = QString::number(edit.mine.toLongLong());
    }
}

void ProductDraft::rebase(const ProductDetail& product)
{
    for (auto at = m_edits.begin(); at != m_edits.end();) {
        DraftEdit& edit = at->second;
        const QVariant now = draftValue(product, at->first);
        if (!now.isValid()) { // the variant is gone, and its field with it
            at = m_edits.erase(at);
            continue;
        }
        if (at->first.field == DraftField::Stock) {
            edit.base = now;
        } else if (edit.problem == DraftProblem::None && now == edit.mine) { // the same thought, already true
            at = m_edits.erase(at);
            continue;
        } else {
            edit.theirs = now == edit.base ? std::nullopt : std::optional<QVariant>(now);
        }
        ++at;
    }
    checkListPrices(product);
}

void ProductDraft::keepBase(const DraftKey& key)
{
    const auto at = m_edits.find(key);
    if (at == m_edits.end() || !at->second.theirs)
        return;
    at->second.mine = at->second.base;
    at->second.problem = DraftProblem::None;
    keepMine(key);
}

void ProductDraft::keepMine(const DraftKey& key)
{
    const auto at = m_edits.find(key);
    if (at == m_edits.end() || !at->second.theirs)
        return;
    at->second.base = *at->second.theirs;
    at->second.theirs.reset();
}

} // namespace naru::models
