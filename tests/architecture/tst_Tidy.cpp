// SPDX-License-Identifier: GPL-3.0-or-later
// link: Qt6::Core
// The rules of ARCHITECTURE.md and HACKING.md as a test: allowed edges, no cycles, sizes, banned calls, licence lines.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <map>
#include <set>

using namespace Qt::StringLiterals;

namespace {

struct Source {
    QString path; // from the root of the repository
    QString text;
};

// Longest prefix first. The name is the node of ARCHITECTURE.md's graph.
const std::vector<std::pair<QString, QString>> kAreas = {
    {u"app/backend/api/"_s, u"api"_s}, {u"app/backend/"_s, u"backend"_s}, {u"app/core/"_s, u"core"_s}, {u"app/proof/"_s, u"proof"_s}, {u"app/protocol/"_s, u"protocol"_s},
    {u"app/server/"_s, u"server"_s}, {u"app/console/"_s, u"console"_s}, {u"models/"_s, u"models"_s}, {u"ui/"_s, u"ui"_s},
    {u"resources/"_s, u"resources"_s}, {u"translations/"_s, u"translations"_s},
};
const std::map<QString, std::set<QString>> kMayInclude = {
    {u"core"_s, {}}, {u"proof"_s, {}}, {u"protocol"_s, {u"core"_s}}, {u"api"_s, {u"core"_s}},
    {u"backend"_s, {u"core"_s, u"proof"_s, u"protocol"_s, u"api"_s}}, {u"server"_s, {u"core"_s, u"proof"_s, u"protocol"_s}}, {u"models"_s, {u"core"_s}}, {u"ui"_s, {u"core"_s, u"models"_s, u"api"_s}},
    {u"resources"_s, {}}, {u"translations"_s, {}},
    {u"console"_s, {u"core"_s, u"api"_s, u"backend"_s, u"ui"_s, u"models"_s, u"resources"_s, u"translations"_s}},
};
const std::map<QString, std::set<QString>> kMayLink = {
    {u"naru_core"_s, {}}, {u"naru_proof"_s, {}}, {u"naru_protocol"_s, {u"naru_core"_s}}, {u"naru_backend_api"_s, {u"naru_core"_s}},
    {u"naru_backend"_s, {u"naru_core"_s, u"naru_proof"_s, u"naru_protocol"_s, u"naru_backend_api"_s}},
    {u"naru_server"_s, {u"naru_core"_s, u"naru_proof"_s, u"naru_protocol"_s}},
    {u"naru_models"_s, {u"naru_core"_s}}, {u"naru_ui"_s, {u"naru_core"_s, u"naru_models"_s, u"naru_backend_api"_s}},
};

QString areaOf(const QString& path)
{
    for (const auto& [prefix, name] : kAreas)
        if (path.startsWith(prefix))
            return name;
    return {};
}

// What an #include "..." names, as a path of the repository.
QString resolve(const QString& include)
{
    for (const QString& top : {u"core/"_s, u"proof/"_s, u"protocol/"_s, u"backend/"_s, u"server/"_s, u"console/"_s})
        if (include.startsWith(top))
            return u"app/"_s + include;
    return include;
}

QStringList includesOf(const QString& text)
{
    static const QRegularExpression line(u"^\\s*#\\s*include\\s*\"([^\"]+)\""_s, QRegularExpression::MultilineOption);
    QStringList found;
    for (auto it = line.globalMatch(text); it.hasNext();)
        found << resolve(it.next().captured(1));
    return found;
}

QStringList edgeFindings(const Source& s)
{
    const QString area = areaOf(s.path);
    QStringList found;
    for (const QString& include : includesOf(s.text)) {
        const QString other = areaOf(include);
        if (!other.isEmpty() && other != area && !kMayInclude.at(area).contains(other))
            found << u"%1: %2 may not include %3 (%4)"_s.arg(s.path, area, other, include);
    }
    const auto limit = [&](const QString& module, const QString& classes, const QStringList& where) {
        const QRegularExpression use(u"#\\s*include\\s*<(%1/[^>]*|%2)>"_s.arg(module, classes));
        if (!use.match(s.text).hasMatch())
            return;
        for (const QString& prefix : where)
            if (s.path.startsWith(prefix))
                return;
        found << u"%1: %2 is not for this folder"_s.arg(s.path, module);
    };
    limit(u"QtWidgets"_s, u"QWidget|QApplication|QLabel|QPushButton|QDialog|QMainWindow|QListView|QTableView|QLineEdit|QFrame"_s, {u"ui/"_s, u"app/console/"_s});
    limit(u"QtSql"_s, u"QSql[A-Za-z]*"_s, {u"app/backend/cache/"_s});
    limit(u"QtNetwork"_s, u"QNetwork[A-Za-z]*|QTcp[A-Za-z]*|QSsl[A-Za-z]*"_s, {u"app/backend/net/"_s, u"app/server/"_s});
    if (s.path.startsWith(u"app/server/"_s) && !s.path.startsWith(u"app/server/http/"_s) && s.text.contains(u"#include <boost/beast"_s))
        found << u"%1: handlers know no HTTP library"_s.arg(s.path);
    static const QRegularExpression database(u"#\\s*include\\s*<(sqlite3|libpq-fe)\\.h>"_s);
    if (s.path.startsWith(u"app/"_s) && !s.path.startsWith(u"app/server/store/"_s) && database.match(s.text).hasMatch())
        found << u"%1: a database is spoken to by the store alone"_s.arg(s.path);
    return found;
}

// Longer than this only with an entry here; the list may only shrink.
const std::map<QString, int> kLongFiles = {};

QStringList sizeFindings(const Source& s)
{
    const int lines = static_cast<int>(s.text.count(u'\n'));
    int limit = s.path.endsWith(u".h"_s) ? 300 : 600;
    if (s.path.endsWith(u"MainWindow.cpp"_s))
        limit = 400;
    if (const auto it = kLongFiles.find(s.path); it != kLongFiles.end())
        limit = it->second;
    return lines > limit ? QStringList{u"%1: %2 lines, at most %3"_s.arg(s.path).arg(lines).arg(limit)} : QStringList{};
}

QStringList functionFindings(const Source& s)
{
    // A function's body opens with "{" alone in the first column and closes with "}" there (the house format).
    QStringList found;
    int start = -1;
    int number = 0;
    for (const QString& line : s.text.split(u'\n')) {
        ++number;
        if (line == u"{"_s) {
            start = number;
        } else if (line.startsWith(u'}') && start >= 0) {
            if (number - start - 1 > 70)
                found << u"%1:%2: a function of %3 lines, at most 70"_s.arg(s.path).arg(start).arg(number - start - 1);
            start = -1;
        }
    }
    return found;
}

QString withoutComments(QString text)
{
    static const QRegularExpression comment(u"//[^\n]*"_s);
    return text.remove(comment);
}

QStringList bannedFindings(const Source& s)
{
    struct Ban {
        QString pattern;
        QString why;
        QStringList only; // prefixes where it counts; empty: everywhere
        QStringList except;
    };
    static const std::vector<Ban> bans = {
        {u"\\bqWait\\(|\\bQThread::(m|u)?sleep\\("_s, u"waiting in a test or on a thread"_s, {}, {}},
        {u"\\bprocessEvents\\(|\\bQEventLoop\\b"_s, u"nested event loop"_s, {u"app/"_s, u"models/"_s, u"ui/"_s}, {}},
        {u"BlockingQueuedConnection|QtConcurrent|\\bQFuture\\b|\\bQWaitCondition\\b"_s, u"not used at the boundary"_s, {u"app/"_s, u"models/"_s, u"ui/"_s}, {}},
        {u"QThread::terminate|->terminate\\("_s, u"a thread is never torn down"_s, {u"app/"_s}, {}},
        {u"\\b(system|steady|high_resolution)_clock::now|QDateTime::current|QDate::current|QTime::current|QElapsedTimer|\\bs?rand\\(|QRandomGenerator"_s, u"time and chance come from Clock and Rng"_s,
            {u"app/server/engine/"_s, u"app/server/auth/"_s, u"app/server/domain/"_s, u"app/server/store/"_s, u"app/backend/"_s}, {}},
        {u"QTimer::singleShot"_s, u"timers are members that can be driven"_s, {u"app/server/"_s, u"app/backend/"_s}, {}},
        {u"QSortFilterProxyModel"_s, u"sort and filter in the model"_s, {u"models/"_s, u"ui/"_s}, {}},
        {u"setStyleSheet\\("_s, u"looks come from the theme"_s, {u"ui/"_s}, {u"ui/theme/"_s}},
        {u"(\\.|->)exec\\(\\)"_s, u"dialogs use open()"_s, {u"ui/"_s}, {}},
        {u"QSharedPointer|std::cout|\\bprintf\\("_s, u"not used here"_s, {u"app/backend/"_s, u"models/"_s, u"ui/"_s}, {}},
        {u"QSettings|qgetenv|getenv\\("_s, u"settings are read by the composition root and the theme"_s, {u"models/"_s, u"app/backend/"_s, u"app/core/"_s, u"app/protocol/"_s}, {}},
        {u"#[0-9A-Fa-f]{6}\\b"_s, u"colours come from the tokens"_s, {u"ui/"_s}, {u"ui/theme/"_s}},
    };
    QStringList found;
    const QString code = withoutComments(s.text);
    for (const Ban& ban : bans) {
        const auto in = [&](const QStringList& prefixes) {
            return std::any_of(prefixes.begin(), prefixes.end(), [&](const QString& p) { return s.path.startsWith(p); });
        };
        if ((!ban.only.isEmpty() && !in(ban.only)) || in(ban.except))
            continue;
        const auto match = QRegularExpression(ban.pattern).match(code);
        if (match.hasMatch())
            found << u"%1: %2 (%3)"_s.arg(s.path, match.captured(0), ban.why);
    }
    return found;
}

QStringList headFindings(const Source& s)
{
    QStringList found;
    if (!s.text.startsWith(u"// SPDX-License-Identifier: GPL-3.0-or-later\n"_s))
        found << s.path + u": the licence line is missing"_s;
    if (s.path.endsWith(u".h"_s) && !s.text.contains(u"#pragma once"_s))
        found << s.path + u": #pragma once is missing"_s;
    return found;
}

// Include cycles, by walking the graph depth first.
QStringList cycleFindings(const std::vector<Source>& sources)
{
    std::map<QString, QStringList> graph;
    for (const Source& s : sources)
        graph[s.path] = includesOf(s.text);
    std::map<QString, int> colour;
    QStringList found;
    std::function<void(const QString&, QStringList)> visit = [&](const QString& at, QStringList trail) {
        if (colour[at] == 2 || !graph.contains(at))
            return;
        trail << at;
        if (colour[at] == 1) {
            found << trail.join(u" → "_s);
            return;
        }
        colour[at] = 1;
        for (const QString& next : graph.at(at))
            visit(next, trail);
        colour[at] = 2;
    };
    for (const auto& [path, includes] : graph)
        visit(path, {});
    return found;
}

QStringList linkFindings(const QString& cmake)
{
    QStringList found;
    static const QRegularExpression call(u"naru_add_library\\((naru_\\w+)([^)]*)\\)"_s);
    static const QRegularExpression own(u"\\bnaru_\\w+"_s);
    for (auto it = call.globalMatch(cmake); it.hasNext();) {
        const auto m = it.next();
        const auto allowed = kMayLink.find(m.captured(1));
        if (allowed == kMayLink.end())
            continue;
        for (auto used = own.globalMatch(m.captured(2)); used.hasNext();) {
            const QString name = used.next().captured(0);
            if (!allowed->second.contains(name))
                found << u"%1 may not link %2"_s.arg(m.captured(1), name);
        }
    }
    return found;
}

} // namespace

class tst_Tidy : public QObject {
    Q_OBJECT
private:
    std::vector<Source> m_sources; // the product's own
    std::vector<Source> m_tests;

    static Source read(const QDir& root, const QString& path)
    {
        QFile f(root.filePath(path));
        return f.open(QIODevice::ReadOnly) ? Source{path, QString::fromUtf8(f.readAll())} : Source{path, {}};
    }
    void verify(const QStringList& findings)
    {
        QVERIFY2(findings.isEmpty(), qPrintable(u"\n"_s + findings.join(u'\n')));
    }
    template <class F> void each(F f, bool testsToo)
    {
        QStringList all;
        for (const Source& s : m_sources)
            all << f(s);
        if (testsToo)
            for (const Source& s : m_tests)
                all << f(s);
        verify(all);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QDir root(QString::fromLocal8Bit(qgetenv("NARU_SOURCE_DIR")));
        QVERIFY2(root.exists(u"ARCHITECTURE.md"_s), "NARU_SOURCE_DIR must name the repository");
        for (const QString& top : {u"app"_s, u"models"_s, u"ui"_s, u"resources"_s, u"translations"_s, u"tests"_s}) {
            QDirIterator it(root.filePath(top), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                Source s = read(root, root.relativeFilePath(it.next()));
                (top == u"tests"_s ? m_tests : m_sources).push_back(std::move(s));
            }
        }
        QVERIFY(m_sources.size() > 100);
        QVERIFY(m_tests.size() > 20);
    }

    void edges() { each(edgeFindings, false); }
    void cycles() { verify(cycleFindings(m_sources)); }
    void sizes() { each(sizeFindings, true); }
    void functions() { each(functionFindings, false); }
    void bannedCalls() { each(bannedFindings, true); }
    void heads() { each(headFindings, true); }

    // Every `tst_X::function` that tests/threats.md leans on is there.
    void threats()
    {
        const QDir root(QString::fromLocal8Bit(qgetenv("NARU_SOURCE_DIR")));
        QFile page(root.filePath(u"tests/threats.md"_s));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(page.readAll());
        static const QRegularExpression named(u"`(tst_\\w+)::(\\w+)`"_s);
        QStringList missing;
        int found = 0;
        for (auto it = named.globalMatch(text); it.hasNext();) {
            const auto match = it.next();
            const auto source = std::find_if(m_tests.begin(), m_tests.end(), [&](const Source& t) { return t.path.endsWith(u'/' + match.captured(1) + u".cpp"_s); });
            ++found;
            if (source == m_tests.end() || !source->text.contains(u"void "_s + match.captured(2) + u'('))
                missing << match.captured(0);
        }
        QCOMPARE(missing, QStringList());
        QVERIFY(found > 30);
    }

    void links()
    {
        const QDir root(QString::fromLocal8Bit(qgetenv("NARU_SOURCE_DIR")));
        QStringList all;
        for (const QString& f : {u"app/core"_s, u"app/protocol"_s, u"app/backend/api"_s, u"app/backend"_s, u"app/server"_s, u"models"_s, u"ui"_s})
            all << linkFindings(read(root, f + u"/CMakeLists.txt"_s).text);
        verify(all);
    }

    void topLevelIsFixed()
    {
        const QDir root(QString::fromLocal8Bit(qgetenv("NARU_SOURCE_DIR")));
        QStringList folders = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        folders.removeAll(u"build"_s);
        QCOMPARE(folders, QStringList({u"app"_s, u"models"_s, u"packaging"_s, u"resources"_s, u"tests"_s, u"translations"_s, u"ui"_s}));
    }

    // Each check must be able to fail.
    void negativeControls()
    {
        QCOMPARE(edgeFindings({u"ui/x/A.cpp"_s, u"#include \"backend/engine/Engine.h\"\n"_s}).size(), 1);
        QCOMPARE(edgeFindings({u"ui/x/A.cpp"_s, u"#include \"backend/api/Backend.h\"\n"_s}).size(), 0);
        QCOMPARE(edgeFindings({u"app/server/x/A.cpp"_s, u"#include \"ui/theme/Theme.h\"\n"_s}).size(), 1);
        QCOMPARE(edgeFindings({u"models/x/A.h"_s, u"#include <QWidget>\n"_s}).size(), 1);
        QCOMPARE(edgeFindings({u"app/backend/net/A.h"_s, u"#include <QSqlQuery>\n"_s}).size(), 1);
        QCOMPARE(edgeFindings({u"app/server/engine/A.cpp"_s, u"#include <sqlite3.h>\n"_s}).size(), 1);
        QCOMPARE(edgeFindings({u"app/server/store/A.cpp"_s, u"#include <sqlite3.h>\n"_s}).size(), 0);
        QCOMPARE(edgeFindings({u"app/server/api/A.cpp"_s, u"#include <boost/beast/http.hpp>\n"_s}).size(), 1);
        QCOMPARE(sizeFindings({u"ui/A.h"_s, QString(301, u'\n')}).size(), 1);
        QCOMPARE(sizeFindings({u"ui/A.cpp"_s, QString(600, u'\n')}).size(), 0);
        QCOMPARE(functionFindings({u"ui/A.cpp"_s, u"void f()\n{\n"_s + QString(71, u'\n') + u"}\n"_s}).size(), 1);
        QCOMPARE(bannedFindings({u"ui/A.cpp"_s, u"loop.processEvents();"_s}).size(), 1);
        QCOMPARE(bannedFindings({u"ui/A.cpp"_s, u"// processEvents() is banned"_s}).size(), 0);
        QCOMPARE(bannedFindings({u"app/server/engine/A.cpp"_s, u"std::chrono::steady_clock::now()"_s}).size(), 1);
        QCOMPARE(headFindings({u"ui/A.h"_s, u"\n"_s}).size(), 2);
        QCOMPARE(cycleFindings({{u"ui/A.h"_s, u"#include \"ui/B.h\"\n"_s}, {u"ui/B.h"_s, u"#include \"ui/A.h\"\n"_s}}).size(), 1);
        QCOMPARE(linkFindings(u"naru_add_library(naru_models LINK naru_core naru_backend)"_s).size(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_Tidy)
#include "tst_Tidy.moc"
