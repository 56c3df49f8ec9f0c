// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/HttpFleet.h"
#include "bench/naru_bench/Machine.h"
#include "bench/naru_bench/Pg.h"
#include "bench/naru_bench/RowsAlone.h"
#include "bench/naru_bench/Textbook.h"
#include "bench/naru_bench/World.h"
#include "support/NarudProcess.h"

#include <QTemporaryDir>
#include <map>
#include <optional>

namespace naru::bench {

// One side of a pair, measured once.
struct Measured {
    QString side;
    int callers = 0;
    double rate = 0; // decided per second
    Histogram latency;
    Histogram lateness; // open loop only
    std::uint64_t granted = 0; // in all, warm-up included
    std::uint64_t refused = 0;
    std::uint64_t failed = 0;
    double serverUs = 0; // processor time per decision
    double databaseUs = 0;
    double driverUs = 0;
    double driverShare = 0; // of one processor
    double foreign = 0; // others' part of the machine
    double stolen = 0;
    double perCommit = 0; // decisions per database commit; 0: not known
    double fixedWorkMs = 0; // before
    QString trouble; // why this figure is void
};

// What stands between a caller and the engine when it is asked over HTTP (quality.md: L2 and L3).
enum class Layer { Session, Proof };

// The two stores and the database server under measurement, and each way of booking on them. Everything that runs is started
// by this object and ended with it. Driver thread. Throws std::runtime_error.
class Lab {
public:
    struct Options {
        int items = 10'000;
        double seconds = 4;
        double warmUp = 1.5;
        Layer layer = Layer::Proof; // Session needs a narud with failpoints
        QString folder; // where databases lie; empty: a temporary one
    };
    enum class Store { Postgres, Sqlite };

    explicit Lab(Options options);
    ~Lab();

    struct Ask {
        int callers = 64;
        int items = 1;
        bool batches = false; // a hundred tickets a request
    };
    Measured textbook(Textbook::Kind kind, Ask ask, int connections);
    Measured http(Store store, int nodes, Ask ask);
    Measured cancelling(Store store, Ask ask); // of reservations made just before
    Measured engine(Store store, int nodes, Ask ask); // layer L1
    Measured rowsAlone(Store store, RowShape shape, int perCommit); // beside the textbook's rows, or in a file of their own

    // Both stores as they were in the beginning.
    void reset();

    // Some nodes with a signed-in caller each, for scenarios of their own.
    struct Nodes {
        std::vector<std::unique_ptr<test::NarudProcess>> processes;
        std::vector<Endpoint> endpoints;
        std::vector<pid_t> pids() const;
    };
    Nodes startNodes(Store store, int count, const QStringList& more = {});
    void stopNodes(Nodes& nodes); // throws when one does not end well
    // Rows that the books hold of granted tickets.
    std::int64_t ledgerRows(Store store, const QString& kind = QStringLiteral("allocated"));
    // The rules of the counters and the ledger (I01–I05), or all by `narud check`; empty when they hold.
    QString checkCounters(Store store);
    QString checkAll(Store store);
    Measured finish(const QString& side, Ask ask, const Trial& trial, const CpuWindow& cpu) const;
    Trial::Plan plan() const;

    World& world(Store store);
    World& textbookWorld() { return m_textbook; }
    PgSession& books(); // Naru's database
    PgSession& textbookBooks();
    const PgServer& pg() const { return *m_pg; }
    const Options& options() const { return m_options; }
    QString folder() const { return m_folder; }
    QString settings(); // versions and what makes it durable
    std::uint64_t seed() { return ++m_seed; }

private:
    QString database(Store store) const;
    QString nodeFolder(Store store, int node) const;
    QString keysFolder() const { return m_folder + QStringLiteral("/keys"); } // servers on one database share their keys
    void sealSqlite() const;
    void prepareUnits();
    std::vector<std::string> prepareCancellable();
    std::int64_t sqliteNumber(const QString& sql) const;

    Options m_options;
    std::unique_ptr<QTemporaryDir> m_own;
    QString m_folder;
    std::unique_ptr<PgServer> m_pg;
    std::unique_ptr<PgSession> m_books;
    std::unique_ptr<PgSession> m_textbookBooks;
    World m_textbook;
    std::map<Store, World> m_worlds;
    std::uint64_t m_seed = 0;
    bool m_units = false;
};

} // namespace naru::bench
