// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
#include <QTest>

#include "backend/engine/EventFold.h"
#include "support/BackendHarness.h"

using namespace naru;
using namespace naru::backend;
using namespace naru::test;
using namespace Qt::StringLiterals;

namespace {

Ticket ticket(int n, int version, TicketStatus status)
{
    Ticket t;
    t.id.value.bytes[15] = std::uint8_t(n);
    t.version = version;
    t.status = status;
    return t;
}

} // namespace

class tst_EventFold : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsTheNewestOfEach()
    {
        EventFold f;
        QVERIFY(f.isEmpty());
        QVERIFY(!f.add("ticket.changed", jsonOf(ticket(1, 1, TicketStatus::Queued))));
        QVERIFY(!f.add("ticket.changed", jsonOf(ticket(2, 1, TicketStatus::Queued))));
        QVERIFY(!f.add("ticket.changed", jsonOf(ticket(1, 3, TicketStatus::Held))));
        QVERIFY(!f.add("ticket.changed", jsonOf(ticket(1, 2, TicketStatus::Processing)))); // late
        const auto changes = f.take();
        QCOMPARE(changes.size(), std::size_t(2));
        QCOMPARE(std::get<Ticket>(changes[0].value).status, TicketStatus::Held);
        QCOMPARE(changes[0].row.version, std::int64_t(3));
        QCOMPARE(changes[0].row.kind, EntityKind::Ticket);
        QCOMPARE(std::get<Ticket>(changes[1].value).status, TicketStatus::Queued);
        QVERIFY(f.isEmpty());
    }
    void keepsKindsApart()
    {
        EventFold f;
        Hold hold;
        f.add("ticket.changed", jsonOf(ticket(0, 1, TicketStatus::Queued)));
        f.add("hold.changed", jsonOf(hold)); // the same id
        f.add("reservation.changed", jsonOf([] {
            Reservation r;
            r.total.currency = u"KRW"_s;
            return r;
        }()));
        f.add("stock.changed", jsonOf(protocol::StockChanged{}));
        f.add("order.changed", "{\"id\":\"x\"}"); // shown through its vendor orders
        f.add("something.new", "{}");
        const auto changes = f.take();
        QCOMPARE(changes.size(), std::size_t(4));
        QCOMPARE(changes[3].row.kind, EntityKind::None);
    }
    void toleratesNewMembersAndRefusesNonsense()
    {
        EventFold f;
        QByteArray more = jsonOf(ticket(1, 1, TicketStatus::Queued));
        more.insert(1, "\"brand_new\":1,");
        QVERIFY(!f.add("ticket.changed", more));
        QVERIFY(f.add("ticket.changed", "{"));
        QVERIFY(f.add("ticket.changed", "{}"));
        QVERIFY(f.add("ticket.changed", "[]"));
        QCOMPARE(f.take().size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(tst_EventFold)
#include "tst_EventFold.moc"
