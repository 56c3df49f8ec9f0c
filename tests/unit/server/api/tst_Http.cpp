// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
// The helpers handlers are made of: versions, parameters, cursors, error answers.
#include "server/api/Http.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::server;

namespace {

// Status and code of what a call throws; 0 when it does not.
template <class F> std::pair<int, QString> problemOf(F f)
{
    try {
        f();
    } catch (const ProblemError& e) {
        return {e.problem.status, e.problem.code};
    }
    return {0, {}};
}

Request with(const std::string& name, const std::string& value)
{
    Request r;
    r.headers[name] = value;
    return r;
}

} // namespace

class tst_Http : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^$"_s)); }
    void readsVersions();
    void checksParameters();
    void cursorsComeBackAndShowTampering();
    void keysTellRequestsApart();
    void errorsBecomeProblems();
    void actorsFollowRoles();
};

void tst_Http::readsVersions()
{
    QCOMPARE(etag(12), std::string("\"v12\""));
    QCOMPARE(ifMatch(with("if-match", etag(12))), 12);
    QCOMPARE(problemOf([] { ifMatch(Request()); }).first, 428);
    for (const char* bad : {"v12", "\"12\"", "\"v\"", "\"v1", "*", "W/\"v1\"", "\"v 1\"", "\"v+1\"", "\"v1\",\"v2\"", "\"v123456789012345678901\""})
        QCOMPARE(problemOf([&] { ifMatch(with("if-match", bad)); }), std::pair(400, u"if-match-invalid"_s));
    try {
        versionMismatch(3, protocol::json::object{{"a", 1}});
    } catch (const ProblemError& e) {
        QCOMPARE(e.problem.status, 412);
        QCOMPARE(e.problem.extra.at("current_version").as_int64(), 3);
        QVERIFY(e.problem.extra.at("current").is_object());
    }
}

void tst_Http::checksParameters()
{
    Request r;
    r.query = {{"limit", "5"}, {"q", "  tea "}, {"status", "active"}};
    allowQuery(r, {"limit", "q", "status", "more"});
    QCOMPARE(problemOf([&] { allowQuery(r, {"limit"}); }), std::pair(400, u"query-invalid"_s));
    QCOMPARE(queryInt(r, "limit", 9, 1, 10), 5);
    QCOMPARE(queryInt(r, "absent", 9, 1, 10), 9);
    QCOMPARE(problemOf([&] { queryInt(r, "limit", 9, 1, 4); }).first, 400);
    QCOMPARE(problemOf([&] { queryInt(r, "q", 9, 1, 4); }).first, 400);
    QCOMPARE(queryText(r, "q"), u"tea"_s);
    QCOMPARE(problemOf([&] { queryText(r, "q", 2); }).first, 400);
    QCOMPARE(queryEnum<ProductStatus>(r, "status"), std::optional(ProductStatus::Active));
    QCOMPARE(problemOf([&] { queryEnum<ProductStatus>(r, "q"); }).first, 400);
    r.params["id"] = "nonsense";
    QCOMPARE(problemOf([&] { idParam<ProductId>(r); }).first, 404);
}

void tst_Http::cursorsComeBackAndShowTampering()
{
    const QStringList keys{u"2026-01-01"_s, u"홍차"_s, QString()};
    const QString cursor = makeCursor(keys);
    QCOMPARE(readCursor(cursor, 3), keys);
    QCOMPARE(problemOf([&] { readCursor(cursor, 2); }), std::pair(400, u"cursor-invalid"_s));
    for (int i = 0; i < cursor.size(); ++i) { // every single changed letter is noticed
        QString changed = cursor;
        changed[i] = changed[i] == u'A' ? u'B' : u'A';
        QCOMPARE(problemOf([&] { readCursor(changed, 3); }).first, 400);
    }
    for (const QString& bad : {QString(), u"A"_s, u"####"_s, cursor.left(8), cursor + cursor, QString(3000, u'A')})
        QCOMPARE(problemOf([&] { readCursor(bad, 3); }).first, 400);
}

void tst_Http::keysTellRequestsApart()
{
    Request r = with("idempotency-key", "k");
    r.method = "POST";
    r.path = "/v1/orders";
    r.body = "{}";
    const RequestKey first = requestKey(r);
    QCOMPARE(requestKey(r).hash, first.hash);
    for (std::string Request::*part : {&Request::method, &Request::path, &Request::body}) {
        Request other = r;
        other.*part += "x";
        QVERIFY(requestKey(other).hash != first.hash);
    }
    Request moved = r; // no byte may wander from one part to the next unnoticed
    moved.path += "{";
    moved.body = "}";
    QVERIFY(requestKey(moved).hash != first.hash);
    QCOMPARE(problemOf([] { requestKey(Request()); }), std::pair(400, u"idempotency-key-required"_s));
    QCOMPARE(problemOf([] { requestKey(with("idempotency-key", "a b")); }), std::pair(400, u"idempotency-key-invalid"_s));
}

void tst_Http::errorsBecomeProblems()
{
    Request r;
    r.path = "/v1/x";
    r.requestId = u"id"_s;
    const auto answer = [&](auto error) { return answerOf(std::make_exception_ptr(error), r); };
    const auto codeOf = [](const Response& a) { return protocol::toError(a.status, a.contentType, a.body).code; };
    const Response conflict = answer(ProblemError(409, "sku-taken", u"taken"_s));
    QCOMPARE(conflict.status, 409);
    QCOMPARE(codeOf(conflict), u"sku-taken"_s);
    QVERIFY(conflict.body.find("\"request_id\":\"id\"") != std::string::npos);
    for (const auto kind : {StoreError::Kind::DiskFull, StoreError::Kind::ReadOnly, StoreError::Kind::Io}) {
        const Response a = answer(StoreError(kind, "SECRET"));
        QCOMPARE(a.status, 503);
        QCOMPARE(codeOf(a), u"storage-unavailable"_s);
        QVERIFY(a.body.find("SECRET") == std::string::npos);
        QVERIFY(std::any_of(a.headers.begin(), a.headers.end(), [](const auto& h) { return h.first == "Retry-After"; }));
    }
    const Response unknown = answer(std::runtime_error("SECRET /etc/passwd"));
    QCOMPARE(unknown.status, 500);
    QVERIFY(unknown.body.find("SECRET") == std::string::npos);
    QCOMPARE(answerOf(std::make_exception_ptr(7), r).status, 500);
}

void tst_Http::actorsFollowRoles()
{
    Request r;
    QCOMPARE(r.actor().letter, 'S');
    r.principal.emplace();
    const std::pair<Role, char> letters[] = {{Role::Staff, 'O'}, {Role::VendorManager, 'V'}, {Role::VendorMember, 'V'}, {Role::SupportAgent, 'U'}, {Role::Admin, 'A'}, {Role::Channel, 'C'}};
    for (const auto& l : letters) {
        r.principal->role = l.first;
        QCOMPARE(r.actor().letter, l.second);
        QCOMPARE(r.actor().role, protocol::wireText(l.first));
    }
}

QTEST_GUILESS_MAIN(tst_Http)
#include "tst_Http.moc"
