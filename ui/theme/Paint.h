// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/Theme.h"

#include <QPainter>
#include <QString>

// Drawing of the small parts that delegates and widgets share. UI thread. Each takes the tokens from Theme::of().
namespace naru::ui {

struct ChipSpec {
    QString text;
    const char* icon = nullptr;
    Tone tone = Tone::Neutral;
};

QSize chipSize(const ChipSpec& chip);
void drawChip(QPainter& p, const QPoint& topLeft, const ChipSpec& chip);
// A ring that empties: `left` 1…0. Amber at ≤ 0.25, red at ≤ 0.10.
void drawRing(QPainter& p, const QRectF& box, double left);
Tone deadlineTone(double left);
// Thin bar: free on-hand / allocated / held of `scale` (the widest in the list).
void drawStockBar(QPainter& p, const QRectF& box, std::int64_t free, std::int64_t allocated, std::int64_t held, std::int64_t scale);
void drawCard(QPainter& p, const QRectF& box, bool selected, bool hovered);
// Elided at the right with "…"; never rich text.
void drawText(QPainter& p, const QRectF& box, const QString& text, const QFont& font, const QColor& color, Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter);
// Keycap such as "A" or "Ctrl+S" beside a command.
QSize keycapSize(const QString& key);
void drawKeycap(QPainter& p, const QRect& box, const QString& key, const QColor& color);

// Soft shadow below a raised panel of `box`, drawn outside of it over `reach` pixels.
void drawShadow(QPainter& p, const QRectF& box, int reach);

} // namespace naru::ui
