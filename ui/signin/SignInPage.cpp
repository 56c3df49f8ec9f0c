// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/SignInPage.h"

#include "ui/settings/LookControls.h"
#include "ui/signin/DemoCard.h"
#include "ui/theme/Icons.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QUrl>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr int kCardWidth = 460, kBrandSize = 44;

class BrandMark : public QWidget {
public:
    explicit BrandMark(QWidget* parent) : QWidget(parent) { setFixedSize(kBrandSize, kBrandSize); }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).drawPixmap(0, 0, brandPixmap(kBrandSize, devicePixelRatioF())); }
};

} // namespace

SignInPage::SignInPage(SignInController& controller, Preferences& preferences, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_preferences(preferences)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kSpace5, kSpace5, kSpace5, kSpace4);
    column->addStretch(2);
    auto* middle = new QHBoxLayout; // not by an alignment: the height of its texts would be reckoned for the whole width
    middle->addStretch(1);
    middle->addWidget(buildCard());
    middle->addStretch(1);
    column->addLayout(middle);
    column->addStretch(3);
    column->addWidget(buildFooter());
    m_login->setText(preferences.lastLogin());
    connect(m_enter, &QAbstractButton::clicked, this, &SignInPage::submit);
    connect(m_login, &QLineEdit::returnPressed, this, [this] { m_secret->setFocus(Qt::OtherFocusReason); });
    connect(m_secret, &QLineEdit::returnPressed, this, &SignInPage::submit);
    connect(m_changeServer, &QAbstractButton::clicked, this, &SignInPage::settingsWanted);
    connect(&controller, &SignInController::changed, this, &SignInPage::refresh);
    retranslate();
}

QWidget* SignInPage::buildCard()
{
    auto* card = new Card;
    card->setFixedWidth(kCardWidth);
    QVBoxLayout* body = card->body();
    body->setContentsMargins(kSpace4, kSpace4, kSpace4, kSpace3);
    body->setSpacing(kSpace2);
    auto* brand = new QHBoxLayout;
    brand->setSpacing(kSpace3);
    brand->addWidget(new BrandMark(card));
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    m_title = new TextLabel({}, TextSize::Title, true);
    m_subtitle = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    names->addWidget(m_title);
    names->addWidget(m_subtitle);
    brand->addLayout(names, 1);
    body->addLayout(brand);
    body->addSpacing(kSpace3);
    m_form = buildForm();
    m_talk = new SignInTalk(m_controller);
    body->addWidget(m_form);
    body->addWidget(m_talk);
    connect(m_talk, &SignInTalk::stepped, this, &SignInPage::refresh);
    connect(m_talk, &SignInTalk::otherMethodWanted, this, &SignInPage::focusForm);
    connect(m_error, &ErrorLine::againWanted, m_secret, [this] { m_secret->setFocus(Qt::OtherFocusReason); });
    connect(m_error, &ErrorLine::resetWanted, m_talk, &SignInTalk::tellReset);
    return card;
}

QWidget* SignInPage::buildForm()
{
    auto* form = new QWidget;
    auto* body = new QVBoxLayout(form);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(kSpace2);
    m_loginText = new TextLabel({}, TextSize::Meta, true, TextLabel::Muted);
    m_login = new QLineEdit;
    m_login->setMaxLength(128);
    m_secretText = new TextLabel({}, TextSize::Meta, true, TextLabel::Muted);
    m_secret = new QLineEdit;
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setMaxLength(256);
    m_error = new ErrorLine;
    m_enter = new KeyButton({}, u"Enter"_s, KeyButton::Primary);
    m_enter->setFixedHeight(kControl + kSpace1);
    body->addWidget(m_loginText);
    body->addWidget(m_login);
    body->addSpacing(kSpace1);
    body->addWidget(m_secretText);
    body->addWidget(m_secret);
    body->addWidget(m_error);
    body->addSpacing(kSpace2);
    body->addWidget(m_enter);

    m_demoText = new TextLabel({}, TextSize::Meta, true, TextLabel::Muted);
    m_demo = new QWidget;
    m_demoGrid = new QGridLayout(m_demo);
    m_demoGrid->setContentsMargins(0, 0, 0, 0);
    m_demoGrid->setSpacing(kSpace2);
    body->addSpacing(kSpace3);
    body->addWidget(m_demoText);
    body->addWidget(m_demo);
    m_demoText->hide();
    m_demo->hide();
    return form;
}

QWidget* SignInPage::buildFooter()
{
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpace3);
    m_service = new ChipLabel;
    m_server = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_changeServer = new KeyButton({}, {});
    row->addWidget(m_service);
    row->addWidget(m_server);
    row->addWidget(m_changeServer);
    row->addStretch(1);
    row->addWidget(new ThemeSegments);
    row->addWidget(new LanguageSegments(m_preferences));
    return footer;
}

void SignInPage::retranslate()
{
    m_title->setText(tr("Naru"));
    m_subtitle->setText(tr("Operations console"));
    m_loginText->setText(tr("ID"));
    m_login->setAccessibleName(tr("ID"));
    m_secretText->setText(tr("Password"));
    m_secret->setAccessibleName(tr("Password"));
    m_demoText->setText(tr("Look around with a demo account"));
    m_changeServer->setText(tr("Change server"));
    m_changeServer->updateGeometry();
    m_shown.clear();
    refresh();
}

void SignInPage::refresh()
{
    using Phase = SignInController::Phase;
    const Phase phase = m_controller.phase();
    const QUrl url(m_preferences.server());
    m_server->setText(url.port() > 0 ? u"%1:%2"_s.arg(url.host()).arg(url.port()) : url.host());
    if (m_controller.isServerReachable())
        m_service->setChip({tr("Service is up"), "check2", Tone::Success});
    else if (m_controller.server() || !m_controller.error())
        m_service->setChip({tr("Looking for the server"), "hourglass-split", Tone::Warning});
    else
        m_service->setChip({tr("Server cannot be reached"), "wifi-off", Tone::Danger});
    m_enter->setText(phase == Phase::Resuming ? tr("Continuing…") : phase == Phase::SigningIn ? tr("Signing in…") : tr("Sign in"));
    m_enter->setEnabled(phase != Phase::SigningIn);
    m_login->setReadOnly(phase == Phase::SigningIn); // not disabled: that would push the focus away
    m_secret->setReadOnly(phase == Phase::SigningIn);
    m_demo->setEnabled(phase != Phase::SigningIn);
    const auto& error = m_controller.error();
    m_error->showError(error);
    const bool back = m_form->isHidden() && !m_talk->isNeeded();
    m_form->setVisible(!m_talk->isNeeded());
    const bool fresh = error && error != m_said;
    m_said = error;
    if (!m_form->isHidden() && phase == Phase::Idle && isVisible() && (back || (fresh && !m_login->hasFocus())))
        (m_login->text().isEmpty() ? m_login : m_secret)->setFocus(Qt::OtherFocusReason);
    rebuildDemo();
}

void SignInPage::rebuildDemo()
{
    std::vector<DemoAccount> wanted;
    if (const auto& server = m_controller.server(); server && server->demo) {
        // The first of each role: enough to look around, however many vendors there are.
        for (const DemoAccount& account : server->demoAccounts) {
            const bool known = std::any_of(wanted.begin(), wanted.end(), [&](const DemoAccount& other) { return other.role == account.role; });
            if (account.role != Role::Channel && !known)
                wanted.push_back(account);
        }
    }
    if (wanted == m_shown)
        return;
    m_shown = wanted;
    while (QLayoutItem* item = m_demoGrid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int at = 0;
    for (const DemoAccount& account : wanted) {
        auto* card = new DemoCard(account);
        connect(card, &QAbstractButton::clicked, this, [this, account] { m_controller.signIn(account.login, account.secret); });
        m_demoGrid->addWidget(card, at / 2, at % 2);
        ++at;
    }
    m_demoText->setVisible(!wanted.empty());
    m_demo->setVisible(!wanted.empty());
}

void SignInPage::submit()
{
    if (m_login->text().trimmed().isEmpty()) {
        m_login->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (m_secret->text().isEmpty()) {
        m_secret->setFocus(Qt::OtherFocusReason);
        return;
    }
    const QString secret = m_secret->text();
    m_secret->clear(); // not kept on screen longer than needed
    m_controller.signIn(m_login->text().trimmed(), secret);
}

void SignInPage::focusForm()
{
    if (m_talk->isNeeded()) {
        m_talk->focusFirst();
        return;
    }
    if (m_login->text().isEmpty())
        m_login->setText(m_preferences.lastLogin());
    (m_login->text().isEmpty() ? m_login : m_secret)->setFocus(Qt::OtherFocusReason);
}

void SignInPage::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(e);
}

void SignInPage::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), Theme::of().tokens().window); }

} // namespace naru::ui
