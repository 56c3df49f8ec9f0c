// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/SignInTalk.h"

#include "ui/ErrorText.h"
#include "ui/session/SessionWords.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>

namespace naru::ui {
using namespace Qt::StringLiterals;
using Step = SignInController::Step;
namespace {

constexpr int kNoteId = 100, kSetUpId = 101, kHelpId = 102;

} // namespace

SignInTalk::SignInTalk(SignInController& controller, QWidget* parent) : TalkPanel(parent), m_controller(controller)
{
    connect(&controller, &SignInController::changed, this, &SignInTalk::refresh);
    refresh();
}

void SignInTalk::tellSupport(const QString& what, const QString& code)
{
    const auto& open = m_controller.openWork();
    const QString account = !m_controller.login().isEmpty() ? m_controller.login() : open ? open->login : QString();
    m_note = Note{tr("Please tell your support team:"), supportNote(account, what, code, m_controller.clock().now()), false};
    refresh();
}

void SignInTalk::tellReset()
{
    m_note = Note{tr("Support or an administrator can reset your password. Please tell them:"),
        supportNote(m_controller.login(), tr("The password has to be reset."), {}, m_controller.clock().now()), false};
    refresh();
}

void SignInTalk::refresh()
{
    const Step step = m_controller.step();
    if (step != m_step) {
        m_note.reset(); // the conversation went on
        m_settingUp = m_helping = false;
        m_copied.clear();
        if (step == Step::Factor)
            form().setFactors(m_controller.factors());
        m_step = step;
    }
    if (!isNeeded()) {
        hide();
        Q_EMIT stepped();
        return;
    }
    Talk talk = m_note ? talkOfNote() : talkOfStep();
    if (talk.asksFactor) {
        form().setBusy(m_controller.phase() == SignInController::Phase::SigningIn);
        form().showError(m_controller.error() ? stepUpErrorText(*m_controller.error()) : QString());
    }
    Q_EMIT stepped();
    show(talk);
}

Talk SignInTalk::talkOfStep()
{
    Talk talk;
    switch (m_controller.step()) {
    case Step::Form: break;
    case Step::KeyWaiting:
    case Step::KeyLocked:
    case Step::NoKeychain: talk = talkOfKey(); break;
    case Step::Mismatch: talk = mismatch(); break;
    case Step::Factor:
        talk.sentence = tr("This action needs extra verification.");
        talk.asksFactor = true;
        talk.choices = {{tr("Verify"), KeyButton::Primary, [this] { submitFactor(); }}, cancel()};
        break;
    case Step::OtherPerson: {
        const QString other = m_controller.personName();
        const QString owner = m_controller.openWork() ? m_controller.openWork()->displayName : QString();
        talk.sentence = tr("%1's work is open. Continue as %2 and it is kept for %1.").arg(owner, other);
        talk.choices = {{tr("Continue as %1").arg(other), KeyButton::Primary, [this] { m_controller.goOn(); }}, cancel()};
        break;
    }
    default: talk = talkOfRefusal();
    }
    if (talk.id == 0)
        talk.id = 1 + static_cast<int>(m_controller.step());
    if (m_controller.phase() == SignInController::Phase::SigningIn)
        for (std::size_t i = 0; i + 1 < talk.choices.size(); ++i)
            talk.choices[i].enabled = false; // only the way out
    return talk;
}

Talk SignInTalk::talkOfRefusal()
{
    Talk talk;
    const Error& why = m_controller.refusal();
    switch (m_controller.step()) {
    case Step::Confirm:
        talk.sentence = tr("Already signed in: %1, last active %n min ago. Signing in here ends that session.", nullptr, minutesSince(why, m_controller.clock().now())).arg(placeOf(why));
        talk.choices = {{tr("Take over"), KeyButton::Primary, [this] { m_controller.goOn(); }}, {tr("Leave"), KeyButton::Plain, [this] { m_controller.leave(); }}};
        break;
    case Step::Elsewhere:
        talk.sentence = tr("This account can be used in one place. Sign out on %1 first.").arg(deviceOf(why));
        talk.choices = {{tr("OK"), KeyButton::Primary, [this] { m_controller.leave(); }}, support(talk.sentence)};
        break;
    case Step::Approval:
        talk.sentence = tr("This new device needs approval.");
        talk.choices = {{tr("Enter code"), KeyButton::Primary, [this] { m_controller.enterCode(); }}, {tr("Ask for approval"), KeyButton::Plain, [this] { m_controller.askApproval(); }}, cancel()};
        break;
    case Step::Awaiting:
        talk.sentence = tr("Waiting for approval");
        talk.detail = tr("Approve this computer on a device you already use, or ask your manager or support. You are signed in here as soon as it is done.");
        talk.choices = {{tr("Enter code"), KeyButton::Plain, [this] { m_controller.enterCode(); }}, cancel()};
        break;
    case Step::Busy:
        talk.sentence = tr("Many people are signing in. Retrying in %n s.", nullptr, m_controller.secondsLeft());
        talk.choices = {cancel()};
        break;
    case Step::Throttled:
        talk.sentence = tr("Too many attempts. Try again in %n s.", nullptr, m_controller.secondsLeft());
        talk.choices = {{tr("OK"), KeyButton::Primary, [this] { m_controller.leave(); }}, support(talk.sentence)};
        break;
    default: break;
    }
    return talk;
}

Talk SignInTalk::talkOfKey()
{
    Talk talk;
    if (m_settingUp) {
        talk.id = kSetUpId;
        talk.sentence = tr("Set up this computer again?");
        talk.detail = tr("It becomes a new device that may need approval. What is kept here for the old one cannot be used any more.");
        talk.choices = {{tr("Set up again"), KeyButton::Destructive, [this] {
                             m_settingUp = false;
                             m_controller.session().setUpAgain();
                         }},
            {tr("Cancel"), KeyButton::Plain, [this] {
                 m_settingUp = false;
                 refresh();
             }}};
        talk.focus = 1;
        return talk;
    }
    const Choice without{tr("Continue without saving"), KeyButton::Plain, [this] { m_controller.session().useMemoryKey(); }};
    if (m_controller.step() == Step::NoKeychain) {
        talk.sentence = tr("No secure storage here. Sign-in is forgotten when you quit.");
        if (m_helping)
            talk.detail = tr("Install and start a keyring, such as gnome-keyring with libsecret, or KWallet, then start Naru again. Until then the key of this computer is held in memory only.");
        talk.id = m_helping ? kHelpId : 0;
        talk.choices = {{tr("Continue"), KeyButton::Primary, without.run}, {tr("Help"), KeyButton::Plain, [this] {
                                                                              m_helping = !m_helping;
                                                                              refresh();
                                                                          }}};
        return talk;
    }
    talk.sentence = tr("This device's keyring is locked. Please unlock it.");
    talk.choices = {{tr("Retry"), KeyButton::Primary, [this] { m_controller.session().retryKey(); }}, without};
    talk.escapes = false; // the last one is no way back
    if (m_controller.step() == Step::KeyWaiting) {
        talk.detail = tr("Waiting until it is unlocked…");
        talk.choices.erase(talk.choices.begin()); // it is being asked
        return talk;
    }
    talk.choices.push_back({tr("Set up again"), KeyButton::Plain, [this] {
        m_settingUp = true;
        refresh();
    }});
    return talk;
}

Talk SignInTalk::mismatch()
{
    const Error& why = m_controller.refusal();
    const QString code = errorCode(why);
    Talk talk;
    talk.sentence = tr("Something went wrong during authentication. Please try again.");
    talk.detail = why.requestId.isEmpty() ? tr("Code %1").arg(why.code) : tr("Code %1 · request %2").arg(why.code, why.requestId);
    if (m_controller.isAgain())
        talk.choices.push_back({tr("Retry"), KeyButton::Primary, [this] { m_controller.goOn(); }});
    else
        talk.detail += u'\n' + tr("It went wrong three times. Please copy the code and ask support.");
    talk.choices.push_back({tr("Other method"), KeyButton::Plain, [this] {
        m_controller.leave();
        Q_EMIT otherMethodWanted();
    }});
    talk.choices.push_back({m_copied == code ? tr("Copied") : tr("Copy code"), KeyButton::Plain, [this, code] { copy(code); }});
    return talk;
}

Talk SignInTalk::talkOfNote()
{
    Talk talk;
    talk.id = kNoteId;
    talk.sentence = m_note->sentence;
    talk.detail = m_note->text;
    talk.choices = {{m_note->copied ? tr("Copied") : tr("Copy"), KeyButton::Primary, [this] {
                         QGuiApplication::clipboard()->setText(m_note->text);
                         m_note->copied = true;
                         refresh();
                     }},
        {tr("Back"), KeyButton::Plain, [this] {
             m_note.reset();
             refresh();
         }}};
    return talk;
}

Choice SignInTalk::cancel()
{
    return {tr("Cancel"), KeyButton::Plain, [this] { m_controller.leave(); }};
}

Choice SignInTalk::support(const QString& what)
{
    return {tr("Ask support"), KeyButton::Plain, [this, what] { tellSupport(what, errorCode(m_controller.refusal())); }};
}

void SignInTalk::submitFactor()
{
    if (form().isEmpty()) {
        form().focusField();
        return;
    }
    const QString factor = form().factor();
    m_controller.sendFactor(factor, form().takeCode());
}

void SignInTalk::copy(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    m_copied = text;
    refresh();
}

void SignInTalk::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        refresh();
    TalkPanel::changeEvent(e);
}

} // namespace naru::ui
