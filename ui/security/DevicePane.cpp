// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/DevicePane.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/orders/InlineSheet.h"
#include "ui/security/SecurityWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

DevicePane::DevicePane(OwnSecurityController& controller, const Clock& clock, QWidget* parent)
    : Card({}, {}, parent), m_controller(controller), m_clock(clock), m_status(new ChipLabel), m_tier(new ChipLabel), m_facts(new TextLabel({}, TextSize::Body, false, TextLabel::Muted)),
      m_reasons(new TextLabel({}, TextSize::Body)), m_reported(new TextLabel({}, TextSize::Body, true)),
      m_honest(new TextLabel({}, TextSize::Meta, false, TextLabel::Muted)),
      m_list(new LineList(m_posture,
          [this](int row) {
              const PostureSignal& s = m_posture.row(row);
              ListLine line;
              line.text = signalText(s.name);
              line.sub = signalWhy(s);
              if (s.name == "os"_L1 && s.value != "unknown"_L1)
                  line.sub.prepend(s.value + u" · "_s); // too long beside its name
              else
                  line.chip = signalChip(s);
              return line;
          },
          true)),
      m_approve(new KeyButton({}, u"A"_s, KeyButton::Primary)), m_decline(new KeyButton({}, u"D"_s)), m_rename(new KeyButton({}, u"R"_s)), m_suspend(new KeyButton({}, u"S"_s)),
      m_remove(new KeyButton({}, u"X"_s, KeyButton::Destructive)), m_failure(new FailureLine), m_sheet(new InlineSheet)
{
    m_facts->setWordWrap(true);
    m_reasons->setWordWrap(true);
    m_honest->setWordWrap(true);
    m_list->setWideSubs();
    auto* chips = new QHBoxLayout;
    chips->setSpacing(kSpace1 + 2);
    chips->addWidget(m_status);
    chips->addWidget(m_tier);
    chips->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kSpace2);
    for (auto* button : {m_approve, m_decline, m_rename, m_suspend})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_remove);
    body()->addLayout(chips);
    body()->addWidget(m_facts);
    body()->addWidget(m_reasons);
    body()->addWidget(m_reported);
    body()->addWidget(m_honest);
    body()->addWidget(m_list, 1);
    body()->addLayout(buttons);
    body()->addWidget(m_failure);
    body()->addWidget(m_sheet);
    m_posture.setDescriber([](const PostureSignal& s) { return u"%1: %2. %3"_s.arg(signalText(s.name), signalChip(s).text, signalWhy(s)); });
    const std::pair<KeyButton*, int> keys[] = {{m_approve, Qt::Key_A}, {m_decline, Qt::Key_D}, {m_rename, Qt::Key_R}, {m_suspend, Qt::Key_S}, {m_remove, Qt::Key_X}};
    for (const auto& [button, key] : keys)
        connect(button, &QAbstractButton::clicked, this, [this, k = key] { letterPressed(k); });
    connect(m_sheet, &InlineSheet::confirmed, this, &DevicePane::confirmed);
    connect(m_sheet, &Sheet::left, this, &DevicePane::left);
    connect(&controller, &OwnSecurityController::deviceChanged, this, [this] {
        m_failure->clear();
        m_sheet->leave();
        sync();
    });
    connect(&controller, &OwnSecurityController::accessChanged, this, &DevicePane::syncActions);
    retranslate();
}

void DevicePane::retranslate()
{
    m_reported->setText(tr("What is reported of this computer, and why"));
    m_list->setAccessibleName(m_reported->text());
    m_honest->setText(tr("The computer says this of itself, when it changes and every 15 minutes. It can lower the trust, never raise it; what is unknown does not count."));
    m_approve->setText(tr("Approve"));
    m_decline->setText(tr("Decline"));
    m_rename->setText(tr("Rename"));
    m_remove->setText(tr("Remove"));
    m_approve->setAccessibleName(tr("Approve the device"));
    m_decline->setAccessibleName(tr("Decline the device"));
    m_rename->setAccessibleName(tr("Rename the device"));
    m_remove->setAccessibleName(tr("Remove the device"));
    m_posture.describeAgain();
    sync();
}

void DevicePane::sync()
{
    const Device* d = m_controller.device();
    for (auto* widget : std::initializer_list<QWidget*>{m_status, m_tier, m_facts, m_reasons, m_reported, m_honest, m_list})
        widget->setVisible(d != nullptr);
    setTitle(d ? d->name : tr("Device"));
    if (d) {
        const Instant now = m_clock.now();
        m_status->setChip(d->current ? ChipSpec{tr("This computer"), "display", Tone::Accent} : chipOf(d->status));
        m_tier->setChip(tierChip(d->tier));
        QStringList facts{d->platform, d->appVersion.isEmpty() ? QString() : tr("Naru %1").arg(d->appVersion), storageText(d->storage), tr("key %1…").arg(d->keyMark),
            tr("last seen %1 ago").arg(ago(d->lastSeenAt, now))};
        if (d->createdAt)
            facts.append(tr("registered %1").arg(dateTimeText(*d->createdAt)));
        if (!d->approvedBy.isEmpty())
            facts.append(tr("approved by %1").arg(d->approvedBy));
        facts.removeAll(QString());
        m_facts->setText(facts.join(u" · "_s));
        QStringList reasons;
        for (const QString& reason : d->tierReasons)
            reasons.append(tierReasonText(reason));
        m_reasons->setText(reasons.isEmpty() ? QString() : tr("Not trusted further because: %1").arg(reasons.join(u' ')));
        m_reasons->setVisible(!reasons.isEmpty());
        m_reported->setText(d->postureAt ? tr("What is reported of this computer, and why (%1 ago)").arg(ago(*d->postureAt, now)) : tr("This computer has reported nothing yet."));
        m_posture.assign(d->posture);
    }
    syncActions();
}

void DevicePane::syncActions()
{
    const Device* d = m_controller.device();
    const bool can = d && m_controller.online() && !m_controller.busy();
    const bool pending = d && d->status == DeviceStatus::Pending;
    const bool suspended = d && d->status == DeviceStatus::Suspended;
    m_approve->setVisible(pending && !d->current);
    m_decline->setVisible(pending && !d->current);
    m_suspend->setVisible(d && !d->current && (suspended || d->status == DeviceStatus::Active));
    m_suspend->setText(suspended ? tr("Allow again") : tr("Suspend"));
    m_suspend->setAccessibleName(suspended ? tr("Allow the device again") : tr("Suspend the device"));
    m_rename->setVisible(d && d->status != DeviceStatus::Revoked);
    m_remove->setVisible(d && d->status != DeviceStatus::Revoked && !pending);
    for (auto* button : {m_approve, m_decline, m_rename, m_suspend, m_remove}) {
        button->setEnabled(can);
        button->setToolTip(m_controller.online() ? QString() : tr("Needs the server, which cannot be reached now."));
        button->updateGeometry();
    }
}

bool DevicePane::canPress(int key) const
{
    const std::pair<int, const KeyButton*> keys[] = {{Qt::Key_A, m_approve}, {Qt::Key_D, m_decline}, {Qt::Key_R, m_rename}, {Qt::Key_S, m_suspend}, {Qt::Key_X, m_remove}};
    for (const auto& [k, button] : keys)
        if (k == key)
            return !button->isHidden() && button->isEnabled();
    return false;
}

bool DevicePane::letterPressed(int key)
{
    const Device* d = m_controller.device();
    if (!canPress(key))
        return false;
    m_failure->clear();
    switch (key) {
    case Qt::Key_A: m_sheet->ask(u"approve"_s, tr("Let %1 act for your account? Only if it is yours and you have just signed in there.").arg(d->name), {}, tr("Approve")); break;
    case Qt::Key_D: m_sheet->ask(u"decline"_s, tr("Decline %1? It cannot sign in.").arg(d->name), {{tr("Note"), {}, {}, false}}, tr("Decline"), true); break;
    case Qt::Key_R: m_sheet->ask(u"rename"_s, tr("How do you call this computer?"), {{tr("Name"), d->name, {}, true}}, tr("Rename")); break;
    case Qt::Key_S:
        if (d->status == DeviceStatus::Suspended)
            m_controller.setStatus(DeviceStatus::Active, {});
        else
            m_sheet->ask(u"suspend"_s, tr("Suspend %1? Its session ends; you can allow it again.").arg(d->name), {{tr("Reason"), {}, {}, false}}, tr("Suspend"), true);
        break;
    case Qt::Key_X:
        m_sheet->ask(u"remove"_s,
            d->current ? tr("Remove this computer? You are signed out here at once, and it has to be approved anew.") : tr("Remove %1? Its session ends, and it has to be approved anew.").arg(d->name),
            {{tr("Reason"), {}, {}, false}}, tr("Remove"), true);
        break;
    default: return false;
    }
    return true;
}

void DevicePane::confirmed(const QString& purpose, const QStringList& values)
{
    if (purpose == "approve"_L1 || purpose == "decline"_L1)
        m_controller.approve(purpose == "approve"_L1, values.value(0));
    else if (purpose == "rename"_L1)
        m_controller.rename(values.value(0));
    else
        m_controller.setStatus(purpose == "remove"_L1 ? DeviceStatus::Revoked : DeviceStatus::Suspended, values.value(0));
}

} // namespace naru::ui
