// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

// What failed and what was not changed, with a code to copy; hidden while all is well. UI thread; child of the card it speaks for.
class FailureLine : public QWidget {
    Q_OBJECT
public:
    explicit FailureLine(QWidget* parent = nullptr);
    void say(const Error& error); // the words of ui/ErrorText
    void say(const QString& sentence, const QString& code = {});
    void clear();
    QString text() const { return m_text->text(); }

protected:
    void changeEvent(QEvent* event) override;

private:
    TextLabel* m_text;
    TextLabel* m_code;
    KeyButton* m_copy;
};

} // namespace naru::ui
