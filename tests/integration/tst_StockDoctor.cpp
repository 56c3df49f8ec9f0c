// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 120
// engines: both
// The rows behind a figure; each way in which figures and rows can differ is found, and cured by a reasoned repair.
#include "protocol/StockLedgerFields.h"
#include "support/TestServer.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;

namespace {

template <class AnyId> std::string str(const AnyId& id) { return id.toString().toStdString(); }

} // namespace

class tst_StockDoctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }
    void explainsAFigure();
    void pagesBack();
    void findsNothingWhereNothingIs();
    void cures_data();
    void cures();
    void countsWhatAPersonCounted();
    void doesNotOversell();
    void guardsItsVersion();
    void seesOnlyTheOwn();

private:
    ItemId item() const { return m_server->data().slotItems.at(1); } // eight seats: 3 booked, 2 held
    StockLevel level() { return m_server->signedIn(u"staff2"_s).get("/v1/stock/" + str(item())).as<StockLevel>(); }
    DoctorReport report(const QString& login = u"staff1"_s) { return m_server->signedIn(login).get("/v1/stock-doctor").as<DoctorReport>(); }
    Answer repair(const StockRepair& r, std::optional<std::int64_t> version = {})
    {
        const std::int64_t v = version.value_or(level().version);
        return m_server->signedIn(u"staff1"_s).post("/v1/stock/" + str(item()) + "/repair", r, {RestSession::ifMatch(v)});
    }
    Page<LedgerEntry> ledger(const std::string& query = {}) { return m_server->signedIn(u"staff1"_s).get("/v1/stock/" + str(item()) + "/ledger" + query).as<Page<LedgerEntry>>(); }
    // Past every guard, as a broken disk or a bad hand would.
    void corrupt(const QString& sql, const server::Params& params)
    {
        m_server->write([&](server::Txn& txn) { QVERIFY2(txn.db().exec(sql, params) > 0, "the corruption changes nothing"); });
    }
    void loseLedgerRow(int seq)
    {
        m_server->write([&](server::Txn& txn) {
            if (txn.db().engine() == server::Engine::Sqlite)
                txn.db().exec(u"DROP TRIGGER stock_movement_no_delete"_s);
            else
                txn.db().exec(u"ALTER TABLE stock_movement DISABLE TRIGGER ALL"_s);
            QCOMPARE(txn.db().exec(u"DELETE FROM stock_movement WHERE inventory_item_id = ? AND seq = ?"_s, {item(), seq}), 1);
        });
    }

    std::unique_ptr<TestServer> m_server;
    Ticket m_booked;
    Ticket m_held;
};

void tst_StockDoctor::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<TestServer>(TestServer::Options{true, true});
    auto store = m_server->signedIn(u"store1"_s);
    NewTicket t;
    t.customerId = m_server->data().customer;
    t.lines = {TicketLine{item(), 3}};
    m_booked = store.post("/v1/tickets", t).as<Ticket>();
    t.goal = TicketGoal::Hold;
    t.lines = {TicketLine{item(), 2}};
    m_held = store.post("/v1/tickets", t).as<Ticket>();
    QVERIFY(m_booked.reservationId && m_held.holdId);
}

void tst_StockDoctor::explainsAFigure()
{
    const Page<LedgerEntry> page = ledger();
    QVERIFY(page.items.size() >= 3);
    const LedgerEntry& held = page.items.front();
    QCOMPARE(held.kind, u"held"_s);
    QCOMPARE(held.dHeld, 2);
    QCOMPARE(held.cause, LedgerCause::Hold);
    QCOMPARE(held.causeId, std::optional(m_held.holdId->toString()));
    QCOMPARE(held.causeCode, m_held.code);
    QCOMPARE(held.customerName, u"김하늘"_s);
    const LedgerEntry& booked = page.items.at(1);
    QCOMPARE(booked.kind, u"allocated"_s);
    QCOMPARE(booked.cause, LedgerCause::Reservation);
    QCOMPARE(booked.causeId, std::optional(m_booked.reservationId->toString()));
    QVERIFY(booked.causeCode.startsWith(u"R-"));
    const StockLevel now = level();
    QCOMPARE(held.onHand, now.onHand);
    QCOMPARE(held.allocated, now.allocated);
    QCOMPARE(held.held, now.held);
    const LedgerEntry& first = page.items.back();
    QCOMPARE(first.seq, 1);
    QCOMPARE(first.onHand, 8);
    QCOMPARE(first.cause, LedgerCause::Person);
    auto yacht = m_server->signedIn(u"yacht"_s);
    const auto seen = yacht.get("/v1/stock/" + str(item()) + "/ledger").as<Page<LedgerEntry>>();
    QCOMPARE(seen.items.front().customerName, u"김○늘"_s);
    StockChange more;
    more.kind = u"received"_s;
    more.delta = 1;
    QVERIFY(m_server->signedIn(u"staff1"_s).post("/v1/stock/" + str(item()) + "/movements", more, {RestSession::ifMatch(level().version)}).ok());
    QVERIFY(!ledger().items.front().actorName.isEmpty());
    QCOMPARE(yacht.get("/v1/stock/" + str(item()) + "/ledger").as<Page<LedgerEntry>>().items.front().actorName, QString()); // not one of the vendor's people
    QCOMPARE(m_server->signedIn(u"tea"_s).get("/v1/stock/" + str(item()) + "/ledger").status, 404);
    QCOMPARE(m_server->signedIn(u"store1"_s).get("/v1/stock/" + str(item()) + "/ledger").status, 403);
}

void tst_StockDoctor::pagesBack()
{
    const Page<LedgerEntry> whole = ledger();
    std::vector<LedgerEntry> walked;
    std::string query = "?limit=1";
    for (;;) {
        const Page<LedgerEntry> page = ledger(query);
        QCOMPARE(page.total, whole.total);
        walked.insert(walked.end(), page.items.begin(), page.items.end());
        if (page.next.isEmpty())
            break;
        query = "?limit=1&after=" + page.next.toStdString();
    }
    QVERIFY(walked == whole.items);
}

void tst_StockDoctor::findsNothingWhereNothingIs()
{
    const DoctorReport r = report();
    QCOMPARE(r.drifted, 0);
    QCOMPARE(r.checkedItems, 6); // three of goods, three slots
    QVERIFY(r.items.empty() && r.counts.empty());
    const Answer a = repair({u"그냥"_s, {}});
    QCOMPARE(a.code(), u"no-drift"_s);
    QCOMPARE(m_server->violations(), QStringList());
}

void tst_StockDoctor::cures_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("kind");
    for (const auto& [name, kind] : {std::pair("counter on_hand", DriftKind::Counter), std::pair("counter held", DriftKind::Holds), std::pair("counter allocated", DriftKind::Allocations),
             std::pair("sequence counter", DriftKind::Sequence), std::pair("lost first row", DriftKind::Sequence), std::pair("lost last row", DriftKind::Sequence),
             std::pair("lost row, counters too", DriftKind::Sequence), std::pair("hold line gone", DriftKind::Holds), std::pair("hold line larger", DriftKind::HoldRows),
             std::pair("hold ended silently", DriftKind::HoldRows), std::pair("allocation smaller", DriftKind::ReservationRows), std::pair("allocation released", DriftKind::Allocations),
             std::pair("allocation larger", DriftKind::ReservationRows)})
        QTest::newRow(name) << QString::fromLatin1(name) << static_cast<int>(kind);
}

void tst_StockDoctor::cures()
{
    QFETCH(QString, what);
    QFETCH(int, kind);
    const auto top = m_server->query(u"SELECT ledger_seq FROM inventory_item WHERE id = ?"_s, {item()}).front().number(0);
    if (what == u"counter on_hand")
        corrupt(u"UPDATE inventory_item SET on_hand = on_hand + 4 WHERE id = ?"_s, {item()});
    else if (what == u"counter held")
        corrupt(u"UPDATE inventory_item SET held = held - 1 WHERE id = ?"_s, {item()});
    else if (what == u"counter allocated")
        corrupt(u"UPDATE inventory_item SET allocated = allocated + 2 WHERE id = ?"_s, {item()});
    else if (what == u"sequence counter")
        corrupt(u"UPDATE inventory_item SET ledger_seq = ledger_seq + 5 WHERE id = ?"_s, {item()});
    else if (what == u"lost first row")
        loseLedgerRow(1);
    else if (what == u"lost last row")
        loseLedgerRow(top);
    else if (what == u"lost row, counters too") { // figures and rows agree, only the numbering tells
        corrupt(u"INSERT INTO stock_movement (inventory_item_id, seq, kind, d_on_hand, reason, request_id, at) VALUES (?, ?, 'received', 1, 'x', 'x', 1)"_s, {item(), top + 2});
        corrupt(u"UPDATE inventory_item SET on_hand = on_hand + 1, ledger_seq = ledger_seq + 2 WHERE id = ?"_s, {item()});
    } else if (what == u"hold line gone")
        corrupt(u"DELETE FROM hold_line WHERE hold_id = ?"_s, {*m_held.holdId});
    else if (what == u"hold line larger")
        corrupt(u"UPDATE hold_line SET qty = 3 WHERE hold_id = ?"_s, {*m_held.holdId});
    else if (what == u"hold ended silently")
        corrupt(u"UPDATE hold SET expires_at = expires_at, status = 'released' WHERE id = ?"_s, {*m_held.holdId});
    else if (what == u"allocation smaller")
        corrupt(u"UPDATE reservation_line SET seats = 1 WHERE inventory_item_id = ?"_s, {item()});
    else if (what == u"allocation released")
        corrupt(u"UPDATE reservation_line SET seats = 0, seats_status = NULL WHERE inventory_item_id = ?"_s, {item()});
    else
        corrupt(u"UPDATE reservation_line SET seats = 5 WHERE inventory_item_id = ?"_s, {item()});
    if (QTest::currentTestFailed())
        return;
    QVERIFY(!m_server->violations().isEmpty());

    const DoctorReport found = report();
    QCOMPARE(found.drifted, 1);
    QCOMPARE(found.items.at(0).level.id, item());
    const auto& kinds = found.items.at(0).kinds;
    QVERIFY2(std::find(kinds.begin(), kinds.end(), static_cast<DriftKind>(kind)) != kinds.end(), qPrintable(what));
    QCOMPARE(found.counts.size(), kinds.size());
    StockRepair r{u"디스크 오류 뒤 점검"_s, {}};
    if (!found.items.at(0).repairable)
        r.onHand = 8; // the receipt itself is gone: somebody has to count
    const Answer a = repair(r);
    QVERIFY2(a.status == 200, qPrintable(a.text()));
    const StockLevel after = a.as<StockLevel>();
    QCOMPARE(after.onHand, what == u"lost row, counters too" ? 9 : 8);
    QCOMPARE(after.allocated, 3);
    QCOMPARE(after.held, what == u"hold line gone" || what == u"hold ended silently" ? 0 : what == u"hold line larger" ? 3 : 2);
    QCOMPARE(report().drifted, 0);
    QCOMPARE(m_server->query(u"SELECT COUNT(*) FROM audit_event WHERE action = 'stock.repaired'"_s).front().number(0), 1);
    QStringList left = m_server->violations();
    if (what == u"hold ended silently") // its state moved without a transition: that is no matter of stock
        left.removeIf([](const QString& v) { return v.contains(u"I19"_s); });
    QCOMPARE(left, QStringList());
    // What goes on afterwards adds up too.
    if (after.held == 2)
        QCOMPARE(m_server->signedIn(u"store1"_s).post("/v1/tickets/" + str(m_held.id) + "/cancellation", ReasonRequest{u"x"_s}).status, 200);
    QCOMPARE(report().drifted, 0);
}

void tst_StockDoctor::countsWhatAPersonCounted()
{
    corrupt(u"UPDATE inventory_item SET on_hand = 20 WHERE id = ?"_s, {item()});
    QCOMPARE(repair({QString(), {}}).status, 422);
    const Answer a = repair({u"실사"_s, 11});
    QVERIFY2(a.status == 200, qPrintable(a.text()));
    QCOMPARE(a.as<StockLevel>().onHand, 11);
    const LedgerEntry last = ledger().items.front();
    QCOMPARE(last.kind, u"adjusted"_s);
    QCOMPARE(last.dOnHand, 3);
    QCOMPARE(last.reason, u"실사"_s);
    QCOMPARE(last.cause, LedgerCause::Repair);
    QCOMPARE(last.actorName, u"한지우"_s);
    QCOMPARE(m_server->violations(), QStringList());
}

void tst_StockDoctor::doesNotOversell()
{
    corrupt(u"UPDATE hold_line SET qty = 30 WHERE hold_id = ?"_s, {*m_held.holdId});
    QVERIFY(!report().items.at(0).repairable);
    QCOMPARE(repair({u"점검"_s, {}}).code(), u"repair-oversold"_s);
    QCOMPARE(level().held, 2);
    const Answer a = repair({u"점검"_s, 40});
    QVERIFY2(a.status == 200, qPrintable(a.text()));
    QCOMPARE(a.as<StockLevel>().held, 30);
    QCOMPARE(m_server->violations(), QStringList());
}

void tst_StockDoctor::guardsItsVersion()
{
    corrupt(u"UPDATE inventory_item SET on_hand = on_hand + 1 WHERE id = ?"_s, {item()});
    QCOMPARE(repair({u"점검"_s, {}}, level().version - 1).status, 412);
    QCOMPARE(m_server->signedIn(u"staff1"_s).post("/v1/stock/" + str(item()) + "/repair", StockRepair{u"점검"_s, {}}).status, 428);
    QCOMPARE(report().drifted, 1);
}

void tst_StockDoctor::seesOnlyTheOwn()
{
    corrupt(u"UPDATE inventory_item SET on_hand = on_hand + 1 WHERE id = ?"_s, {item()});
    QCOMPARE(report(u"yacht"_s).drifted, 1);
    QCOMPARE(report(u"yacht"_s).checkedItems, 4);
    QCOMPARE(report(u"tea"_s).drifted, 0);
    QCOMPARE(report(u"tea"_s).checkedItems, 2);
    QCOMPARE(m_server->signedIn(u"tea"_s).post("/v1/stock/" + str(item()) + "/repair", StockRepair{u"x"_s, {}}, {RestSession::ifMatch(1)}).status, 404);
}

QTEST_GUILESS_MAIN(tst_StockDoctor)
#include "tst_StockDoctor.moc"
