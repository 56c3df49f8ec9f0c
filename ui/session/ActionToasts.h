// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/TalkPanel.h"

class QVBoxLayout;

namespace naru::ui {

// Notes at the lower right that stay until one of their buttons is pressed; one for each id. They take no focus away and are reached with
// Tab. Lies over the window. UI thread; child of it.
class ActionToasts : public QWidget {
    Q_OBJECT
public:
    explicit ActionToasts(QWidget* window);
    void say(const QString& id, const QString& text, std::vector<Choice> choices); // every choice takes the note away
    void dismiss(const QString& id);
    void dismissAll();
    QStringList texts() const;

protected:
    bool eventFilter(QObject* watched, QEvent* e) override;
    bool event(QEvent* e) override;

private:
    void arrange();
    class Note;
    QVBoxLayout* m_column;
    std::vector<Note*> m_notes;
};

} // namespace naru::ui
