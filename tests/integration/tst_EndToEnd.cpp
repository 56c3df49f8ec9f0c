// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support
// timeout: 240
#include "AtSpiTree.h"
#include "server/store/Database.h"
#include "server/store/SqliteConnection.h"
#include "server/tools/Seed.h"
#include "support/NarudProcess.h"
#include "support/RestSession.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace naru;
using namespace naru::server;
using namespace naru::test;
using namespace Qt::StringLiterals;

// The whole path as a person goes it: the real console on a display of its own, against the real server, driven through the
// names a screen reader would speak. The program starts itself again below Xvfb and a private session bus.
namespace {

constexpr auto kInside = "NARU_END_TO_END_INSIDE";

QString consoleBinary()
{
    for (const QString& place : {qEnvironmentVariable("NARU_CONSOLE"), qEnvironmentVariable("NARU_BUILD_DIR") + u"/app/console/naru"_s,
             QCoreApplication::applicationDirPath() + u"/../app/console/naru"_s})
        if (QFileInfo(place).isFile() && QFileInfo(place).isExecutable())
            return QFileInfo(place).absoluteFilePath();
    return {};
}

// What is missing for this test, empty when nothing is.
QString missing()
{
    for (const auto& program : {u"Xvfb"_s, u"dbus-run-session"_s})
        if (QStandardPaths::findExecutable(program).isEmpty())
            return u"%1 is not installed"_s.arg(program);
    const bool launcher = QFileInfo::exists(u"/usr/libexec/at-spi-bus-launcher"_s) || QFileInfo::exists(u"/usr/lib/at-spi2-core/at-spi-bus-launcher"_s);
    if (!launcher)
        return u"at-spi2-core is not installed"_s;
    if (NarudProcess::binary().isEmpty() || consoleBinary().isEmpty())
        return u"narud and naru are not built"_s;
    return {};
}

int runBelowDisplay()
{
    QTemporaryDir home;
    QProcess display;
    display.setStandardErrorFile(QProcess::nullDevice());
    display.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1440x900x24"_s, u"-nolisten"_s, u"tcp"_s});
    QByteArray number;
    while (!number.contains('\n') && display.waitForReadyRead(15000))
        number += display.readAllStandardOutput();
    if (!number.contains('\n')) {
        fprintf(stderr, "Xvfb did not start\n");
        return 1;
    }
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, u":"_s + QString::fromLatin1(number.trimmed()));
    environment.insert(QString::fromLatin1(kInside), u"1"_s);
    environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
    environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
    environment.insert(u"NO_AT_BRIDGE"_s, u"0"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    QProcess inner;
    inner.setProcessChannelMode(QProcess::ForwardedChannels);
    inner.setProcessEnvironment(environment);
    inner.start(u"dbus-run-session"_s, QStringList{u"--"_s, QCoreApplication::applicationFilePath()} + QCoreApplication::arguments().mid(1));
    inner.waitForFinished(-1);
    display.terminate();
    display.waitForFinished(5000);
    return inner.exitStatus() == QProcess::NormalExit ? inner.exitCode() : 1;
}

} // namespace

class tst_EndToEnd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void signsInWithOneClick();
    void findsAProduct();
    void movesAnOrder();
    void releasesAHold();
    void leavesTheDataSound();
    void cleanupTestCase();
    void cleanup()
    {
        if (QTest::currentTestFailed())
            qInfo().noquote() << (m_console.state() == QProcess::Running ? u"the console runs and shows:\n"_s : u"the console has ended with %1; shown is:\n"_s.arg(m_console.exitCode())) + m_tree.dump();
    }

private:
    std::optional<AtSpiNode> button(const QString& name, int timeoutMs = 15000) { return m_tree.waitFor(u"push button"_s, name, timeoutMs); }
    void makeThinMarket();
    void goTo(const QString& screen);
    std::optional<AtSpiNode> itemOf(const AtSpiNode& list, const QString& beginning);

    NarudProcess m_server;
    std::unique_ptr<RestSession> m_rest; // an onlooker: another account, so that no session is displaced
    QTemporaryDir m_home;
    QProcess m_console;
    AtSpiTree m_tree;
};

// A quarter of the demo market: the whole one takes minutes under a sanitizer.
void tst_EndToEnd::makeThinMarket()
{
    QVERIFY(QDir().mkpath(m_server.dataDir()));
    auto db = SqliteConnection::open(m_server.dataDir() + u"/naru.sqlite"_s, SqliteConnection::Mode::Writer);
    QVERIFY2(db, qPrintable(db ? QString() : db.error().detail));
    migrate(**db);
    fillStore(**db, 7, systemClock().now(), 25);
}

void tst_EndToEnd::initTestCase()
{
    if (const auto what = missing(); !what.isEmpty())
        QSKIP(qPrintable(u"End to end not run: %1."_s.arg(what)));
    makeThinMarket();
    QVERIFY2(m_server.start({u"--demo"_s}), qPrintable(m_server.log()));
    m_rest = std::make_unique<RestSession>(m_server.host(), m_server.port());
    QCOMPARE(m_rest->signIn(u"admin"_s), QString());
    if (!m_tree.open())
        QSKIP("End to end not run: no accessibility bus answers.");
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path() + u"/config"_s);
    environment.insert(u"XDG_CACHE_HOME"_s, m_home.path() + u"/cache"_s);
    environment.insert(u"XDG_DATA_HOME"_s, m_home.path() + u"/data"_s);
    m_console.setProcessEnvironment(environment);
    m_console.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_console.start(consoleBinary(), {u"--server"_s, u"http://%1:%2"_s.arg(m_server.host()).arg(m_server.port()), u"--language"_s, u"en"_s, u"--theme"_s, u"light"_s,
                                         u"--geometry"_s, u"1440x900"_s, u"--no-keychain"_s, u"--screen"_s, u"home"_s});
    QVERIFY(m_console.waitForStarted());
}

void tst_EndToEnd::cleanupTestCase()
{
    if (m_console.state() != QProcess::NotRunning) {
        m_console.terminate();
        if (!m_console.waitForFinished(8000))
            m_console.kill();
        m_console.waitForFinished(2000);
    }
    if (m_server.isRunning())
        QVERIFY(m_server.terminate());
}

void tst_EndToEnd::goTo(const QString& screen)
{
    const auto item = m_tree.waitFor([&](const AtSpiNode& node) { return node.name() == screen && (node.role() == u"check box"_s || node.role() == u"push button"_s); });
    QVERIFY2(item, qPrintable(screen));
    item->click();
}

std::optional<AtSpiNode> tst_EndToEnd::itemOf(const AtSpiNode& list, const QString& beginning)
{
    for (const auto& item : list.children())
        if (item.name().startsWith(beginning))
            return item;
    return std::nullopt;
}

void tst_EndToEnd::signsInWithOneClick()
{
    const auto staff = button(u"한지우, Operations"_s, 30000);
    QVERIFY(staff);
    QVERIFY(staff->press());
    const auto waiting = m_tree.waitFor(u"list"_s, u"Needs me now"_s, 30000);
    QVERIFY(waiting);
    QVERIFY(AtSpiTree::waitUntil([&] { return !waiting->children().isEmpty(); }));
}

void tst_EndToEnd::findsAProduct()
{
    const auto products = m_rest->get("/v1/products?limit=50").as<Page<ProductSummary>>();
    QVERIFY(products.items.size() > 10);
    const auto wanted = products.items[7];
    goTo(u"Products"_s);
    const auto table = m_tree.waitFor(u"table"_s, u"Products"_s);
    QVERIFY(table);
    QVERIFY(AtSpiTree::waitUntil([&] { return table->rows() > 10; }));
    const auto search = m_tree.waitFor([](const AtSpiNode& node) { return node.role() == u"text"_s && node.name().startsWith(u"Search"_s); });
    QVERIFY(search);
    QVERIFY(search->setText(wanted.code));
    QVERIFY(AtSpiTree::waitUntil([&] { return table->rows() == 1; }));
    bool named = false;
    for (int column = 0; column < 3 && !named; ++column)
        if (const auto cell = table->cell(0, column))
            named = cell->name().contains(wanted.code) || cell->name().contains(wanted.title);
    QVERIFY(named);
}

void tst_EndToEnd::movesAnOrder()
{
    const auto open = m_rest->get("/v1/vendor-orders?status=awaiting_acceptance&limit=50").as<Page<VendorOrderCard>>();
    QVERIFY(!open.items.empty());
    goTo(u"Order board"_s);
    const auto column = m_tree.waitFor([](const AtSpiNode& node) { return node.role() == u"list"_s && node.name().startsWith(u"Awaiting acceptance"_s); });
    QVERIFY(column);
    QVERIFY(AtSpiTree::waitUntil([&] { return !column->children().isEmpty(); }));
    const auto card = column->children().first();
    const auto code = QRegularExpression(u"VO-\\d+"_s).match(card.name()).captured();
    QVERIFY2(!code.isEmpty(), qPrintable(card.name()));
    card.click();
    const auto accept = m_tree.waitFor([](const AtSpiNode& node) { return node.role() == u"push button"_s && node.name() == u"Accept"_s && node.enabled(); });
    QVERIFY(accept);
    QVERIFY(accept->press());
    const auto id = [&]() -> QString {
        for (const auto& item : open.items)
            if (item.code == code)
                return item.id.toString();
        return {};
    }();
    QVERIFY2(!id.isEmpty(), qPrintable(code));
    const auto stateNow = [&] { return m_rest->get("/v1/vendor-orders/" + id.toStdString()).as<VendorOrderDetail>().card.status; };
    QVERIFY(AtSpiTree::waitUntil([&] { return stateNow() == VendorOrderStatus::Accepted; }));
}

void tst_EndToEnd::releasesAHold()
{
    const auto holds = m_rest->get("/v1/holds?limit=200", {{"Accept-Language", "en"}}).as<Page<Hold>>(); // titles as the console shows them
    QVERIFY(!holds.items.empty());
    // The one with the longest time left among those whose title tells them apart.
    const auto found = std::find_if(holds.items.rbegin(), holds.items.rend(), [&](const Hold& h) {
        return std::count_if(holds.items.begin(), holds.items.end(), [&](const Hold& other) { return other.title == h.title; }) == 1;
    });
    QVERIFY(found != holds.items.rend());
    const Hold wanted = *found;
    goTo(u"Reservations"_s);
    const auto list = m_tree.waitFor(u"list"_s, u"Open holds"_s);
    QVERIFY(list);
    std::optional<AtSpiNode> item;
    QVERIFY(AtSpiTree::waitUntil([&] { return (item = itemOf(*list, wanted.title)).has_value(); }));
    QVERIFY(item->press()); // selects
    const auto release = m_tree.waitFor([](const AtSpiNode& node) { return node.role() == u"push button"_s && node.name() == u"Release hold"_s && node.enabled(); });
    QVERIFY(release);
    QVERIFY(release->press());
    const auto confirm = button(u"Confirm release"_s);
    QVERIFY(confirm);
    QVERIFY(confirm->press());
    const auto stillOpen = [&] {
        const auto now = m_rest->get("/v1/holds?limit=200").as<Page<Hold>>().items;
        return std::any_of(now.begin(), now.end(), [&](const Hold& h) { return h.id == wanted.id; });
    };
    QVERIFY(AtSpiTree::waitUntil([&] { return !stillOpen(); }));
}

void tst_EndToEnd::leavesTheDataSound()
{
    m_console.terminate();
    QVERIFY(m_console.waitForFinished(8000));
    QVERIFY(m_server.terminate());
    QString said;
    QVERIFY2(m_server.run({u"check"_s}, &said) == 0, qPrintable(said));
}

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    if (!qEnvironmentVariableIsSet(kInside) && missing().isEmpty())
        return runBelowDisplay();
    tst_EndToEnd test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_EndToEnd.moc"
