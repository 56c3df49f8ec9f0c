// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QKeySequence>
#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

namespace naru::ui {

// A command as the palette and the key sheet show it.
struct Command {
    QString id; // "orders.accept"
    QString text; // translated, a whole phrase
    QString key; // as shown: "A", "Ctrl+→"
    std::function<bool()> enabled;
    std::function<void()> run;
    const char* icon = "command"; // of the icon family, in the palette
};

// One screen of the frame. Draws and emits; its controller does the work. The frame shows title and subtitle in the header
// bar and puts headerTools() at its right.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual QString title() const = 0;
    virtual QString subtitle() const { return {}; }
    virtual QWidget* headerTools() { return nullptr; } // owned by the page until the frame takes it
    virtual std::vector<Command> commands() { return {}; } // this screen's, with keys
    virtual void activate() {} // became the visible page: load, focus the list
    virtual void focusSearch() {} // "/" was pressed
    // Where the person is on this screen: what is chosen, what is opened. Kept for a start after a crash; the caret, the focus and scroll bars
    // are kept by the workspace.
    virtual QJsonObject place() const { return {}; }
    virtual void restorePlace(const QJsonObject& place) { Q_UNUSED(place); } // may wait for its data
    virtual void openRecord(const QString& entityType, const QString& entityId) { Q_UNUSED(entityType); Q_UNUSED(entityId); }

Q_SIGNALS:
    void headerChanged(); // title or subtitle moved
    void badgeChanged(const QString& text, bool urgent); // count shown in the rail
    void recordWanted(const QString& entityType, const QString& entityId); // jump to another screen's record
    void toast(const QString& text);
};

} // namespace naru::ui
