// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/SessionCover.h"

#include "ui/ErrorText.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"

#include <QAccessible>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr int kPanelWidth = 460, kBlur = 28, kTall = 40;

class LockMark : public QWidget {
public:
    explicit LockMark(QWidget* parent) : QWidget(parent) { setFixedSize(kSize, kSize); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter(this).drawPixmap(0, 0, iconPixmap("lock", kSize, Theme::of().tokens().warning, devicePixelRatioF()));
    }

private:
    static constexpr int kSize = 24;
};

} // namespace

SessionCover::SessionCover(SignInController& controller, QWidget* parent) : Overlay(parent, Place::Centre, kPanelWidth), m_controller(controller)
{
    setDismissable(false);
    auto* column = new QVBoxLayout(panel());
    const int edge = RaisedPanel::kReach + kSpace5 + kSpace1;
    column->setContentsMargins(edge, edge, edge, edge - kSpace1);
    column->setSpacing(kSpace2);
    m_sentence = new TextLabel({}, TextSize::Title, true);
    m_detail = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_sentence->setWordWrap(true);
    m_detail->setWordWrap(true);
    m_form = buildForm();
    m_talk = new SignInTalk(controller);
    m_notMe = new TalkPanel;
    m_notMe->hide();
    column->addWidget(new LockMark(this), 0, Qt::AlignLeft);
    column->addSpacing(kSpace2);
    column->addWidget(m_sentence);
    column->addWidget(m_detail);
    column->addSpacing(kSpace2);
    column->addWidget(m_form);
    column->addWidget(m_talk);
    column->addWidget(m_notMe);
    connect(m_again, &QAbstractButton::clicked, this, &SessionCover::submit);
    connect(m_second, &QAbstractButton::clicked, this, &SessionCover::pressSecond);
    connect(m_third, &QAbstractButton::clicked, this, &SessionCover::pressThird);
    connect(m_error, &ErrorLine::againWanted, m_secret, [this] { m_secret->setFocus(Qt::OtherFocusReason); });
    connect(m_error, &ErrorLine::resetWanted, m_talk, &SignInTalk::tellReset);
    connect(m_talk, &SignInTalk::stepped, this, &SessionCover::refresh);
    connect(m_talk, &SignInTalk::otherMethodWanted, this, &SessionCover::otherAccountWanted);
    connect(&controller, &SignInController::changed, this, &SessionCover::refresh);
}

QWidget* SessionCover::buildForm()
{
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace2);
    m_account = new QLineEdit;
    m_account->setReadOnly(true);
    m_account->setFocusPolicy(Qt::NoFocus);
    m_secret = new QLineEdit;
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setMaxLength(256);
    for (QLineEdit* field : {m_account, m_secret}) {
        field->setFixedHeight(kTall);
        field->setTextMargins(kSpace1, 0, kSpace1, 0);
        column->addWidget(field);
    }
    m_error = new ErrorLine;
    m_again = new KeyButton({}, u"Enter"_s, KeyButton::Primary);
    m_second = new KeyButton({}, {});
    m_third = new KeyButton({}, {});
    m_hint = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted);
    m_hint->setWordWrap(true);
    column->addWidget(m_error);
    column->addSpacing(kSpace2);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kSpace2);
    for (KeyButton* button : {m_again, m_second, m_third}) {
        button->setFixedHeight(kTall);
        buttons->addWidget(button, button == m_again ? 1 : 0);
    }
    column->addLayout(buttons);
    column->addSpacing(kSpace1);
    column->addWidget(m_hint);
    return form;
}

void SessionCover::cover(const SessionEnded& how, const SessionInfo& who, const QPixmap& below, int hours)
{
    m_how = how;
    m_who = who;
    m_hours = hours;
    m_early = false;
    begin(below);
}

void SessionCover::coverEarly(const SessionInfo& who, const QPixmap& below)
{
    m_how = {};
    m_who = who;
    m_early = true;
    begin(below);
}

void SessionCover::begin(const QPixmap& below)
{
    m_report = Report::None;
    m_reportError.clear();
    m_said.reset();
    // Small enough that nothing can be read, then stretched: shapes and colours only.
    m_blurred = below.scaled(below.size() / kBlur, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    m_secret->clear();
    m_controller.leave();
    retranslate();
    open();
    focusPanel();
    QAccessibleEvent spoken(panel(), QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

void SessionCover::setDrafts(int changes)
{
    m_drafts = changes;
    retranslate();
}

bool SessionCover::isMismatched() const { return !m_early && m_how.reason == SessionEndReason::Revoked && m_how.detail == "auth-mismatch"_L1; }

QString SessionCover::headline() const
{
    if (m_early)
        return tr("Sign in again now and carry on.");
    if (isMismatched())
        return tr("Something went wrong during authentication. Please try again.");
    switch (m_how.reason) {
    case SessionEndReason::Displaced: return tr("This session ended because the account signed in elsewhere:");
    case SessionEndReason::Revoked: return tr("An administrator ended this session.");
    case SessionEndReason::ExpiredIdle: return tr("Your session has expired. Please sign in again.");
    case SessionEndReason::ExpiredAbsolute:
        return m_hours > 0 ? tr("Your session has expired (%n-hour limit). Please sign in again.", nullptr, m_hours) : tr("Your session has expired. Please sign in again.");
    case SessionEndReason::SignedOut: return tr("You signed out.");
    }
    return {};
}

QString SessionCover::kept() const
{
    if (m_drafts == 0 || m_early)
        return {};
    return m_how.reason == SessionEndReason::Displaced ? tr("%n unsaved changes are kept.", nullptr, m_drafts) : tr("%n unsaved changes are kept safe.", nullptr, m_drafts);
}

QString SessionCover::reasons() const
{
    QStringList parts;
    if (isMismatched()) {
        parts.append(tr("Code %1").arg(m_how.detail));
    } else if (!m_early && m_how.reason == SessionEndReason::Displaced) {
        QStringList facts{dateTimeText(m_how.at)};
        for (const QString& fact : {m_how.byDevice, m_how.byPlace})
            if (!fact.isEmpty())
                facts.append(fact);
        parts.append(facts.join(u" · "_s) + u'.');
    } else if (!m_early && m_how.reason == SessionEndReason::Revoked && !m_how.detail.isEmpty()) {
        parts.append(tr("Reason: %1").arg(m_how.detail));
    }
    if (const QString drafts = kept(); !drafts.isEmpty())
        parts.append(drafts);
    if (m_report == Report::Done)
        parts.append(tr("The new sign-in is limited to reading and support has been told. Sign in here to verify that it is you."));
    return parts.join(parts.size() > 1 && m_how.reason == SessionEndReason::Revoked ? u"\n"_s : u" "_s);
}

void SessionCover::nameButtons()
{
    const auto name = [this](const QString& first, const QString& second, const QString& third) {
        m_again->setText(first);
        m_second->setText(second);
        m_second->setVisible(!second.isEmpty());
        m_third->setText(third);
    };
    if (m_early)
        name(tr("Sign in now"), {}, tr("Later"));
    else if (isMismatched())
        name(tr("Retry"), tr("Other method"), tr("Copy code"));
    else if (m_how.reason == SessionEndReason::Displaced)
        name(tr("Sign in here"), m_report == Report::Done ? QString() : tr("This was not me"), tr("Close"));
    else if (m_how.reason == SessionEndReason::Revoked)
        name(tr("Sign in again"), {}, tr("Contact"));
    else
        name(tr("Sign in again"), tr("Other account"), tr("Quit"));
    m_second->updateGeometry();
    m_third->updateGeometry();
}

void SessionCover::pressSecond()
{
    if (!isMismatched() && m_how.reason == SessionEndReason::Displaced)
        askReport();
    else
        Q_EMIT otherAccountWanted();
}

void SessionCover::pressThird()
{
    if (m_early)
        close();
    else if (isMismatched())
        QGuiApplication::clipboard()->setText(m_how.detail);
    else if (m_how.reason == SessionEndReason::Revoked)
        m_talk->tellSupport(u"%1 %2"_s.arg(headline(), reasons()).trimmed(), {});
    else if (m_how.reason == SessionEndReason::Displaced)
        Q_EMIT otherAccountWanted();
    else
        Q_EMIT quitWanted();
}

void SessionCover::retranslate()
{
    const QString sentence = headline();
    const QString detail = reasons();
    m_sentence->setAccessibleName(sentence);
    m_sentence->setText(QString(sentence).replace(u". "_s, u".\n"_s));
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    panel()->setAccessibleName(detail.isEmpty() ? sentence : u"%1 %2"_s.arg(sentence, detail));
    m_account->setText(u"%1 · %2"_s.arg(m_who.displayName, m_who.login));
    m_account->setAccessibleName(tr("Account"));
    m_secret->setAccessibleName(tr("Password"));
    m_secret->setPlaceholderText(tr("Password"));
    nameButtons();
    const QString back = tr("Signing in brings you back to this screen, the selection and the cursor.");
    const bool idle = !m_early && m_how.reason == SessionEndReason::ExpiredIdle;
    m_hint->setText(idle ? u"%1 %2"_s.arg(tr("You were signed out because nothing was done for 30 minutes."), back) : back);
    refresh();
}

void SessionCover::refresh()
{
    const bool busy = m_controller.phase() != SignInController::Phase::Idle;
    const bool reporting = m_report == Report::Asking || m_report == Report::Sending;
    const bool talking = m_talk->isNeeded();
    const bool back = m_form->isHidden() && !talking && !reporting;
    m_talk->setVisible(talking && !reporting);
    m_notMe->setVisible(reporting);
    m_form->setVisible(!talking && !reporting);
    m_secret->setReadOnly(busy); // not disabled: that would push the focus away
    m_again->setEnabled(!busy);
    const auto& error = m_controller.error();
    m_error->showError(error);
    const bool fresh = error && error != m_said;
    m_said = error;
    if (!busy && isOpen() && (back || fresh))
        focusPanel();
}

void SessionCover::focusPanel()
{
    if (m_notMe->isVisible())
        m_notMe->focusFirst();
    else if (m_talk->isVisible())
        m_talk->focusFirst();
    else
        m_secret->setFocus(Qt::OtherFocusReason);
}

void SessionCover::submit()
{
    if (m_secret->text().isEmpty()) {
        m_secret->setFocus(Qt::OtherFocusReason);
        return;
    }
    const QString secret = m_secret->text();
    m_secret->clear();
    m_controller.signIn(m_who.login, secret);
}

void SessionCover::askReport()
{
    m_report = m_report == Report::Sending ? Report::Sending : Report::Asking;
    Talk talk;
    talk.id = m_reportError.isEmpty() ? 1 : 2;
    talk.sentence = tr("The new sign-in will be limited to reading and support will be told. We need to verify you.");
    talk.detail = m_reportError;
    talk.choices = {{tr("Limit and verify"), KeyButton::Primary, [this] { report(); }, m_report == Report::Asking}, {tr("Cancel"), KeyButton::Plain, [this] {
                                                                                                                           m_report = Report::None;
                                                                                                                           m_reportError.clear();
                                                                                                                           retranslate();
                                                                                                                       }}};
    refresh();
    m_notMe->show(talk);
}

void SessionCover::report()
{
    m_report = Report::Sending;
    m_reportError.clear();
    askReport();
    m_controller.session().reportNotMe({this, [this](Result<Done> answer) {
        if (m_report != Report::Sending)
            return; // left meanwhile
        m_report = answer ? Report::Done : Report::Asking;
        m_reportError = answer ? QString() : errorText(answer.error());
        if (answer)
            retranslate();
        else
            askReport();
    }});
}

void SessionCover::enterPressed()
{
    if (m_notMe->isVisible())
        m_notMe->pressFirst();
    else if (m_talk->isVisible())
        m_talk->pressFirst();
    else
        submit();
}

void SessionCover::escapePressed()
{
    if (m_notMe->isVisible())
        m_notMe->pressLast();
    else if (m_talk->isVisible())
        m_talk->pressLast();
    else if (!m_secret->text().isEmpty())
        m_secret->clear(); // first what was typed, then the last button
    else
        pressThird();
}

void SessionCover::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange) {
        retranslate();
        if (m_notMe->isVisible())
            askReport();
    }
    Overlay::changeEvent(e);
}

void SessionCover::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::SmoothPixmapTransform);
    QColor ground = Theme::of().tokens().window;
    p.fillRect(rect(), ground);
    if (!m_blurred.isNull())
        p.drawPixmap(rect(), m_blurred);
    ground.setAlphaF(0.86F);
    p.fillRect(rect(), ground);
}

} // namespace naru::ui
