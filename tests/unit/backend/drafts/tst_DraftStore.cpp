// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
// What is kept comes back: after an end, a torn write, a damaged byte, a full disk; and to nobody else.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <future>
#include <mutex>
#include <sys/resource.h>
#include <unistd.h>

#include "backend/drafts/DraftStore.h"

using namespace naru;
using namespace naru::backend;
using namespace Qt::StringLiterals;

namespace {

const QString kServer = u"https://naru.example"_s;
const QByteArray kKey(32, 'k');

Draft draft(const QString& place, const QString& id, const QByteArray& content, int changes = 1, std::int64_t at = 1'000)
{
    return {place, id, u"한라산 렌터카"_s, 7, content, changes, fromUnixMs(at)};
}

struct Said {
    std::vector<Error> errors;
    DraftStore::Faulted sink() { return [this](const Error& e) { errors.push_back(e); }; }
};

QString fileIn(const QTemporaryDir& dir, const QString& pattern = u"*.drafts"_s)
{
    const QStringList found = QDir(dir.path()).entryList({pattern}, QDir::Files);
    return found.isEmpty() ? QString() : dir.filePath(found.first());
}

QByteArray bytesOf(const QString& path)
{
    QFile f(path);
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile f(path);
    QVERIFY(f.open(QIODevice::WriteOnly) && f.write(bytes) == bytes.size());
}

std::vector<Draft> reopened(const QString& folder, Said& said, const QByteArray& key = kKey)
{
    DraftStore store(folder, said.sink());
    store.open(kServer, u"hanna"_s, key);
    return store.all();
}

// The disk below, as slow and as bad as a test wants it.
struct Disk {
    static void wait(std::shared_future<void> until)
    {
        const std::lock_guard guard(lock);
        busy = std::move(until);
        asked = 0;
    }
    static void refuse(int times)
    {
        left = times;
        refused = 0;
    }
    static int sync(int handle)
    {
        ++asked;
        std::shared_future<void> until;
        {
            const std::lock_guard guard(lock);
            until = busy;
        }
        if (until.valid())
            until.wait();
        if (left > 0) {
            --left;
            ++refused;
            errno = EIO;
            return -1;
        }
        return ::fsync(handle);
    }
    static inline std::mutex lock;
    static inline std::shared_future<void> busy;
    static inline std::atomic<int> asked = 0;
    static inline std::atomic<int> left = 0;
    static inline std::atomic<int> refused = 0;
};

double entropy(const QByteArray& bytes) // bits a byte
{
    double n[256] = {};
    for (const char c : bytes)
        n[static_cast<unsigned char>(c)] += 1;
    double h = 0;
    for (const double k : n)
        if (k > 0)
            h -= k / bytes.size() * std::log2(k / bytes.size());
    return h;
}

} // namespace

// In the place of the C library's, for this program.
extern "C" int fdatasync(int handle) { return Disk::sync(handle); }

class tst_DraftStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"naru.backend.drafts.warning=false"_s); } // each fault is counted

    void keepsOverAnEnd()
    {
        QTemporaryDir dir;
        Said said;
        {
            DraftStore store(dir.path(), said.sink());
            store.keep(draft(u"a"_s, {}, "nobody is signed in")); // goes nowhere
            store.open(kServer, u"hanna"_s, kKey);
            QVERIFY(store.all().empty());
            store.keep(draft(u"products"_s, u"1"_s, "{\"price\":1}", 1, 3'000));
            store.keep(draft(u"rules"_s, {}, "{}", 2, 2'000));
            store.keep(draft(u"products"_s, u"1"_s, "{\"price\":12}", 1, 4'000));
            store.keep(draft(u"workspace"_s, {}, "{}", 0, 1'000));
            store.drop(u"rules"_s, {});
            store.keep(draft(u"rules"_s, u"9"_s, "new", 2, 5'000));
            store.sync();
            QCOMPARE(store.count(), 3);
        }
        const auto all = reopened(dir.path(), said);
        QCOMPARE(all.size(), std::size_t(3));
        QCOMPARE(all[0], draft(u"workspace"_s, {}, "{}", 0, 1'000));
        QCOMPARE(all[1], draft(u"products"_s, u"1"_s, "{\"price\":12}", 1, 4'000)); // every member came back
        QCOMPARE(all[2], draft(u"rules"_s, u"9"_s, "new", 2, 5'000));
        QVERIFY(said.errors.empty());
        QCOMPARE(QFile::permissions(fileIn(dir)) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
    }

    void isOnTheDiskAtSync() // not at the end
    {
        QTemporaryDir dir;
        Said said;
        DraftStore store(dir.path(), said.sink());
        store.open(kServer, u"hanna"_s, kKey);
        store.keep(draft(u"a"_s, {}, "x"));
        QVERIFY(!store.isSynced());
        const auto before = bytesOf(fileIn(dir));
        store.sync();
        QVERIFY(store.isSynced());
        const QString copy = dir.filePath(u"copy"_s); // what a kill at this moment leaves
        QVERIFY(QDir().mkpath(copy));
        QVERIFY(QFile::copy(fileIn(dir), copy + u'/' + QFileInfo(fileIn(dir)).fileName()));
        QCOMPARE(reopened(copy, said).size(), std::size_t(1));
        put(copy + u'/' + QFileInfo(fileIn(dir)).fileName(), before); // and what one before it would have left
        QCOMPARE(reopened(copy, said).size(), std::size_t(0));
    }

    void dropsAllButThePlace()
    {
        QTemporaryDir dir;
        Said said;
        {
            DraftStore store(dir.path(), said.sink());
            store.open(kServer, u"hanna"_s, kKey);
            store.keep(draft(u"workspace"_s, {}, "{}", 0));
            store.keep(draft(u"a"_s, u"1"_s, "x"));
            store.keep(draft(u"a"_s, u"2"_s, "y"));
            store.sync();
            store.dropAll();
            QCOMPARE(store.count(), 0);
        }
        const auto all = reopened(dir.path(), said);
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(all.front().place, u"workspace"_s);
    }

    // Cut at every byte, as a kill or a power cut may: every record that was whole counts, nothing is said.
    void survivesATornTail()
    {
        QTemporaryDir dir;
        Said said;
        std::vector<qsizetype> ends;
        {
            DraftStore store(dir.path(), said.sink());
            store.open(kServer, u"hanna"_s, kKey);
            for (int i = 0; i < 6; ++i) {
                store.keep(draft(u"p"_s, QString::number(i % 3), QByteArray::number(i), 1, i));
                store.sync();
                ends.push_back(bytesOf(fileIn(dir)).size());
            }
        }
        const QByteArray whole = bytesOf(fileIn(dir));
        const QString path = fileIn(dir);
        for (qsizetype cut = 0; cut <= whole.size(); ++cut) {
            put(path, whole.first(cut));
            const auto records = std::count_if(ends.begin(), ends.end(), [&](qsizetype end) { return end <= cut; });
            const auto all = reopened(dir.path(), said);
            QCOMPARE(qsizetype(all.size()), std::min<qsizetype>(records, 3));
            if (records > 0)
                QCOMPARE(all.back().content, QByteArray::number(qlonglong(records - 1)));
        }
        QVERIFY(said.errors.empty());
        QVERIFY(fileIn(dir, u"*.damaged"_s).isEmpty());
    }

    // A byte turns over: the record it is in does not open; all others do, and the bytes are kept aside and told of.
    void putsDamageAside()
    {
        QTemporaryDir dir;
        Said said;
        std::vector<qsizetype> ends;
        {
            DraftStore store(dir.path(), said.sink());
            store.open(kServer, u"hanna"_s, kKey);
            for (int i = 0; i < 4; ++i) {
                store.keep(draft(u"p"_s, QString::number(i), QByteArray::number(i), 1, i));
                store.sync();
                ends.push_back(bytesOf(fileIn(dir)).size());
            }
        }
        const QByteArray whole = bytesOf(fileIn(dir));
        const QString path = fileIn(dir);
        for (qsizetype at = 0; at < ends[2]; ++at) { // the last one could be a torn tail
            QByteArray bad = whole;
            bad[at] = char(bad[at] ^ 0x40);
            put(path, bad);
            said.errors.clear();
            const auto all = reopened(dir.path(), said);
            QCOMPARE(all.size(), std::size_t(3));
            QCOMPARE(said.errors.size(), std::size_t(1));
            QCOMPARE(said.errors.front().code, u"drafts-damaged"_s);
            const auto hit = std::size_t(std::upper_bound(ends.begin(), ends.end(), at) - ends.begin());
            const qsizetype start = hit == 0 ? 0 : ends[hit - 1];
            QCOMPARE(bytesOf(path + u".damaged"_s), bad.mid(start, ends[hit] - start));
            QVERIFY(QFile::remove(path + u".damaged"_s));
            said.errors.clear();
            QCOMPARE(reopened(dir.path(), said).size(), std::size_t(3)); // mended: said once
            QVERIFY(said.errors.empty());
        }
    }

    // What was written before counts once, in its place: nobody brings an older state back by writing it again.
    void takesNoRecordTwice()
    {
        QTemporaryDir dir;
        Said said;
        qsizetype first = 0;
        {
            DraftStore store(dir.path(), said.sink());
            store.open(kServer, u"hanna"_s, kKey);
            store.keep(draft(u"a"_s, {}, "older"));
            store.sync();
            first = bytesOf(fileIn(dir)).size();
            store.keep(draft(u"a"_s, {}, "newer"));
        }
        const QString path = fileIn(dir);
        const QByteArray whole = bytesOf(path);
        put(path, whole + whole.first(first));
        const auto all = reopened(dir.path(), said);
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(all.front().content, "newer"_ba);
        QCOMPARE(said.errors.size(), std::size_t(1));
    }

    void rewritesWhatGrew()
    {
        QTemporaryDir dir;
        Said said;
        {
            DraftStore store(dir.path(), said.sink());
            store.open(kServer, u"hanna"_s, kKey);
            store.keep(draft(u"b"_s, {}, "stays"));
            for (int i = 0; i < 600; ++i) {
                store.keep(draft(u"a"_s, {}, QByteArray(2'000, 'x') + QByteArray::number(i)));
                store.sync();
            }
            QTRY_VERIFY((store.sync(), bytesOf(fileIn(dir)).size() < 600'000)); // of 1.2 MB written
        }
        QVERIFY(fileIn(dir, u"*.new"_s).isEmpty());
        const auto all = reopened(dir.path(), said);
        QCOMPARE(all.size(), std::size_t(2));
        QVERIFY(all[0].content.endsWith("599") || all[1].content.endsWith("599"));
        QVERIFY(said.errors.empty());
    }

    // T30: somebody else of the same account finds neither texts nor names, and opens nothing.
    void tellsNobodyElse()
    {
        QTemporaryDir dir;
        Said said;
        QByteArray plain;
        {
            DraftStore store(dir.path(), said.sink());
            store.open(kServer, u"hanna"_s, kKey);
            for (int i = 0; i < 300; ++i) {
                const Draft d = draft(u"products.variants"_s, u"0197f3b2-%1"_s.arg(i), "{\"title\":\"\xED\x95\x9C\xEB\x9D\xBC\xEC\x82\xB0 rental\",\"price\":129000}");
                plain += d.place.toUtf8() + d.entityId.toUtf8() + d.title.toUtf8() + d.content;
                store.keep(d);
            }
        }
        const QByteArray sealed = bytesOf(fileIn(dir));
        QVERIFY(sealed.size() > plain.size());
        for (const QByteArray& word : {QByteArray("products"), QByteArray("price"), QByteArray("rental"), QByteArray("129000"), QByteArray("\xED\x95\x9C\xEB\x9D\xBC\xEC\x82\xB0"), QByteArray("hanna"), kKey})
            QVERIFY2(!sealed.contains(word) && !fileIn(dir).toUtf8().contains(word), word.constData());
        QVERIFY2(entropy(sealed) > 7.5, qPrintable(QString::number(entropy(sealed))));
        QVERIFY2(entropy(plain) < 6, qPrintable(QString::number(entropy(plain)))); // the measure tells them apart
        QCOMPARE(reopened(dir.path(), said, QByteArray(32, 'o')).size(), std::size_t(0)); // the same name, another key
        {
            DraftStore other(dir.path(), said.sink());
            other.open(kServer, u"minsu"_s, QByteArray(32, 'm'));
            QVERIFY(other.all().empty());
            other.keep(draft(u"a"_s, {}, "his"));
        }
        const auto all = reopened(dir.path(), said);
        QCOMPARE(all.size(), std::size_t(300)); // and the owner still has everything
        QVERIFY(said.errors.empty());
        QVERIFY(fileIn(dir, u"*.damaged"_s).isEmpty());
    }

    void isSealedForTheNextPerson()
    {
        QTemporaryDir dir;
        Said said;
        DraftStore store(dir.path(), said.sink());
        store.open(kServer, u"hanna"_s, kKey);
        store.keep(draft(u"a"_s, {}, "hers", 4));
        store.open(kServer, u"hanna"_s, kKey); // signed in again in place
        QCOMPARE(store.count(), 4);
        store.open(kServer, u"minsu"_s, QByteArray(32, 'm'));
        QCOMPARE(store.count(), 0);
        store.open(kServer, u"hanna"_s, kKey);
        QCOMPARE(store.count(), 4);
        store.seal();
        QVERIFY(!store.isOpen() && store.owner().isEmpty() && store.all().empty());
        store.keep(draft(u"b"_s, {}, "late"));
        QVERIFY(store.all().empty());
        store.open(u"https://other.example"_s, u"hanna"_s, kKey); // another server: other drafts
        QCOMPARE(store.count(), 0);
    }

    void refusesAKeyThatIsNone()
    {
        QTemporaryDir dir;
        Said said;
        DraftStore store(dir.path(), said.sink());
        store.open(kServer, u"hanna"_s, "short");
        QVERIFY(said.errors.empty());
        store.keep(draft(u"a"_s, {}, "x"));
        store.sync();
        store.sync();
        QCOMPARE(said.errors.size(), std::size_t(1)); // nothing goes to the disk in the clear
        QVERIFY(QDir(dir.path()).isEmpty());
        QCOMPARE(store.count(), 1);
    }

    // Two consoles of one person have a file each; what a dead one left comes to the next.
    void takesOverFromTheDead()
    {
        QTemporaryDir dir;
        Said said;
        auto first = std::make_unique<DraftStore>(dir.path(), said.sink());
        first->open(kServer, u"hanna"_s, kKey);
        first->keep(draft(u"a"_s, {}, "first", 1, 10));
        first->keep(draft(u"b"_s, {}, "older", 1, 10));
        first->sync();
        auto second = std::make_unique<DraftStore>(dir.path(), said.sink());
        second->open(kServer, u"hanna"_s, kKey);
        QVERIFY(second->all().empty()); // still on somebody's screen
        second->keep(draft(u"b"_s, {}, "newer", 1, 20));
        second->sync();
        QCOMPARE(QDir(dir.path()).entryList({u"*.drafts"_s}).size(), 2);
        second.reset();
        first.reset();
        const auto all = reopened(dir.path(), said);
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all[1].content, "newer"_ba);
        QCOMPARE(QDir(dir.path()).entryList({u"*.drafts"_s}).size(), 1);
        QVERIFY(said.errors.empty());
    }

    void saysOnceThatTheDiskRefusesAndGoesOn()
    {
        QTemporaryDir dir;
        Said said;
        DraftStore store(dir.path(), said.sink());
        store.open(kServer, u"hanna"_s, kKey);
        store.keep(draft(u"a"_s, {}, "before"));
        store.sync();
        const qsizetype size = bytesOf(fileIn(dir)).size();
        ::signal(SIGXFSZ, SIG_IGN); // the kernel's own refusal, as of a full disk
        rlimit old{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        const rlimit full{rlim_t(size + 20), old.rlim_max}; // half a record fits
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &full), 0);
        for (int i = 0; i < 5; ++i) {
            store.keep(draft(u"a"_s, {}, "full " + QByteArray::number(i)));
            store.sync();
            QVERIFY(!store.isSynced());
        }
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);
        QCOMPARE(said.errors.size(), std::size_t(1));
        QCOMPARE(said.errors.front().code, u"drafts-not-kept"_s);
        QCOMPARE(store.all().front().content, "full 4"_ba);
        store.sync(); // room again
        QVERIFY(store.isSynced());
        store.seal();
        QCOMPARE(reopened(dir.path(), said).front().content, "full 4"_ba);
        QCOMPARE(said.errors.size(), std::size_t(1));
        QVERIFY(fileIn(dir, u"*.damaged"_s).isEmpty());
    }

    // Whatever the disk does: what was typed is in the file, where it outlives the program.
    void aSlowDiskHoldsNobodyUp()
    {
        QTemporaryDir dir;
        Said said;
        DraftStore store(dir.path(), said.sink());
        store.open(kServer, u"hanna"_s, kKey);
        std::promise<void> awake;
        Disk::wait(awake.get_future().share());
        for (int i = 0; i < 5; ++i) {
            store.keep(draft(u"a"_s, {}, "typed " + QByteArray::number(i)));
            store.sync();
            QVERIFY(store.isSynced());
            QTRY_COMPARE(Disk::asked.load(), 1); // by a thread that does not come back yet
        }
        QTemporaryDir copy;
        put(copy.filePath(QFileInfo(fileIn(dir)).fileName()), bytesOf(fileIn(dir))); // QFile::copy would wait for the disk
        awake.set_value();
        QTRY_COMPARE(Disk::asked.load(), 2); // once more for all that came meanwhile
        QVERIFY(store.flush());
        QCOMPARE(Disk::asked.load(), 3);
        QCOMPARE(reopened(copy.path(), said).front().content, "typed 4"_ba);
        QVERIFY(said.errors.empty());
    }

    // The new file waits for the disk, nobody waits for the new file.
    void aLongFileIsRewrittenBeside()
    {
        QTemporaryDir dir;
        Said said;
        {
            DraftStore store(dir.path(), said.sink());
            store.open(kServer, u"hanna"_s, kKey);
            store.keep(draft(u"b"_s, {}, "stays"));
            std::promise<void> awake;
            Disk::wait(awake.get_future().share());
            const auto type = [&](int n) {
                store.keep(draft(u"a"_s, {}, QByteArray(2'000, 'x') + QByteArray::number(n)));
                store.sync();
            };
            for (int i = 0; i < 300; ++i)
                type(i);
            QVERIFY(!fileIn(dir, u"*.new"_s).isEmpty());
            QVERIFY(bytesOf(fileIn(dir)).size() > 500'000);
            QTemporaryDir killed; // what is found if the program dies now
            put(killed.filePath(QFileInfo(fileIn(dir)).fileName()), bytesOf(fileIn(dir)));
            awake.set_value();
            QTRY_VERIFY((store.sync(), bytesOf(fileIn(dir)).size() < 100'000 && fileIn(dir, u"*.new"_s).isEmpty()));
            type(300); // goes on in the new one
            const auto found = reopened(killed.path(), said);
            QCOMPARE(found.size(), std::size_t(2));
            QVERIFY(found[0].content.endsWith("299") || found[1].content.endsWith("299"));
        }
        const auto all = reopened(dir.path(), said);
        QCOMPARE(all.size(), std::size_t(2));
        QVERIFY(all[0].content.endsWith("x300") || all[1].content.endsWith("x300"));
        QVERIFY(said.errors.empty());
    }

    void whatTheDiskRefusesAfterwardsIsWrittenAnew()
    {
        QTemporaryDir dir;
        Said said;
        DraftStore store(dir.path(), said.sink());
        store.open(kServer, u"hanna"_s, kKey);
        store.keep(draft(u"b"_s, {}, "before"));
        QVERIFY(store.flush());
        Disk::refuse(1);
        store.keep(draft(u"a"_s, {}, "typed"));
        store.sync();
        QTRY_COMPARE(Disk::refused.load(), 1);
        put(fileIn(dir), "what the disk lost");
        QTRY_VERIFY((store.sync(), bytesOf(fileIn(dir)).size() > 100)); // at the next turn, without another key
        QVERIFY(store.isSynced());
        QVERIFY(said.errors.empty()); // nothing was lost, and nobody has to know
        Disk::refuse(1'000);
        store.keep(draft(u"a"_s, {}, "typed more"));
        QTRY_VERIFY((store.sync(), !store.isSynced()));
        QTRY_COMPARE(said.errors.size(), std::size_t(1));
        QCOMPARE(said.errors.front().code, u"drafts-not-kept"_s);
        Disk::refuse(0);
        store.sync();
        QVERIFY(store.isSynced());
        store.seal();
        const auto all = reopened(dir.path(), said);
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(said.errors.size(), std::size_t(1));
    }

    void worksWithoutAFolderUntilThereIsOne()
    {
        QTemporaryDir dir;
        Said said;
        const QString folder = dir.filePath(u"there"_s);
        put(folder, "a file is in its place");
        DraftStore store(folder, said.sink());
        store.open(kServer, u"hanna"_s, kKey);
        store.keep(draft(u"a"_s, {}, "x", 3));
        store.sync();
        store.sync();
        QCOMPARE(said.errors.size(), std::size_t(1));
        QCOMPARE(store.count(), 3);
        QVERIFY(QFile::remove(folder));
        store.sync();
        QVERIFY(store.isSynced());
        store.seal();
        QCOMPARE(reopened(folder, said).size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(tst_DraftStore)
#include "tst_DraftStore.moc"
