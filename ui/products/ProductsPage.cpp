// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/ProductsPage.h"

#include "ui/ErrorText.h"
#include "ui/frame/LetterKey.h"
#include "ui/products/ProductDetailPane.h"
#include "ui/products/ProductTableView.h"
#include "ui/products/ProductWords.h"
#include "ui/products/ProductsEditor.h"
#include "ui/products/StagedBar.h"
#include "ui/products/VariantGrid.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Widgets.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QShortcut>
#include <QSplitter>

namespace naru::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSearchWidth = 230, kBarWords = 120;
constexpr int kListShare = 600, kDetailShare = 500;
constexpr ProductStatus kFacets[] = {ProductStatus::Active, ProductStatus::Paused, ProductStatus::InReview, ProductStatus::Approved, ProductStatus::Scheduled,
    ProductStatus::Draft, ProductStatus::Rejected, ProductStatus::Discontinued, ProductStatus::Archived};

} // namespace

ProductsPage::ProductsPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent), m_backend(backend), m_clock(clock), m_controller(backend, clock), m_tools(new QWidget(this)), m_split(new QSplitter(Qt::Horizontal, this))
{
    buildTools();
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4, kSpace4);
    rows->setSpacing(kSpace3);
    m_listPane = buildList();
    m_detail = new ProductDetailPane(m_controller);
    m_detail->setMinimumWidth(400);
    m_listPane->setMinimumWidth(360);
    m_split->addWidget(m_listPane);
    m_split->addWidget(m_detail);
    m_split->setHandleWidth(kSpace3);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 6);
    m_split->setStretchFactor(1, 5);
    m_split->setSizes({kListShare, kDetailShare});
    m_bar = new StagedBar(m_controller, this);
    rows->addWidget(m_split, 1);
    rows->addWidget(m_bar);

    m_controller.list().setWords(&ProductWords::cell, [this](int column) {
        using Model = models::ProductListModel;
        const QString& sort = m_controller.query().sort;
        const bool up = (column == Model::Code && sort == u"code"_s) || (column == Model::Title && sort == u"title"_s) || (column == Model::Stock && sort == u"stock"_s);
        return ProductWords::header(column) + (up ? u" ↑"_s : column == Model::Updated && sort == u"updated"_s ? u" ↓"_s : QString());
    });
    m_controller.variants().setWords(&ProductWords::variantCell, [this](int column) {
        // Where the bar is short its three words have no room; its colours are explained by the wide view.
        const bool cramped = column == models::VariantTableModel::Bar && m_detail->grid().columnWidth(column) < kBarWords;
        return cramped ? QString() : ProductWords::variantHeader(column);
    });
    connectAll();
    updateRole();
    retranslate();
    showState();
}

// The views go before the controller whose models they show, and before this object stops being a page.
ProductsPage::~ProductsPage()
{
    disconnect(qApp, nullptr, this, nullptr);
    delete m_split;
    delete m_bar;
}

void ProductsPage::buildTools()
{
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpace3);
    m_back = new KeyButton({}, u"Esc"_s, KeyButton::Plain, m_tools);
    m_back->setObjectName(u"backToListButton"_s);
    m_back->setIcon(themedIcon("chevron-left"));
    m_back->hide();
    m_search = new SearchField({}, m_tools);
    m_search->setObjectName(u"productsSearch"_s);
    m_search->setFixedWidth(kSearchWidth);
    m_tray = new KeyButton({}, u"."_s, KeyButton::Plain, m_tools);
    m_tray->setObjectName(u"newProductsButton"_s);
    m_tray->hide();
    row->addWidget(m_back);
    row->addWidget(m_search);
    row->addWidget(m_tray);
}

QWidget* ProductsPage::buildList()
{
    auto* pane = new QWidget;
    auto* rows = new QVBoxLayout(pane);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(kSpace3);
    auto* facets = new QHBoxLayout;
    facets->setSpacing(kSpace2);
    m_kinds = new Segments({QString(), QString(), QString()}, pane);
    m_status = new QComboBox(pane);
    m_status->setObjectName(u"statusFacet"_s);
    m_status->setMinimumHeight(kControl);
    m_status->setMinimumWidth(116);
    m_total = new TextLabel({}, TextSize::Body, false, TextLabel::Muted, pane);
    facets->addWidget(m_kinds);
    facets->addWidget(m_status);
    facets->addStretch();
    facets->addWidget(m_total);
    auto* card = new Card({}, {}, pane);
    card->layout()->setContentsMargins(1, kSpace1, 1, kSpace2);
    m_table = new ProductTableView(m_controller.list(), m_clock, card);
    card->body()->addWidget(m_table);
    m_state = new StatePane(card, pane);
    m_state->setObjectName(u"productsState"_s);
    rows->addLayout(facets);
    rows->addWidget(m_state, 1);
    return pane;
}

void ProductsPage::connectAll()
{
    connect(&m_controller, &ProductsController::stateChanged, this, &ProductsPage::showState);
    connect(&m_controller, &ProductsController::trayChanged, this, &ProductsPage::showTray);
    connect(&m_controller, &ProductsController::liveChanged, m_table, &ProductTableView::flash);
    connect(&m_controller, &ProductsController::committed, this, [this](int edits) { Q_EMIT toast(tr("%n changes committed.", nullptr, edits)); });
    connect(&m_controller, &ProductsController::moveRefused, this, [this](ProductStatus wanted, const Error& why) {
        Q_EMIT toast(tr("The product stays as it was. Moving it to “%1” was refused: %2").arg(chipOf(wanted).text, errorText(why)));
    });
    connect(m_table, &ProductTableView::chosen, &m_controller, &ProductsController::select);
    connect(m_table, &ProductTableView::endNear, &m_controller, &ProductsController::fetchMore);
    connect(m_table, &ProductTableView::sortWanted, this, [this](const QString& sort) {
        m_controller.setSort(sort);
        m_controller.list().wordsChanged();
    });
    connect(m_table, &QAbstractItemView::doubleClicked, this, [this] { openEditor(true); });
    connect(m_search, &QLineEdit::textChanged, &m_controller, &ProductsController::setText);
    connect(m_tray, &QAbstractButton::clicked, &m_controller, &ProductsController::load);
    connect(m_back, &QAbstractButton::clicked, this, [this] { openEditor(false); });
    connect(m_state, &StatePane::retryWanted, &m_controller, &ProductsController::load);
    connect(m_state, &StatePane::actionWanted, this, [this] {
        m_search->clear();
        m_kinds->setCurrent(0);
        m_status->setCurrentIndex(0);
        m_controller.clearFilters();
    });
    connect(m_kinds, &Segments::currentChanged, this, &ProductsPage::facetsChanged);
    connect(m_status, &QComboBox::currentIndexChanged, this, &ProductsPage::facetsChanged);
    connect(&m_backend.session(), &backend::SessionService::infoChanged, this, &ProductsPage::updateRole);
    connect(qApp, &QApplication::focusChanged, this, &ProductsPage::updateHeld);
    const auto shortcut = [this](const QKeySequence& keys, auto run) {
        auto* s = new QShortcut(keys, this);
        s->setContext(Qt::WidgetWithChildrenShortcut);
        connect(s, &QShortcut::activated, this, run);
    };
    shortcut(QKeySequence(Qt::CTRL | Qt::Key_S), [this] { m_bar->commit(); });
    shortcut(QKeySequence(Qt::ALT | Qt::Key_1), [this] { m_bar->decide(true); });
    shortcut(QKeySequence(Qt::ALT | Qt::Key_2), [this] { m_bar->decide(false); });
    shortcut(QKeySequence(Qt::ALT | Qt::Key_3), [this] { m_bar->takeNeither(); });
    m_table->installEventFilter(this);
    m_detail->grid().installEventFilter(this);
    m_search->installEventFilter(this);
    new ProductsEditor(m_controller, m_detail->grid(), m_bar->reason(), this);
}

QString ProductsPage::title() const { return m_editorOpen ? tr("Edit product") : tr("Products"); }

QString ProductsPage::subtitle() const
{
    if (const auto& info = m_backend.session().info(); info && info->vendorId)
        return info->vendorName;
    return {};
}

QWidget* ProductsPage::headerTools() { return m_tools; }

std::vector<Command> ProductsPage::commands()
{
    const auto chosen = [this] { return !m_controller.selected().isNull(); };
    const auto staged = [this] { return m_controller.stagedEdits() > 0; };
    return {
        {u"products.open"_s, tr("Open the product alone"), u"Enter"_s, chosen, [this] { openEditor(true); }, "eye"},
        {u"products.edit"_s, tr("Edit prices and stock"), u"E"_s, chosen, [this] { m_detail->startEditing(); }, "pencil"},
        {u"products.commit"_s, tr("Commit all changes"), u"Ctrl+S"_s, staged, [this] { m_bar->commit(); }, "check2"},
        {u"products.discard"_s, tr("Discard all changes"), {}, staged, [this] { m_controller.discard(); }, "arrow-counterclockwise"},
        {u"products.search"_s, tr("Search products"), u"/"_s, {}, [this] { focusSearch(); }, "search"},
    };
}

void ProductsPage::activate()
{
    updateRole();
    if (!m_loaded) {
        m_loaded = true;
        m_controller.load();
    }
    if (m_editorOpen)
        m_detail->grid().setFocus(Qt::OtherFocusReason);
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

void ProductsPage::focusSearch()
{
    openEditor(false);
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ProductsPage::openRecord(const QString& entityType, const QString& entityId)
{
    const auto id = entityType == u"product"_s ? ProductId::parse(entityId) : std::nullopt;
    if (!id)
        return;
    m_wanted = *id;
    if (!m_loaded) {
        m_loaded = true;
        m_controller.load();
    }
    if (m_table->setCurrentId(*id))
        m_wanted = {};
    else
        m_table->clearSelection();
    m_controller.select(*id); // the detail does not wait for the list
    openEditor(true);
}

QJsonObject ProductsPage::place() const
{
    const ProductId id = m_controller.selected();
    return id.isNull() ? QJsonObject{} : QJsonObject{{u"product"_s, id.toString()}, {u"alone"_s, m_editorOpen}};
}

void ProductsPage::restorePlace(const QJsonObject& place)
{
    const auto id = ProductId::parse(place[u"product"_s].toString());
    if (!id)
        return;
    openRecord(u"product"_s, id->toString());
    openEditor(place[u"alone"_s].toBool());
}

void ProductsPage::openEditor(bool open)
{
    if (open && m_controller.selected().isNull())
        return;
    if (m_editorOpen == open)
        return;
    m_editorOpen = open;
    m_listPane->setVisible(!open);
    m_search->setVisible(!open);
    m_back->setVisible(open);
    m_detail->setWide(open);
    if (open)
        m_detail->startEditing();
    else
        m_table->setFocus(Qt::OtherFocusReason);
    Q_EMIT headerChanged();
}

void ProductsPage::showState()
{
    switch (m_controller.state()) {
    case ProductsController::State::Loading: m_state->showLoading(); break;
    case ProductsController::State::Failed: m_state->showError(errorText(*m_controller.error()), errorCode(*m_controller.error())); break;
    case ProductsController::State::Empty:
        if (m_controller.isFiltered())
            m_state->showEmpty(tr("No product matches this filter."), tr("Clear the filter"));
        else
            m_state->showEmpty(tr("There are no products yet."));
        break;
    case ProductsController::State::Data: {
        m_state->showData();
        const ProductId keep = !m_wanted.isNull() ? m_wanted : m_controller.selected();
        if (!keep.isNull() && m_table->setCurrentId(keep))
            m_wanted = {};
        else if (keep.isNull() && m_controller.list().rowCount() > 0)
            m_table->setCurrentIndex(m_controller.list().index(0, models::ProductListModel::Title));
        const QWidget* focus = QApplication::focusWidget();
        if (isVisible() && !m_editorOpen && (!focus || !focus->isVisible()))
            m_table->setFocus(Qt::OtherFocusReason);
        break;
    }
    }
    const QString figure = m_controller.totalIsLowerBound() ? u"10,000+"_s : ProductWords::figure(m_controller.total());
    m_total->setText(m_controller.state() == ProductsController::State::Data ? tr("%1 products").arg(figure) : QString());
    if (m_controller.state() == ProductsController::State::Data && !m_controller.isFiltered())
        Q_EMIT badgeChanged(figure, false);
}

void ProductsPage::showTray(int count)
{
    m_tray->setVisible(count > 0);
    m_tray->setText(tr("%n new products", nullptr, count));
    m_tray->setAccessibleName(m_tray->text());
}

void ProductsPage::facetsChanged()
{
    static constexpr std::optional<ProductKind> kKinds[] = {std::nullopt, ProductKind::Sale, ProductKind::Reservation};
    m_controller.setKind(kKinds[m_kinds->current()]);
    const int at = m_status->currentIndex();
    m_controller.setStatus(at <= 0 ? std::nullopt : std::optional<ProductStatus>(kFacets[at - 1]));
}

void ProductsPage::fillStatuses()
{
    const QSignalBlocker quiet(m_status);
    const int at = std::max(0, m_status->currentIndex());
    m_status->clear();
    m_status->addItem(tr("All states"));
    for (const ProductStatus status : kFacets)
        m_status->addItem(chipOf(status).text);
    m_status->setCurrentIndex(at);
}

void ProductsPage::step(int by)
{
    const QModelIndex now = m_table->currentIndex();
    const QModelIndex next = now.isValid() ? now.siblingAtRow(now.row() + by) : m_controller.list().index(0, 0);
    if (next.isValid())
        m_table->setCurrentIndex(next);
}

bool ProductsPage::handleKey(const QKeyEvent& event)
{
    if (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))
        return false;
    const int letter = letterKey(event);
    switch (letter != 0 ? letter : event.key()) {
    case Qt::Key_J: step(1); return true;
    case Qt::Key_K: step(-1); return true;
    case Qt::Key_E: m_detail->startEditing(); return true;
    case Qt::Key_Slash: focusSearch(); return true;
    case Qt::Key_Period:
        if (m_controller.trayCount() > 0)
            m_controller.load();
        return true;
    default: return false;
    }
}

bool ProductsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return Page::eventFilter(watched, event);
    const auto& press = static_cast<QKeyEvent&>(*event);
    if (watched == m_search) {
        if (press.key() == Qt::Key_Escape)
            m_search->clear();
        if (press.key() == Qt::Key_Down || press.key() == Qt::Key_Return || press.key() == Qt::Key_Enter || press.key() == Qt::Key_Escape) {
            m_table->setFocus(Qt::OtherFocusReason);
            return true;
        }
    } else if (watched == m_table && (press.key() == Qt::Key_Return || press.key() == Qt::Key_Enter)) {
        openEditor(true);
        return true;
    } else if (handleKey(press)) {
        return true;
    }
    return Page::eventFilter(watched, event);
}

void ProductsPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_editorOpen) {
        openEditor(false);
        return;
    }
    Page::keyPressEvent(event);
}

void ProductsPage::updateHeld()
{
    const QWidget* focus = QApplication::focusWidget();
    m_controller.setHeld(isVisible() && focus && isAncestorOf(focus));
}

void ProductsPage::updateRole()
{
    const auto& info = m_backend.session().info();
    m_table->setVendorShown(!info || !info->vendorId);
    m_detail->setEditable(!info || info->scopes.contains(u"catalog.write"_s));
    Q_EMIT headerChanged();
}

void ProductsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_controller.setShown(true);
    updateHeld();
}

void ProductsPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_controller.setShown(false);
    updateHeld();
}

void ProductsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Page::changeEvent(event);
}

void ProductsPage::retranslate()
{
    m_search->setPlaceholderText(tr("Search code, name, SKU"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_kinds->setTexts({tr("All"), tr("Sale goods"), tr("Reservations")});
    m_kinds->setAccessibleName(tr("Kind of product"));
    m_status->setAccessibleName(tr("State of the product"));
    m_back->setText(tr("Back to the list"));
    m_back->setAccessibleName(m_back->text());
    fillStatuses();
    m_table->retranslate();
    m_bar->retranslate();
    m_controller.list().wordsChanged();
    m_controller.variants().wordsChanged();
    showTray(m_controller.trayCount());
    showState();
    Q_EMIT headerChanged();
}

} // namespace naru::ui
