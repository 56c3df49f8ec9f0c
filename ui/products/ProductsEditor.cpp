// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/ProductsEditor.h"

#include <QChildEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>

#include "ui/products/VariantGrid.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::Draft;
using models::DraftEdit;
using models::DraftField;
using models::DraftKey;
using models::DraftProblem;

namespace {

struct FieldName {
    DraftField field;
    QLatin1StringView name;
};
constexpr FieldName kFields[] = {{DraftField::TitleKo, "title_ko"_L1}, {DraftField::TitleEn, "title_en"_L1}, {DraftField::Brand, "brand"_L1}, {DraftField::Price, "price"_L1},
    {DraftField::ListPrice, "list_price"_L1}, {DraftField::OnSale, "on_sale"_L1}, {DraftField::Purchasable, "purchasable"_L1}, {DraftField::Stock, "stock"_L1}};

QJsonObject toJson(const DraftKey& key)
{
    QJsonObject o;
    for (const auto& f : kFields)
        if (f.field == key.field)
            o[u"field"_s] = f.name;
    if (!key.variant.isNull())
        o[u"variant"_s] = key.variant.toString();
    return o;
}

std::optional<DraftKey> keyOf(const QJsonObject& o)
{
    for (const auto& f : kFields)
        if (o[u"field"_s].toString() == f.name)
            return DraftKey{f.field, VariantId::parse(o[u"variant"_s].toString()).value_or(VariantId{})};
    return std::nullopt;
}

QJsonObject toJson(const DraftKey& key, const DraftEdit& edit)
{
    QJsonObject o = toJson(key);
    o[u"base"_s] = QJsonValue::fromVariant(edit.base);
    o[u"mine"_s] = QJsonValue::fromVariant(edit.mine);
    if (edit.problem != DraftProblem::None) {
        o[u"problem"_s] = static_cast<int>(edit.problem);
        o[u"typed"_s] = edit.typed;
    }
    return o;
}

ProductsController::Kept keptOf(const QJsonObject& content)
{
    ProductsController::Kept kept;
    const QJsonArray edits = content[u"edits"_s].toArray();
    for (const auto& value : edits) {
        const QJsonObject o = value.toObject();
        if (const auto key = keyOf(o))
            kept.edits.put(*key, {o[u"base"_s].toVariant(), o[u"mine"_s].toVariant(), {}, static_cast<DraftProblem>(o[u"problem"_s].toInt()), o[u"typed"_s].toString()});
    }
    const QJsonObject cell = content[u"typing"_s].toObject();
    if (const auto key = keyOf(cell))
        kept.typing.emplace_back(*key, cell[u"text"_s].toString());
    return kept;
}

} // namespace

ProductsEditor::ProductsEditor(ProductsController& controller, VariantGrid& grid, QLineEdit& reason, QWidget* page)
    : Editor(page), m_controller(controller), m_grid(grid), m_reason(reason)
{
    connect(&controller, &ProductsController::draftChanged, this, &Editor::edited);
    connect(&controller, &ProductsController::restored, this, [this](ProductId id) {
        m_waiting.erase(id);
        Q_EMIT edited();
    });
    connect(&controller, &ProductsController::stateChanged, this, [this] { // read anew: what could not be read before may come now
        if (m_controller.state() == ProductsController::State::Data)
            for (const auto& [id, kept] : m_waiting)
                ask(kept);
    });
    connect(&reason, &QLineEdit::textEdited, this, &Editor::edited);
    grid.viewport()->installEventFilter(this);
}

QString ProductsEditor::place() const { return u"products.variants"_s; }

bool ProductsEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ChildPolished)
        if (auto* cell = qobject_cast<QLineEdit*>(static_cast<QChildEvent*>(event)->child())) { // clazy:exclude=child-event-qobject-cast — polished, so it is whole
            m_cell = cell;
            connect(cell, &QLineEdit::textChanged, this, &Editor::edited);
            connect(cell, &QObject::destroyed, this, &Editor::edited);
            Q_EMIT edited();
        }
    return Editor::eventFilter(watched, event);
}

std::optional<std::pair<DraftKey, QString>> ProductsEditor::typing() const
{
    const QModelIndex at = m_grid.currentIndex();
    const auto field = at.isValid() ? models::VariantTableModel::fieldOf(at.column()) : std::nullopt;
    if (!m_cell || m_cell->isHidden() || !field || m_cell->text() == at.data(Qt::EditRole).toString())
        return std::nullopt;
    return std::pair(DraftKey{*field, m_controller.variants().row(at.row()).variant.id}, m_cell->text());
}

std::vector<Draft> ProductsEditor::drafts() const
{
    std::vector<Draft> all;
    const auto cell = typing();
    std::map<ProductId, const ProductsController::Draft*> staged;
    for (const auto& [id, draft] : m_controller.drafts())
        staged[id] = &draft;
    const std::optional<ProductsController::Draft> fresh = cell && m_controller.detail() ? std::optional(ProductsController::Draft{*m_controller.detail(), {}}) : std::nullopt;
    if (fresh)
        staged.try_emplace(m_controller.selected(), &*fresh);
    for (const auto& [id, product] : staged) {
        Draft draft;
        draft.place = place();
        draft.entityId = id.toString();
        draft.title = product->product.summary.title;
        draft.baseVersion = product->product.summary.version;
        QJsonArray edits;
        for (const auto& [key, edit] : product->edits.edits())
            edits.append(toJson(key, edit));
        QJsonObject content{{u"edits"_s, edits}};
        draft.changes = product->edits.size();
        if (cell && id == m_controller.selected()) {
            QJsonObject open = toJson(cell->first);
            open[u"text"_s] = cell->second;
            content[u"typing"_s] = open;
            draft.changes += product->edits.find(cell->first) ? 0 : 1;
        }
        if (m_reason.isModified()) // otherwise it is the usual one
            content[u"reason"_s] = m_reason.text();
        draft.content = QJsonDocument(content).toJson(QJsonDocument::Compact);
        all.push_back(std::move(draft));
    }
    for (const auto& [id, kept] : m_waiting)
        if (!staged.contains(id))
            all.push_back(kept);
    return all;
}

void ProductsEditor::restore(const Draft& kept)
{
    const auto id = ProductId::parse(kept.entityId);
    if (!id)
        return;
    m_waiting[*id] = kept;
    ask(kept);
}

void ProductsEditor::ask(const Draft& kept)
{
    const QJsonObject content = QJsonDocument::fromJson(kept.content).object();
    if (const QString reason = content[u"reason"_s].toString(); !reason.isEmpty() && !m_reason.isModified()) {
        m_reason.setText(reason);
        m_reason.setModified(true);
    }
    m_controller.restore(*ProductId::parse(kept.entityId), keptOf(content));
}

void ProductsEditor::discard()
{
    m_waiting.clear();
    m_reason.setModified(false);
    m_controller.discard();
}

} // namespace naru::ui
