// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/SessionCover.h"

#include "ui/ErrorText.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr int kPanelWidth = 460, kBlur = 28;

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
    m_account = new QLineEdit;
    m_account->setReadOnly(true);
    m_account->setFocusPolicy(Qt::NoFocus);
    m_secret = new QLineEdit;
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setMaxLength(256);
    for (QLineEdit* field : {m_account, m_secret}) {
        field->setFixedHeight(40);
        field->setTextMargins(kSpace1, 0, kSpace1, 0);
    }
    m_error = new TextLabel({}, TextSize::Body, false, TextLabel::Danger);
    m_error->setWordWrap(true);
    m_again = new KeyButton({}, u"Enter"_s, KeyButton::Primary);
    m_other = new KeyButton({}, {});
    m_quit = new KeyButton({}, {});
    m_hint = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted);
    m_hint->setWordWrap(true);
    column->addWidget(new LockMark(this), 0, Qt::AlignLeft);
    column->addSpacing(kSpace2);
    column->addWidget(m_sentence);
    column->addWidget(m_detail);
    column->addSpacing(kSpace2);
    column->addWidget(m_account);
    column->addWidget(m_secret);
    column->addWidget(m_error);
    column->addSpacing(kSpace2);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kSpace2);
    for (KeyButton* button : {m_again, m_other, m_quit}) {
        button->setFixedHeight(40);
        buttons->addWidget(button, button == m_again ? 1 : 0);
    }
    column->addLayout(buttons);
    column->addSpacing(kSpace1);
    column->addWidget(m_hint);
    connect(m_again, &QAbstractButton::clicked, this, &SessionCover::submit);
    connect(m_secret, &QLineEdit::returnPressed, this, &SessionCover::submit);
    connect(m_other, &QAbstractButton::clicked, this, &SessionCover::otherAccountWanted);
    connect(m_quit, &QAbstractButton::clicked, this, &SessionCover::quitWanted);
    connect(&controller, &SignInController::changed, this, &SessionCover::refresh);
}

void SessionCover::cover(const SessionEnded& how, const SessionInfo& who, const QPixmap& below)
{
    m_how = how;
    m_who = who;
    // Small enough that nothing can be read, then stretched: shapes and colours only.
    m_blurred = below.scaled(below.size() / kBlur, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    m_secret->clear();
    retranslate();
    open();
    m_secret->setFocus(Qt::OtherFocusReason);
}

void SessionCover::retranslate()
{
    QString sentence;
    QString detail;
    switch (m_how.reason) {
    case SessionEndReason::Displaced: {
        sentence = tr("This session ended because the account signed in elsewhere.");
        QStringList facts{dateTimeText(m_how.at)};
        for (const QString& fact : {m_how.byDevice, m_how.byPlace})
            if (!fact.isEmpty())
                facts.append(fact);
        detail = facts.join(u" · "_s) + u'.';
        break;
    }
    case SessionEndReason::Revoked: sentence = tr("An administrator ended this session."); break;
    case SessionEndReason::ExpiredIdle:
        sentence = tr("Your session has expired. Please sign in again.");
        detail = tr("You were signed out because nothing was done for 30 minutes.");
        break;
    case SessionEndReason::ExpiredAbsolute:
        sentence = tr("Your session has expired. Please sign in again.");
        detail = tr("The longest time for one session is over.");
        break;
    case SessionEndReason::SignedOut: sentence = tr("You signed out."); break;
    }
    m_sentence->setAccessibleName(sentence);
    m_sentence->setText(QString(sentence).replace(u". "_s, u".\n"_s));
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_account->setText(u"%1 · %2"_s.arg(m_who.displayName, m_who.login));
    m_account->setAccessibleName(tr("Account"));
    m_secret->setAccessibleName(tr("Password"));
    m_secret->setPlaceholderText(tr("Password"));
    m_again->setText(m_how.reason == SessionEndReason::Displaced ? tr("Sign in here") : tr("Sign in again"));
    m_other->setText(tr("Other account"));
    m_quit->setText(tr("Quit"));
    m_other->updateGeometry();
    m_quit->updateGeometry();
    m_hint->setText(tr("Signing in brings you back to this screen, the selection and the cursor."));
    refresh();
}

void SessionCover::refresh()
{
    const bool busy = m_controller.phase() != SignInController::Phase::Idle;
    m_secret->setReadOnly(busy); // not disabled: that would push the focus away
    m_again->setEnabled(!busy);
    const auto& error = m_controller.error();
    m_error->setVisible(error.has_value());
    if (error)
        m_error->setText(errorText(*error));
    if (!busy && isOpen() && error)
        m_secret->setFocus(Qt::OtherFocusReason);
}

void SessionCover::submit()
{
    if (m_secret->text().isEmpty())
        return;
    const QString secret = m_secret->text();
    m_secret->clear();
    m_controller.signIn(m_who.login, secret);
}

void SessionCover::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
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
