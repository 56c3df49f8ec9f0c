// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/home/AttentionView.h"

#include <QKeyEvent>
#include <QStyledItemDelegate>

#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Paint.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {
constexpr int kItemHeight = 44;
constexpr int kPad = 8;
constexpr int kMark = 28;
constexpr int kRing = 18;
constexpr int kWords = 64; // so that rings stand below each other
constexpr std::chrono::hours kRingSpan(1); // a full ring is an hour left, or more

// Child of the list.
class AttentionDelegate : public QStyledItemDelegate {
public:
    explicit AttentionDelegate(AttentionView& view)
        : QStyledItemDelegate(&view)
        , m_view(view)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {240, kItemHeight}; }

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of();
        const auto& t = theme.tokens();
        const auto& item = m_view.items().at(index.row());
        const QRect row = option.rect;
        const bool selected = option.state & QStyle::State_Selected;
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            p->setPen(selected && m_view.hasFocus() ? QPen(t.accent, 1.5) : QPen(Qt::NoPen));
            p->setBrush(selected ? t.accentSoft : t.hover);
            p->drawRoundedRect(QRectF(row).adjusted(0.75, 1.75, -0.75, -2.75), kRadius, kRadius);
        }
        p->setPen(t.border);
        p->drawLine(QPointF(row.left(), row.bottom() + 0.5), QPointF(row.right(), row.bottom() + 0.5));
        if (m_view.stale())
            p->setOpacity(0.6);
        const auto tone = attentionTone(item.severity);
        const QRectF mark(row.left() + kPad, row.center().y() - kMark / 2.0 + 0.5, kMark, kMark);
        p->setPen(Qt::NoPen);
        p->setBrush(theme.toneSoft(tone));
        p->drawRoundedRect(mark, kRadius, kRadius);
        p->drawPixmap(QPointF(mark.left() + 6, mark.top() + 6), iconPixmap(attentionIcon(item.kind), 16, theme.tone(tone), p->device()->devicePixelRatioF()));
        const int right = paintRight(*p, row, index.row(), item);
        const double left = mark.right() + 12;
        const QRectF upper(left, row.top() + 4, right - left, 20);
        drawText(*p, upper, item.title, theme.font(TextSize::Body, true), t.text);
        drawText(*p, upper.translated(0, 18), item.detail.isEmpty() ? attentionWords(item.kind) : u"%1 · %2"_s.arg(attentionWords(item.kind), item.detail), theme.font(TextSize::Meta), t.textMuted);
        p->restore();
    }

private:
    // The key, the words and the ring; answers where they begin.
    int paintRight(QPainter& p, const QRect& row, int number, const Attention& item) const
    {
        const auto& theme = Theme::of();
        const auto& t = theme.tokens();
        const auto key = QString::number(number + 1);
        const auto cap = keycapSize(key);
        int right = row.right() - kPad - cap.width();
        drawKeycap(p, {QPoint(right, row.center().y() - cap.height() / 2), cap}, key, t.textFaint);
        right -= kPad + 4;
        const auto now = m_view.clock().now();
        const auto words = AttentionView::dueWords(item, now);
        if (words.isEmpty())
            return right;
        const double share = static_cast<double>((*item.dueAt - now).count()) / static_cast<double>(std::chrono::duration_cast<Millis>(kRingSpan).count());
        const auto font = theme.font(TextSize::Meta, true);
        const int width = std::max(kWords, QFontMetrics(font).horizontalAdvance(words) + 2);
        const auto tone = deadlineTone(share);
        drawText(p, QRectF(right - width, row.top(), width, row.height()), words, font, tone == Tone::Accent ? t.textMuted : theme.tone(tone));
        right -= width + 6 + kRing;
        drawRing(p, QRectF(right, row.center().y() - kRing / 2.0 + 0.5, kRing, kRing), std::clamp(share, 0.0, 1.0));
        return right - kPad;
    }

    AttentionView& m_view;
};

} // namespace

QString attentionWords(AttentionKind kind)
{
    switch (kind) {
    case AttentionKind::AcceptDue: return AttentionView::tr("to be accepted");
    case AttentionKind::ShipDue: return AttentionView::tr("to be shipped");
    case AttentionKind::HoldExpiring: return AttentionView::tr("hold ends");
    case AttentionKind::ReviewWaiting: return AttentionView::tr("waits for review");
    case AttentionKind::LowStock: return AttentionView::tr("low stock");
    case AttentionKind::CancelRequested: return AttentionView::tr("wants to cancel");
    }
    return {};
}

const char* attentionIcon(AttentionKind kind)
{
    switch (kind) {
    case AttentionKind::AcceptDue: return "clock";
    case AttentionKind::ShipDue: return "truck";
    case AttentionKind::HoldExpiring: return "hourglass-split";
    case AttentionKind::ReviewWaiting: return "file-earmark-text";
    case AttentionKind::LowStock: return "box-seam";
    case AttentionKind::CancelRequested: return "x-circle";
    }
    return "info-circle";
}

Tone attentionTone(Severity severity)
{
    return severity == Severity::Danger ? Tone::Danger : severity == Severity::Warning ? Tone::Warning : Tone::Info;
}

AttentionView::AttentionView(models::AttentionModel& model, const Clock& clock, QWidget* parent)
    : QListView(parent)
    , m_model(model)
    , m_clock(clock)
{
    setModel(&model);
    setItemDelegate(new AttentionDelegate(*this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(&Theme::of(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

QString AttentionView::dueWords(const Attention& item, Instant now)
{
    if (!item.dueAt)
        return {};
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(*item.dueAt - now);
    return left.count() >= 0 ? tr("%1 left").arg(shortSpan(left)) : tr("%1 late").arg(shortSpan(-left));
}

void AttentionView::setStale(bool stale)
{
    m_stale = stale;
    viewport()->update();
}

QSize AttentionView::sizeHint() const
{
    return {420, 9 * kItemHeight};
}

void AttentionView::keyPressEvent(QKeyEvent* event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (plain && event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9) {
        event->ignore(); // the page's own keys
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex().row());
        return;
    }
    if (plain && !event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void AttentionView::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    if (const auto at = indexAt(event->position().toPoint()); at.isValid() && event->button() == Qt::LeftButton)
        Q_EMIT opened(at.row());
}

void AttentionView::focusInEvent(QFocusEvent* event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model.rowCount() > 0)
        setCurrentIndex(m_model.index(0));
}

void AttentionView::showEvent(QShowEvent* event)
{
    QListView::showEvent(event);
    m_second.start();
}

void AttentionView::hideEvent(QHideEvent* event)
{
    QListView::hideEvent(event);
    m_second.stop();
}

} // namespace naru::ui
