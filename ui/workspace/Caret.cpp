// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/Caret.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextEdit>

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {

const QString kText = u"text"_s, kCaret = u"caret"_s, kAnchor = u"anchor"_s;

// The view whose cell editor this is, if it is one.
const QAbstractItemView* viewOf(const QWidget& editor)
{
    const QWidget* port = editor.parentWidget();
    const auto* view = port ? qobject_cast<const QAbstractItemView*>(port->parentWidget()) : nullptr;
    return view && view->viewport() == port ? view : nullptr;
}

template <class Edit> void readText(const Edit& edit, QJsonObject& out)
{
    const QTextCursor cursor = edit.textCursor();
    out[kCaret] = cursor.position();
    out[kAnchor] = cursor.anchor();
}

template <class Edit> void restoreText(Edit& edit, const QJsonObject& caret)
{
    QTextCursor cursor = edit.textCursor();
    const int most = edit.document()->characterCount() - 1;
    cursor.setPosition(qBound(0, caret[kAnchor].toInt(), most));
    cursor.setPosition(qBound(0, caret[kCaret].toInt(), most), QTextCursor::KeepAnchor);
    edit.setTextCursor(cursor);
}

void readLine(const QLineEdit& edit, QJsonObject& out)
{
    const int start = edit.selectionStart();
    out[kCaret] = edit.cursorPosition();
    out[kAnchor] = start < 0 ? edit.cursorPosition() : start == edit.cursorPosition() ? edit.selectionEnd() : start;
}

void restoreLine(QLineEdit& edit, const QJsonObject& caret)
{
    const int most = static_cast<int>(edit.text().size());
    const int anchor = qBound(0, caret[kAnchor].toInt(), most);
    const int at = qBound(0, caret[kCaret].toInt(), most);
    edit.setCursorPosition(at);
    if (anchor != at)
        edit.setSelection(anchor, at - anchor); // negative: the caret stands at its left end
}

void readScroll(const QWidget& page, QJsonObject& out)
{
    QJsonObject bars;
    for (const QScrollBar* bar : page.findChildren<QScrollBar*>())
        if (bar->value() != bar->minimum())
            bars[Caret::wayTo(*bar, page)] = bar->value();
    if (!bars.isEmpty())
        out[u"scroll"_s] = bars;
}

bool restoreCell(QAbstractItemView& view, const QJsonObject& caret)
{
    const QJsonObject cell = caret[u"cell"_s].toObject();
    const QModelIndex index = view.model() ? view.model()->index(cell[u"row"_s].toInt(), cell[u"column"_s].toInt(), view.rootIndex()) : QModelIndex();
    if (!index.isValid() || index.siblingAtColumn(0).data().toString() != cell[u"name"_s].toString())
        return false;
    view.setFocus(Qt::OtherFocusReason);
    view.setCurrentIndex(index);
    if (!caret.contains(kText))
        return true;
    view.edit(index);
    auto* edit = qobject_cast<QLineEdit*>(view.indexWidget(index));
    for (QWidget* child : view.viewport()->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        if (auto* line = qobject_cast<QLineEdit*>(child); line && !line->isHidden() && !edit)
            edit = line;
    if (!edit)
        return false;
    edit->setText(caret[kText].toString());
    edit->setModified(true);
    restoreLine(*edit, caret);
    return true;
}

} // namespace

QString Caret::wayTo(const QWidget& widget, const QWidget& page)
{
    QStringList way;
    for (const QWidget* at = &widget; at && at != &page; at = at->parentWidget()) {
        if (!at->objectName().isEmpty()) {
            way.prepend(at->objectName());
            continue;
        }
        const QWidget* parent = at->parentWidget();
        int number = 0;
        if (parent)
            for (const QObject* sibling : parent->children()) {
                if (sibling == at)
                    break;
                if (sibling->isWidgetType() && sibling->objectName().isEmpty() && qstrcmp(sibling->metaObject()->className(), at->metaObject()->className()) == 0)
                    ++number;
            }
        way.prepend(u"%1:%2"_s.arg(QString::fromLatin1(at->metaObject()->className())).arg(number));
    }
    return way.join(u'/');
}

QWidget* Caret::find(QWidget& page, const QString& way)
{
    QWidget* at = &page;
    for (const QString& step : way.split(u'/', Qt::SkipEmptyParts)) {
        QWidget* next = nullptr;
        const qsizetype colon = step.lastIndexOf(u':');
        int number = step.mid(colon + 1).toInt();
        for (QObject* child : at->children()) {
            auto* widget = qobject_cast<QWidget*>(child);
            if (!widget || next)
                continue;
            if (!widget->objectName().isEmpty() ? widget->objectName() == step
                                                : colon > 0 && step.left(colon) == QLatin1StringView(widget->metaObject()->className()) && number-- == 0)
                next = widget;
        }
        if (!next)
            return nullptr;
        at = next;
    }
    return at;
}

QJsonObject Caret::read(const QWidget& page, const QWidget* focus)
{
    QJsonObject out;
    readScroll(page, out);
    if (!focus || !page.isAncestorOf(focus))
        return out;
    const QAbstractItemView* view = viewOf(*focus);
    const QWidget* named = view ? view : focus;
    out[u"focus"_s] = wayTo(*named, page);
    if (const auto* items = qobject_cast<const QAbstractItemView*>(named)) {
        const QModelIndex index = items->currentIndex();
        if (index.isValid())
            out[u"cell"_s] = QJsonObject{{u"row"_s, index.row()}, {u"column"_s, index.column()}, {u"name"_s, index.siblingAtColumn(0).data().toString()}};
    }
    if (const auto* line = qobject_cast<const QLineEdit*>(focus)) {
        readLine(*line, out);
        if (view)
            out[kText] = line->text();
    } else if (const auto* plain = qobject_cast<const QPlainTextEdit*>(focus)) {
        readText(*plain, out);
    } else if (const auto* rich = qobject_cast<const QTextEdit*>(focus)) {
        readText(*rich, out);
    }
    return out;
}

bool Caret::restore(QWidget& page, const QJsonObject& caret, bool last)
{
    const QString way = caret[u"focus"_s].toString();
    if (way.isEmpty())
        return true;
    QWidget* widget = find(page, way);
    if (!widget || !widget->isVisible() || !widget->isEnabled())
        return false;
    if (auto* view = qobject_cast<QAbstractItemView*>(widget); view && caret.contains(u"cell"_s))
        return restoreCell(*view, caret);
    widget->setFocus(Qt::OtherFocusReason);
    if (auto* line = qobject_cast<QLineEdit*>(widget)) {
        if (!last && line->text().size() < qMax(caret[kCaret].toInt(), caret[kAnchor].toInt()))
            return false; // its text has not come yet
        restoreLine(*line, caret);
    } else if (auto* plain = qobject_cast<QPlainTextEdit*>(widget)) {
        restoreText(*plain, caret);
    } else if (auto* rich = qobject_cast<QTextEdit*>(widget)) {
        restoreText(*rich, caret);
    }
    return true;
}

void Caret::restoreScroll(QWidget& page, const QJsonObject& caret)
{
    const QJsonObject bars = caret[u"scroll"_s].toObject();
    for (auto at = bars.begin(); at != bars.end(); ++at)
        if (auto* bar = qobject_cast<QScrollBar*>(find(page, at.key())))
            bar->setValue(at.value().toInt());
}

} // namespace naru::ui
