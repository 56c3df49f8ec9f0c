// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/Keys.h"

#include "ui/frame/LetterKey.h"

#include <QApplication>
#include <QWidget>

namespace naru::ui {
namespace {

constexpr qint64 kLetterWaitMs = 1500;

// Fields, editors and whatever else takes text or composes it.
bool takesText(const QWidget* w) { return w && w->testAttribute(Qt::WA_InputMethodEnabled) && w->inputMethodQuery(Qt::ImEnabled).toBool(); }

} // namespace

Keys::Keys(QWidget& window) : QObject(&window), m_window(window) { qApp->installEventFilter(this); }

bool Keys::eventFilter(QObject* watched, QEvent* e)
{
    switch (e->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        Q_EMIT userActed();
        return false;
    case QEvent::KeyPress: break;
    default: return false;
    }
    const auto* widget = qobject_cast<QWidget*>(watched);
    // A press travels from the focus widget up through its parents: look at it once, at its first station.
    if (!widget || widget->window() != &m_window || (QApplication::focusWidget() && QApplication::focusWidget() != widget))
        return false;
    Q_EMIT userActed();
    if (!m_enabled)
        return false;
    const auto& key = *static_cast<QKeyEvent*>(e);
    return chord(key) || (!takesText(widget) && letter(key));
}

bool Keys::chord(const QKeyEvent& e)
{
    if (e.modifiers() != Qt::ControlModifier)
        return false;
    // Position 45, 33 and 56 are K, P and B.
    if (e.key() == Qt::Key_K || e.nativeScanCode() == 45)
        Q_EMIT paletteWanted();
    else if (e.key() == Qt::Key_P || e.nativeScanCode() == 33)
        Q_EMIT recordSearchWanted();
    else if (e.key() == Qt::Key_B || e.nativeScanCode() == 56)
        Q_EMIT railToggled();
    else
        return false;
    return true;
}

bool Keys::letter(const QKeyEvent& e)
{
    const int key = letterKey(e);
    if (m_afterG.isValid()) {
        const bool inTime = m_afterG.elapsed() < kLetterWaitMs;
        m_afterG.invalidate();
        if (inTime && key >= Qt::Key_A && key <= Qt::Key_Z) {
            Q_EMIT screenWanted(static_cast<char>(key));
            return true;
        }
    }
    switch (key) {
    case Qt::Key_G: m_afterG.start(); return true;
    case Qt::Key_Slash: Q_EMIT searchWanted(); return true;
    case Qt::Key_Question: Q_EMIT keySheetWanted(); return true;
    default: return false;
    }
}

} // namespace naru::ui
