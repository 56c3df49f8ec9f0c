// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/ConflictReviewPage.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/security/ConflictQueueView.h"
#include "ui/security/ConflictSideCard.h"
#include "ui/security/ConflictTimeline.h"
#include "ui/security/DecisionCard.h"
#include "ui/security/SecurityWords.h"
#include "ui/session/StepUp.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = ConflictReviewController::Load;

namespace {
constexpr int kQueueLeast = 340, kQueueMost = 430, kSearchWidth = 230;
} // namespace

ConflictReviewPage::ConflictReviewPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent), m_clock(clock), m_controller(backend, clock), m_search(new SearchField({}, this))
{
    m_search->setFixedWidth(kSearchWidth);
    m_search->hide(); // the frame shows it in its header
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    columns->setSpacing(kSpace3 + 2);
    columns->addWidget(buildQueue(), 1);
    columns->addWidget(buildDetail(), 2);
    connectAll();
    retranslate();
}

ConflictReviewPage::~ConflictReviewPage()
{
    // The parts look at the controller, so they go before it.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

QWidget* ConflictReviewPage::buildQueue()
{
    m_queueCard = new Card({}, {}, this);
    m_queueCard->setMinimumWidth(kQueueLeast);
    m_queueCard->setMaximumWidth(kQueueMost);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_above = new KeyButton({}, u"."_s, KeyButton::Plain, content);
    m_list = new ConflictQueueView(m_controller.queue(), m_clock, content);
    m_footer = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted, content);
    m_footer->setWordWrap(true);
    m_footer->setContentsMargins(kSpace2, kSpace2, kSpace2, 0);
    column->addWidget(m_above);
    column->addWidget(new ConflictQueueHead(content));
    column->addWidget(m_list, 1);
    column->addWidget(m_footer);
    m_queuePane = new StatePane(content, m_queueCard);
    m_queueCard->body()->addWidget(m_queuePane, 1);
    return m_queueCard;
}

QWidget* ConflictReviewPage::buildDetail()
{
    auto* right = new QWidget(this);
    auto* all = new QVBoxLayout(right);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(kSpace3);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto* inner = new QWidget;
    inner->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace3);

    m_timeCard = new Card({}, {}, inner);
    m_account = new TextLabel({}, TextSize::Section, true);
    m_company = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_kind = new ChipLabel;
    m_state = new ChipLabel;
    m_code = new TextLabel({}, TextSize::Meta, false, TextLabel::Faint);
    auto* head = new QHBoxLayout;
    head->setSpacing(kSpace2);
    head->addWidget(m_account);
    head->addWidget(m_company);
    head->addWidget(m_kind);
    head->addWidget(m_state);
    head->addStretch(1);
    head->addWidget(m_code);
    m_timeline = new ConflictTimeline;
    m_rules = new TextLabel({}, TextSize::Body, false, TextLabel::Normal);
    m_rules->setWordWrap(true);
    m_timeCard->body()->addLayout(head);
    m_timeCard->body()->addWidget(m_timeline);
    m_timeCard->body()->addWidget(m_rules);
    column->addWidget(m_timeCard);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(kSpace3);
    m_old = new ConflictSideCard(false, inner);
    m_new = new ConflictSideCard(true, inner);
    sides->addWidget(m_old, 1);
    sides->addWidget(m_new, 1);
    column->addLayout(sides);
    column->addStretch(1);
    scroll->setWidget(inner);
    m_detailPane = new StatePane(scroll, right);
    m_decisions = new DecisionCard(m_controller, right);
    all->addWidget(m_detailPane, 1);
    all->addWidget(m_decisions);
    return right;
}

void ConflictReviewPage::connectAll()
{
    using Controller = ConflictReviewController;
    connect(&m_controller, &Controller::queueChanged, this, &ConflictReviewPage::syncQueue);
    connect(&m_controller, &Controller::currentChanged, this, &ConflictReviewPage::syncCurrent);
    connect(&m_controller, &Controller::detailChanged, this, &ConflictReviewPage::syncDetail);
    connect(&m_controller, &Controller::decided, this, &ConflictReviewPage::sayDecided);
    connect(&m_controller, &Controller::stale, this, &ConflictReviewPage::sayStale);
    connect(&m_controller, &Controller::taken, this, [this](const ConflictDetail& d) { Q_EMIT toast(tr("The conflict of %1 is yours now.").arg(d.conflict.displayName)); });
    connect(&m_controller, &Controller::waitsForSecond, this, [this](const ConflictDetail& d) {
        Q_EMIT toast(tr("Asked for. The account of %1 is locked once a second person confirms.").arg(d.conflict.displayName));
    });
    connect(&m_controller, &Controller::failed, this, [this](const Error& error) {
        if (error.code == "second-agent-needed"_L1)
            m_decisions->failure().say(tr("You asked for the lock yourself; somebody else has to confirm it. Nothing was changed."), errorCode(error));
        else
            m_decisions->failure().say(error);
    });
    connect(&m_controller, &Controller::stepUpWanted, this, [this](const std::function<void()>& again) { StepUp::run(this, again, [this] { backToList(); }); });
    connect(m_list, &LineList::currentMoved, this, [this](int row) {
        if (row >= 0)
            m_controller.select(m_controller.queue().row(row).id);
    });
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value >= m_list->verticalScrollBar()->maximum())
            m_controller.readMore();
    });
    connect(m_queuePane, &StatePane::retryWanted, &m_controller, &Controller::read);
    connect(m_queuePane, &StatePane::actionWanted, this, [this] {
        if (m_search->text().isEmpty())
            m_controller.read();
        else
            m_search->clear();
    });
    connect(m_detailPane, &StatePane::retryWanted, &m_controller, &Controller::readDetail);
    connect(m_above, &QAbstractButton::clicked, this, [this] {
        m_controller.showAbove();
        backToList();
    });
    connect(m_search, &QLineEdit::textChanged, &m_controller, &Controller::setText);
    connect(m_search, &QLineEdit::returnPressed, this, &ConflictReviewPage::backToList);
    connect(m_decisions, &DecisionCard::done, this, &ConflictReviewPage::backToList);
}

QString ConflictReviewPage::title() const { return tr("Session review"); }

QString ConflictReviewPage::subtitle() const
{
    const QString open = tr("%n open conflict(s)", nullptr, m_controller.openCount());
    return m_controller.decidedToday() > 0 ? u"%1 · %2"_s.arg(open, tr("%n decided here", nullptr, m_controller.decidedToday())) : open;
}

void ConflictReviewPage::retranslate()
{
    m_search->setPlaceholderText(tr("Person, device or place"));
    m_search->setAccessibleName(tr("Find conflicts"));
    m_list->setAccessibleName(tr("Conflicts of sessions"));
    m_controller.queue().describeAgain();
    m_old->retranslate();
    m_new->retranslate();
    m_decisions->retranslate();
    syncQueue();
    syncDetail();
}

void ConflictReviewPage::syncQueue()
{
    const int shown = m_controller.queue().rowCount();
    const int open = m_controller.openCount();
    const int above = m_controller.newAbove();
    m_above->setText(tr("%n new above", nullptr, above));
    m_above->setAccessibleName(m_above->text());
    m_above->setVisible(above > 0);
    m_above->updateGeometry();
    m_footer->setText(m_controller.load() != Load::Ready || m_controller.isWhole() ? tr("What is not decided within 24 hours is closed as harmless.")
                                                                                   : tr("%1 of %2 read so far.").arg(open - m_controller.missing()).arg(open));
    if (m_controller.load() == Load::Failed)
        m_queuePane->showError(errorText(*m_controller.error()), errorCode(*m_controller.error()));
    else if (m_controller.load() == Load::Loading)
        m_queuePane->showLoading();
    else if (shown > 0)
        m_queuePane->showData();
    else if (!m_search->text().isEmpty())
        m_queuePane->showEmpty(tr("No conflict fits."), tr("Show all"));
    else
        m_queuePane->showEmpty(tr("No conflicts in 24 hours."), tr("Look again"));
    Q_EMIT badgeChanged(open + above > 0 ? QString::number(open + above) : QString(), m_controller.urgent());
    Q_EMIT headerChanged();
}

void ConflictReviewPage::syncCurrent()
{
    const auto id = m_controller.current();
    const int row = id ? m_controller.queue().rowOf(*id) : -1;
    if (row >= 0 && row != m_list->currentIndex().row())
        m_list->setCurrentIndex(m_controller.queue().index(row, 0));
}

void ConflictReviewPage::syncDetail()
{
    const auto& d = m_controller.detail();
    if (!d) {
        if (m_controller.detailLoad() == Load::Failed)
            m_detailPane->showError(errorText(*m_controller.detailError()), errorCode(*m_controller.detailError()));
        else if (m_controller.current())
            m_detailPane->showLoading();
        else
            m_detailPane->showEmpty(tr("Choose a conflict to see both of its sessions."));
        return;
    }
    const Conflict& c = d->conflict;
    const Instant now = m_clock.now();
    m_account->setText(c.displayName);
    m_company->setText(c.vendorName.isEmpty() ? roleText(c.role) : u"%1 · %2"_s.arg(c.vendorName, roleText(c.role)));
    m_kind->setChip(chipOf(c.kind));
    ChipSpec state;
    if (d->account != AccountStatus::Active)
        state = chipOf(d->account);
    else if (c.state == ConflictState::Taken)
        state = {tr("%1 is at it").arg(c.takenBy), "person", Tone::Info};
    else if (!models::isOpen(c)) {
        state = chipOf(c);
        if (!c.decidedBy.isEmpty())
            state.text = u"%1 · %2"_s.arg(state.text, c.decidedBy);
    }
    m_state->setChip(state);
    m_state->setVisible(!state.text.isEmpty());
    m_code->setText(u"#%1"_s.arg(c.id.toString().right(6)));
    m_timeline->setDetail(*d, now);
    QStringList rules;
    for (const FiredRule& rule : d->rules) {
        const QString what = ruleAction(rule.action);
        rules.append(u"%1  %2 %3 (%4)"_s.arg(clockText(rule.at), rule.code, ruleText(rule), what));
    }
    if (!d->note.isEmpty())
        rules.append(tr("Note: %1").arg(d->note));
    m_rules->setText(rules.join(u'\n'));
    m_rules->setVisible(!rules.isEmpty());
    m_old->setSide(d->oldSide, false, now);
    const auto& device = d->newSide.device;
    m_new->setSide(d->newSide, c.kind == ConflictKind::NewDevice || (device && device->createdAt && *device->createdAt >= c.at - Millis(600'000)), now);
    m_detailPane->showData();
}

void ConflictReviewPage::sayDecided(const ConflictDetail& detail, ConflictDecision asked, bool hadEnded)
{
    const QString what = u"%1: %2"_s.arg(detail.conflict.displayName, decisionText(asked));
    Q_EMIT toast(hadEnded ? tr("%1. The session had already ended; the decision is noted.").arg(what) : what);
    backToList();
}

void ConflictReviewPage::sayStale(const ConflictDetail& newest)
{
    const Conflict& c = newest.conflict;
    QString said;
    if (!models::isOpen(c) && c.decision)
        said = tr("%1 was faster: %2. Your decision was not made.").arg(c.decidedBy.isEmpty() ? tr("Somebody else") : c.decidedBy, decisionText(*c.decision));
    else if (c.state == ConflictState::Taken && !c.takenBy.isEmpty())
        said = tr("%1 has taken it meanwhile. The newest state is shown; your decision was not made.").arg(c.takenBy);
    else
        said = tr("It has changed meanwhile. The newest state is shown; your decision was not made.");
    m_decisions->failure().say(said, u"stale-decision"_s);
}

void ConflictReviewPage::backToList()
{
    syncCurrent();
    m_list->setFocus(Qt::OtherFocusReason);
}

std::vector<Command> ConflictReviewPage::commands()
{
    const auto can = [this](int key) { return [this, key] { return m_decisions->canPress(key); }; };
    const auto press = [this](int key) { return [this, key] { m_decisions->letterPressed(key); }; };
    return {
        {u"conflicts.benign"_s, tr("Same person: close the conflict"), u"A"_s, can(Qt::Key_A), press(Qt::Key_A), "person-check"},
        {u"conflicts.end-old"_s, tr("End the old session"), u"K"_s, can(Qt::Key_K), press(Qt::Key_K), "x-circle"},
        {u"conflicts.end-new"_s, tr("End the new session"), u"E"_s, can(Qt::Key_E), press(Qt::Key_E), "x-circle"},
        {u"conflicts.lock"_s, tr("Lock the account"), u"B"_s, can(Qt::Key_B), press(Qt::Key_B), "lock"},
        {u"conflicts.pair"_s, tr("Allow this pair of devices"), u"P"_s, can(Qt::Key_P), press(Qt::Key_P), "link-45deg"},
        {u"conflicts.factors"_s, tr("Reset the account's factors"), u"F"_s, can(Qt::Key_F), press(Qt::Key_F), "key"},
        {u"conflicts.escalate"_s, tr("Escalate the conflict"), u"U"_s, can(Qt::Key_U), press(Qt::Key_U), "arrow-up-right"},
        {u"conflicts.take"_s, tr("Take the conflict"), u"T"_s, can(Qt::Key_T), press(Qt::Key_T), "person"},
        {u"conflicts.next"_s, tr("Next conflict"), u"N"_s, can(Qt::Key_N), press(Qt::Key_N)},
        {u"conflicts.note"_s, tr("Write a note"), u"M"_s, {}, press(Qt::Key_M), "pencil"},
        {u"conflicts.above"_s, tr("Show the new ones above"), u"."_s, [this] { return m_controller.newAbove() > 0; }, [this] { m_controller.showAbove(); }},
        {u"conflicts.refresh"_s, tr("Read the conflicts again"), u"F5"_s, {}, [this] { m_controller.read(); }},
    };
}

void ConflictReviewPage::activate()
{
    m_controller.open();
    backToList();
}

void ConflictReviewPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void ConflictReviewPage::openRecord(const QString&, const QString& entityId)
{
    if (const auto id = ConflictId::parse(entityId))
        m_controller.openRecord(*id);
}

void ConflictReviewPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT headerChanged();
    }
    Page::changeEvent(event);
}

void ConflictReviewPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F5) {
        m_controller.read();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        backToList();
        return;
    }
    const int sign = signKey(*event);
    if (sign == Qt::Key_Period) {
        m_controller.showAbove();
        return;
    }
    if (!m_decisions->letterPressed(sign))
        Page::keyPressEvent(event);
}

} // namespace naru::ui
