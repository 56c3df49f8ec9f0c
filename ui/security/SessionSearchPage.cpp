// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/SessionSearchPage.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/orders/InlineSheet.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/security/SecurityWords.h"
#include "ui/session/StepUp.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = SessionSearchController::Load;
using Show = SessionSearchController::Show;

namespace {
constexpr int kTypingMs = 150, kSearchWidth = 230, kDetailLeast = 400, kDetailMost = 560;
} // namespace

SessionSearchPage::SessionSearchPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent), m_clock(clock), m_controller(backend), m_tools(new QWidget(this)), m_search(new SearchField({}, m_tools)), m_show(new Segments({u"-"_s, u"-"_s, u"-"_s, u"-"_s}, m_tools)),
      m_card(new Card({}, {}, this)), m_list(new LineList(m_controller.list(), [this](int row) { return lineOf(row); }, true, this)), m_pane(new StatePane(m_list, this))
{
    auto* tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(kSpace2 + 2);
    m_search->setFixedWidth(kSearchWidth);
    tools->addWidget(m_search);
    tools->addWidget(m_show);
    m_tools->hide(); // the frame shows it in its header
    m_card->body()->addWidget(m_pane, 1);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    columns->setSpacing(kSpace3 + 2);
    columns->addWidget(m_card, 3);
    columns->addWidget(buildDetail(), 2);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connectAll();
    retranslate();
}

SessionSearchPage::~SessionSearchPage()
{
    // The parts look at the controller, so they go before it.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

QWidget* SessionSearchPage::buildDetail()
{
    auto* detail = new QWidget;
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace3);
    m_sessionCard = new Card({}, {}, detail);
    m_status = new ChipLabel;
    m_accountStatus = new ChipLabel;
    m_facts = new TextLabel({}, TextSize::Body);
    m_facts->setWordWrap(true);
    m_end = new KeyButton({}, u"E"_s);
    m_lock = new KeyButton({}, u"B"_s, KeyButton::Destructive);
    m_failure = new FailureLine;
    m_sheet = new InlineSheet;
    auto* chips = new QHBoxLayout;
    chips->setSpacing(kSpace1 + 2);
    chips->addWidget(m_status);
    chips->addWidget(m_accountStatus);
    chips->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kSpace2);
    buttons->addWidget(m_end);
    buttons->addWidget(m_lock);
    buttons->addStretch(1);
    m_sessionCard->body()->addLayout(chips);
    m_sessionCard->body()->addWidget(m_facts);
    m_sessionCard->body()->addLayout(buttons);
    m_sessionCard->body()->addWidget(m_failure);
    m_sessionCard->body()->addWidget(m_sheet);
    m_deviceCard = new Card({}, {}, detail);
    m_devices = new LineList(m_controller.devices(), [this](int row) { return deviceLine(row); }, true);
    m_deviceCard->body()->addWidget(m_devices, 1);
    column->addWidget(m_sessionCard);
    column->addWidget(m_deviceCard, 1);
    m_detailPane = new StatePane(detail, this);
    m_detailPane->setMinimumWidth(kDetailLeast);
    m_detailPane->setMaximumWidth(kDetailMost);
    return m_detailPane;
}

ListLine SessionSearchPage::lineOf(int row) const
{
    const SessionEntry& s = m_controller.list().row(row);
    ListLine line;
    line.text = s.vendorName.isEmpty() ? s.displayName : u"%1 · %2"_s.arg(s.displayName, s.vendorName);
    line.sub = u"%1 · %2 · %3"_s.arg(s.login, s.deviceName, s.place);
    line.right = tr("%1 ago").arg(ago(s.lastActivityAt, m_clock.now()));
    line.chip = s.restricted.isEmpty() || s.status != SessionStatus::Active ? chipOf(s.status) : ChipSpec{tr("Reading only"), "lock", Tone::Warning};
    return line;
}

ListLine SessionSearchPage::deviceLine(int row) const
{
    const Device& d = m_controller.devices().row(row);
    ListLine line;
    line.text = d.name;
    line.sub = u"%1 · %2 · %3"_s.arg(d.platform, tierChip(d.tier).text, tr("last seen %1 ago").arg(ago(d.lastSeenAt, m_clock.now())));
    line.chip = chipOf(d.status);
    return line;
}

void SessionSearchPage::connectAll()
{
    using Controller = SessionSearchController;
    m_controller.list().setDescriber([this](const SessionEntry& s) {
        const ListLine line = lineOf(m_controller.list().rowOf(s.sid));
        return u"%1, %2, %3, %4"_s.arg(line.text, line.sub, line.right, line.chip->text);
    });
    m_controller.devices().setDescriber([this](const Device& d) {
        const ListLine line = deviceLine(m_controller.devices().rowOf(d.id));
        return u"%1, %2, %3"_s.arg(line.text, line.sub, line.chip->text);
    });
    connect(&m_controller, &Controller::listChanged, this, &SessionSearchPage::syncList);
    connect(&m_controller, &Controller::chosenChanged, this, &SessionSearchPage::syncChosen);
    connect(&m_controller, &Controller::accessChanged, this, &SessionSearchPage::syncActions);
    connect(&m_controller, &Controller::sessionEnded, this, [this](const SessionEntry& s, bool wasOver) {
        Q_EMIT toast(wasOver ? tr("The session of %1 had already ended.").arg(s.displayName) : tr("The session of %1 has ended.").arg(s.displayName));
    });
    connect(&m_controller, &Controller::lockChanged, this, [this](const AccountEntry& a) {
        Q_EMIT toast(a.status == AccountStatus::Locked ? tr("The account of %1 is locked.").arg(a.displayName) : tr("The account of %1 is open again.").arg(a.displayName));
    });
    connect(&m_controller, &Controller::lockWaits, this,
        [this](const AccountEntry& a) { Q_EMIT toast(tr("Asked for. The account of %1 is locked once a second person confirms.").arg(a.displayName)); });
    connect(&m_controller, &Controller::failed, this, [this](const Error& error) {
        if (error.code == "second-agent-needed"_L1)
            m_failure->say(tr("You asked for the lock yourself; somebody else has to confirm it. Nothing was changed."), errorCode(error));
        else
            m_failure->say(error);
    });
    connect(&m_controller, &Controller::stepUpWanted, this, [this](const std::function<void()>& again) { StepUp::run(this, again, [this] { m_list->setFocus(); }); });
    connect(m_list, &LineList::currentMoved, this, [this](int row) {
        if (row >= 0)
            m_controller.select(m_controller.list().row(row).sid);
    });
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (m_list->verticalScrollBar()->maximum() - value < 2 * m_list->viewport()->height())
            m_controller.readMore();
    });
    connect(m_pane, &StatePane::retryWanted, &m_controller, &Controller::read);
    connect(m_pane, &StatePane::actionWanted, this, [this] {
        m_search->clear();
        m_show->setCurrent(static_cast<int>(Show::All));
        m_controller.setText({});
        m_controller.setShow(Show::All);
    });
    connect(m_show, &Segments::currentChanged, this, [this](int at) { m_controller.setShow(static_cast<Show>(at)); });
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] { m_controller.setText(m_search->text()); });
    connect(m_search, &QLineEdit::returnPressed, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_end, &QAbstractButton::clicked, this, &SessionSearchPage::askEnd);
    connect(m_lock, &QAbstractButton::clicked, this, &SessionSearchPage::askLock);
    connect(m_sheet, &Sheet::left, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_sheet, &InlineSheet::confirmed, this, [this](const QString& purpose, const QStringList& values) {
        if (purpose == "end"_L1)
            m_controller.end(values.value(0));
        else
            m_controller.setLocked(purpose == "lock"_L1, values.value(0));
    });
}

QString SessionSearchPage::title() const { return tr("Sessions"); }

QString SessionSearchPage::subtitle() const
{
    const QString shown = tr("%n shown", nullptr, m_controller.list().rowCount());
    return m_controller.hasMore() ? shown + tr(", more below") : shown;
}

void SessionSearchPage::retranslate()
{
    m_search->setPlaceholderText(tr("Person, device or place"));
    m_search->setAccessibleName(tr("Find sessions"));
    m_show->setTexts({tr("Active"), tr("Displaced"), tr("Ended by force"), tr("All")});
    m_show->setAccessibleName(tr("Which sessions"));
    m_show->setCurrent(static_cast<int>(m_controller.shown()));
    m_card->setTitle(tr("Sessions"));
    m_list->setAccessibleName(tr("Sessions"));
    m_devices->setAccessibleName(tr("Devices of the account"));
    m_deviceCard->setTitle(tr("Devices of the account"));
    m_end->setText(tr("End session"));
    m_end->setAccessibleName(tr("End the session"));
    m_end->updateGeometry();
    m_controller.list().describeAgain();
    m_controller.devices().describeAgain();
    syncList();
    syncChosen();
}

void SessionSearchPage::syncList()
{
    const bool filtered = !m_controller.text().isEmpty() || m_controller.shown() != Show::All;
    if (m_controller.load() == Load::Failed)
        m_pane->showError(errorText(*m_controller.error()), errorCode(*m_controller.error()));
    else if (m_controller.load() == Load::Loading)
        m_pane->showLoading();
    else if (m_controller.list().rowCount() > 0)
        m_pane->showData();
    else
        m_pane->showEmpty(filtered ? tr("No session fits.") : tr("No session is on record."), filtered ? tr("Show all sessions") : QString());
    const SessionEntry* s = m_controller.session();
    if (const int row = s ? m_controller.list().rowOf(s->sid) : -1; row >= 0 && row != m_list->currentIndex().row())
        m_list->setCurrentIndex(m_controller.list().index(row, 0));
    m_show->setCurrent(static_cast<int>(m_controller.shown()));
    syncActions();
    Q_EMIT headerChanged();
}

void SessionSearchPage::syncChosen()
{
    const SessionEntry* s = m_controller.session();
    if (!s) {
        m_detailPane->showEmpty(tr("Choose a session to see its account and devices."));
        return;
    }
    m_failure->clear();
    const auto& account = m_controller.account();
    m_sessionCard->setTitle(s->displayName, account ? u"%1 · %2"_s.arg(s->vendorName.isEmpty() ? s->login : s->vendorName, roleText(account->role)) : s->vendorName);
    m_status->setChip(s->restricted.isEmpty() ? chipOf(s->status) : ChipSpec{tr("Reading only: %1").arg(limitText(s->restricted)), "lock", Tone::Warning});
    m_accountStatus->setChip(account ? chipOf(account->status) : ChipSpec{});
    m_accountStatus->setVisible(account.has_value());
    QStringList lines{u"%1 · %2"_s.arg(s->deviceName, s->place), tr("Began %1, last active %2 ago").arg(dateTimeText(s->startedAt), ago(s->lastActivityAt, m_clock.now()))};
    if (s->endedAt)
        lines.append(tr("Ended %1").arg(dateTimeText(*s->endedAt)));
    if (!s->endedByDevice.isEmpty())
        lines.append(tr("Taken over by %1 (%2)").arg(s->endedByDevice, s->endedByPlace));
    if (s->current)
        lines.append(tr("This is your own session."));
    m_facts->setText(lines.join(u'\n'));
    if (m_controller.accountError())
        m_failure->say(*m_controller.accountError());
    m_deviceCard->setTitle(tr("Devices of the account"), m_controller.devices().rowCount() > 0 ? QString::number(m_controller.devices().rowCount()) : QString());
    m_detailPane->showData();
    syncActions();
}

void SessionSearchPage::syncActions()
{
    const auto& account = m_controller.account();
    const bool locked = account && account->status == AccountStatus::Locked;
    m_lock->setText(locked ? tr("Unlock account") : tr("Lock account"));
    m_lock->setAccessibleName(locked ? tr("Unlock the account") : tr("Lock the account"));
    m_lock->updateGeometry();
    m_end->setEnabled(m_controller.mayEnd());
    m_lock->setEnabled(m_controller.mayLock());
    const QString offline = m_controller.online() ? QString() : tr("Needs the server, which cannot be reached now.");
    m_end->setToolTip(offline);
    m_lock->setToolTip(offline);
}

void SessionSearchPage::askEnd()
{
    if (!m_controller.mayEnd())
        return;
    m_failure->clear();
    m_sheet->ask(u"end"_s, tr("End the session of %1? The person is told the reason; unsaved edits stay on that computer.").arg(m_controller.session()->displayName), {{tr("Reason"), {}, {}, true}},
        tr("End session"), true);
}

void SessionSearchPage::askLock()
{
    if (!m_controller.mayLock())
        return;
    m_failure->clear();
    const AccountEntry& a = *m_controller.account();
    const bool locked = a.status == AccountStatus::Locked;
    const bool two = !locked && (a.role == Role::VendorManager || a.role == Role::Admin);
    const QString question = locked ? tr("Open the account of %1 again?").arg(a.displayName)
        : two                       ? tr("Ask to lock the account of %1? A second person has to confirm.").arg(a.displayName)
                                    : tr("Lock the account of %1? Its session ends at once.").arg(a.displayName);
    m_sheet->ask(locked ? u"unlock"_s : u"lock"_s, question, {{tr("Reason"), {}, {}, true}}, locked ? tr("Unlock account") : tr("Lock account"), !locked);
}

std::vector<Command> SessionSearchPage::commands()
{
    return {
        {u"sessions.end"_s, tr("End the session"), u"E"_s, [this] { return m_controller.mayEnd(); }, [this] { askEnd(); }, "x-circle"},
        {u"sessions.lock"_s, tr("Lock the account, or unlock it"), u"B"_s, [this] { return m_controller.mayLock(); }, [this] { askLock(); }, "lock"},
        {u"sessions.refresh"_s, tr("Read the sessions again"), u"F5"_s, {}, [this] { m_controller.read(); }},
    };
}

void SessionSearchPage::activate()
{
    if (!m_loaded) {
        m_loaded = true;
        m_controller.read();
    }
    m_list->setFocus();
}

void SessionSearchPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void SessionSearchPage::openRecord(const QString&, const QString& entityId)
{
    m_loaded = true;
    m_controller.setShow(Show::All);
    if (const auto sid = SessionId::parse(entityId))
        m_controller.select(*sid);
}

void SessionSearchPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT headerChanged();
    }
    Page::changeEvent(event);
}

void SessionSearchPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F5) {
        m_controller.read();
        return;
    }
    switch (signKey(*event)) {
    case Qt::Key_E: askEnd(); return;
    case Qt::Key_B: askLock(); return;
    default: Page::keyPressEvent(event);
    }
}

} // namespace naru::ui
