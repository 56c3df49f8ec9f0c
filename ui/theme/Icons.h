// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace naru::ui {

// Icons of the packaged family (Bootstrap Icons, :/icons/<name>.svg), tinted by a colour; rendered once per (name, size,
// colour, scale) and kept. UI thread. An unknown name asserts in debug builds and gives an empty pixmap.
// The names available are listed in resources/icons.txt.
QPixmap iconPixmap(const char* name, int size, const QColor& color, qreal scale);
// Follows the theme: normal = textMuted, selected = accent.
QIcon themedIcon(const char* name, int size = 16);

// The program's mark in the accent of the theme in force.
QPixmap brandPixmap(int size, qreal scale);

} // namespace naru::ui
