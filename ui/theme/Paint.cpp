// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/Paint.h"

#include "ui/theme/Icons.h"

#include <QPainterPath>

namespace naru::ui {
namespace {

constexpr int kChipHeight = 20, kChipPad = 8, kChipIcon = 12, kChipGap = 4;
constexpr int kKeyHeight = 18, kKeyPad = 5;

} // namespace

QSize chipSize(const ChipSpec& chip)
{
    const QFontMetrics fm(Theme::of().font(TextSize::Meta, true));
    const int icon = chip.icon ? kChipIcon + kChipGap : 0;
    return {2 * kChipPad + icon + fm.horizontalAdvance(chip.text), kChipHeight};
}

void drawChip(QPainter& p, const QPoint& topLeft, const ChipSpec& chip)
{
    const Theme& theme = Theme::of();
    const QRect box(topLeft, chipSize(chip));
    const QColor ink = theme.tone(chip.tone);
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(theme.toneSoft(chip.tone));
    p.drawRoundedRect(box, kChipHeight / 2.0, kChipHeight / 2.0);
    int x = box.left() + kChipPad;
    if (chip.icon) {
        const QRect at(x, box.top() + (kChipHeight - kChipIcon) / 2, kChipIcon, kChipIcon);
        p.drawPixmap(at, iconPixmap(chip.icon, kChipIcon, ink, p.device()->devicePixelRatioF()));
        x += kChipIcon + kChipGap;
    }
    p.setFont(theme.font(TextSize::Meta, true));
    p.setPen(ink);
    p.drawText(QRect(x, box.top(), box.right() - x, kChipHeight), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, chip.text);
    p.restore();
}

Tone deadlineTone(double left) { return left <= 0.10 ? Tone::Danger : left <= 0.25 ? Tone::Warning : Tone::Accent; }

void drawRing(QPainter& p, const QRectF& box, double left)
{
    const Theme& theme = Theme::of();
    const double share = std::clamp(left, 0.0, 1.0);
    const qreal width = qMax(2.0, box.width() / 7.0);
    const QRectF ring = box.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(theme.tokens().border, width));
    p.drawEllipse(ring);
    if (share > 0) {
        p.setPen(QPen(theme.tone(deadlineTone(left)), width, Qt::SolidLine, Qt::FlatCap));
        p.drawArc(ring, 90 * 16, -qRound(share * 360 * 16));
    }
    p.restore();
}

void drawStockBar(QPainter& p, const QRectF& box, std::int64_t free, std::int64_t allocated, std::int64_t held, std::int64_t scale)
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    QPainterPath track;
    track.addRoundedRect(box, box.height() / 2, box.height() / 2);
    p.fillPath(track, t.neutralSoft);
    p.setClipPath(track);
    const double whole = scale > 0 ? static_cast<double>(scale) : 1.0;
    double x = box.left();
    const std::pair<std::int64_t, QColor> parts[] = {{free, t.accent}, {allocated, t.info}, {held, t.warning}};
    for (const auto& part : parts) {
        const double w = box.width() * static_cast<double>(std::max<std::int64_t>(part.first, 0)) / whole;
        if (w > 0)
            p.fillRect(QRectF(x, box.top(), w, box.height()), part.second);
        x += w;
    }
    p.restore();
}

void drawCard(QPainter& p, const QRectF& box, bool selected, bool hovered)
{
    const Tokens& t = Theme::of().tokens();
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    const qreal width = selected ? 2.0 : 1.0;
    p.setPen(QPen(selected ? t.accent : hovered ? t.textFaint : t.border, width));
    p.setBrush(t.surface);
    p.drawRoundedRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), kCardRadius, kCardRadius);
    p.restore();
}

void drawText(QPainter& p, const QRectF& box, const QString& text, const QFont& font, const QColor& color, Qt::Alignment align)
{
    p.setFont(font);
    p.setPen(color);
    const QFontMetrics fm(font);
    const QString shown = fm.elidedText(text, Qt::ElideRight, static_cast<int>(box.width()) + 1);
    p.drawText(box, static_cast<int>(align) | Qt::TextSingleLine, shown);
}

QSize keycapSize(const QString& key)
{
    const QFontMetrics fm(Theme::of().font(TextSize::Meta, true));
    return {qMax(kKeyHeight, fm.horizontalAdvance(key) + 2 * kKeyPad), kKeyHeight};
}

void drawKeycap(QPainter& p, const QRect& box, const QString& key, const QColor& color)
{
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    QColor line = color;
    line.setAlphaF(line.alphaF() * 0.35F);
    p.setPen(QPen(line, 1));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    p.setFont(Theme::of().font(TextSize::Meta, true));
    p.setPen(color);
    p.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, key);
    p.restore();
}

void drawShadow(QPainter& p, const QRectF& box, int reach)
{
    QColor shade = Theme::of().tokens().shadow;
    const double strength = shade.alphaF();
    const int drop = reach / 5; // light comes from above
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    // Layers add up: each only a breath, so that the edge is soft and ends before the drawing area does.
    for (int i = reach - drop; i > 0; i -= 2) {
        const double near = 1.0 - static_cast<double>(i) / reach;
        shade.setAlphaF(static_cast<float>(strength * near * near * 0.22));
        p.setBrush(shade);
        p.drawRoundedRect(box.adjusted(-i, -i + drop, i, i + drop), kCardRadius + i, kCardRadius + i);
    }
    p.restore();
}

} // namespace naru::ui
