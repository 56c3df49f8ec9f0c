// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/VariantGrid.h"

#include "ui/products/ProductWords.h"
#include "ui/theme/Paint.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolTip>

namespace naru::ui {

using namespace Qt::StringLiterals;
using models::DraftEdit;
using models::DraftField;
using models::DraftProblem;
using models::VariantTableModel;

namespace {

constexpr int kWidths[VariantTableModel::ColumnCount] = {150, 110, 66, 84, 58, 52, 52, 132, 84, 80, 78};
constexpr int kOptionMin = 80;

// Paints the cells of the grid: staged ground with the old value struck through, clashes and faults outlined.
class VariantDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        auto* edit = new QLineEdit(parent);
        edit->setFrame(false);
        edit->setAutoFillBackground(true);
        edit->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        edit->setMaxLength(24);
        edit->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
        QPalette palette = edit->palette();
        palette.setColor(QPalette::Base, Theme::of().tokens().staged);
        edit->setPalette(palette);
        return edit;
    }

    // Filled once: the view calls this again whenever the row changes below, and that must not disturb what is being typed.
    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        auto* edit = static_cast<QLineEdit*>(editor);
        if (edit->isModified() || !edit->text().isEmpty())
            return;
        edit->setText(index.data(Qt::EditRole).toString());
        edit->selectAll();
    }

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override
    {
        const QString typed = static_cast<QLineEdit*>(editor)->text();
        if (typed != index.data(Qt::EditRole).toString()) // looking is not editing
            model->setData(index, typed, Qt::EditRole);
    }

    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option, const QModelIndex& index) override
    {
        const auto* model = static_cast<const VariantTableModel*>(index.model());
        const DraftEdit* edit = index.isValid() ? model->editAt(index) : nullptr;
        if (edit && edit->problem != DraftProblem::None) {
            QToolTip::showText(event->globalPos(), ProductWords::problem(edit->problem), view);
            return true;
        }
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    }

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* model = static_cast<const VariantTableModel*>(index.model());
        const models::VariantRow& r = model->row(index.row());
        const DraftEdit* edit = model->editAt(index);
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        const bool current = option.state & QStyle::State_HasFocus;
        if (edit)
            p->fillRect(option.rect, t.staged);
        else if (option.state & QStyle::State_Selected)
            p->fillRect(option.rect, t.accentSoft);
        else if (option.state & QStyle::State_MouseOver)
            p->fillRect(option.rect, t.hover);
        p->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        const QRect box = option.rect.adjusted(kSpace2, 0, -kSpace2, -1);
        const QString text = index.data(Qt::DisplayRole).toString();
        const auto right = Qt::AlignRight | Qt::AlignVCenter;
        switch (index.column()) {
        case VariantTableModel::Option: drawText(*p, box, text, theme.font(TextSize::Body), t.text); break;
        case VariantTableModel::Sku: drawText(*p, box, text, theme.mono(TextSize::Meta), t.textMuted); break;
        case VariantTableModel::Bar:
            if (!r.variant.stock.empty())
                drawStockBar(*p, QRectF(box.left(), box.center().y() - 3, box.width() - kSpace2, 8), r.available(), r.allocated, r.held, r.scale);
            break;
        case VariantTableModel::Sellable: {
            const bool stopped = !index.data(Qt::EditRole).toBool();
            const bool out = !stopped && !r.variant.stock.empty() && r.available() <= 0;
            paintChip(*p, box, {text, stopped ? "pause" : out ? "x" : "check2", stopped ? Tone::Warning : out ? Tone::Neutral : Tone::Success});
            break;
        }
        case VariantTableModel::Sale:
            if (index.data(Qt::EditRole).toBool())
                paintChip(*p, box, {text, "tag", Tone::Accent});
            else
                drawText(*p, box, text, theme.font(TextSize::Body), t.textFaint);
            break;
        case VariantTableModel::Stock:
        case VariantTableModel::Price:
        case VariantTableModel::ListPrice:
            if (edit)
                paintEdited(*p, box, index.column(), r, *edit, text);
            else
                drawText(*p, box, text, theme.font(TextSize::Body), index.column() == VariantTableModel::ListPrice ? t.textFaint : t.text, right);
            break;
        default: drawText(*p, box, text, theme.font(TextSize::Body), t.textMuted, right); break;
        }
        const bool fault = edit && (edit->problem != DraftProblem::None || edit->theirs);
        if (fault || current) {
            p->setPen(QPen(fault ? t.danger : t.accent, 2));
            p->setBrush(Qt::NoBrush);
            p->drawRect(option.rect.adjusted(1, 1, -1, -2));
        }
    }

private:
    static void paintChip(QPainter& p, const QRect& box, const ChipSpec& chip)
    {
        drawChip(p, QPoint(box.left() - 4, box.center().y() - chipSize(chip).height() / 2 + 1), chip);
    }
    static void paintEdited(QPainter& p, const QRect& box, int column, const models::VariantRow& r, const DraftEdit& edit, const QString& text)
    {
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        const bool fault = edit.problem != DraftProblem::None;
        const QString mine = fault ? edit.typed : text;
        const QFont strong = theme.font(TextSize::Body, true);
        drawText(p, box, mine, strong, fault ? t.danger : t.text, Qt::AlignRight | Qt::AlignVCenter);
        const QString old = column == VariantTableModel::Stock ? ProductWords::figure(r.onHand)
                                                               : ProductWords::value(column == VariantTableModel::Price ? DraftField::Price : DraftField::ListPrice, edit.base, r.currency);
        QFont struck = theme.font(TextSize::Body);
        struck.setStrikeOut(true);
        const int used = QFontMetrics(strong).horizontalAdvance(mine) + kSpace1 + 1;
        if (QFontMetrics(struck).horizontalAdvance(old) <= box.width() - used + 4)
            drawText(p, box.adjusted(-4, 0, -used, 0), old, struck, t.textMuted, Qt::AlignRight | Qt::AlignVCenter);
    }
};

} // namespace

VariantGrid::VariantGrid(VariantTableModel& model, QWidget* parent) : QTableView(parent), m_model(model)
{
    setModel(&model);
    setItemDelegate(new VariantDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::EditKeyPressed); // typing and double click are handled here: flags do not open an editor
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setMouseTracking(true);
    verticalHeader()->setVisible(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    retranslate();
}

void VariantGrid::retranslate() { setAccessibleName(tr("Options, stock and prices")); }

void VariantGrid::focusFirstEditable()
{
    setFocus(Qt::OtherFocusReason);
    if (m_model.rowCount() == 0)
        return;
    const int row = currentIndex().isValid() ? currentIndex().row() : 0;
    if (!(m_model.flags(currentIndex()) & Qt::ItemIsEditable))
        setCurrentIndex(m_model.index(row, VariantTableModel::Price));
}

bool VariantGrid::toggle(const QModelIndex& index)
{
    const auto field = VariantTableModel::fieldOf(index.column());
    if (!field || (*field != DraftField::OnSale && *field != DraftField::Purchasable))
        return false;
    m_model.setData(index, !index.data(Qt::EditRole).toBool(), Qt::EditRole);
    return true;
}

void VariantGrid::keyPressEvent(QKeyEvent* event)
{
    if (state() == EditingState) { // the editor passes Return on after it has taken it
        QTableView::keyPressEvent(event);
        return;
    }
    const QModelIndex index = currentIndex();
    const bool editable = index.isValid() && (m_model.flags(index) & Qt::ItemIsEditable);
    if (editable && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)) {
        if (!toggle(index) && event->key() != Qt::Key_Space)
            edit(index);
        return;
    }
    const QString text = event->text();
    const bool figure = text.size() == 1 && (text.front().isDigit() || u"+-="_s.contains(text.front()));
    if (editable && figure && !(event->modifiers() & Qt::ControlModifier) && *VariantTableModel::fieldOf(index.column()) != DraftField::OnSale
        && *VariantTableModel::fieldOf(index.column()) != DraftField::Purchasable) {
        edit(index); // type to overwrite
        if (auto* editor = qobject_cast<QLineEdit*>(indexWidget(index) ? indexWidget(index) : findChild<QLineEdit*>())) {
            editor->setText(text);
            editor->end(false);
        }
        return;
    }
    if (!text.isEmpty() && text.front().isPrint()) {
        event->ignore(); // letters are commands of the page
        return;
    }
    QTableView::keyPressEvent(event);
}

void VariantGrid::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (!index.isValid() || !(m_model.flags(index) & Qt::ItemIsEditable)) {
        QTableView::mouseDoubleClickEvent(event);
        return;
    }
    if (!toggle(index))
        edit(index);
}

void VariantGrid::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

void VariantGrid::fit()
{
    static constexpr int kOrder[] = {VariantTableModel::Safety, VariantTableModel::Allocated, VariantTableModel::Held, VariantTableModel::Sku, VariantTableModel::Sale,
        VariantTableModel::ListPrice, VariantTableModel::Bar};
    int used = 0;
    for (int c = 1; c < VariantTableModel::ColumnCount; ++c)
        used += kWidths[c];
    for (const int c : kOrder) {
        const bool hide = viewport()->width() - used < kOptionMin;
        setColumnHidden(c, hide);
        if (hide)
            used -= kWidths[c];
    }
    const int spare = std::max(0, viewport()->width() - used - 160); // in a wide window the bar and the price breathe
    for (int c = 0; c < VariantTableModel::ColumnCount; ++c) {
        const int more = c == VariantTableModel::Price || c == VariantTableModel::Sku || c == VariantTableModel::Bar ? spare / 5 : 0;
        if (c != VariantTableModel::Option)
            setColumnWidth(c, kWidths[c] + more);
    }
    setColumnWidth(VariantTableModel::Option, std::max(kOptionMin, viewport()->width() - used - 3 * (spare / 5)));
}

} // namespace naru::ui
