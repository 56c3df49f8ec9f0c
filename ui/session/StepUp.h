// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "ui/frame/Overlay.h"
#include "ui/session/FactorForm.h"

namespace naru::ui {

// "This action needs extra verification": asks for what the account has (code, recovery code, password), verifies, then does again what was
// refused. A screen whose call fails with step-up-required says
//
//     if (StepUp::isNeeded(error)) {
//         StepUp::run(this, [this] { send(); });
//         return;
//     }
//
// and keeps its state: cancelled, nothing has happened to it. One sheet to a window. UI thread; child of the window.
class StepUp : public Overlay {
    Q_OBJECT
public:
    StepUp(backend::Backend& backend, QWidget* window);

    static bool isNeeded(const Error& error); // code step-up-required
    // Opens the sheet of the window `screen` is in. `again` is called once, after the person has verified itself and only while `screen`
    // lives; `cancelled`, if given, when it has not. A window without a sheet cancels at once.
    static void run(QWidget* screen, std::function<void()> again, std::function<void()> cancelled = {});

    void ask(QObject* context, std::function<void()> again, std::function<void()> cancelled = {});
    void open() override;

protected:
    void changeEvent(QEvent* e) override;
    void enterPressed() override { submit(); }

private:
    void retranslate();
    void submit();
    void answered(const Result<SessionInfo>& answer);
    void finish(bool verified);
    backend::Backend& m_backend;
    QPointer<QObject> m_context;
    std::function<void()> m_again;
    std::function<void()> m_cancelled;
    backend::CallId m_call = 0;
    TextLabel* m_sentence;
    FactorForm* m_form;
    KeyButton* m_verify;
    KeyButton* m_cancel;
};

} // namespace naru::ui
