// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeyEvent>

namespace naru::ui {

// The letter on the pressed key by its place on the keyboard, so that single-letter commands also work while a Korean layout
// is on; 0 with Ctrl, Alt or Meta held, and for other keys. The numbers are X11 key codes (evdev + 8).
inline int letterAt(const QKeyEvent& event)
{
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return 0;
    if (event.key() > 0x20 && event.key() < 0x7f)
        return event.key();
    switch (event.nativeScanCode()) {
    case 27: return Qt::Key_R;
    case 28: return Qt::Key_T;
    case 34: return Qt::Key_BracketLeft;
    case 35: return Qt::Key_BracketRight;
    case 60: return Qt::Key_Period;
    default: return 0;
    }
}

} // namespace naru::ui
