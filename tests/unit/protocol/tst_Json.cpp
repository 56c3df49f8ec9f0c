// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_protocol
#include "protocol/Events.h"
#include "protocol/JsonText.h"
#include "protocol/Problem.h"

#include <QTest>

using namespace naru;
using namespace naru::protocol;
using namespace Qt::StringLiterals;

namespace {

Result<NewTicket> ticketFrom(std::string_view text, bool strict = true)
{
    const auto v = parseJson(text);
    if (!v)
        return v.error();
    return fromJson<NewTicket>(*v, strict);
}

} // namespace

class tst_Json : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // Straight into text or by way of a tree of values: one and the same.
    void textIsTheTreesText()
    {
        QString every;
        for (char16_t c = 0; c < 0x180; ++c)
            every += QChar(c);
        every += u"말차 세트 \"클래식\" \\ 🍵 \uFFFF"_s;
        Reservation r;
        r.id = ReservationId{Id128::make(1795371234567, 1, 2)};
        r.title = every;
        r.cancelReason = u""_s;
        r.total = {-129000, u"KRW"_s};
        r.createdAt = fromUnixMs(1795371234567);
        r.confirmedAt = fromUnixMs(-1);
        r.version = INT64_MIN;
        ReservationLine line;
        line.title = u"\t\n"_s;
        line.startsAt = fromUnixMs(951'782'399'999); // the last of a leap February
        r.lines = {line, line};
        QCOMPARE(toJsonText(r), json::serialize(toJson(r)));
        Page<Reservation> page;
        QCOMPARE(toJsonText(page), json::serialize(toJson(page)));
        page.items = {r, Reservation{}};
        page.next = u"x"_s;
        QCOMPARE(toJsonText(page), json::serialize(toJson(page)));
        QCOMPARE(toJsonText(NewTicket{}), json::serialize(toJson(NewTicket{})));
        QCOMPARE(toJsonText(QString(QChar(0xD800)) + u'a'), json::serialize(toJson(QString(QChar(0xD800)) + u'a'))); // half a character
    }

    void valuesRoundTrip()
    {
        VendorOrderCard card;
        card.id = VendorOrderId{Id128::make(1795371234567, 1, 2)};
        card.code = u"VO-20419"_s;
        card.title = u"말차 세트 \"클래식\" \\ 🍵"_s;
        card.total = {129000, u"KRW"_s};
        card.status = VendorOrderStatus::PartiallyShipped;
        card.acceptDueAt = fromUnixMs(1795371234567);
        card.version = INT64_MAX;
        Page<VendorOrderCard> page;
        page.items = {card, card};
        page.next = u"abc"_s;
        const auto back = fromJson<Page<VendorOrderCard>>(toJson(page), true);
        QVERIFY(back);
        QCOMPARE(back->items.size(), std::size_t(2));
        QCOMPARE(back->items[1], card);
        QCOMPARE(back->next, page.next);
    }

    void everyFaultIsNamed()
    {
        const auto r = ticketFrom(R"({"customer_id": 7, "goal": "steal", "lines": [{"item_id": "x", "qty": 0}], "extra": 1})");
        QVERIFY(!r);
        QCOMPARE(r.error().code, u"body-invalid"_s);
        QStringList named;
        for (const FieldError& f : r.error().fields)
            named << f.field + u' ' + f.code;
        QCOMPARE(named, QStringList({u"/customer_id id"_s, u"/goal enum"_s, u"/lines/0/item_id id"_s, u"/lines/0/qty range"_s, u"/extra unknown"_s}));
    }

    void strictRefusesWhatLenientIgnores()
    {
        const std::string_view text = R"({"customer_id":"01HZX0000000000000000000AB","lines":[{"item_id":"01HZX0000000000000000000AB","qty":1}],"later":true})";
        QVERIFY(!ticketFrom(text, true));
        QVERIFY(ticketFrom(text, false));
    }

    void limitsHold_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        const QByteArray line = R"({"item_id":"01HZX0000000000000000000AB","qty":1})";
        const QByteArray head = R"({"customer_id":"01HZX0000000000000000000AB","lines":[)";
        QTest::newRow("no lines") << head + "]}" << u"count"_s;
        QTest::newRow("17 lines") << head + line + QByteArray("," + line).repeated(16) + "]}" << u"count"_s;
        QTest::newRow("fraction") << QByteArray(head).append(R"({"item_id":"01HZX0000000000000000000AB","qty":1.5}]})") << u"type"_s;
        QTest::newRow("too large") << QByteArray(head).append(R"({"item_id":"01HZX0000000000000000000AB","qty":18446744073709551615}]})") << u"range"_s;
        QTest::newRow("missing") << QByteArray(R"({"lines":[)").append(line).append("]}") << u"required"_s;
        QTest::newRow("array") << QByteArray("[]") << u"type"_s;
    }
    void limitsHold()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        const auto r = ticketFrom({text.constData(), static_cast<std::size_t>(text.size())});
        QVERIFY(!r);
        QCOMPARE(r.error().fields.front().code, code);
    }

    void hostileTextIsNotJson()
    {
        for (const std::string& bad : {std::string("{"), std::string("{\"a\":1}x"), std::string("\xff\xfe"), std::string(100, '['), std::string()}) {
            const auto v = parseJson(bad);
            QVERIFY(!v);
            QCOMPARE(v.error().code, u"json-invalid"_s);
        }
    }

    void wireNamesAreUniqueAndComplete()
    {
        QCOMPARE(fromWire<VendorOrderStatus>(std::string_view("partially_shipped")), VendorOrderStatus::PartiallyShipped);
        QVERIFY(!fromWire<VendorOrderStatus>(std::string_view("Partially_Shipped")));
        QCOMPARE(wireText(Refusal::GaveUp), u"gave_up"_s);
        QCOMPARE(wireText(ReservationStatus::Expired), u"expired"_s);
        QCOMPARE(wireText(ProductStatus::Archived), u"archived"_s);
        QCOMPARE(wireText(PaymentStatus::Refunded), u"refunded"_s);
    }

    void problemsRoundTrip()
    {
        Problem p;
        p.status = 412;
        p.code = u"version-mismatch"_s;
        p.detail = u"someone was faster"_s;
        p.requestId = u"r1"_s;
        p.errors = {{u"/title"_s, u"length"_s, u"too long"_s}};
        const Error e = toError(412, "application/problem+json", json::serialize(toJson(p)));
        QCOMPARE(e.kind, ErrorKind::Conflict);
        QCOMPARE(e.code, p.code);
        QCOMPARE(e.detail, p.detail);
        QCOMPARE(e.requestId, p.requestId);
        QCOMPARE(e.fields, p.errors);
        QCOMPARE(toError(502, "text/html", "<html>").code, u"http-502"_s);
        QVERIFY(toError(503, "application/problem+json", "{").retryable);
    }
};

QTEST_APPLESS_MAIN(tst_Json)
#include "tst_Json.moc"
