// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/StepUp.h"

#include "ui/ErrorText.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr int kSheetWidth = 440;

} // namespace

StepUp::StepUp(backend::Backend& backend, QWidget* window) : Overlay(window, Place::Centre, kSheetWidth), m_backend(backend)
{
    auto* column = new QVBoxLayout(panel());
    const int edge = RaisedPanel::kReach + kSpace5;
    column->setContentsMargins(edge, edge, edge, edge);
    column->setSpacing(kSpace3);
    m_sentence = new TextLabel({}, TextSize::Section, true);
    m_sentence->setWordWrap(true);
    m_form = new FactorForm;
    m_verify = new KeyButton({}, u"Enter"_s, KeyButton::Primary);
    m_cancel = new KeyButton({}, u"Esc"_s);
    column->addWidget(m_sentence);
    column->addWidget(m_form);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kSpace2);
    buttons->addStretch(1);
    buttons->addWidget(m_verify);
    buttons->addWidget(m_cancel);
    column->addLayout(buttons);
    connect(m_verify, &QAbstractButton::clicked, this, &StepUp::submit);
    connect(m_cancel, &QAbstractButton::clicked, this, &Overlay::close);
    connect(this, &Overlay::closed, this, [this] { finish(false); });
    retranslate();
}

bool StepUp::isNeeded(const Error& error) { return error.code == "step-up-required"_L1; }

void StepUp::run(QWidget* screen, std::function<void()> again, std::function<void()> cancelled)
{
    if (auto* sheet = screen->window()->findChild<StepUp*>())
        sheet->ask(screen, std::move(again), std::move(cancelled));
    else if (cancelled)
        cancelled();
}

void StepUp::ask(QObject* context, std::function<void()> again, std::function<void()> cancelled)
{
    finish(false); // of another screen: it keeps its state
    m_context = context;
    m_again = std::move(again);
    m_cancelled = std::move(cancelled);
    const auto& info = m_backend.session().info();
    m_form->setFactors(info ? info->factors : QStringList());
    m_form->setBusy(false);
    m_verify->setEnabled(true);
    open();
}

void StepUp::open()
{
    Overlay::open();
    m_form->focusField();
}

void StepUp::submit()
{
    if (m_call || m_form->isEmpty()) {
        m_form->focusField();
        return;
    }
    m_form->setBusy(true);
    m_verify->setEnabled(false);
    m_form->showError({});
    const QString factor = m_form->factor();
    m_call = m_backend.session().stepUp(factor, m_form->takeCode(), {this, [this](Result<SessionInfo> answer) { answered(answer); }});
}

void StepUp::answered(const Result<SessionInfo>& answer)
{
    m_call = 0;
    if (!isOpen())
        return; // cancelled meanwhile
    m_form->setBusy(false);
    m_verify->setEnabled(true);
    if (!answer) {
        m_form->showError(stepUpErrorText(answer.error()));
        m_form->focusField();
        return;
    }
    finish(true);
}

void StepUp::finish(bool verified)
{
    if (m_call)
        m_backend.cancel(std::exchange(m_call, 0));
    const auto again = std::exchange(m_again, nullptr);
    const auto cancelled = std::exchange(m_cancelled, nullptr);
    const bool lives = !std::exchange(m_context, nullptr).isNull();
    close(); // the focus is back before anything is done again
    if (lives && verified && again)
        again();
    else if (lives && !verified && cancelled)
        cancelled();
}

void StepUp::retranslate()
{
    m_sentence->setText(tr("This action needs extra verification."));
    panel()->setAccessibleName(m_sentence->text());
    m_verify->setText(tr("Verify"));
    m_cancel->setText(tr("Cancel"));
    m_verify->updateGeometry();
    m_cancel->updateGeometry();
}

void StepUp::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
    Overlay::changeEvent(e);
}

} // namespace naru::ui
