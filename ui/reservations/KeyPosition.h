// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/LetterKey.h"

namespace naru::ui {

// As letterKey(), and also the brackets, the full stop and every other printed sign (so that lists leave them to the page).
// The numbers are X11 key codes (evdev + 8).
inline int signKey(const QKeyEvent& event)
{
    if (const int letter = letterKey(event))
        return letter;
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return 0;
    switch (event.nativeScanCode()) {
    case 34: return Qt::Key_BracketLeft;
    case 35: return Qt::Key_BracketRight;
    case 60: return Qt::Key_Period;
    default: return event.key() > Qt::Key_Space && event.key() < Qt::Key_Delete && event.key() < 0x7f ? event.key() : 0;
    }
}

} // namespace naru::ui
