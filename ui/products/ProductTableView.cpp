// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/ProductTableView.h"

#include "ui/products/ProductWords.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace naru::ui {

using namespace Qt::StringLiterals;
using models::ProductListModel;

namespace {

constexpr Millis kFlash{900};
constexpr int kWidths[ProductListModel::ColumnCount] = {98, 160, 88, 120, 98, 128, 102, 88, 88};
constexpr int kTitleMin = 118;

// Paints one cell of the list.
class ProductCellDelegate final : public QStyledItemDelegate {
public:
    ProductCellDelegate(const Clock& clock, QObject* parent) : QStyledItemDelegate(parent), m_clock(clock) {}

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* model = static_cast<const ProductListModel*>(index.model());
        const models::ProductRow& r = model->row(index.row());
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        const bool flashing = r.changedAt.count() > 0 && m_clock.steady() - r.changedAt < kFlash;
        if ((option.state & QStyle::State_Selected) || flashing)
            p->fillRect(option.rect, t.accentSoft);
        p->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        const QRect box = option.rect.adjusted(kSpace2, 0, -kSpace2, -1);
        const QString text = index.data(Qt::DisplayRole).toString();
        switch (index.column()) {
        case ProductListModel::Code:
            if (r.unseen) {
                p->save();
                p->setRenderHint(QPainter::Antialiasing);
                p->setPen(Qt::NoPen);
                p->setBrush(t.accent);
                p->drawEllipse(QRectF(box.left() - 7, box.center().y() - 2, 5, 5));
                p->restore();
            }
            drawText(*p, box, text, theme.mono(TextSize::Meta), t.textMuted);
            break;
        case ProductListModel::Title: paintTitle(*p, box, r, text); break;
        case ProductListModel::Kind: paintChip(*p, box, chipOf(r.summary.kind)); break;
        case ProductListModel::Status: paintChip(*p, box, chipOf(r.summary.status)); break;
        case ProductListModel::Price: {
            const QFont font = theme.font(TextSize::Body);
            const bool fits = QFontMetrics(font).horizontalAdvance(text) <= box.width();
            drawText(*p, box, fits ? text : ProductWords::priceFrom(r.summary), font, t.text, Qt::AlignRight | Qt::AlignVCenter);
            break;
        }
        case ProductListModel::Stock: paintStock(*p, box, *model, r.summary, text); break;
        case ProductListModel::OnSale:
            if (!text.isEmpty())
                paintChip(*p, box, {text, "tag", Tone::Accent});
            break;
        default: drawText(*p, box, text, theme.font(TextSize::Body), t.textMuted); break;
        }
    }

private:
    static void paintChip(QPainter& p, const QRect& box, const ChipSpec& chip)
    {
        drawChip(p, QPoint(box.left() - 2, box.center().y() - chipSize(chip).height() / 2 + 1), chip);
    }
    static void paintTitle(QPainter& p, const QRect& box, const models::ProductRow& r, const QString& text)
    {
        const Theme& theme = Theme::of();
        QRect at = box;
        if (r.staged > 0) { // edits wait for this one
            const QString mark = QString::number(r.staged);
            const QFont font = theme.font(TextSize::Meta, true);
            const int width = std::max(18, QFontMetrics(font).horizontalAdvance(mark) + 10);
            const QRect chip(at.right() - width + 1, at.center().y() - 8, width, 18);
            p.save();
            p.setRenderHint(QPainter::Antialiasing);
            p.setPen(Qt::NoPen);
            p.setBrush(theme.tokens().staged);
            p.drawRoundedRect(chip, 9, 9);
            p.restore();
            drawText(p, chip, mark, font, theme.tokens().text, Qt::AlignCenter);
            at.setRight(chip.left() - kSpace1);
        }
        drawText(p, at, text, theme.font(TextSize::Body, true), theme.tokens().text);
    }
    static void paintStock(QPainter& p, const QRect& box, const ProductListModel& model, const ProductSummary& s, const QString& text)
    {
        const Theme& theme = Theme::of();
        const int number = 38;
        drawText(p, QRect(box.left(), box.top(), number, box.height()), text, theme.font(TextSize::Body), s.onHand > 0 ? theme.tokens().text : theme.tokens().textFaint,
            Qt::AlignRight | Qt::AlignVCenter);
        const QRectF bar(box.left() + number + kSpace2, box.center().y() - 2, box.width() - number - kSpace2, 6);
        drawStockBar(p, bar, s.onHand - s.allocated - s.held, s.allocated, s.held, model.widestStock());
    }
    const Clock& m_clock;
};

} // namespace

ProductTableView::ProductTableView(ProductListModel& model, const Clock& clock, QWidget* parent) : QTableView(parent), m_model(model)
{
    setModel(&model);
    setItemDelegate(new ProductCellDelegate(clock, this));
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setAttribute(Qt::WA_InputMethodEnabled, false); // letters are commands here
    verticalHeader()->setVisible(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(true);
    m_flashEnd.setSingleShot(true);
    m_flashEnd.setInterval(kFlash + Millis(30));
    connect(&m_flashEnd, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &ProductTableView::sectionClicked);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const ProductId id = currentId(); !id.isNull())
            Q_EMIT chosen(id);
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (verticalScrollBar()->maximum() - value < 4 * viewport()->height())
            Q_EMIT endNear();
    });
    retranslate();
}

void ProductTableView::retranslate() { setAccessibleName(tr("Products")); }

void ProductTableView::setVendorShown(bool shown)
{
    m_vendorShown = shown;
    fit();
}

void ProductTableView::sectionClicked(int section)
{
    switch (section) {
    case ProductListModel::Code: Q_EMIT sortWanted(u"code"_s); break;
    case ProductListModel::Title: Q_EMIT sortWanted(u"title"_s); break;
    case ProductListModel::Stock: Q_EMIT sortWanted(u"stock"_s); break;
    case ProductListModel::Updated: Q_EMIT sortWanted(u"updated"_s); break;
    default: break; // the server has no such order
    }
}

void ProductTableView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

// The title takes what is left; when there is not enough, the least asked-for columns give way.
void ProductTableView::fit()
{
    static constexpr int kOrder[] = {ProductListModel::OnSale, ProductListModel::Kind, ProductListModel::Updated, ProductListModel::VendorName, ProductListModel::Stock};
    int used = 0;
    for (int c = 0; c < ProductListModel::ColumnCount; ++c)
        if (c != ProductListModel::Title && (c != ProductListModel::VendorName || m_vendorShown))
            used += kWidths[c];
    setColumnHidden(ProductListModel::VendorName, !m_vendorShown);
    for (const int c : kOrder) {
        if (c == ProductListModel::VendorName && !m_vendorShown)
            continue;
        const bool hide = viewport()->width() - used < kTitleMin;
        setColumnHidden(c, hide);
        if (hide)
            used -= kWidths[c];
    }
    for (int c = 0; c < ProductListModel::ColumnCount; ++c)
        setColumnWidth(c, c == ProductListModel::Title ? std::max(kTitleMin, viewport()->width() - used) : kWidths[c]);
}

ProductId ProductTableView::currentId() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() ? m_model.row(index.row()).summary.id : ProductId{};
}

bool ProductTableView::setCurrentId(ProductId id)
{
    const int at = m_model.rowOf(id);
    if (at < 0)
        return false;
    setCurrentIndex(m_model.index(at, 0));
    return true;
}

void ProductTableView::flash()
{
    viewport()->update();
    m_flashEnd.start();
}

void ProductTableView::keyPressEvent(QKeyEvent* event)
{
    if (!event->text().isEmpty() && event->text().front().isPrint() && event->key() != Qt::Key_Space) {
        event->ignore(); // letters are commands of the page
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace naru::ui
