// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/OrderBoardPage.h"

#include "ui/ErrorText.h"
#include "ui/frame/LetterKey.h"
#include "ui/orders/OrderBoardView.h"
#include "ui/orders/InlineSheet.h"
#include "ui/orders/OrderDetailPane.h"
#include "ui/orders/OrderTableView.h"
#include "ui/orders/OrderWords.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Widgets.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>

namespace naru::ui {

using namespace Qt::StringLiterals;
using models::OrderRow;

namespace {
bool needsForm(VendorOrderStatus to)
{
    return to == VendorOrderStatus::Shipped || to == VendorOrderStatus::PartiallyShipped || to == VendorOrderStatus::Refused || to == VendorOrderStatus::Cancelled;
}

constexpr int kDetailWidth = 320, kDetailNarrow = 272, kSearchWidth = 230, kNarrow = 1150, kLetGoMs = 250;
}

OrderBoardPage::OrderBoardPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent), m_backend(backend), m_clock(clock), m_controller(backend, clock), m_tools(new QWidget(this))
{
    buildTools();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4, kSpace4);
    row->setSpacing(kSpace3);
    m_views = new QStackedWidget;
    m_board = new OrderBoardView(m_controller, clock, m_views);
    auto* tableCard = new Card({}, {}, m_views);
    m_table = new OrderTableView(m_controller.table(), clock, tableCard);
    tableCard->layout()->setContentsMargins(1, kSpace1, 1, kSpace2);
    tableCard->body()->addWidget(m_table);
    m_views->addWidget(m_board);
    m_views->addWidget(tableCard);
    m_state = new StatePane(m_views, this);
    m_detail = new OrderDetailPane(clock, this);
    m_detail->setFixedWidth(kDetailWidth);
    row->addWidget(m_state, 1);
    row->addWidget(m_detail);

    const auto words = [this](const OrderRow& r, int column) {
        return column < 0 ? OrderWords::sentence(r.card, m_clock.now()) : OrderWords::cell(r.card, column, m_clock.now());
    };
    for (int c = 0; c < OrderBoardController::kColumns; ++c)
        m_controller.column(c).setWords(words, {});
    m_controller.table().setWords(words, [this](int column) {
        const auto sort = m_controller.table().sortedBy();
        const bool due = column == models::OrderListModel::Due && sort == models::OrderSort::Deadline;
        const bool other = (column == models::OrderListModel::Amount && sort == models::OrderSort::Amount) || (column == models::OrderListModel::Code && sort == models::OrderSort::Placed);
        return OrderWords::header(column) + (due ? u" ↑"_s : other ? u" ↓"_s : QString());
    });
    m_second.setInterval(1000);
    m_letGo.setSingleShot(true);
    m_letGo.setInterval(kLetGoMs);
    connectAll();
    updateRole();
    retranslate();
    showState();
}

// The views go before the controller whose models they show, and before this object stops being a page.
OrderBoardPage::~OrderBoardPage()
{
    disconnect(qApp, nullptr, this, nullptr);
    delete m_state;
    delete m_detail;
}

void OrderBoardPage::buildTools()
{
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpace3);
    m_search = new SearchField({}, m_tools);
    m_search->setObjectName(u"ordersSearch"_s);
    m_search->setFixedWidth(kSearchWidth);
    m_modes = new Segments({QString(), QString()}, m_tools);
    m_tray = new KeyButton({}, u"."_s, KeyButton::Plain, m_tools);
    m_tray->setObjectName(u"newOrdersButton"_s);
    m_tray->setIcon(themedIcon("bell"));
    m_tray->hide();
    row->addWidget(m_search);
    row->addWidget(m_modes);
    row->addWidget(m_tray);
}

void OrderBoardPage::connectAll()
{
    connect(&m_controller, &OrderBoardController::stateChanged, this, &OrderBoardPage::showState);
    connect(&m_controller, &OrderBoardController::detailChanged, this, &OrderBoardPage::showDetail);
    connect(&m_controller, &OrderBoardController::trayChanged, this, &OrderBoardPage::showTray);
    connect(&m_controller, &OrderBoardController::countsChanged, this, &OrderBoardPage::showBadge);
    connect(&m_controller, &OrderBoardController::moveRefused, this, &OrderBoardPage::refused);
    connect(&m_controller, &OrderBoardController::liveChanged, this, [this] {
        if (m_views->currentIndex() == 0)
            m_board->flash();
        else
            m_table->flash();
    });
    connect(m_board, &OrderBoardView::chosen, this, &OrderBoardPage::choose);
    connect(m_board, &OrderBoardView::dropped, this, [this](const std::vector<VendorOrderId>& ids, int column) { wantMove(ids, OrderBoardController::statusOf(column)); });
    connect(m_table, &OrderTableView::chosen, this, &OrderBoardPage::choose);
    connect(m_table, &OrderTableView::endNear, &m_controller, &OrderBoardController::fetchMoreTable);
    connect(&m_controller, &OrderBoardController::columnRead, this, [this] {
        if (!hasChoice())
            showState();
        else if (!m_detail->hasOrder())
            showDetail(); // its card is known before the rest of it
    });
    connect(m_table, &OrderTableView::sortWanted, this, [this](models::OrderSort sort) {
        m_controller.setTableSort(sort);
        m_controller.table().wordsChanged();
    });
    connect(&m_controller, &OrderBoardController::tableRead, this, [this] {
        if (!m_table->currentIndex().isValid() || m_table->currentId() != m_controller.selected())
            m_table->setCurrentId(m_controller.selected());
    });
    connect(m_detail, &OrderDetailPane::moveWanted, this, [this](VendorOrderStatus to) { wantMove({m_controller.selected()}, to); });
    connect(m_detail, &OrderDetailPane::answered, this, [this](const VendorOrderMove& move) { m_controller.move(std::exchange(m_asking, {}), move); });
    connect(m_detail, &OrderDetailPane::askingLeft, this, &OrderBoardPage::focusList);
    connect(m_detail, &OrderDetailPane::retryWanted, &m_controller, &OrderBoardController::load);
    connect(m_state, &StatePane::retryWanted, &m_controller, &OrderBoardController::load);
    connect(m_state, &StatePane::actionWanted, m_search, &QLineEdit::clear);
    connect(m_search, &QLineEdit::textChanged, &m_controller, &OrderBoardController::setText);
    connect(m_modes, &Segments::currentChanged, this, &OrderBoardPage::showMode);
    connect(m_tray, &QAbstractButton::clicked, &m_controller, &OrderBoardController::releaseTray);
    connect(&m_second, &QTimer::timeout, this, &OrderBoardPage::tick);
    connect(&m_letGo, &QTimer::timeout, this, [this] { m_controller.setHeld(false); });
    connect(&m_backend.session(), &backend::SessionService::infoChanged, this, &OrderBoardPage::updateRole);
    connect(qApp, &QApplication::focusChanged, this, &OrderBoardPage::updateHeld);
    for (int c = 0; c < OrderBoardController::kColumns; ++c)
        m_board->column(c).installEventFilter(this);
    m_table->installEventFilter(this);
    m_search->installEventFilter(this);
    keepForm();
}

// The open form as a draft: one for the orders it is about.
void OrderBoardPage::keepForm()
{
    const auto about = [this]() -> std::optional<FormSubject> {
        if (m_asking.empty())
            return std::nullopt;
        QStringList ids;
        for (const VendorOrderId& id : m_asking)
            ids << id.toString();
        const VendorOrderCard* card = m_controller.card(m_asking.front());
        return FormSubject{ids.join(u','), card ? card->code : QString(), card ? card->version : 0, u":%1"_s.arg(static_cast<int>(m_detail->asked()))};
    };
    const auto reopen = [this](const FormSubject& kept) {
        std::vector<VendorOrderId> ids;
        for (const QString& text : kept.entityId.split(u','))
            if (const auto id = VendorOrderId::parse(text))
                ids.push_back(*id);
        if (ids.empty() || !m_controller.card(ids.front()))
            return false;
        wantMove(ids, static_cast<VendorOrderStatus>(kept.purpose.section(u':', 1).toInt()));
        return m_detail->isAsking();
    };
    m_detail->sheet().keepAs(u"orders.form"_s, about, reopen);
    connect(&m_controller, &OrderBoardController::columnRead, m_detail->sheet().editor(), &FormEditor::ready);
    connect(&m_controller, &OrderBoardController::detailChanged, m_detail->sheet().editor(), &FormEditor::ready);
}

QJsonObject OrderBoardPage::place() const
{
    return hasChoice() ? QJsonObject{{u"order"_s, m_controller.selected().toString()}, {u"mode"_s, m_views->currentIndex()}} : QJsonObject{};
}

void OrderBoardPage::restorePlace(const QJsonObject& place)
{
    m_modes->setCurrent(place[u"mode"_s].toInt());
    showMode(m_modes->current());
    openRecord(u"vendor_order"_s, place[u"order"_s].toString());
}

QString OrderBoardPage::title() const { return tr("Order board"); }

QString OrderBoardPage::subtitle() const
{
    const auto& info = m_backend.session().info();
    return info && info->vendorId ? tr("%1 · by deadline").arg(info->vendorName) : tr("All vendors · by deadline");
}

QWidget* OrderBoardPage::headerTools() { return m_tools; }

bool OrderBoardPage::hasChoice() const { return !m_controller.selected().isNull(); }

std::vector<Command> OrderBoardPage::commands()
{
    const auto chosen = [this] { return hasChoice(); };
    return {
        {u"orders.accept"_s, tr("Accept the chosen orders"), u"A"_s, chosen, [this] { wantMove(picked(), VendorOrderStatus::Accepted); }, "check2"},
        {u"orders.next"_s, tr("Move to the next state"), u"Ctrl+→"_s, chosen, [this] { wantNext(); }, "chevron-right"},
        {u"orders.ship"_s, tr("Ship with tracking number"), u"S"_s, chosen, [this] { wantMove(picked(), VendorOrderStatus::Shipped); }, "truck"},
        {u"orders.refuse"_s, tr("Refuse with a reason"), u"R"_s, chosen, [this] { wantMove(picked(), VendorOrderStatus::Refused); }, "x-circle"},
        {u"orders.pick"_s, tr("Pick or unpick the order"), u"X"_s, chosen, [this] { if (auto* c = m_board->focusedColumn()) c->togglePicked(); }, "check-circle"},
        {u"orders.table"_s, tr("Switch between board and table"), u"V"_s, {}, [this] { toggleTable(); }, "list-ul"},
        {u"orders.new"_s, tr("Let the new orders in"), u"."_s, [this] { return m_controller.trayCount() > 0; }, [this] { m_controller.releaseTray(); }, "bell"},
        {u"orders.search"_s, tr("Search orders"), u"/"_s, {}, [this] { focusSearch(); }, "search"},
    };
}

void OrderBoardPage::activate()
{
    updateRole();
    if (!m_loaded) {
        m_loaded = true;
        m_controller.load();
    }
    focusList();
}

void OrderBoardPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void OrderBoardPage::openRecord(const QString& entityType, const QString& entityId)
{
    if (entityType != u"vendor_order"_s)
        return;
    const auto id = VendorOrderId::parse(entityId);
    if (!id)
        return;
    if (!m_loaded) {
        m_loaded = true;
        m_controller.load();
    }
    m_wanted = *id;
    choose(*id); // the detail does not wait for the lists
    const bool shown = m_views->currentIndex() == 0 ? m_board->showCard(*id) : m_table->setCurrentId(*id);
    if (shown)
        m_wanted = {};
    focusList();
}

void OrderBoardPage::choose(VendorOrderId id) { m_controller.select(id); }

std::vector<VendorOrderId> OrderBoardPage::picked() const
{
    std::vector<VendorOrderId> ids = m_views->currentIndex() == 0 ? m_board->picked() : m_table->picked();
    if (ids.empty() && hasChoice())
        ids.push_back(m_controller.selected());
    return ids;
}

void OrderBoardPage::wantMove(const std::vector<VendorOrderId>& ids, VendorOrderStatus to)
{
    if (ids.empty())
        return;
    const auto& detail = m_controller.detail();
    const bool known = ids.size() == 1 && detail && detail->card.id == ids.front();
    const auto& allowed = known ? detail->allowedNext : std::vector<VendorOrderStatus>{};
    if (known && needsForm(to) && std::find(allowed.begin(), allowed.end(), to) == allowed.end()) {
        // No form for what would be refused anyway.
        Error why;
        why.kind = ErrorKind::Forbidden;
        why.code = u"transition-not-allowed"_s;
        refused(detail->card, to, why);
        return;
    }
    if (to == VendorOrderStatus::Shipped || to == VendorOrderStatus::PartiallyShipped) {
        m_asking = ids;
        choose(ids.front());
        m_detail->askShipping(static_cast<int>(ids.size()), to);
    } else if (to == VendorOrderStatus::Refused || to == VendorOrderStatus::Cancelled) {
        m_asking = ids;
        choose(ids.front());
        m_detail->askReason(static_cast<int>(ids.size()), to);
    } else {
        VendorOrderMove move;
        move.to = to;
        m_controller.move(ids, move);
    }
}

void OrderBoardPage::wantNext()
{
    const std::vector<VendorOrderId> ids = picked();
    const VendorOrderCard* first = ids.empty() ? nullptr : m_controller.card(ids.front());
    if (!first)
        return;
    if (const auto next = OrderBoardController::nextOf(first->status))
        wantMove(ids, *next);
}

void OrderBoardPage::refused(const VendorOrderCard& card, VendorOrderStatus wanted, const Error& why)
{
    // The server's refusal of a move names both states itself; other failures do not say what was tried.
    const bool named = why.code == u"transition-not-allowed"_s && !why.detail.isEmpty();
    Q_EMIT toast(named ? card.code + u": "_s + errorText(why) : OrderWords::refusedMove(card, wanted, errorText(why)));
}

void OrderBoardPage::toggleTable() { m_modes->setCurrent(1 - m_views->currentIndex()); showMode(m_modes->current()); }

void OrderBoardPage::showMode(int mode)
{
    if (m_views->currentIndex() == mode)
        return;
    const VendorOrderId id = m_controller.selected();
    m_views->setCurrentIndex(mode);
    m_controller.setTableShown(mode == 1);
    if (mode == 0)
        m_board->showCard(id);
    else
        m_table->setCurrentId(id);
    focusList();
}

void OrderBoardPage::focusList()
{
    if (m_detail->isAsking())
        return;
    if (m_views->currentIndex() != 0)
        m_table->setFocus(Qt::OtherFocusReason);
    else if (m_controller.isRead(0))
        m_board->focusFirst();
    else
        m_board->column(0).setFocus(Qt::OtherFocusReason);
}

void OrderBoardPage::showState()
{
    switch (m_controller.state()) {
    case LoadState::Loading: m_state->showLoading(); break;
    case LoadState::Failed: m_state->showError(errorText(*m_controller.error()), errorCode(*m_controller.error())); break;
    case LoadState::Empty:
        if (m_controller.isFiltered())
            m_state->showEmpty(tr("No order matches “%1”.").arg(m_controller.text()), tr("Clear the search"));
        else
            m_state->showEmpty(tr("No orders are open. New ones appear here by themselves."));
        break;
    case LoadState::Data: {
        m_state->showData();
        const bool wanted = !m_wanted.isNull() && m_board->showCard(m_wanted);
        if (wanted)
            m_wanted = {};
        QWidget* focus = QApplication::focusWidget();
        // The columns come in one by one; the first card to be chosen is the one whose deadline presses most.
        if (m_controller.isRead(0) && isVisible() && !m_search->hasFocus() && !m_detail->isAsking() && (!focus || !focus->isVisible() || isAncestorOf(focus)))
            focusList();
        break;
    }
    }
}

void OrderBoardPage::showDetail()
{
    const VendorOrderId id = m_controller.selected();
    const VendorOrderCard* card = m_controller.card(id);
    if (!card && m_controller.detail())
        card = &m_controller.detail()->card;
    if (id.isNull() || !card) {
        m_detail->showNothing();
        return;
    }
    m_detail->showOrder(*card, m_controller.detail(), m_controller.detailError(), m_controller.isPending(id));
}

void OrderBoardPage::showTray(int count)
{
    m_tray->setVisible(count > 0);
    m_tray->setText(tr("%n new orders above", nullptr, count));
    m_tray->setAccessibleName(m_tray->text());
    m_tray->updateGeometry();
}

void OrderBoardPage::showBadge()
{
    const int waiting = m_controller.count(0);
    Q_EMIT badgeChanged(waiting > 0 ? OrderWords::count(waiting) : QString(), waiting > 0);
}

bool OrderBoardPage::handleKey(const QKeyEvent& event)
{
    const bool board = m_views->currentIndex() == 0;
    const int letter = letterKey(event);
    const int key = letter != 0 ? letter : event.key();
    if (event.modifiers() == Qt::ControlModifier && key == Qt::Key_Right) {
        wantNext();
        return true;
    }
    if (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))
        return false;
    const auto step = [&](int by) {
        auto* view = board ? static_cast<QAbstractItemView*>(m_board->focusedColumn()) : m_table;
        if (!view)
            return;
        const QModelIndex next = view->currentIndex().isValid() ? view->currentIndex().siblingAtRow(view->currentIndex().row() + by) : view->model()->index(0, 0);
        if (next.isValid())
            view->selectionModel()->setCurrentIndex(next, event.modifiers() & Qt::ShiftModifier ? QItemSelectionModel::Select | QItemSelectionModel::Rows
                                                                                               : QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    };
    switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!board)
            return false;
        m_board->moveFocus(key == Qt::Key_Left ? -1 : 1);
        return true;
    case Qt::Key_J: step(1); return true;
    case Qt::Key_K: step(-1); return true;
    case Qt::Key_A: wantMove(picked(), VendorOrderStatus::Accepted); return true;
    case Qt::Key_S: wantMove(picked(), VendorOrderStatus::Shipped); return true;
    case Qt::Key_R: wantMove(picked(), VendorOrderStatus::Refused); return true;
    case Qt::Key_V: toggleTable(); return true;
    case Qt::Key_X:
        if (board && m_board->focusedColumn())
            m_board->focusedColumn()->togglePicked();
        else if (!board)
            m_table->selectionModel()->select(m_table->currentIndex(), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        return true;
    case Qt::Key_Period: m_controller.releaseTray(); return true;
    case Qt::Key_Slash: focusSearch(); return true;
    default: return false;
    }
}

bool OrderBoardPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto& press = static_cast<QKeyEvent&>(*event);
        if (watched == m_search) {
            if (press.key() == Qt::Key_Down || press.key() == Qt::Key_Return || press.key() == Qt::Key_Enter) {
                focusList();
                return true;
            }
            if (press.key() == Qt::Key_Escape) {
                m_search->clear();
                focusList();
                return true;
            }
        } else if (handleKey(press)) {
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void OrderBoardPage::updateHeld()
{
    const QWidget* focus = QApplication::focusWidget();
    // The form and the buttons of the detail belong to the same piece of work.
    if (isVisible() && focus && (m_views->isAncestorOf(focus) || m_detail->isAncestorOf(focus))) {
        m_letGo.stop();
        m_controller.setHeld(true);
    } else {
        m_letGo.start(); // the focus often passes by elsewhere for a moment, as when a form closes
    }
}

void OrderBoardPage::updateRole()
{
    const auto& info = m_backend.session().info();
    const bool all = !info || !info->vendorId;
    m_board->setVendorShown(all);
    m_table->setVendorShown(all);
    m_detail->setVendorShown(all);
    Q_EMIT headerChanged();
}

void OrderBoardPage::tick()
{
    if (m_views->currentIndex() == 0)
        m_board->tick();
    else
        m_table->tick();
    m_detail->tick();
}

void OrderBoardPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_controller.setShown(true);
    m_second.start();
    updateHeld();
}

void OrderBoardPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_controller.setShown(false);
    m_second.stop();
    updateHeld();
}

void OrderBoardPage::resizeEvent(QResizeEvent* event)
{
    const bool narrow = width() < kNarrow;
    m_detail->setFixedWidth(narrow ? kDetailNarrow : kDetailWidth);
    m_board->setNarrow(narrow);
    layout()->setSpacing(narrow ? kSpace2 : kSpace3);
    layout()->setContentsMargins(narrow ? kSpace3 : kSpace4 + kSpace1, kSpace4, narrow ? kSpace3 : kSpace4, kSpace4);
    Page::resizeEvent(event);
}

void OrderBoardPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Page::changeEvent(event);
}

void OrderBoardPage::retranslate()
{
    m_search->setPlaceholderText(tr("Search orders, items, customers"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_modes->setTexts({tr("Board"), tr("Table V")});
    m_modes->setAccessibleName(tr("Board or table"));
    m_board->retranslate();
    m_table->retranslate();
    for (int c = 0; c < OrderBoardController::kColumns; ++c)
        m_controller.column(c).wordsChanged();
    m_controller.table().wordsChanged();
    showTray(m_controller.trayCount());
    showState();
    Q_EMIT headerChanged();
}

} // namespace naru::ui
