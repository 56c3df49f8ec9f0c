// SPDX-License-Identifier: GPL-3.0-or-later
// The list and the chosen product; staged edits and their commit are in ProductCommit.cpp.
#include "ui/products/ProductsController.h"

namespace naru::ui {

using namespace Qt::StringLiterals;
using backend::CallId;
using models::ProductRow;

namespace {

constexpr int kFiguresDelayMs = 5000;
constexpr int kSearchDelayMs = 120;
constexpr int kFiguresMax = 500;

} // namespace

ProductsController::ProductsController(backend::Backend& backend, const Clock& clock, QObject* parent) : QObject(parent), m_backend(backend), m_clock(clock)
{
    m_query.limit = kPageSize;
    m_query.sort = u"updated"_s;
    m_figuresTimer.setSingleShot(true);
    m_figuresTimer.setInterval(kFiguresDelayMs);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(kSearchDelayMs);
    m_variants.setStage([this](const models::DraftKey& key, const QVariant& typed) { stage(key, typed); });
    connect(&m_figuresTimer, &QTimer::timeout, this, &ProductsController::refreshFigures);
    connect(&m_searchTimer, &QTimer::timeout, this, &ProductsController::load);
    connect(&backend.catalogue(), &backend::CatalogueService::productsChanged, this, &ProductsController::productsChanged);
    connect(&backend.catalogue(), &backend::CatalogueService::stockChanged, this, &ProductsController::stockChanged);
    connect(&backend, &backend::Backend::refreshWanted, this, [this] {
        load();
        readDetail(m_selected);
    });
}

void ProductsController::load()
{
    m_searchTimer.stop();
    m_figuresTimer.stop();
    m_error.reset();
    m_tray.clear();
    Q_EMIT trayChanged(0);
    m_state = State::Loading;
    Q_EMIT stateChanged();
    readPage({});
}

void ProductsController::setText(const QString& text)
{
    if (m_query.text == text.trimmed())
        return;
    m_query.text = text.trimmed();
    m_searchTimer.start();
}

void ProductsController::setKind(std::optional<ProductKind> kind)
{
    if (m_query.kind == kind)
        return;
    m_query.kind = kind;
    load();
}

void ProductsController::setStatus(std::optional<ProductStatus> status)
{
    if (m_query.status == status)
        return;
    m_query.status = status;
    load();
}

void ProductsController::setSort(const QString& sort)
{
    if (m_query.sort == sort)
        return;
    m_query.sort = sort;
    load();
}

void ProductsController::clearFilters()
{
    m_query.text.clear();
    m_query.kind.reset();
    m_query.status.reset();
    load();
}

void ProductsController::fetchMore()
{
    if (m_listCall == 0 && !m_next.isEmpty())
        readPage(m_next);
}

void ProductsController::readPage(const QString& after)
{
    if (const CallId call = std::exchange(m_listCall, 0))
        m_backend.cancel(call);
    ProductQuery query = m_query;
    query.after = after;
    const bool first = after.isEmpty();
    backend::Reply<naru::Page<ProductSummary>> reply;
    reply.context = this;
    reply.done = [this, first](Result<naru::Page<ProductSummary>> answer) { pageRead(first, std::move(answer)); };
    if (first)
        reply.cached = [this](const naru::Page<ProductSummary>& page, Instant) {
            if (m_list.rowCount() == 0)
                m_list.assign(rowsOf(page.items, true));
        };
    m_listCall = m_backend.catalogue().products(query, std::move(reply));
}

void ProductsController::pageRead(bool first, Result<naru::Page<ProductSummary>> answer)
{
    m_listCall = 0;
    if (!answer) {
        if (answer.error().kind == ErrorKind::Cancelled)
            return;
        m_error = answer.error();
        m_state = State::Failed;
        Q_EMIT stateChanged();
        return;
    }
    m_next = answer->next;
    if (first) {
        m_total = answer->total;
        m_totalIsLowerBound = answer->totalIsLowerBound;
        m_list.assign(rowsOf(answer->items, false));
    } else {
        m_list.append(rowsOf(answer->items, false));
    }
    m_state = m_list.rowCount() > 0 ? State::Data : State::Empty;
    Q_EMIT stateChanged();
}

std::vector<ProductRow> ProductsController::rowsOf(const std::vector<ProductSummary>& items, bool cached) const
{
    std::vector<ProductRow> rows;
    rows.reserve(items.size());
    for (const ProductSummary& item : items) {
        const ProductRow* known = m_list.find(item.id);
        ProductRow r = known ? *known : ProductRow{};
        if (!known || (!cached && known->summary.version <= item.version))
            r.summary = item;
        const auto draft = m_drafts.find(item.id);
        r.staged = draft == m_drafts.end() ? 0 : draft->second.edits.size();
        rows.push_back(std::move(r));
    }
    return rows;
}

void ProductsController::setShown(bool shown)
{
    m_shown = shown;
    if (!shown)
        m_figuresTimer.stop();
}

// Stock events name one item and its figures now, not the change. Where the former figures are not known, the rows are read
// again, all at once and seldom.
void ProductsController::refreshFigures()
{
    if (m_listCall != 0 || m_figuresCall != 0 || !m_shown || m_list.rowCount() == 0)
        return;
    ProductQuery query = m_query;
    query.limit = std::clamp(m_list.rowCount(), kPageSize, kFiguresMax);
    m_figuresCall = m_backend.catalogue().products(query, {this, [this](Result<naru::Page<ProductSummary>> answer) {
        m_figuresCall = 0;
        if (!answer)
            return; // the next event tries again
        for (ProductRow& r : rowsOf(answer->items, false))
            if (const int at = m_list.rowOf(r.summary.id); at >= 0)
                m_list.replace(at, std::move(r));
        Q_EMIT liveChanged();
    }});
}

void ProductsController::productsChanged(const std::vector<ProductSummary>& products)
{
    const int tray = trayCount();
    for (const ProductSummary& now : products) {
        const int at = m_list.rowOf(now.id);
        if (at >= 0) {
            ProductRow r = m_list.row(at);
            if (r.summary.version >= now.version)
                continue;
            const QString title = r.summary.title; // events carry one language; ours may be the other
            r.summary = now;
            r.unseen = now.id != m_selected;
            r.changedAt = m_clock.steady();
            if (!title.isEmpty() && now.id != m_selected && title != now.title)
                m_figuresTimer.start(); // perhaps renamed: read again in our language
            m_list.replace(at, std::move(r));
        } else if (m_state == State::Data && m_query.text.isEmpty() && (!m_query.kind || m_query.kind == now.kind) && (!m_query.status || m_query.status == now.status)
            && m_next.isEmpty()) {
            m_tray.insert(now.id); // the whole list is loaded, so this one is new to it
        }
        const auto draft = m_drafts.find(now.id);
        const bool stale = (now.id == m_selected && m_detail && m_detail->summary.version < now.version)
            || (draft != m_drafts.end() && draft->second.product.summary.version < now.version);
        if (stale && m_commit == Commit::Idle && !m_moving)
            readDetail(now.id);
    }
    if (trayCount() != tray) {
        Q_EMIT trayChanged(trayCount());
        if (!m_held)
            load();
    }
    Q_EMIT liveChanged();
}

bool ProductsController::takeStock(ProductDetail& product, const StockLevel& level)
{
    for (Variant& variant : product.variants)
        for (StockLevel& known : variant.stock)
            if (known.id == level.id && known.version < level.version) {
                known = level;
                return true;
            }
    return false;
}

void ProductsController::stockChanged(const std::vector<StockLevel>& levels)
{
    bool detailMoved = false;
    for (const StockLevel& now : levels) {
        const auto known = m_levels.find(now.id);
        if (known != m_levels.end() && known->second.version >= now.version)
            continue;
        if (m_list.contains(now.productId)) {
            if (known != m_levels.end())
                m_list.shiftStock(now.productId, now.onHand - known->second.onHand, now.allocated - known->second.allocated, now.held - known->second.held);
            else if (m_shown && !m_figuresTimer.isActive())
                m_figuresTimer.start();
        }
        m_levels[now.id] = now;
        if (m_detail && m_detail->summary.id == now.productId)
            detailMoved = takeStock(*m_detail, now) || detailMoved;
        if (const auto draft = m_drafts.find(now.productId); draft != m_drafts.end() && takeStock(draft->second.product, now))
            draft->second.edits.rebase(draft->second.product);
    }
    if (detailMoved)
        showDetail(); // the grid by diff: an open editor and what is staged stay as they are
}

const ProductSummary* ProductsController::summary(ProductId id) const
{
    if (const ProductRow* r = m_list.find(id))
        return &r->summary;
    return m_detail && m_detail->summary.id == id ? &m_detail->summary : nullptr;
}

void ProductsController::select(ProductId id)
{
    if (m_selected == id)
        return;
    m_selected = id;
    m_detailError.reset();
    m_list.markSeen(id);
    if (const auto draft = m_drafts.find(id); draft != m_drafts.end())
        m_detail = draft->second.product;
    else
        m_detail.reset();
    showDetail();
    readDetail(id);
}

void ProductsController::readDetail(ProductId id)
{
    if (id.isNull())
        return;
    const auto done = [this, id](Result<ProductDetail> answer) {
        if (id == m_selected)
            m_detailCall = 0;
        detailRead(id, std::move(answer));
    };
    if (id != m_selected) {
        m_backend.catalogue().product(id, {this, done});
        return;
    }
    if (const CallId call = std::exchange(m_detailCall, 0))
        m_backend.cancel(call);
    m_detailCall = m_backend.catalogue().product(id, {this, done, [this, id](const ProductDetail& product, Instant) {
        if (id == m_selected && !m_detail)
            takeDetail(product);
    }});
}

void ProductsController::detailRead(ProductId id, Result<ProductDetail> answer)
{
    if (answer) {
        takeDetail(*answer);
    } else if (id == m_selected && answer.error().kind != ErrorKind::Cancelled) {
        m_detailError = answer.error();
        Q_EMIT detailChanged();
    }
}

void ProductsController::takeDetail(const ProductDetail& product)
{
    const ProductId id = product.summary.id;
    for (const Variant& variant : product.variants)
        for (const StockLevel& level : variant.stock)
            m_levels.try_emplace(level.id, level);
    if (const auto draft = m_drafts.find(id); draft != m_drafts.end()) {
        draft->second.product = product;
        draft->second.edits.rebase(product);
        draftMoved(id);
    }
    if (const int at = m_list.rowOf(id); at >= 0 && m_list.row(at).summary.version <= product.summary.version) {
        ProductRow r = m_list.row(at);
        r.summary = product.summary;
        m_list.replace(at, std::move(r));
    }
    if (id != m_selected)
        return;
    m_detail = product;
    m_detailError.reset();
    showDetail();
}

void ProductsController::showDetail()
{
    if (m_detail)
        m_variants.show(*m_detail, draft());
    else
        m_variants.assign({});
    Q_EMIT detailChanged();
}

void ProductsController::move(ProductStatus to, const QString& reason)
{
    if (!m_detail || m_moving)
        return;
    m_moving = true;
    Q_EMIT detailChanged();
    const ProductId id = m_detail->summary.id;
    m_backend.catalogue().moveProduct(id, m_detail->summary.version, to, reason, {this, [this, id, to](Result<ProductDetail> answer) {
        m_moving = false;
        if (answer) {
            takeDetail(*answer);
            return;
        }
        Q_EMIT moveRefused(to, answer.error());
        readDetail(id); // what is allowed may have changed
        Q_EMIT detailChanged();
    }});
}

} // namespace naru::ui
