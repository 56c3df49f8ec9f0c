// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeyEvent>

namespace naru::ui {

// The sign on the pressed key by its place on the keyboard: with a Korean layout on, "G" still is the key where G stands.
// 0 with Ctrl, Alt or Meta held. '?' is Shift and '/'. The numbers are X11 key codes (evdev + 8).
inline int letterKey(const QKeyEvent& event)
{
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return 0;
    const int key = event.key();
    if ((key >= Qt::Key_A && key <= Qt::Key_Z) || key == Qt::Key_Slash || key == Qt::Key_Question)
        return key;
    const auto at = event.nativeScanCode();
    if (at >= 24 && at <= 33)
        return "QWERTYUIOP"[at - 24];
    if (at >= 38 && at <= 46)
        return "ASDFGHJKL"[at - 38];
    if (at >= 52 && at <= 58)
        return "ZXCVBNM"[at - 52];
    if (at == 61)
        return (event.modifiers() & Qt::ShiftModifier) ? Qt::Key_Question : Qt::Key_Slash;
    return 0;
}

} // namespace naru::ui
