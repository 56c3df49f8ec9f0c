// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/FactorCard.h"

#include <QClipboard>
#include <QDir>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSaveFile>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/security/QrCode.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Act = OwnSecurityController::Act;

namespace {

constexpr int kGroup = 4, kCodeLength = 6, kLeastPassword = 12;

QLineEdit* field(QWidget* parent, bool secret)
{
    auto* edit = new QLineEdit(parent);
    edit->setMinimumHeight(kControl);
    edit->setMaxLength(256);
    if (secret)
        edit->setEchoMode(QLineEdit::Password);
    return edit;
}

QVBoxLayout* formColumn(QWidget* form)
{
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, kSpace2, 0, 0);
    column->setSpacing(kSpace2);
    form->hide();
    return column;
}

TextLabel* help(QWidget* parent)
{
    auto* label = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, parent);
    label->setWordWrap(true);
    return label;
}

} // namespace

FactorCard::FactorCard(OwnSecurityController& controller, QWidget* parent)
    : Card({}, {}, parent), m_controller(controller), m_totpState(new ChipLabel), m_codesState(new ChipLabel), m_totpText(new TextLabel({}, TextSize::Body, true)),
      m_codesText(new TextLabel({}, TextSize::Body, true)), m_passwordText(new TextLabel({}, TextSize::Body, true)), m_totp(new KeyButton({}, u"C"_s)), m_codes(new KeyButton({}, u"V"_s)),
      m_password(new KeyButton({}, u"P"_s)), m_failure(new FailureLine)
{
    auto* grid = new QGridLayout;
    grid->setSpacing(kSpace2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_totpText, 0, 0);
    grid->addWidget(m_totpState, 0, 1);
    grid->addWidget(m_totp, 0, 2);
    grid->addWidget(m_codesText, 1, 0);
    grid->addWidget(m_codesState, 1, 1);
    grid->addWidget(m_codes, 1, 2);
    grid->addWidget(m_passwordText, 2, 0);
    grid->addWidget(m_password, 2, 2);
    body()->addLayout(grid);
    body()->addWidget(m_failure);
    buildTotp();
    buildCodes();
    buildPassword();
    body()->addStretch(1);
    connect(m_totp, &QAbstractButton::clicked, this, &FactorCard::startTotp);
    connect(m_codes, &QAbstractButton::clicked, this, &FactorCard::startCodes);
    connect(m_password, &QAbstractButton::clicked, this, &FactorCard::startPassword);
    connect(&controller, &OwnSecurityController::accessChanged, this, &FactorCard::sync);
    connect(&controller, &OwnSecurityController::totpReady, this, [this](const TotpSecret& secret) {
        m_qr->setText(secret.uri);
        m_secret->setText(grouped(secret.secret));
        m_code->clear();
        showForm(m_totpForm);
        m_code->setFocus(Qt::OtherFocusReason);
    });
    connect(&controller, &OwnSecurityController::codesReady, this, [this](const RecoveryCodes& codes) {
        const qsizetype half = (codes.codes.size() + 1) / 2;
        m_codeList->setText(codes.codes.mid(0, half).join(u'\n'));
        m_codeList2->setText(codes.codes.mid(half).join(u'\n'));
        showForm(m_codesForm);
        m_copyCodes->setFocus(Qt::OtherFocusReason);
    });
    connect(&controller, &OwnSecurityController::done, this, [this](Act act) {
        if (act == Act::TotpSet || act == Act::PasswordChanged) {
            leaveForm();
            Q_EMIT said(act == Act::TotpSet ? tr("The code generator is set up.") : tr("The password is changed."));
        }
    });
    retranslate();
}

void FactorCard::buildTotp()
{
    m_totpForm = new QWidget(this);
    auto* column = formColumn(m_totpForm);
    m_totpHelp = help(m_totpForm);
    m_qr = new QrCode(m_totpForm);
    m_secret = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, m_totpForm);
    m_secret->setWordWrap(true);
    m_secret->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_code = field(m_totpForm, false);
    m_code->setMaxLength(kCodeLength);
    m_verify = new KeyButton({}, u"Enter"_s, KeyButton::Primary, m_totpForm);
    m_backs.push_back(new KeyButton({}, u"Esc"_s, KeyButton::Plain, m_totpForm));
    auto* row = new QHBoxLayout;
    row->addWidget(m_verify);
    row->addWidget(m_backs.back());
    row->addStretch(1);
    column->addWidget(m_totpHelp);
    column->addWidget(m_qr, 0, Qt::AlignHCenter);
    column->addWidget(m_secret);
    column->addWidget(m_code);
    column->addLayout(row);
    body()->addWidget(m_totpForm);
    const auto verify = [this] {
        if (m_code->text().trimmed().size() == kCodeLength)
            m_controller.verifyTotp(m_code->text().trimmed());
        else
            m_failure->say(tr("The code has six digits."));
    };
    connect(m_verify, &QAbstractButton::clicked, this, verify);
    connect(m_code, &QLineEdit::returnPressed, this, verify);
    connect(m_backs.back(), &QAbstractButton::clicked, this, &FactorCard::leaveForm);
}

void FactorCard::buildCodes()
{
    m_codesForm = new QWidget(this);
    auto* column = formColumn(m_codesForm);
    m_codesHelp = help(m_codesForm);
    m_codeList = new TextLabel({}, TextSize::Section, true, TextLabel::Normal, m_codesForm);
    m_codeList2 = new TextLabel({}, TextSize::Section, true, TextLabel::Normal, m_codesForm);
    auto* lists = new QHBoxLayout;
    lists->setSpacing(kSpace5);
    for (TextLabel* list : {m_codeList, m_codeList2}) {
        list->setTextInteractionFlags(Qt::TextSelectableByMouse);
        lists->addWidget(list);
    }
    lists->addStretch(1);
    m_copyCodes = new KeyButton({}, {}, KeyButton::Plain, m_codesForm);
    m_saveCodes = new KeyButton({}, {}, KeyButton::Plain, m_codesForm);
    m_codesKept = new KeyButton({}, {}, KeyButton::Primary, m_codesForm);
    auto* row = new QHBoxLayout;
    row->addWidget(m_copyCodes);
    row->addWidget(m_saveCodes);
    row->addStretch(1);
    column->addWidget(m_codesHelp);
    column->addLayout(lists);
    column->addLayout(row);
    column->addWidget(m_codesKept, 0, Qt::AlignLeft);
    body()->addWidget(m_codesForm);
    connect(m_copyCodes, &QAbstractButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(codesText());
        Q_EMIT said(tr("The codes are on the clipboard."));
    });
    connect(m_saveCodes, &QAbstractButton::clicked, this, &FactorCard::saveCodes);
    connect(m_codesKept, &QAbstractButton::clicked, this, &FactorCard::leaveForm);
}

void FactorCard::buildPassword()
{
    m_passwordForm = new QWidget(this);
    auto* column = formColumn(m_passwordForm);
    m_passwordHelp = help(m_passwordForm);
    m_current = field(m_passwordForm, true);
    m_next = field(m_passwordForm, true);
    m_again = field(m_passwordForm, true);
    m_change = new KeyButton({}, u"Enter"_s, KeyButton::Primary, m_passwordForm);
    m_backs.push_back(new KeyButton({}, u"Esc"_s, KeyButton::Plain, m_passwordForm));
    auto* row = new QHBoxLayout;
    row->addWidget(m_change);
    row->addWidget(m_backs.back());
    row->addStretch(1);
    column->addWidget(m_passwordHelp);
    for (auto* edit : {m_current, m_next, m_again}) {
        column->addWidget(edit);
        connect(edit, &QLineEdit::returnPressed, this, &FactorCard::sendPassword);
    }
    column->addLayout(row);
    body()->addWidget(m_passwordForm);
    connect(m_change, &QAbstractButton::clicked, this, &FactorCard::sendPassword);
    connect(m_backs.back(), &QAbstractButton::clicked, this, &FactorCard::leaveForm);
}

QString FactorCard::grouped(const QString& secret)
{
    QStringList groups;
    for (qsizetype i = 0; i < secret.size(); i += kGroup)
        groups.append(secret.mid(i, kGroup));
    return groups.join(u' ');
}

void FactorCard::retranslate()
{
    setTitle(tr("How you verify yourself"));
    m_totpText->setText(tr("Code generator"));
    m_codesText->setText(tr("Recovery codes"));
    m_passwordText->setText(tr("Password"));
    m_totp->setText(tr("Set up"));
    m_totp->setAccessibleName(tr("Set up the code generator"));
    m_codes->setText(tr("Make new"));
    m_codes->setAccessibleName(tr("Make new recovery codes"));
    m_password->setText(tr("Change"));
    m_password->setAccessibleName(tr("Change the password"));
    m_totpHelp->setText(tr("Read this with the code generator on your phone, or type the letters below. Then enter the six digits it shows."));
    m_qr->setAccessibleName(tr("The code generator's address as a picture; the same stands below as letters."));
    m_code->setPlaceholderText(tr("Six digits"));
    m_code->setAccessibleName(tr("Code of the generator"));
    m_verify->setText(tr("Confirm"));
    m_verify->setAccessibleName(tr("Confirm the code generator"));
    m_codesHelp->setText(tr("Ten codes, each for one sign-in without your phone. They are shown this once; earlier ones no longer count."));
    m_codeList->setAccessibleName(tr("Recovery codes"));
    m_codeList2->setAccessibleName(tr("Recovery codes"));
    m_copyCodes->setText(tr("Copy"));
    m_copyCodes->setAccessibleName(tr("Copy the recovery codes"));
    m_saveCodes->setText(tr("Save as text"));
    m_saveCodes->setAccessibleName(tr("Save the recovery codes as a text"));
    m_codesKept->setText(tr("I have kept them"));
    m_codesKept->setAccessibleName(m_codesKept->text());
    m_passwordHelp->setText(tr("At least %n characters; a few words one can remember do well.", nullptr, kLeastPassword));
    const std::pair<QLineEdit*, QString> names[] = {{m_current, tr("Present password")}, {m_next, tr("New password")}, {m_again, tr("New password once more")}};
    for (const auto& [edit, name] : names) {
        edit->setPlaceholderText(name);
        edit->setAccessibleName(name);
    }
    m_change->setText(tr("Change"));
    m_change->setAccessibleName(tr("Change the password now"));
    for (auto* back : m_backs) {
        back->setText(tr("Back"));
        back->setAccessibleName(tr("Back"));
    }
    for (auto* button : findChildren<KeyButton*>())
        button->updateGeometry();
    sync();
}

void FactorCard::sync()
{
    const QStringList has = m_controller.factors();
    const auto state = [](bool there) { return there ? ChipSpec{tr("set up"), "check2", Tone::Success} : ChipSpec{tr("missing"), "dash", Tone::Neutral}; };
    m_totpState->setChip(state(has.contains(u"totp"_s)));
    m_codesState->setChip(state(has.contains(u"recovery"_s)));
    const bool can = m_controller.online() && !m_controller.busy();
    for (auto* button : {m_totp, m_codes, m_password, m_verify, m_change})
        button->setEnabled(can);
}

void FactorCard::showForm(QWidget* form)
{
    m_failure->clear();
    for (auto* each : {m_totpForm, m_codesForm, m_passwordForm})
        each->setVisible(each == form);
}

bool FactorCard::leaveForm()
{
    const bool open = !m_totpForm->isHidden() || !m_codesForm->isHidden() || !m_passwordForm->isHidden();
    // Nothing secret stays in the window.
    m_secret->clear();
    m_qr->setText({});
    m_codeList->clear();
    m_codeList2->clear();
    for (auto* edit : {m_code, m_current, m_next, m_again})
        edit->clear();
    showForm(nullptr);
    if (open)
        Q_EMIT left();
    return open;
}

void FactorCard::startTotp() { m_controller.enrolTotp(); }

void FactorCard::startCodes() { m_controller.makeRecoveryCodes(); }

void FactorCard::startPassword()
{
    leaveForm();
    showForm(m_passwordForm);
    m_current->setFocus(Qt::OtherFocusReason);
}

void FactorCard::sendPassword()
{
    if (m_next->text().size() < kLeastPassword) {
        m_failure->say(tr("The new password is too short. Nothing was changed."));
        m_next->setFocus(Qt::OtherFocusReason);
    } else if (m_next->text() != m_again->text()) {
        m_failure->say(tr("The two new passwords differ. Nothing was changed."));
        m_again->setFocus(Qt::OtherFocusReason);
    } else {
        m_failure->clear();
        m_controller.changePassword(m_current->text(), m_next->text());
    }
}

QString FactorCard::codesText() const
{
    return tr("Recovery codes of Naru, each for one use:") + u"\n\n"_s + m_codeList->text() + u'\n' + m_codeList2->text() + u'\n';
}

// Beside the person's documents, never over a file that is there.
void FactorCard::saveCodes()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    folder.mkpath(u"."_s);
    QString path;
    for (int n = 1; path.isEmpty() || QFile::exists(path); ++n)
        path = folder.filePath(n == 1 ? u"naru-recovery-codes.txt"_s : u"naru-recovery-codes-%1.txt"_s.arg(n));
    QSaveFile file(path);
    const QByteArray text = codesText().toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(text) == text.size() && file.commit())
        Q_EMIT said(tr("Saved as %1. Keep it elsewhere than on this computer.").arg(path));
    else
        m_failure->say(tr("The file could not be written: %1").arg(path));
}

void FactorCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && leaveForm())
        return;
    Card::keyPressEvent(event);
}

} // namespace naru::ui
