// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "models/products/ProductListModel.h"
#include "models/products/VariantTableModel.h"

#include <QTimer>
#include <map>
#include <set>
#include <unordered_map>

namespace naru::ui {

// Joins the catalogue service with the products list, the grid of one product's options, and the edits staged over them.
// Edits live here per product, so neither a new reading of the list nor another choice loses one. Knows no widget. UI thread;
// owned by the page.
class ProductsController : public QObject {
    Q_OBJECT
public:
    enum class State { Loading, Data, Empty, Failed };
    enum class Commit { Idle, Running };
    static constexpr int kPageSize = 100;

    ProductsController(backend::Backend& backend, const Clock& clock, QObject* parent = nullptr);

    models::ProductListModel& list() { return m_list; }
    models::VariantTableModel& variants() { return m_variants; }

    // A product with the edits staged over it.
    struct Draft {
        ProductDetail product; // as last read
        models::ProductDraft edits;
    };
    // What was kept of one product: its edits, and texts that were still being typed.
    struct Kept {
        models::ProductDraft edits;
        std::vector<std::pair<models::DraftKey, QString>> typing;
    };

    // The list.
    State state() const { return m_state; }
    const std::optional<Error>& error() const { return m_error; }
    const ProductQuery& query() const { return m_query; }
    int total() const { return m_total; }
    bool totalIsLowerBound() const { return m_totalIsLowerBound; }
    void load();
    void setText(const QString& text);
    void setKind(std::optional<ProductKind> kind);
    void setStatus(std::optional<ProductStatus> status);
    void setSort(const QString& sort);
    void clearFilters();
    bool isFiltered() const { return !m_query.text.isEmpty() || m_query.kind || m_query.status; }
    void fetchMore();
    void setHeld(bool held) { m_held = held; } // rows do not move by themselves
    void setShown(bool shown); // hidden pages do not read
    int trayCount() const { return static_cast<int>(m_tray.size()); }

    // The chosen product.
    void select(ProductId id);
    ProductId selected() const { return m_selected; }
    const ProductSummary* summary(ProductId id) const;
    const std::optional<ProductDetail>& detail() const { return m_detail; }
    const std::optional<Error>& detailError() const { return m_detailError; }
    void reloadDetail() { readDetail(m_selected); }
    void move(ProductStatus to, const QString& reason);
    bool isMoving() const { return m_moving; }

    // Staged edits.
    const models::ProductDraft& draft() const; // of the chosen product
    void stage(const models::DraftKey& key, const QVariant& typed);
    const std::map<ProductId, Draft>& drafts() const { return m_drafts; }
    void restore(ProductId id, Kept kept); // once the product has been read; restored() tells
    void keepMine(const models::DraftKey& key);
    void keepBase(const models::DraftKey& key);
    void takeTheirs(const models::DraftKey& key);
    int stagedEdits() const;
    int stagedProducts() const { return static_cast<int>(m_drafts.size()); }
    bool hasConflict() const;
    bool hasProblem() const;
    bool stagesStock() const;
    void discard();
    void commit(const QString& stockReason);
    Commit commitState() const { return m_commit; }
    const std::optional<Error>& commitError() const { return m_commitError; }

Q_SIGNALS:
    void stateChanged();
    void trayChanged(int count);
    void detailChanged();
    void draftChanged(); // staged edits, commit state
    void committed(int edits);
    void restored(naru::ProductId id);
    void moveRefused(naru::ProductStatus wanted, const naru::Error& why);
    void liveChanged();

private:
    struct Step { // one request of a commit
        enum Kind { Texts, Offer, Stock } kind = Texts;
        ProductId product;
        VariantId variant;
        std::vector<models::DraftKey> keys;
    };

    void readPage(const QString& after);
    void pageRead(bool first, Result<naru::Page<ProductSummary>> answer);
    void refreshFigures();
    std::vector<models::ProductRow> rowsOf(const std::vector<ProductSummary>& items, bool cached) const;
    void productsChanged(const std::vector<ProductSummary>& products);
    void stockChanged(const std::vector<StockLevel>& levels);
    bool takeStock(ProductDetail& product, const StockLevel& level);
    void readDetail(ProductId id);
    void detailRead(ProductId id, Result<ProductDetail> answer);
    void takeDetail(const ProductDetail& product);
    void showDetail();
    void draftMoved(ProductId id);
    void dropEmptyDrafts();

    std::vector<Step> stepsOf(ProductId id) const;
    void planCommit();
    void nextStep();
    void runTexts(const Step& step, const Draft& draft);
    void runOffer(const Step& step, const Draft& draft);
    void runStock(const Step& step, const Draft& draft);
    void stepDone();
    void stepFailed(const Error& error);
    void afterMismatch(ProductId id, Result<ProductDetail> answer);
    void endCommit();

    backend::Backend& m_backend;
    const Clock& m_clock;
    models::ProductListModel m_list;
    models::VariantTableModel m_variants;
    ProductQuery m_query;
    QString m_next;
    int m_total = 0;
    bool m_totalIsLowerBound = false;
    State m_state = State::Loading;
    std::optional<Error> m_error;
    backend::CallId m_listCall = 0;
    backend::CallId m_figuresCall = 0;
    backend::CallId m_detailCall = 0;
    bool m_held = false;
    bool m_shown = false;
    std::set<ProductId> m_tray; // changed or made by others, not in the list yet
    std::unordered_map<ItemId, StockLevel> m_levels; // as last heard, to know by how much a figure moved
    QTimer m_figuresTimer; // figures whose former value is unknown are read anew, seldom
    QTimer m_searchTimer;

    ProductId m_selected;
    std::optional<ProductDetail> m_detail;
    std::optional<Error> m_detailError;
    bool m_moving = false;

    std::map<ProductId, Draft> m_drafts;
    Commit m_commit = Commit::Idle;
    std::optional<Error> m_commitError;
    std::vector<Step> m_steps; // still to do, first first
    QString m_stockReason;
    int m_committed = 0;
    int m_retries = 0;
};

} // namespace naru::ui
