// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"
#include "ui/widgets/Widgets.h"

#include <optional>

namespace naru::ui {

// What was wrong with the last try, below the password; after a wrong password also the two ways on (D18). UI thread; child of the form.
class ErrorLine : public QWidget {
    Q_OBJECT
public:
    explicit ErrorLine(QWidget* parent = nullptr);
    void showError(const std::optional<Error>& error);
    QString sentence() const { return m_text->text(); }

Q_SIGNALS:
    void againWanted();
    void resetWanted();

protected:
    void changeEvent(QEvent* e) override;

private:
    std::optional<Error> m_error;
    TextLabel* m_text;
    KeyButton* m_again;
    KeyButton* m_reset;
};

} // namespace naru::ui
