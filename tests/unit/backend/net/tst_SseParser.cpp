// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
#include <QTest>

#include "backend/net/SseParser.h"

using namespace naru::backend;

namespace {

struct Seen {
    std::vector<SseEvent> events;
    int comments = 0;
    SseParser::Sink sink()
    {
        return {[this](SseEvent e) { events.push_back(std::move(e)); }, [this] { ++comments; }};
    }
    QByteArray text() const
    {
        QByteArray out;
        for (const SseEvent& e : events)
            out += e.id + '|' + e.topic + '|' + e.data + '\n';
        return out + QByteArray::number(comments);
    }
};

const QByteArray kStream = "\xEF\xBB\xBF: lag\nid: 7\nevent: ticket.changed\ndata: {\"a\":\r\ndata:  \"\xED\x95\x9C\"}\r\n\r\n"
                           "data\n\nid: 8\r\revent: x\rdata: one\r\rid\ndata: two\n\nevent: lost\n\n: lag\n\ndata: unfinished\n";

} // namespace

class tst_SseParser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsTheWholeGrammar()
    {
        SseParser p(1000);
        Seen seen;
        QVERIFY(p.feed(kStream, seen.sink()));
        QCOMPARE(seen.comments, 2);
        QCOMPARE(seen.events.size(), std::size_t(4));
        QCOMPARE(seen.events[0].id, QByteArray("7"));
        QCOMPARE(seen.events[0].topic, QByteArray("ticket.changed"));
        QCOMPARE(seen.events[0].data, QByteArray("{\"a\":\n \"\xED\x95\x9C\"}"));
        QCOMPARE(seen.events[1].topic, QByteArray("message"));
        QCOMPARE(seen.events[1].data, QByteArray());
        QCOMPARE(seen.events[2].id, QByteArray("8"));
        QCOMPARE(seen.events[2].data, QByteArray("one"));
        QCOMPARE(seen.events[3].id, QByteArray()); // a bare id empties it
        QCOMPARE(seen.events[3].data, QByteArray("two"));
    }
    void isTheSameHoweverItIsCut()
    {
        SseParser whole(1000);
        Seen expected;
        whole.feed(kStream, expected.sink());
        for (qsizetype cut = 0; cut <= kStream.size(); ++cut) {
            SseParser p(1000);
            Seen seen;
            QVERIFY(p.feed(QByteArrayView(kStream).first(cut), seen.sink()));
            QVERIFY(p.feed(QByteArrayView(kStream).sliced(cut), seen.sink()));
            QCOMPARE(seen.text(), expected.text());
        }
        SseParser bytes(1000);
        Seen seen;
        for (const char c : kStream)
            QVERIFY(bytes.feed(QByteArrayView(&c, 1), seen.sink()));
        QCOMPARE(seen.text(), expected.text());
    }
    void endsAtTheLimit()
    {
        const QByteArray line = "data: " + QByteArray(40, 'x');
        Seen seen;
        SseParser fits(100);
        QVERIFY(fits.feed(line + "\n\n" + line + "\n\n", seen.sink())); // each event for itself
        SseParser oneLine(30);
        QVERIFY(!oneLine.feed(line, seen.sink()));
        SseParser manyLines(100);
        QVERIFY(!manyLines.feed(line + '\n' + line + '\n' + line + '\n', seen.sink()));
    }
    void ignoresIdsWithNul()
    {
        SseParser p(100);
        Seen seen;
        const char raw[] = "id: 5\ndata: a\n\nid: 6\0x\ndata: b\n\n";
        p.feed(QByteArray(raw, sizeof raw - 1), seen.sink());
        QCOMPARE(seen.events.size(), std::size_t(2));
        QCOMPARE(seen.events[1].id, QByteArray("5"));
    }
};

QTEST_GUILESS_MAIN(tst_SseParser)
#include "tst_SseParser.moc"
