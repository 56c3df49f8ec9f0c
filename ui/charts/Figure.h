// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Widgets.h"

namespace naru::ui {

// A figure with its name above, its unit behind and a note below. Read as one by screen readers. UI thread.
class Figure : public QWidget {
    Q_OBJECT
public:
    explicit Figure(QWidget* parent = nullptr);
    void setName(const QString& name);
    void setValue(const QString& value, const QString& unit = {});
    void setNote(const QString& note, TextLabel::Level level = TextLabel::Muted); // a line below, hidden when empty
    void setStale(bool stale);
    QString value() const { return m_value->text(); }

private:
    void sync();
    TextLabel* m_name;
    TextLabel* m_value;
    TextLabel* m_unit;
    TextLabel* m_note;
};

} // namespace naru::ui
