// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
#include "protocol/WireNames.h"
#include "server/store/Database.h"
#include "server/store/StoreUrl.h"
#include "support/PgCluster.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

namespace {

// Who may move what, as the design says it: "from > to(letters) to(letters)"; S system, C customer, V vendor, U support, O operator, A admin.
const QMap<QString, QString> kDesign = {
    {u"product"_s,
        u"draft > in_review(OV) approved(AO) archived(OV)\n in_review > approved(AO) rejected(AO) draft(V)\n rejected > draft(OV) archived(OV)\n"
        "approved > scheduled(OV) active(OSV) archived(O)\n scheduled > active(OS) approved(OV)\n active > paused(OSV) discontinued(OSV)\n"
        "paused > active(OSV) discontinued(OSV)\n discontinued > archived(OS) approved(O)"_s},
    {u"order"_s,
        u"draft > pending_stock(COU) cancelled(COU) expired(S)\n pending_stock > pending_payment(S) cancelled(CSU) draft(S)\n"
        "pending_payment > placed(S) cancelled(COSU) expired(S)\n placed > in_fulfilment(S) cancelled(OSU)\n in_fulfilment > completed(OS) cancelled(O)"_s},
    {u"vendor_order"_s,
        u"awaiting_acceptance > accepted(OSV) refused(OV) cancelled(OSU)\n accepted > preparing(V) cancelled(OU) refused(O)\n"
        "preparing > partially_shipped(V) shipped(V) cancelled(O)\n partially_shipped > shipped(OV) delivered(OS)\n shipped > delivered(OSV)\n delivered > closed(OS)"_s},
    {u"payment"_s,
        u"created > processing(S) failed(S) voided(OSU)\n processing > authorised(S) captured(S) failed(S) expired(S)\n"
        "authorised > partially_captured(S) captured(OS) voided(OSU) expired(S)\n partially_captured > captured(OS) partially_refunded(S) refunded(S)\n"
        "captured > partially_refunded(S) refunded(S)\n partially_refunded > refunded(S)"_s},
    {u"ticket"_s,
        u"queued > processing(S) cancelled(COU) expired(S)\n processing > held(S) confirmed(S) waitlisted(S) rejected(S) queued(S) failed(S)\n"
        "held > confirmed(CS) expired(S) cancelled(COU)\n waitlisted > held(S) cancelled(COU) expired(S)\n failed > queued(O)"_s},
    {u"hold"_s, u"active > converted(S) released(COSU) expired(S)"_s},
    {u"reservation"_s,
        u"pending > confirmed(OS) expired(S) cancelled(COU)\n confirmed > cancel_requested(CU) cancelled(OSU) checked_in(OV) no_show(OSV)\n"
        "cancel_requested > cancelled(OSU) confirmed(OU)\n checked_in > completed(SV) confirmed(OV)\n no_show > checked_in(O) completed(S)"_s},
};
const QMap<QString, QString> kStarts = {{u"product"_s, u"draft"_s}, {u"order"_s, u"draft"_s}, {u"vendor_order"_s, u"awaiting_acceptance"_s}, {u"payment"_s, u"created"_s},
    {u"ticket"_s, u"queued"_s}, {u"hold"_s, u"active"_s}, {u"reservation"_s, u"pending"_s}};
const QMap<QString, QStringList> kEnds = {{u"product"_s, {u"archived"_s}}, {u"order"_s, {u"completed"_s, u"cancelled"_s, u"expired"_s}},
    {u"vendor_order"_s, {u"closed"_s, u"refused"_s, u"cancelled"_s}}, {u"payment"_s, {u"failed"_s, u"voided"_s, u"expired"_s, u"refunded"_s}},
    {u"ticket"_s, {u"confirmed"_s, u"rejected"_s, u"expired"_s, u"cancelled"_s}}, {u"hold"_s, {u"converted"_s, u"released"_s, u"expired"_s}},
    {u"reservation"_s, {u"completed"_s, u"cancelled"_s, u"expired"_s}}};

using Rules = QSet<QString>; // "from>to/letter"

Rules designed(const QString& machine)
{
    Rules rules;
    static const QRegularExpression target(u"([a-z_]+)\\(([A-Z]+)\\)"_s);
    for (const QString& line : kDesign.value(machine).split(u'\n')) {
        const QString from = line.section(u'>', 0, 0).trimmed();
        auto it = target.globalMatch(line.section(u'>', 1));
        while (it.hasNext()) {
            const auto m = it.next();
            for (const QChar letter : m.captured(2))
                rules << from + u'>' + m.captured(1) + u'/' + letter;
        }
    }
    return rules;
}

QSet<QString> walk(const Rules& rules, const QString& start, bool forwards)
{
    QSet<QString> seen{start};
    for (bool grown = true; grown;) {
        grown = false;
        for (const QString& rule : rules) {
            const QString from = rule.section(u'>', 0, 0);
            const QString to = rule.section(u'>', 1).section(u'/', 0, 0);
            const QString& known = forwards ? from : to;
            const QString& next = forwards ? to : from;
            if (seen.contains(known) && !seen.contains(next)) {
                seen << next;
                grown = true;
            }
        }
    }
    return seen;
}

template <class E> QSet<QString> statesOf()
{
    QSet<QString> states;
    for (const std::string_view name : protocol::Names<E>::list)
        states << QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    return states;
}

const QMap<QString, QSet<QString>>& allStates()
{
    static const QMap<QString, QSet<QString>> states = {{u"product"_s, statesOf<ProductStatus>()}, {u"order"_s, statesOf<OrderStatus>()},
        {u"vendor_order"_s, statesOf<VendorOrderStatus>()}, {u"payment"_s, statesOf<PaymentStatus>()}, {u"ticket"_s, statesOf<TicketStatus>()}, {u"hold"_s, statesOf<HoldStatus>()},
        {u"reservation"_s, statesOf<ReservationStatus>()}};
    return states;
}

// Everything wrong with a machine's rules; empty is good.
QStringList faults(const QString& machine, const Rules& rules)
{
    QStringList found;
    const Rules wanted = designed(machine);
    for (const QString& r : wanted - rules)
        found << u"missing "_s + r;
    for (const QString& r : rules - wanted)
        found << u"not in the design "_s + r;
    const QSet<QString>& states = allStates()[machine];
    for (const QString& s : states - walk(rules, kStarts[machine], true))
        found << u"never reached "_s + s;
    QSet<QString> ending;
    for (const QString& end : kEnds[machine]) {
        ending += walk(rules, end, false);
        for (const QString& r : rules)
            if (r.startsWith(end + u'>'))
                found << u"an end is left by "_s + r;
    }
    for (const QString& s : states - ending)
        found << u"no way to an end from "_s + s;
    return found;
}

} // namespace

// The table that decides who may move what equals the design, and no state is a trap or out of reach.
class TestTransitionTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void equalsTheDesign_data();
    void equalsTheDesign();
    void faultsAreFound();

private:
    Rules stored(const QString& machine);
    QTemporaryDir m_dir;
    std::unique_ptr<Connection> m_db;
};

void TestTransitionTable::initTestCase()
{
    auto db = openStore(test::freshStore(m_dir), StoreAccess::Writer);
    QVERIFY(db);
    m_db = std::move(*db);
    migrate(*m_db);
}

Rules TestTransitionTable::stored(const QString& machine)
{
    Rules rules;
    for (const Row& row : m_db->query(u"SELECT from_state, to_state, actor_role FROM transition_rule WHERE machine = ?"_s, {machine}))
        rules << row.text(0) + u'>' + row.text(1) + u'/' + row.text(2);
    return rules;
}

void TestTransitionTable::equalsTheDesign_data()
{
    QTest::addColumn<QString>("machine");
    for (auto it = kDesign.begin(); it != kDesign.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.key();
}

void TestTransitionTable::equalsTheDesign()
{
    QFETCH(QString, machine);
    const QStringList found = faults(machine, stored(machine));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u"; "_s)));
}

void TestTransitionTable::faultsAreFound()
{
    Rules one = stored(u"vendor_order"_s);
    one.remove(u"accepted>preparing/V"_s);
    QVERIFY(faults(u"vendor_order"_s, one).contains(u"missing accepted>preparing/V"_s));
    QVERIFY(faults(u"vendor_order"_s, one).contains(u"never reached preparing"_s));
    Rules more = stored(u"hold"_s);
    more << u"expired>active/A"_s;
    QVERIFY(faults(u"hold"_s, more).contains(u"an end is left by expired>active/A"_s));
    Rules trap = stored(u"order"_s);
    for (const QString& r : stored(u"order"_s))
        if (r.startsWith(u"in_fulfilment>"_s))
            trap.remove(r);
    QVERIFY(faults(u"order"_s, trap).contains(u"no way to an end from in_fulfilment"_s));
}

QTEST_GUILESS_MAIN(TestTransitionTable)
#include "tst_TransitionTable.moc"
