// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

class QWidget;

namespace naru::ui {

// Where hands and eyes are on a page: the focus, caret and selection of the field, the open cell of a table with what is typed in it, and how
// far everything is scrolled. Widgets are named by their way down from the page, so that the same place is found after a start. UI thread.
class Caret {
public:
    // `focus`: the widget to take as focused; it may be about to lose the focus.
    static QJsonObject read(const QWidget& page, const QWidget* focus);
    // What can be put back now; false: the field is not there yet, or hidden, or its text is shorter. `last`: a shorter one will do.
    static bool restore(QWidget& page, const QJsonObject& caret, bool last = false);
    static void restoreScroll(QWidget& page, const QJsonObject& caret);

    static QString wayTo(const QWidget& widget, const QWidget& page);
    static QWidget* find(QWidget& page, const QString& way);
};

} // namespace naru::ui
