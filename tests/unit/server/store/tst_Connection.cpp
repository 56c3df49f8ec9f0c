// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
// engines: both
#include "server/store/StoreUrl.h"
#include "support/PgCluster.h"

#include <QTemporaryDir>
#include <QTest>

using namespace naru;
using namespace naru::server;
using namespace Qt::StringLiterals;

namespace {

constexpr auto text = RowBlock::Type::Text;
constexpr auto big = RowBlock::Type::BigInt;
constexpr auto small = RowBlock::Type::SmallInt;

RowBlock things() { return {"thing", {{"id", text}, {"name", text}, {"amount", big}, {"open", small}, {"version", big}}, {}}; }

} // namespace

class tst_Connection : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Connection> m_db;

    QStringList names(const QString& where = u"1 = 1"_s, const Params& params = {})
    {
        QStringList found;
        for (const Row& r : m_db->query(u"SELECT name FROM thing WHERE "_s + where + u" ORDER BY id"_s, params))
            found << r.text(0);
        return found;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_dir = std::make_unique<QTemporaryDir>();
        auto db = openStore(test::freshStore(*m_dir), StoreAccess::Writer);
        QVERIFY2(db, db ? "" : qPrintable(db.error().detail));
        m_db = std::move(*db);
        m_db->script(u"CREATE TABLE thing (id TEXT PRIMARY KEY, name TEXT, amount BIGINT, open SMALLINT NOT NULL DEFAULT 0, version BIGINT NOT NULL DEFAULT 1);\n"_s);
        RowBlock block = things();
        block.add({u"a"_s, u"하나"_s, std::int64_t{1}, true, 1});
        block.add({u"b"_s, Param(std::optional<QString>()), std::int64_t{5'000'000'000}, false, 1});
        block.add({u"c"_s, u"it's {\"three\"}, \\ ?"_s, nullptr, true, 4});
        m_db->insertRows(block);
    }
    void cleanup() { m_db.reset(); }

    void valuesComeBackAsTheyWent()
    {
        const Rows rows = m_db->query(u"SELECT id, name, amount, open FROM thing ORDER BY id"_s);
        QCOMPARE(rows.size(), 3u);
        QCOMPARE(rows[0].text(1), u"하나"_s);
        QCOMPARE(rows[0].integer(2), 1);
        QVERIFY(rows[0].flag(3));
        QVERIFY(rows[1].isNull(1));
        QCOMPARE(rows[1].text(1), QString());
        QCOMPARE(rows[1].integer(2), 5'000'000'000);
        QCOMPARE(rows[2].text(1), u"it's {\"three\"}, \\ ?"_s);
        QVERIFY(rows[2].isNull(2));
        QVERIFY(!rows[2].maybeInteger(2));
        const auto sum = m_db->one(u"SELECT COUNT(*), SUM(amount), MAX(name) FROM thing WHERE id <> 'c'"_s);
        QCOMPARE(sum->number(0), 2);
        QCOMPARE(sum->integer(1), 5'000'000'001);
        QVERIFY(!m_db->one(u"SELECT 1 FROM thing WHERE id = 'z'"_s));
    }

    void anEmptyTextIsNotNull()
    {
        QCOMPARE(m_db->exec(u"UPDATE thing SET name = ? WHERE id = ?"_s, {QString(), u"a"_s}), 1);
        QCOMPARE(names(u"name = ''"_s), QStringList{QString()});
        QVERIFY(!m_db->one(u"SELECT name FROM thing WHERE id = 'a'"_s)->isNull(0));
    }

    void nullsOfEveryKindMayFollowEachOther()
    {
        const QString sql = u"UPDATE thing SET name = ?, amount = ? WHERE id = 'a'"_s;
        QCOMPARE(m_db->exec(sql, {nullptr, nullptr}), 1);
        QVERIFY(m_db->one(u"SELECT 1 FROM thing WHERE id = 'a' AND name IS NULL AND amount IS NULL"_s));
        QCOMPARE(m_db->exec(sql, {u"x"_s, 7}), 1);
        QCOMPARE(m_db->exec(sql, {Param(std::optional<QString>()), Param(std::optional<std::int64_t>())}), 1);
        QVERIFY(m_db->one(u"SELECT 1 FROM thing WHERE id = 'a' AND name IS NULL AND amount IS NULL"_s));
        // A NULL that only an optional can type.
        QCOMPARE(m_db->query(u"SELECT id FROM thing WHERE ? IS NULL OR id = ?"_s, {Param(std::optional<QString>()), u"a"_s}).size(), 3u);
        QCOMPARE(m_db->query(u"SELECT id FROM thing WHERE ? IS NULL OR id = ?"_s, {u"a"_s, u"a"_s}).size(), 1u);
    }

    void listsAreArrays()
    {
        QCOMPARE(names(u"id = ANY(?)"_s, {QStringList{u"c"_s, u"a"_s, u"nobody"_s}}), (QStringList{u"하나"_s, u"it's {\"three\"}, \\ ?"_s}));
        QCOMPARE(names(u"id = ANY(?)"_s, {QStringList{}}), QStringList());
        QCOMPARE(names(u"id <> ALL(?)"_s, {QStringList{u"b"_s, u"c"_s}}), QStringList{u"하나"_s});
        QCOMPARE(names(u"name = ANY(?) AND amount = ?"_s, {QStringList{u"하나"_s, u"\"\\,{}"_s}, 1}), QStringList{u"하나"_s});
        const QStringList odd{u"a\"b\\c"_s, u"줄\n바꿈\t\u0001"_s, u"\U0001F600"_s, u""_s};
        for (const QString& value : odd)
            m_db->exec(u"INSERT INTO thing (id, name) VALUES (?, ?)"_s, {u"odd%1"_s.arg(odd.indexOf(value)), value});
        QCOMPARE(names(u"name = ANY(?) AND version > 0"_s, {odd}), odd);
    }

    void locksAreUnderstoodAtTheEnd()
    {
        m_db->begin(Connection::Access::Write);
        QCOMPARE(m_db->query(u"SELECT id FROM thing WHERE id = ANY(?) ORDER BY id FOR UPDATE"_s, {QStringList{u"a"_s}}).size(), 1u);
        QCOMPARE(m_db->query(u"SELECT id FROM thing ORDER BY id FOR UPDATE SKIP LOCKED"_s).size(), 3u);
        QCOMPARE(m_db->query(u"SELECT t.id FROM thing t LEFT JOIN thing o ON o.id = t.name ORDER BY t.id FOR UPDATE OF t"_s).size(), 3u);
        m_db->commit();
    }

    void manyRowsChangeAtOnceUnlessTheyMoved()
    {
        RowBlock block{"thing", {{"id", text}, {"version", big}, {"amount", big}, {"name", text}, {"version", big}}, {}};
        block.add({u"a"_s, 1, 10, nullptr, 2});
        block.add({u"b"_s, 1, 20, u"둘"_s, 2});
        block.add({u"c"_s, 3, 30, u"drei"_s, 4}); // it is at 4 already
        QCOMPARE(m_db->updateRows(block, 2), 2);
        QCOMPARE(m_db->query(u"SELECT id FROM thing WHERE version = 2 AND amount IN (10, 20)"_s).size(), 2u);
        QVERIFY(m_db->one(u"SELECT name FROM thing WHERE id = 'a'"_s)->isNull(0));
        QVERIFY(m_db->one(u"SELECT amount FROM thing WHERE id = 'c'"_s)->isNull(0));
    }

    // Also when it travels with the commit: then there is none.
    void everyRowMustBeAsItWasRead()
    {
        RowBlock block{"thing", {{"id", text}, {"version", big}, {"amount", big}}, {}};
        block.add({u"a"_s, 1, 70});
        block.add({u"c"_s, 4, 71});
        m_db->begin(Connection::Access::Write);
        m_db->updateEach(block, 2);
        m_db->commit();
        QCOMPARE(m_db->query(u"SELECT id FROM thing WHERE amount IN (70, 71)"_s).size(), 2u);
        block.cells.clear();
        block.add({u"a"_s, 1, 80});
        block.add({u"c"_s, 3, 81}); // it is at 4
        m_db->begin(Connection::Access::Write);
        try {
            m_db->updateEach(block, 2);
            m_db->commit();
            QFAIL("a row that was not as it was read went unnoticed");
        } catch (const StoreError& e) {
            QCOMPARE(e.kind, StoreError::Kind::Busy);
        }
        m_db->rollback();
        QCOMPARE(m_db->query(u"SELECT id FROM thing WHERE amount IN (80, 81)"_s).size(), 0u);
        m_db->updateEach({"thing", {{"id", text}, {"amount", big}}, {}}, 1); // nothing is nothing
    }

    void severalQuestionsAtOnce()
    {
        m_db->begin(Connection::Access::Write);
        m_db->exec(u"UPDATE thing SET amount = 5 WHERE id = 'b'"_s);
        const std::vector<Rows> answers = m_db->queries({{u"SELECT name FROM thing WHERE id = ?"_s, {u"a"_s}}, {u"SELECT id FROM thing WHERE id = ?"_s, {u"none"_s}},
            {u"SELECT amount FROM thing WHERE id = ANY(?) ORDER BY id"_s, {QStringList{u"b"_s, u"a"_s}}}});
        QCOMPARE(answers.size(), 3u);
        QCOMPARE(answers[0].front().text(0), u"하나"_s);
        QVERIFY(answers[1].empty());
        QCOMPARE(answers[2].size(), 2u);
        QCOMPARE(answers[2][1].integer(0), 5);
        QVERIFY(m_db->queries({}).empty());
        m_db->rollback();
    }

    void aRefusedRowSpoilsItsSavepointOnly()
    {
        m_db->begin(Connection::Access::Write);
        m_db->exec(u"UPDATE thing SET amount = 99 WHERE id = 'a'"_s);
        m_db->savepoint("piece");
        RowBlock block = things();
        block.add({u"d"_s, u"four"_s, 4, true, 1});
        block.add({u"a"_s, u"again"_s, 4, true, 1});
        try {
            m_db->insertRows(block);
            m_db->release("piece");
            QFAIL("the second row exists");
        } catch (const StoreError& e) {
            QCOMPARE(e.kind, StoreError::Kind::Constraint);
            m_db->rollbackTo("piece");
        }
        m_db->commit();
        QCOMPARE(m_db->one(u"SELECT COUNT(*), MAX(amount) FROM thing WHERE id IN ('a', 'd')"_s)->text(0), u"1"_s);
        QCOMPARE(m_db->one(u"SELECT amount FROM thing WHERE id = 'a'"_s)->integer(0), 99);
    }

    void whatIsRolledBackWasNever()
    {
        m_db->begin(Connection::Access::Write);
        QCOMPARE(m_db->exec(u"DELETE FROM thing"_s), 3);
        m_db->rollback();
        QCOMPARE(names().size(), 3);
    }

    void nothingInABlockIsNothing()
    {
        m_db->insertRows(things());
        QCOMPARE(m_db->updateRows(things(), 1), 0);
        QCOMPARE(names().size(), 3);
    }
};

QTEST_GUILESS_MAIN(tst_Connection)
#include "tst_Connection.moc"
