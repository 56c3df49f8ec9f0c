// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/HoldsCard.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/text/StateText.h"
#include "ui/workspace/FormEditor.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = ReservationMonitorController::Load;

namespace {
constexpr int kPad = 10;
constexpr int kRing = 18;

QString holdText(const Hold& hold)
{
    return HoldsCard::tr("%1 × %2").arg(hold.title).arg(hold.qty);
}

std::chrono::seconds leftOf(const Hold& hold, const Clock& clock)
{
    return std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(hold.expiresAt - clock.now()));
}

double shareOf(const Hold& hold, const Clock& clock)
{
    const auto whole = (hold.expiresAt - hold.createdAt).count();
    return whole <= 0 ? 0.0 : std::clamp(static_cast<double>((hold.expiresAt - clock.now()).count()) / static_cast<double>(whole), 0.0, 1.0);
}

// Title, what is left as ring and minutes, and the two things one can do. Child of the list.
class HoldDelegate : public QStyledItemDelegate {
public:
    explicit HoldDelegate(HoldsView& view)
        : QStyledItemDelegate(&view)
        , m_view(view)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, kRow}; }

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of();
        const auto& t = theme.tokens();
        const auto& hold = m_view.holds().at(index.row());
        const QRect row = option.rect;
        const bool selected = option.state & QStyle::State_Selected;
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            p->setPen(Qt::NoPen);
            p->setBrush(selected ? t.accentSoft : t.hover);
            p->drawRoundedRect(QRectF(row).adjusted(0, 1, 0, -2), kRadius, kRadius);
        }
        if (selected && m_view.hasFocus()) {
            p->setPen(QPen(t.accent, 1.5));
            p->setBrush(Qt::NoBrush);
            p->drawRoundedRect(QRectF(row).adjusted(0.75, 1.75, -0.75, -2.75), kRadius, kRadius);
        }
        p->setPen(t.border);
        p->drawLine(QPointF(row.left(), row.bottom() + 0.5), QPointF(row.right(), row.bottom() + 0.5));
        const double share = shareOf(hold, m_view.clock());
        const int ringLeft = row.left() + std::max(row.width() * 48 / 100, row.width() / 2 - 40);
        drawText(*p, QRectF(row.left() + kPad, row.top(), ringLeft - row.left() - 2 * kPad, row.height()), holdText(hold), theme.font(TextSize::Body), t.text);
        drawRing(*p, QRectF(ringLeft, row.center().y() - kRing / 2.0 + 0.5, kRing, kRing), share);
        const auto tone = deadlineTone(share);
        drawText(*p, QRectF(ringLeft + kRing + 6, row.top(), 60, row.height()), minuteSecond(leftOf(hold, m_view.clock())), theme.font(TextSize::Meta, true),
            tone == Tone::Accent ? t.textMuted : theme.tone(tone));
        if (m_view.writable()) {
            const auto font = theme.font(TextSize::Body);
            const auto color = selected || (option.state & QStyle::State_MouseOver) ? t.text : t.textMuted;
            drawText(*p, m_view.extendArea(row), HoldsCard::tr("Extend T") + u" ·"_s, font, color, Qt::AlignRight | Qt::AlignVCenter);
            drawText(*p, m_view.releaseArea(row), HoldsCard::tr("Release R"), font, color, Qt::AlignRight | Qt::AlignVCenter);
        }
        p->restore();
    }

private:
    HoldsView& m_view;
};

} // namespace

HoldsView::HoldsView(models::HoldsModel& model, const Clock& clock, QWidget* parent)
    : QListView(parent)
    , m_model(model)
    , m_clock(clock)
{
    setModel(&model);
    setItemDelegate(new HoldDelegate(*this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    connect(&Theme::of(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void HoldsView::setWritable(bool writable)
{
    m_writable = writable;
    viewport()->update();
}

std::optional<HoldId> HoldsView::currentHold() const
{
    const auto at = currentIndex();
    return at.isValid() ? std::optional(m_model.at(at.row()).id) : std::nullopt;
}

QRect HoldsView::releaseArea(const QRect& row) const
{
    const int width = QFontMetrics(Theme::of().font(TextSize::Body)).horizontalAdvance(HoldsCard::tr("Release R")) + 4;
    return {row.right() - kPad - width, row.top(), width, row.height()};
}

QRect HoldsView::extendArea(const QRect& row) const
{
    const int width = QFontMetrics(Theme::of().font(TextSize::Body)).horizontalAdvance(HoldsCard::tr("Extend T") + u" ·"_s) + 2;
    return {releaseArea(row).left() - width, row.top(), width, row.height()};
}

void HoldsView::keyPressEvent(QKeyEvent* event)
{
    const auto hold = currentHold();
    const int letter = signKey(*event);
    if (hold && letter == Qt::Key_R) {
        Q_EMIT releaseWanted(*hold);
        return;
    }
    if (hold && letter == Qt::Key_T) {
        Q_EMIT extendWanted(*hold);
        return;
    }
    if (letter) { // letters are commands of the page, not a search in the list
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void HoldsView::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const auto at = indexAt(event->position().toPoint());
    if (!at.isValid() || event->button() != Qt::LeftButton || !m_writable)
        return;
    const auto row = visualRect(at);
    const auto id = m_model.at(at.row()).id;
    if (releaseArea(row).contains(event->position().toPoint()))
        Q_EMIT releaseWanted(id);
    else if (extendArea(row).contains(event->position().toPoint()))
        Q_EMIT extendWanted(id);
}

void HoldsView::focusInEvent(QFocusEvent* event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model.rowCount() > 0)
        setCurrentIndex(m_model.index(0));
}

void HoldsView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    Q_EMIT currentHoldChanged();
}

// Screen readers select without moving the cursor; here the two are one.
void HoldsView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QListView::selectionChanged(selected, deselected);
    if (const auto chosen = selected.indexes(); chosen.size() == 1 && chosen.first() != currentIndex())
        selectionModel()->setCurrentIndex(chosen.first(), QItemSelectionModel::NoUpdate);
}

// A hold that ends takes its selection with it: the neighbour must not be released by a key meant for this one.
void HoldsView::rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end)
{
    const int row = currentIndex().row();
    if (currentIndex().isValid() && row >= start && row <= end)
        setCurrentIndex({});
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

HoldsCard::HoldsCard(ReservationMonitorController& controller, const Clock& clock, QWidget* parent)
    : Card({}, {}, parent)
    , m_controller(controller)
    , m_list(new HoldsView(controller.holds(), clock, this))
    , m_pane(new StatePane(m_list, this))
    , m_extend(new KeyButton({}, u"T"_s))
    , m_release(new KeyButton({}, u"R"_s, KeyButton::Destructive))
    , m_message(new TextLabel({}, TextSize::Meta))
{
    addHeaderWidget(m_extend);
    addHeaderWidget(m_release);
    body()->addWidget(m_pane, 1);
    buildConfirm();
    body()->addWidget(m_message);
    m_message->hide();
    m_message->setWordWrap(true);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    controller.holds().setDescriber([&clock](const Hold& hold) { return tr("%1, %2 left").arg(holdText(hold), minuteSecond(leftOf(hold, clock))); });
    connect(m_extend, &QAbstractButton::clicked, this, &HoldsCard::extendCurrent);
    connect(m_release, &QAbstractButton::clicked, this, &HoldsCard::releaseCurrent);
    connect(m_list, &HoldsView::releaseWanted, this, &HoldsCard::ask);
    connect(m_list, &HoldsView::extendWanted, this, [this](HoldId id) { m_controller.extend(id); });
    connect(m_list, &HoldsView::currentHoldChanged, this, &HoldsCard::syncAccess);
    connect(m_pane, &StatePane::retryWanted, &controller, &ReservationMonitorController::load);
    connect(&controller, &ReservationMonitorController::holdsStatusChanged, this, &HoldsCard::syncStatus);
    connect(&controller, &ReservationMonitorController::accessChanged, this, &HoldsCard::syncAccess);
    connect(&controller, &ReservationMonitorController::busyChanged, this, &HoldsCard::syncAccess);
    connect(&controller, &ReservationMonitorController::released, this, [this](const Hold& hold) { say(tr("Released: %1").arg(holdText(hold)), TextLabel::Muted); });
    connect(&controller, &ReservationMonitorController::extended, this,
        [this](const Hold& hold, int seconds) { say(tr("Extended by %1: %2").arg(minuteSecond(std::chrono::seconds(seconds)), holdText(hold)), TextLabel::Muted); });
    connect(&controller, &ReservationMonitorController::writeFailed, this, [this](const Error& error) { say(errorText(error), TextLabel::Danger); });
    retranslate();
}

void HoldsCard::buildConfirm()
{
    m_confirm = new QWidget(this);
    m_question = new TextLabel({}, TextSize::Body, true);
    m_question->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_reason = new QLineEdit(m_confirm);
    m_reason->setMaxLength(200);
    m_yes = new KeyButton({}, u"Enter"_s, KeyButton::Destructive);
    m_no = new KeyButton({}, u"Esc"_s);
    auto* row = new QHBoxLayout(m_confirm);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpace2);
    row->addWidget(m_question, 3);
    row->addWidget(m_reason, 2);
    row->addWidget(m_yes);
    row->addWidget(m_no);
    body()->addWidget(m_confirm);
    m_confirm->hide();
    m_reason->installEventFilter(this);
    connect(m_reason, &QLineEdit::returnPressed, this, &HoldsCard::confirm);
    connect(m_yes, &QAbstractButton::clicked, this, &HoldsCard::confirm);
    connect(m_no, &QAbstractButton::clicked, this, [this] { closeConfirm(true); });
    FormEditor::Hooks hooks;
    hooks.subject = [this]() -> std::optional<FormSubject> {
        const auto* hold = m_asked && !m_confirm->isHidden() ? m_controller.holds().find(*m_asked) : nullptr;
        return hold ? std::optional(FormSubject{m_asked->toString(), holdText(*hold), hold->version, {}}) : std::nullopt;
    };
    hooks.reopen = [this](const FormSubject& kept) {
        if (const auto id = HoldId::parse(kept.entityId))
            ask(*id);
        return m_asked && m_asked->toString() == kept.entityId;
    };
    hooks.close = [this] { closeConfirm(false); };
    auto* editor = new FormEditor(u"reservations.release"_s, *m_confirm, std::move(hooks));
    editor->add(u"reason"_s, m_reason);
    connect(&m_controller, &ReservationMonitorController::holdsStatusChanged, editor, &FormEditor::ready, Qt::QueuedConnection);
}

void HoldsCard::retranslate()
{
    m_extend->setText(tr("Extend"));
    m_release->setText(tr("Release"));
    m_extend->setAccessibleName(tr("Extend hold"));
    m_release->setAccessibleName(tr("Release hold"));
    m_yes->setText(tr("Release"));
    m_yes->setAccessibleName(tr("Confirm release"));
    m_no->setText(tr("Keep"));
    m_no->setAccessibleName(tr("Keep hold"));
    m_reason->setAccessibleName(tr("Reason for the release"));
    m_reason->setPlaceholderText(tr("Reason (recorded)"));
    m_list->setAccessibleName(tr("Open holds"));
    for (auto* button : {m_extend, m_release, m_yes, m_no})
        button->updateGeometry();
    m_controller.holds().describeAgain();
    syncStatus();
    syncAccess();
}

bool HoldsCard::canWrite() const
{
    return m_controller.online() && m_controller.mayWrite();
}

void HoldsCard::syncStatus()
{
    const auto& status = m_controller.holdsStatus();
    const int count = m_controller.holds().count();
    setTitle(tr("Open holds"), status.seen ? tr("%n hold(s), soonest end first", nullptr, count) : QString());
    if (!status.seen)
        status.load == Load::Failed ? m_pane->showError(errorText(*status.error), errorCode(*status.error)) : m_pane->showLoading();
    else if (count == 0)
        m_pane->showEmpty(tr("Nobody holds a place at this moment."));
    else
        m_pane->showData();
    if (status.seen && status.asOf && count > 0)
        m_pane->showLoading(); // old rows, greyed
    if (m_asked && !m_controller.holds().find(*m_asked)) {
        closeConfirm(false);
        say(tr("This hold ended by itself."), TextLabel::Muted);
    }
}

void HoldsCard::syncAccess()
{
    const auto hold = m_list->currentHold();
    const auto* row = hold ? m_controller.holds().find(*hold) : nullptr;
    const bool free = row && canWrite() && !m_controller.busy(*hold);
    m_release->setEnabled(free);
    m_extend->setEnabled(free && m_controller.extensionFor(*row) > 0);
    m_release->setVisible(m_controller.mayWrite());
    m_extend->setVisible(m_controller.mayWrite());
    m_yes->setEnabled(canWrite());
    m_list->setWritable(canWrite());
    QString why;
    if (!m_controller.online())
        why = tr("Needs the server, which cannot be reached now.");
    else if (!row)
        why = tr("Select a hold first.");
    m_release->setToolTip(why);
    m_extend->setToolTip(row && why.isEmpty() && m_controller.extensionFor(*row) == 0 ? tr("This hold has reached its longest time.") : why);
}

void HoldsCard::releaseCurrent()
{
    if (const auto hold = m_list->currentHold())
        ask(*hold);
}

void HoldsCard::extendCurrent()
{
    if (const auto hold = m_list->currentHold(); hold && canWrite())
        m_controller.extend(*hold);
}

void HoldsCard::ask(HoldId id)
{
    const auto* hold = m_controller.holds().find(id);
    if (!hold || !canWrite())
        return;
    m_asked = id;
    m_message->hide();
    m_question->setText(tr("Release %1?").arg(holdText(*hold)));
    m_question->setToolTip(m_question->text());
    m_reason->setText(tr("Released by staff"));
    m_confirm->show();
    m_reason->setFocus();
    m_reason->selectAll();
}

void HoldsCard::confirm()
{
    const auto reason = m_reason->text().trimmed();
    if (!m_asked || !canWrite())
        return;
    if (reason.isEmpty()) {
        say(tr("A release needs a reason."), TextLabel::Danger);
        return;
    }
    const auto id = *m_asked;
    closeConfirm(true);
    m_controller.release(id, reason);
}

void HoldsCard::closeConfirm(bool backToList)
{
    m_asked.reset();
    m_confirm->hide();
    if (backToList)
        m_list->setFocus();
}

void HoldsCard::say(const QString& text, TextLabel::Level level)
{
    m_message->setLevel(level);
    m_message->setText(text);
    m_message->show();
}

void HoldsCard::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    m_second.start();
}

void HoldsCard::hideEvent(QHideEvent* event)
{
    Card::hideEvent(event);
    m_second.stop();
}

bool HoldsCard::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_reason && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        closeConfirm(true);
        return true;
    }
    return Card::eventFilter(watched, event);
}

} // namespace naru::ui
