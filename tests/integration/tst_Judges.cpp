// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 180
// Independent judges of our tokens and proofs (auth.md §3, T1–T5): jose and oauth4webapi from npm decide about the same requests as our server's
// door, more than five hundred of them, changed in one thing each. Every decision must be the same. Needs Node 20 and npm; without
// them, or without the registry, it is skipped (77) and says so.
#include "proof/Encoding.h"
#include "server/auth/AuthService.h"
#include "server/auth/dpop/ProofDoor.h"
#include "server/auth/token/RefreshTokens.h"
#include "server/auth/token/TokenKeys.h"
#include "server/api/Server.h"
#include "server/tools/Node.h"
#include "support/RawSocket.h"
#include "support/TestServer.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <cstdio>
#include <future>

using namespace Qt::StringLiterals;
using namespace naru;
using namespace naru::test;
namespace json = naru::protocol::json;

namespace {

constexpr int kSkip = 77; // as ctest knows it
constexpr auto kScripts = {"judge.mjs", "mutations.mjs", "package.json"};

QString folder() { return qEnvironmentVariable("NARU_BUILD_DIR") + u"/judges"_s; }

struct Ran {
    int code = -1;
    QString output;
};

Ran run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(120'000))
        return {-1, process.errorString()};
    return {process.exitCode(), QString::fromUtf8(process.readAll())};
}

// Empty when the judges are there.
QString install()
{
    if (qEnvironmentVariableIsEmpty("NARU_BUILD_DIR") || qEnvironmentVariableIsEmpty("NARU_SOURCE_DIR"))
        return u"NARU_BUILD_DIR and NARU_SOURCE_DIR are not set; start it with ctest"_s;
    QDir().mkpath(folder());
    for (const char* name : kScripts) {
        const QString to = folder() + u'/' + QString::fromLatin1(name);
        QFile::remove(to);
        if (!QFile::copy(qEnvironmentVariable("NARU_SOURCE_DIR") + u"/tests/integration/judges/"_s + QString::fromLatin1(name), to))
            return u"the scripts cannot be copied to "_s + folder();
    }
    const Ran node = run(u"node"_s, {u"--version"_s});
    if (node.code != 0 || QStringView(node.output).mid(1).split(u'.').value(0).toInt() < 20)
        return u"there is no Node 20 (node --version: %1)"_s.arg(node.output.trimmed());
    if (QFileInfo::exists(folder() + u"/node_modules/oauth4webapi"_s) && QFileInfo::exists(folder() + u"/node_modules/jose"_s))
        return {};
    const Ran npm = run(u"npm"_s, {u"install"_s, u"--no-audit"_s, u"--no-fund"_s, u"--ignore-scripts"_s, u"--fetch-retries=1"_s});
    return npm.code == 0 ? QString() : u"npm cannot install jose and oauth4webapi: "_s + npm.output.right(400);
}

// A clock that is as much off as one wants, for nonces of other times.
class OffClock final : public Clock {
public:
    explicit OffClock(Millis by) : m_by(by) {}
    Instant now() const override { return systemClock().now() + m_by; }
    Millis steady() const override { return systemClock().steady(); }

private:
    const Millis m_by;
};

} // namespace

class tst_Judges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void judgesAgreeWithOurDoor();

private:
    std::string context(TestServer& server, const std::string& token);
    RawAnswer ask(TestServer& server, const json::object& request);
};

std::string tst_Judges::context(TestServer& server, const std::string& token)
{
    server::Server& parts = server.node().server();
    std::promise<std::vector<server::SigningKey>> keys;
    parts.reads.submit([&](server::Connection& db) { keys.set_value(server::readSigningKeys(db, parts.auth.seal())); });
    const std::string signingKey = keys.get_future().get().back().key.toPkcs8();
    const auto base64 = [](const std::string& bytes) { return QByteArray::fromStdString(bytes).toBase64().toStdString(); };
    const server::RefreshKey refreshKey(parts.config.keysPath() + u"/refresh.key"_s, systemRng());
    const auto nonceAt = [&](Millis off) {
        const OffClock clock(off);
        return server::ProofDoor(refreshKey.derived("naru dpop nonce"), {}, clock).nonce();
    };
    if (nonceAt(Millis{0}) != parts.auth.door().nonce()) // else an old one would be refused for being no nonce at all
        qFatal("the nonce is made otherwise than this test believes");
    json::array roles;
    for (const auto& name : protocol::Names<Role>::list)
        roles.emplace_back(json::string(name));
    return json::serialize(json::object{{"origin", "http://127.0.0.1:" + std::to_string(server.port())}, {"method", "GET"}, {"path", "/v1/session"},
        {"issuer", protocol::utf8(parts.auth.options().issuer)}, {"audience", "naru-api"}, {"jwks", *protocol::parseJson(parts.auth.jwks())}, {"token", token},
        {"signingKey", base64(signingKey)}, {"deviceKey", base64(callerKey(server.port())->key().toPkcs8())}, {"nonce", parts.auth.door().nonce()},
        {"oldNonce", nonceAt(Millis{-181'000})}, {"futureNonce", nonceAt(Millis{86'400'000})}, {"roles", std::move(roles)}});
}

// The request byte by byte, as the judges saw it.
RawAnswer tst_Judges::ask(TestServer& server, const json::object& request)
{
    std::string head = "GET /v1/session HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\nConnection: close\r\n";
    for (const json::value& field : request.at("headers").as_array())
        head += std::string(field.at(0).as_string()) + ": " + std::string(field.at(1).as_string()) + "\r\n";
    RawSocket socket(server.port());
    if (!socket.send(head + "\r\n"))
        return {};
    const auto answers = parseAnswers(socket.readAll());
    return answers.empty() ? RawAnswer{} : answers.front();
}

void tst_Judges::judgesAgreeWithOurDoor()
{
    TestServer server;
    const RestSession person = server.signedIn(u"staff1"_s);
    QFile file(folder() + u"/context.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray::fromStdString(context(server, person.tokens().accessToken.toStdString())));
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    const Ran judged = run(u"node"_s, {u"judge.mjs"_s, u"context.json"_s, u"requests.json"_s});
    QVERIFY2(judged.code == 0, qPrintable(judged.output.right(2000)));

    QFile out(folder() + u"/requests.json"_s);
    QVERIFY(out.open(QIODevice::ReadOnly));
    const auto parsed = protocol::parseJson(out.readAll().toStdString());
    QVERIFY(parsed.has_value());
    int accepted = 0;
    int refused = 0;
    QStringList different;
    for (const json::value& v : parsed->as_array()) {
        const json::object& request = v.as_object();
        const RawAnswer answer = ask(server, request);
        const bool ours = answer.status == 200;
        (ours ? accepted : refused) += 1;
        const QString name = protocol::fromUtf8(request.at("name").as_string());
        if (answer.status != 200 && answer.status != 401 && answer.status != 400 && answer.status != 403)
            different << u"%1: our door answers %2"_s.arg(name).arg(answer.status);
        for (const auto& judge : request.at("judges").as_object())
            if (judge.value().at("accepts").as_bool() != ours)
                different << u"%1: %2 %3 (%4), our door answers %5 %6"_s.arg(name, protocol::fromUtf8(judge.key()), judge.value().at("accepts").as_bool() ? u"accepts"_s : u"refuses"_s,
                    protocol::fromUtf8(judge.value().at("why").as_string()), QString::number(answer.status), QString::fromStdString(answer.body.substr(0, 200)));
    }
    std::printf("%d requests: our door accepted %d, refused %d; both judges decided the same in all but %d\n%s\n", accepted + refused, accepted, refused,
        static_cast<int>(different.size()), qPrintable(judged.output.trimmed().section(u'\n', -1)));
    QVERIFY2(different.isEmpty(), qPrintable(different.join(u'\n')));
    QVERIFY(accepted >= 10 && refused >= 500);
}

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    if (const QString missing = install(); !missing.isEmpty()) {
        std::printf("SKIP: the judges are not here: %s\n", qPrintable(missing));
        return kSkip;
    }
    tst_Judges test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_Judges.moc"
