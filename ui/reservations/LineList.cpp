// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/LineList.h"

#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/reservations/KeyPosition.h"

namespace naru::ui {

namespace {
constexpr int kPad = 8;
constexpr int kTwoLineRow = 46;
constexpr int kFirstLine = 24; // of rows with a wide second one

// Draws what the list says of a row. Child of the list.
class LineDelegate : public QStyledItemDelegate {
public:
    explicit LineDelegate(LineList& list) : QStyledItemDelegate(&list), m_list(list) {}
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        if (m_list.wideSubs())
            return {200, std::max(kTwoLineRow, kFirstLine + wideSub(m_list.viewport()->width(), m_list.line(index.row()).sub).height() + 6)};
        return {200, m_list.twoLines() ? kTwoLineRow : Theme::of().rowHeight()};
    }

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of();
        const auto& t = theme.tokens();
        const QRect row = option.rect;
        const bool selected = option.state & QStyle::State_Selected;
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            p->setPen(selected && m_list.hasFocus() ? QPen(t.accent, 1.5) : QPen(Qt::NoPen));
            p->setBrush(selected ? t.accentSoft : t.hover);
            p->drawRoundedRect(QRectF(row).adjusted(0.75, 1.75, -0.75, -2.75), kRadius, kRadius);
        }
        p->setPen(t.border);
        p->drawLine(QPointF(row.left(), row.bottom() + 0.5), QPointF(row.right(), row.bottom() + 0.5));
        if (m_list.wideSubs())
            paintWide(*p, row, m_list.line(index.row()));
        else
            paintLine(*p, row, m_list.line(index.row()));
        p->restore();
    }

private:
    static QRect wideSub(int width, const QString& sub)
    {
        return QFontMetrics(Theme::of().font(TextSize::Meta)).boundingRect(QRect(0, 0, width - 2 * kPad, 1000), Qt::TextWordWrap, sub);
    }
    static void paintWide(QPainter& p, const QRect& row, const ListLine& line)
    {
        const auto& theme = Theme::of();
        QRect first(row.left() + kPad, row.top() + 3, row.width() - 2 * kPad, kFirstLine - 3);
        if (line.chip) {
            const auto size = chipSize(*line.chip);
            drawChip(p, QPoint(first.right() - size.width() + 1, first.center().y() - size.height() / 2 + 1), *line.chip);
            first.setRight(first.right() - size.width() - kSpace2);
        }
        drawText(p, first, line.text, theme.font(TextSize::Body), theme.tokens().text);
        p.setFont(theme.font(TextSize::Meta));
        p.setPen(theme.tokens().textMuted);
        p.drawText(QRect(row.left() + kPad, row.top() + kFirstLine, row.width() - 2 * kPad, row.height() - kFirstLine), Qt::TextWordWrap, line.sub);
    }
    static void paintLine(QPainter& p, const QRect& row, ListLine line)
    {
        const auto& theme = Theme::of();
        const auto& t = theme.tokens();
        int right = row.right() - kPad;
        if (line.chip) {
            const QFontMetrics fm(theme.font(TextSize::Meta, true));
            const int most = row.width() / 2 - kPad;
            if (const int wide = chipSize(*line.chip).width(); wide > most)
                line.chip->text = fm.elidedText(line.chip->text, Qt::ElideRight, most - (wide - fm.horizontalAdvance(line.chip->text)));
            const auto size = chipSize(*line.chip);
            drawChip(p, QPoint(right - size.width() + 1, row.center().y() - size.height() / 2), *line.chip);
            right -= size.width() + kSpace2;
        }
        if (!line.right.isEmpty()) {
            const int width = QFontMetrics(theme.font(TextSize::Body)).horizontalAdvance(line.right) + 2;
            drawText(p, QRectF(right - width, row.top(), width, row.height()), line.right, theme.font(TextSize::Body), t.text, Qt::AlignRight | Qt::AlignVCenter);
            right -= width + kSpace2;
        }
        int left = row.left() + kPad;
        if (!line.meta.isEmpty()) {
            const int width = QFontMetrics(theme.mono(TextSize::Meta)).horizontalAdvance(line.meta) + kSpace3;
            drawText(p, QRectF(left, row.top(), width, row.height()), line.meta, theme.mono(TextSize::Meta), t.textMuted);
            left += width;
        }
        const QRectF box(left, row.top(), right - left, row.height());
        if (line.sub.isEmpty()) {
            drawText(p, box, line.text, theme.font(TextSize::Body), t.text);
        } else {
            drawText(p, box.adjusted(0, 3, 0, -box.height() / 2 + 1), line.text, theme.font(TextSize::Body), t.text);
            drawText(p, box.adjusted(0, box.height() / 2 - 1, 0, -3), line.sub, theme.font(TextSize::Meta), t.textMuted);
        }
    }

    LineList& m_list;
};

} // namespace

LineList::LineList(QAbstractItemModel& model, Lines lines, bool twoLines, QWidget* parent)
    : QListView(parent), m_lines(std::move(lines)), m_twoLines(twoLines)
{
    setModel(&model);
    setItemDelegate(new LineDelegate(*this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    connect(this, &QListView::clicked, this, [this](const QModelIndex& at) { Q_EMIT opened(at.row()); });
    connect(&Theme::of(), &Theme::changed, this, [this] {
        scheduleDelayedItemsLayout(); // the row's height may be another
        viewport()->update();
    });
}

void LineList::setWideSubs()
{
    m_wideSubs = true;
    setUniformItemSizes(false);
    setResizeMode(Adjust); // the rows' heights follow the width
    scheduleDelayedItemsLayout();
}

void LineList::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex().row());
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT escaped();
        return;
    }
    const int sign = signKey(*event);
    if (sign == Qt::Key_J || sign == Qt::Key_K) {
        const int next = currentIndex().row() + (sign == Qt::Key_J ? 1 : -1);
        if (next >= 0 && next < model()->rowCount())
            setCurrentIndex(model()->index(next, 0));
        return;
    }
    if (sign) { // letters are commands of the page, not a search in the list
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void LineList::focusInEvent(QFocusEvent* event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
}

void LineList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    Q_EMIT currentMoved(current.row());
}

// Screen readers select without moving the cursor; here the two are one.
void LineList::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QListView::selectionChanged(selected, deselected);
    if (const auto chosen = selected.indexes(); chosen.size() == 1 && chosen.first() != currentIndex())
        selectionModel()->setCurrentIndex(chosen.first(), QItemSelectionModel::NoUpdate);
}

} // namespace naru::ui
