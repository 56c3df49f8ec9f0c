// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/OwnSecurityPage.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/security/DevicePane.h"
#include "ui/security/FactorCard.h"
#include "ui/security/SecurityWords.h"
#include "ui/session/StepUp.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = OwnSecurityController::Load;
using Act = OwnSecurityController::Act;

namespace {
constexpr int kFactorsMost = 400;

// As wide as its card needs, in every language: it scrolls up and down alone.
class FactorScroll final : public QScrollArea {
public:
    using QScrollArea::QScrollArea;

private:
    bool eventFilter(QObject* object, QEvent* event) override
    {
        if (object == widget() && event->type() == QEvent::LayoutRequest)
            setMinimumWidth(widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
        return QScrollArea::eventFilter(object, event);
    }
};
} // namespace

OwnSecurityPage::OwnSecurityPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent), m_clock(clock), m_controller(backend), m_deviceCard(new Card({}, {}, this)),
      m_deviceList(new LineList(m_controller.devices(), [this](int row) { return deviceLine(row); }, true, this)), m_devicePane(new StatePane(m_deviceList, this)), m_sessionCard(new Card({}, {}, this)),
      m_sessionList(new LineList(m_controller.sessions(), [this](int row) { return sessionLine(row); }, true, this)), m_sessionPane(new StatePane(m_sessionList, this)),
      m_device(new DevicePane(m_controller, clock, this)), m_factors(new FactorCard(m_controller))
{
    m_deviceCard->body()->addWidget(m_devicePane, 1);
    m_sessionCard->body()->addWidget(m_sessionPane, 1);
    auto* lists = new QVBoxLayout;
    lists->setSpacing(kSpace3);
    lists->addWidget(m_deviceCard, 4);
    lists->addWidget(m_sessionCard, 5);
    auto* scroll = new FactorScroll(this); // enrolling is taller than a small window
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    m_factors->setAutoFillBackground(false);
    scroll->setWidget(m_factors);
    scroll->setMaximumWidth(kFactorsMost);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    columns->setSpacing(kSpace3 + 2);
    m_sessionList->setWideSubs();
    columns->addLayout(lists, 5);
    columns->addWidget(m_device, 5);
    columns->addWidget(scroll, 4);
    connectAll();
    retranslate();
}

OwnSecurityPage::~OwnSecurityPage()
{
    // The parts look at the controller, so they go before it.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

ListLine OwnSecurityPage::deviceLine(int row) const
{
    const Device& d = m_controller.devices().row(row);
    ListLine line;
    line.text = d.name;
    line.sub = u"%1 · %2"_s.arg(d.platform, d.current ? tr("this computer") : tr("last seen %1 ago").arg(ago(d.lastSeenAt, m_clock.now())));
    line.chip = d.current ? ChipSpec{tr("In use here"), "display", Tone::Accent} : chipOf(d.status);
    return line;
}

ListLine OwnSecurityPage::sessionLine(int row) const
{
    const SessionEntry& s = m_controller.sessions().row(row);
    ListLine line;
    line.text = s.place.isEmpty() ? s.deviceName : u"%1 · %2"_s.arg(s.deviceName, s.place);
    line.sub = s.endedAt ? u"%1 – %2"_s.arg(dateTimeText(s.startedAt), dateTimeText(*s.endedAt)) : tr("since %1").arg(dateTimeText(s.startedAt));
    if (!s.endedByDevice.isEmpty())
        line.sub += u" · "_s + tr("taken over by %1").arg(s.endedByDevice);
    line.chip = s.current ? ChipSpec{tr("This session"), "check2", Tone::Accent} : chipOf(s.status);
    return line;
}

void OwnSecurityPage::connectAll()
{
    using Controller = OwnSecurityController;
    m_controller.devices().setDescriber([this](const Device& d) {
        const ListLine line = deviceLine(m_controller.devices().rowOf(d.id));
        return u"%1, %2, %3"_s.arg(line.text, line.sub, line.chip->text);
    });
    m_controller.sessions().setDescriber([this](const SessionEntry& s) {
        const ListLine line = sessionLine(m_controller.sessions().rowOf(s.sid));
        return u"%1, %2, %3"_s.arg(line.text, line.sub, line.chip->text);
    });
    connect(&m_controller, &Controller::devicesChanged, this, &OwnSecurityPage::syncDevices);
    connect(&m_controller, &Controller::sessionsChanged, this, &OwnSecurityPage::syncSessions);
    connect(&m_controller, &Controller::done, this, &OwnSecurityPage::say);
    connect(&m_controller, &Controller::failed, this, [this](const Error& error) {
        FailureLine& line = m_factors->isAncestorOf(focusWidget()) ? m_factors->failure() : m_device->failure();
        if (error.code == "password-unacceptable"_L1)
            line.say(tr("This password is not accepted: %1 Nothing was changed.").arg(error.facts.value(u"reasons"_s, error.detail)), errorCode(error));
        else if (error.code == "second-agent-needed"_L1)
            line.say(tr("Approved once. A second person has to approve it as well."), errorCode(error));
        else
            line.say(error);
    });
    connect(&m_controller, &Controller::stepUpWanted, this, [this](const std::function<void()>& again) { StepUp::run(this, again); });
    connect(m_deviceList, &LineList::currentMoved, this, [this](int row) {
        if (row >= 0)
            m_controller.selectDevice(m_controller.devices().row(row).id);
    });
    connect(m_sessionList->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value >= m_sessionList->verticalScrollBar()->maximum())
            m_controller.readMoreSessions();
    });
    connect(m_devicePane, &StatePane::retryWanted, &m_controller, &Controller::read);
    connect(m_sessionPane, &StatePane::retryWanted, &m_controller, &Controller::read);
    connect(m_device, &DevicePane::left, m_deviceList, qOverload<>(&QWidget::setFocus));
    connect(m_factors, &FactorCard::left, m_deviceList, qOverload<>(&QWidget::setFocus));
    connect(m_factors, &FactorCard::said, this, &Page::toast);
}

QString OwnSecurityPage::title() const { return tr("Sign-in and devices"); }

QString OwnSecurityPage::subtitle() const { return m_controller.pending() > 0 ? tr("%n device(s) wait for approval", nullptr, m_controller.pending()) : QString(); }

void OwnSecurityPage::retranslate()
{
    m_deviceList->setAccessibleName(tr("Devices of your account"));
    m_sessionList->setAccessibleName(tr("Where you were signed in"));
    m_controller.devices().describeAgain();
    m_controller.sessions().describeAgain();
    m_device->retranslate();
    m_factors->retranslate();
    syncDevices();
    syncSessions();
}

void OwnSecurityPage::syncDevices()
{
    const auto& rows = m_controller.devices().rows();
    const auto acting = std::count_if(rows.begin(), rows.end(), [](const Device& d) { return d.status == DeviceStatus::Active; });
    m_deviceCard->setTitle(tr("Devices"), tr("%n that may act for your account", nullptr, static_cast<int>(acting)));
    if (m_controller.devicesLoad() == Load::Failed)
        m_devicePane->showError(errorText(*m_controller.devicesError()), errorCode(*m_controller.devicesError()));
    else if (m_controller.devicesLoad() == Load::Loading)
        m_devicePane->showLoading();
    else if (m_controller.devices().rowCount() > 0)
        m_devicePane->showData();
    else
        m_devicePane->showEmpty(tr("No device is registered yet."));
    const Device* d = m_controller.device();
    if (const int row = d ? m_controller.devices().rowOf(d->id) : -1; row >= 0 && row != m_deviceList->currentIndex().row())
        m_deviceList->setCurrentIndex(m_controller.devices().index(row, 0));
    Q_EMIT badgeChanged(m_controller.pending() > 0 ? QString::number(m_controller.pending()) : QString(), true);
    Q_EMIT headerChanged();
}

void OwnSecurityPage::syncSessions()
{
    m_sessionCard->setTitle(tr("Sessions"), tr("at most one at a time"));
    if (m_controller.sessionsLoad() == Load::Failed)
        m_sessionPane->showError(errorText(*m_controller.sessionsError()), errorCode(*m_controller.sessionsError()));
    else if (m_controller.sessionsLoad() == Load::Loading)
        m_sessionPane->showLoading();
    else if (m_controller.sessions().rowCount() > 0)
        m_sessionPane->showData();
    else
        m_sessionPane->showEmpty(tr("No session is on record."));
}

void OwnSecurityPage::say(Act act, const QString& name)
{
    switch (act) {
    case Act::Rename: Q_EMIT toast(tr("It is called %1 now.").arg(name)); break;
    case Act::Suspend: Q_EMIT toast(tr("%1 is suspended.").arg(name)); break;
    case Act::Allow: Q_EMIT toast(tr("%1 may be used again.").arg(name)); break;
    case Act::Remove: Q_EMIT toast(tr("%1 is removed.").arg(name)); break;
    case Act::Approve: Q_EMIT toast(tr("%1 is approved.").arg(name)); break;
    case Act::Decline: Q_EMIT toast(tr("%1 is declined.").arg(name)); break;
    case Act::EndSession: Q_EMIT toast(tr("The session on %1 has ended.").arg(name)); break;
    case Act::TotpSet:
    case Act::PasswordChanged: break; // the card says it
    }
}

void OwnSecurityPage::endChosen()
{
    const int row = m_sessionList->currentIndex().row();
    if (row < 0)
        return;
    const SessionEntry& s = m_controller.sessions().row(row);
    if (s.status == SessionStatus::Active)
        m_controller.endSession(s.sid);
}

std::vector<Command> OwnSecurityPage::commands()
{
    const auto can = [this](int key) { return [this, key] { return m_device->canPress(key); }; };
    const auto press = [this](int key) { return [this, key] { m_device->letterPressed(key); }; };
    const auto online = [this] { return m_controller.online() && !m_controller.busy(); };
    return {
        {u"security.approve"_s, tr("Approve the device that waits"), u"A"_s, can(Qt::Key_A), press(Qt::Key_A), "check2"},
        {u"security.decline"_s, tr("Decline the device that waits"), u"D"_s, can(Qt::Key_D), press(Qt::Key_D), "x"},
        {u"security.rename"_s, tr("Rename the device"), u"R"_s, can(Qt::Key_R), press(Qt::Key_R), "pencil"},
        {u"security.suspend"_s, tr("Suspend the device, or allow it again"), u"S"_s, can(Qt::Key_S), press(Qt::Key_S), "pause"},
        {u"security.remove"_s, tr("Remove the device"), u"X"_s, can(Qt::Key_X), press(Qt::Key_X), "trash"},
        {u"security.end"_s, tr("End the chosen session"), u"E"_s, online, [this] { endChosen(); }, "x-circle"},
        {u"security.totp"_s, tr("Set up the code generator"), u"C"_s, online, [this] { m_factors->startTotp(); }, "qr-code"},
        {u"security.codes"_s, tr("Make new recovery codes"), u"V"_s, online, [this] { m_factors->startCodes(); }, "key"},
        {u"security.password"_s, tr("Change the password"), u"P"_s, online, [this] { m_factors->startPassword(); }, "lock"},
        {u"security.refresh"_s, tr("Read sessions and devices again"), u"F5"_s, {}, [this] { m_controller.read(); }},
    };
}

void OwnSecurityPage::activate()
{
    if (!m_loaded) {
        m_loaded = true;
        m_controller.read();
    }
    m_deviceList->setFocus();
}

void OwnSecurityPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT headerChanged();
    }
    Page::changeEvent(event);
}

void OwnSecurityPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F5) {
        m_controller.read();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_factors->leaveForm())
        return;
    const int sign = signKey(*event);
    switch (sign) {
    case Qt::Key_E: endChosen(); return;
    case Qt::Key_C: m_factors->startTotp(); return;
    case Qt::Key_V: m_factors->startCodes(); return;
    case Qt::Key_P: m_factors->startPassword(); return;
    default: break;
    }
    if (!m_device->letterPressed(sign))
        Page::keyPressEvent(event);
}

} // namespace naru::ui
