// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderCardDelegate.h"

#include "ui/orders/OrderWords.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Paint.h"

namespace naru::ui {
namespace {

constexpr int kGap = kSpace2; // between cards
constexpr int kPad = kSpace3, kPadNarrow = 10, kNarrow = 150;
constexpr int kRing = 22;
constexpr int kRingText = 48;
constexpr int kLine = 21;

QRect cardRect(const QRect& item) { return item.adjusted(0, 0, 0, -kGap); }

} // namespace

OrderCardDelegate::OrderCardDelegate(const Clock& clock, Kind kind, QObject* parent) : QStyledItemDelegate(parent), m_clock(clock), m_kind(kind) {}

QRect OrderCardDelegate::ringRect(const QRect& item)
{
    const QRect card = cardRect(item);
    return {card.right() - kPad - kRingText - kRing - kSpace1, card.top() + kSpace2, kRing + kRingText + kSpace1 + 2, kRing + 2};
}

QSize OrderCardDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {120, (m_kind == Kind::Deadline ? 87 : 79) + kGap};
}

// Upper right: the deadline, the parcel or that it is done; an hourglass while the server has not answered. Gives the width taken.
int OrderCardDelegate::paintCorner(QPainter& p, const QRect& top, const models::OrderRow& r) const
{
    const VendorOrderCard& card = r.card;
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    const qreal scale = p.device()->devicePixelRatioF();
    if (r.pending) {
        const int size = 14;
        p.drawPixmap(QRect(top.right() - size + 1, top.center().y() - size / 2, size, size), iconPixmap("hourglass-split", size, t.textMuted, scale));
        return size + kSpace2;
    }
    if (const auto due = models::dueOf(card); due && m_kind == Kind::Deadline) {
        const Instant now = m_clock.now();
        const double left = models::dueLeft(card, now);
        const QString text = shortSpan(std::chrono::duration_cast<std::chrono::seconds>(*due - now));
        const QFont font = theme.font(TextSize::Meta, left <= 0.25);
        const int width = QFontMetrics(font).horizontalAdvance(text) + 1;
        const Tone tone = deadlineTone(left);
        drawText(p, QRect(top.right() - width + 1, top.top(), width, top.height()), text, font, tone == Tone::Accent ? t.textMuted : theme.tone(tone), Qt::AlignRight | Qt::AlignVCenter);
        drawRing(p, QRectF(top.right() - width - kSpace2 - kRing + 2, top.top() + 1, kRing, kRing), left);
        return width + kSpace2 + kRing + kSpace1;
    }
    if (m_kind == Kind::Done) {
        const ChipSpec chip{tr("Done"), "check2", Tone::Success};
        const QSize size = chipSize(chip);
        drawChip(p, QPoint(top.right() - size.width() + 1, top.top() - 1), chip);
        return size.width() + kSpace1;
    }
    if (m_kind == Kind::Shipping) {
        const QFont font = theme.font(TextSize::Meta);
        const QFontMetrics fm(font);
        const int room = top.width() - QFontMetrics(theme.mono(TextSize::Meta)).horizontalAdvance(card.code) - kIcon - kSpace3;
        const QString tail = card.trackingNo.right(4); // enough to tell parcels apart; the whole number is in the detail
        QString text = card.status == VendorOrderStatus::PartiallyShipped ? chipOf(card.status).text : card.carrier + QChar(u' ') + tail;
        if (fm.horizontalAdvance(text) > room) // 롯데택배 → 롯데, CJ대한통운 → CJ: two characters name a carrier
            text = card.carrier.left(2) + QChar(u' ') + tail;
        if (fm.horizontalAdvance(text) > room)
            text = tail;
        const int width = std::min(room, fm.horizontalAdvance(text) + 1);
        drawText(p, QRect(top.right() - width + 1, top.top(), width, top.height()), text, font, t.textFaint, Qt::AlignRight | Qt::AlignVCenter);
        p.drawPixmap(QRect(top.right() - width - 15, top.center().y() - 6, 12, 12), iconPixmap("truck", 12, t.textFaint, scale));
        return width + 18;
    }
    return 0;
}

void OrderCardDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* model = static_cast<const models::OrderListModel*>(index.model());
    const models::OrderRow& r = model->row(index.row());
    const VendorOrderCard& card = r.card;
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    const QRect box = cardRect(option.rect);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;

    p->save();
    if (r.pending)
        p->setOpacity(0.55);
    drawCard(*p, box, selected, hovered);
    if (r.changedAt.count() > 0 && m_clock.steady() - r.changedAt < kFlash) {
        p->setRenderHint(QPainter::Antialiasing);
        p->setPen(Qt::NoPen);
        p->setBrush(t.accentSoft);
        p->drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -2), kCardRadius - 2, kCardRadius - 2);
    }

    const int pad = box.width() < kNarrow ? kPadNarrow : kPad;
    const QRect inner = box.adjusted(pad, kSpace2, -pad, -kSpace2);
    const bool tall = m_kind == Kind::Deadline;
    const QRect top(inner.left(), inner.top(), inner.width(), tall ? kRing + 2 : 18);
    const QRect bottom(inner.left(), inner.bottom() - kLine + 3, inner.width(), kLine);
    const QRect middle(inner.left(), bottom.top() - kLine, inner.width(), kLine);

    const int used = paintCorner(*p, top, r);
    int codeLeft = top.left();
    if (r.unseen) { // the small mark until somebody looked
        p->setRenderHint(QPainter::Antialiasing);
        p->setPen(Qt::NoPen);
        p->setBrush(t.accent);
        p->drawEllipse(QRectF(codeLeft, top.center().y() - 2, 6, 6));
        codeLeft += 10;
    }
    // The end of a code tells orders apart, so it is the beginning that gives way.
    const QRect codeBox(codeLeft, top.top(), top.right() - used - codeLeft + 1, top.height());
    const QFont mono = theme.mono(TextSize::Meta);
    drawText(*p, codeBox.adjusted(0, 0, kSpace1, 0), QFontMetrics(mono).elidedText(card.code, Qt::ElideLeft, codeBox.width()), mono, t.textMuted);
    drawText(*p, middle, OrderWords::title(card), theme.font(TextSize::Body, true), t.text);
    const QString amount = formatMoney(card.total);
    const QFont strong = theme.font(TextSize::Body, true);
    const int amountWidth = QFontMetrics(strong).horizontalAdvance(amount) + 1;
    drawText(*p, bottom, amount, strong, t.text, Qt::AlignRight | Qt::AlignVCenter);
    drawText(*p, bottom.adjusted(0, 0, -amountWidth - kSpace1, 0), m_vendorShown ? card.vendorName : card.customerName, theme.font(TextSize::Body), t.textMuted);
    p->restore();
}

} // namespace naru::ui
