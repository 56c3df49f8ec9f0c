// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/ProductWords.h"

#include "ui/text/StateText.h"

#include <QLocale>

namespace naru::ui {

using namespace Qt::StringLiterals;
using models::DraftEdit;
using models::DraftField;
using models::DraftProblem;
using models::ProductListModel;
using models::VariantTableModel;

QString ProductWords::figure(std::int64_t value) { return QLocale(QLocale::English).toString(static_cast<qlonglong>(value)); }

QString ProductWords::header(int column)
{
    switch (column) {
    case ProductListModel::Code: return tr("Code");
    case ProductListModel::Title: return tr("Product");
    case ProductListModel::Kind: return tr("Kind");
    case ProductListModel::Status: return tr("State");
    case ProductListModel::VendorName: return tr("Vendor");
    case ProductListModel::Price: return tr("Price");
    case ProductListModel::Stock: return tr("Stock");
    case ProductListModel::OnSale: return tr("Sale");
    case ProductListModel::Updated: return tr("Changed");
    default: return {};
    }
}

QString ProductWords::priceRange(const ProductSummary& product)
{
    const QString low = formatMoney({product.priceMinMinor, product.currency});
    return product.priceMaxMinor > product.priceMinMinor ? low + u" – "_s + formatMoney({product.priceMaxMinor, product.currency}) : low;
}

QString ProductWords::priceFrom(const ProductSummary& product) { return formatMoney({product.priceMinMinor, product.currency}) + u" ~"_s; }

QString ProductWords::cell(const models::ProductRow& row, int column)
{
    const ProductSummary& p = row.summary;
    switch (column) {
    case ProductListModel::Code: return p.code;
    case ProductListModel::Title: return p.title;
    case ProductListModel::Kind: return chipOf(p.kind).text;
    case ProductListModel::Status: return chipOf(p.status).text;
    case ProductListModel::VendorName: return p.vendorName;
    case ProductListModel::Price: return priceRange(p);
    case ProductListModel::Stock: return figure(p.onHand);
    case ProductListModel::OnSale: return p.onSale ? tr("On sale") : QString();
    case ProductListModel::Updated: return dateTimeText(p.updatedAt);
    default: return {};
    }
}

QString ProductWords::variantHeader(int column)
{
    switch (column) {
    case VariantTableModel::Option: return tr("Option");
    case VariantTableModel::Sku: return tr("SKU");
    case VariantTableModel::Stock: return tr("Stock");
    case VariantTableModel::Bar: return tr("Free / taken");
    case VariantTableModel::Allocated: return tr("Allocated");
    case VariantTableModel::Held: return tr("Held");
    case VariantTableModel::Safety: return tr("Safety");
    case VariantTableModel::Price: return tr("Price");
    case VariantTableModel::ListPrice: return tr("List price");
    case VariantTableModel::Sellable: return tr("Sold");
    case VariantTableModel::Sale: return tr("Sale");
    default: return {};
    }
}

QString ProductWords::variantCell(const models::VariantRow& r, int column)
{
    const auto& offer = r.variant.offer;
    const bool goods = !r.variant.stock.empty();
    switch (column) {
    case VariantTableModel::Option: return r.variant.optionText.isEmpty() ? tr("One option") : r.variant.optionText;
    case VariantTableModel::Sku: return r.variant.sku;
    case VariantTableModel::Stock: return goods ? figure(r.onHand + (r.stock && r.stock->problem == DraftProblem::None ? r.stock->mine.toLongLong() : 0)) : u"–"_s;
    case VariantTableModel::Bar: return goods ? tr("%1 free, %2 allocated, %3 held").arg(r.available()).arg(r.allocated).arg(r.held) : QString();
    case VariantTableModel::Allocated: return goods ? figure(r.allocated) : u"–"_s;
    case VariantTableModel::Held: return goods ? figure(r.held) : u"–"_s;
    case VariantTableModel::Safety: return goods ? figure(r.safety) : u"–"_s;
    case VariantTableModel::Price: return r.price ? value(DraftField::Price, r.price->mine, r.currency) : offer ? formatMoney(offer->price) : tr("No price");
    case VariantTableModel::ListPrice:
        return r.listPrice ? value(DraftField::ListPrice, r.listPrice->mine, r.currency)
            : offer && offer->listPriceMinor ? formatMoney({*offer->listPriceMinor, r.currency}) : QString();
    case VariantTableModel::Sellable: {
        const bool on = r.purchasable ? r.purchasable->mine.toBool() : offer && offer->purchasable;
        return !on ? tr("Stopped") : goods && r.available() <= 0 ? tr("Sold out") : tr("Selling");
    }
    case VariantTableModel::Sale: return (r.onSale ? r.onSale->mine.toBool() : offer && offer->onSale) ? tr("On sale") : u"–"_s;
    default: return {};
    }
}

QString ProductWords::verb(ProductStatus from, ProductStatus to)
{
    switch (to) {
    case ProductStatus::Draft: return tr("Back to draft");
    case ProductStatus::InReview: return tr("Submit for review");
    case ProductStatus::Rejected: return tr("Reject");
    case ProductStatus::Approved: return from == ProductStatus::Discontinued ? tr("Bring back") : tr("Approve");
    case ProductStatus::Scheduled: return tr("Schedule");
    case ProductStatus::Active: return from == ProductStatus::Paused ? tr("Resume sale") : tr("Start sale");
    case ProductStatus::Paused: return tr("Pause sale");
    case ProductStatus::Discontinued: return tr("Discontinue");
    case ProductStatus::Archived: return tr("Archive");
    }
    return {};
}

bool ProductWords::needsReason(ProductStatus to) { return to == ProductStatus::Rejected || to == ProductStatus::Discontinued || to == ProductStatus::Archived; }

QString ProductWords::field(DraftField field)
{
    switch (field) {
    case DraftField::TitleKo: return tr("Name (Korean)");
    case DraftField::TitleEn: return tr("Name (English)");
    case DraftField::Brand: return tr("Brand");
    case DraftField::Price: return tr("Price");
    case DraftField::ListPrice: return tr("List price");
    case DraftField::OnSale: return tr("Sale");
    case DraftField::Purchasable: return tr("Sold");
    case DraftField::Stock: return tr("Stock");
    }
    return {};
}

QString ProductWords::value(DraftField field, const QVariant& value, const QString& currency)
{
    switch (field) {
    case DraftField::Price: return formatMoney({value.toLongLong(), currency});
    case DraftField::ListPrice: return value.toLongLong() == 0 ? QString() : formatMoney({value.toLongLong(), currency});
    case DraftField::OnSale:
    case DraftField::Purchasable: return value.toBool() ? tr("Yes") : tr("No");
    case DraftField::Stock: return (value.toLongLong() > 0 ? u"+"_s : QString()) + figure(value.toLongLong());
    default: return value.toString();
    }
}

QString ProductWords::problem(DraftProblem problem)
{
    switch (problem) {
    case DraftProblem::NotANumber: return tr("This is not an amount. Type 42900, +10% or -500.");
    case DraftProblem::Negative: return tr("The amount must be more than 0.");
    case DraftProblem::BelowPrice: return tr("The list price must not be below the price.");
    case DraftProblem::Empty: return tr("The name must not be empty.");
    case DraftProblem::BelowCommitted: return tr("So many are allocated or held already.");
    case DraftProblem::NothingToChange:
    case DraftProblem::None: break;
    }
    return {};
}

} // namespace naru::ui
