// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/orders/InlineSheet.h"

#include <QAbstractButton>
#include <QKeyEvent>

namespace naru::ui {

// Enter confirms an open sheet that has no field to press it in; a button of this style takes the space bar only. False: not that key, or no
// such sheet.
inline bool confirmedByEnter(InlineSheet& sheet, const QKeyEvent& event)
{
    if (!sheet.isOpen() || (event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter))
        return false;
    for (auto* button : sheet.findChildren<QAbstractButton*>(QStringLiteral("sheetConfirmButton")))
        if (button->isVisible() && button->hasFocus()) {
            button->click();
            return true;
        }
    return false;
}

} // namespace naru::ui
