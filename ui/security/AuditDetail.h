// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

// One line of the audit log with all it holds, to be copied. UI thread; child of the page.
class AuditDetail : public Card {
    Q_OBJECT
public:
    explicit AuditDetail(QWidget* parent = nullptr);
    void setLine(const std::optional<AuditLine>& line);
    void setNarrowed(bool narrowed); // the table shows one thing only
    void retranslate();
    QString plainText() const; // as it is copied
    void copy();

Q_SIGNALS:
    void onlyThisWanted(const QString& entityType, const QString& entityId); // empty: everything again
    void said(const QString& text);

private:
    void sync();
    std::optional<AuditLine> m_line;
    bool m_narrowed = false;
    TextLabel* m_action;
    TextLabel* m_facts;
    TextLabel* m_change;
    TextLabel* m_detail;
    KeyButton* m_copy;
    KeyButton* m_only;
};

} // namespace naru::ui
