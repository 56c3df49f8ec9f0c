// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Table.h"

#include "bench/naru_bench/Trial.h"
#include "bench/naru_bench/World.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <cstdio>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFillSlice = 50'000;

[[noreturn]] void stop(const QString& why)
{
    throw std::runtime_error(why.toStdString());
}

QString grouped(double v)
{
    QString text = QString::number(v, 'f', 0);
    for (qsizetype i = text.size() - 3; i > 0; i -= 3)
        text.insert(i, u',');
    return text;
}

QString sizes(const char* what, double few, double many)
{
    return QString::fromUtf8(what) + u' ' + grouped(few) + u" → "_s + grouped(many);
}

bool wanted(const QStringList& only, const char* id)
{
    return only.isEmpty() || only.contains(QString::fromLatin1(id));
}

} // namespace

Sizes Sizes::full()
{
    Sizes s;
    s.itemsMany = 100'000;
    s.depth = 100'000;
    s.holdsMany = 100'000;
    s.historyShort = 100'000;
    s.historyLong = 1'000'000;
    return s;
}

Growth::Growth(Sizes sizes) : m_sizes(sizes)
{
    if (QStandardPaths::findExecutable(u"valgrind"_s).isEmpty())
        stop(u"valgrind is not installed"_s);
}

void Growth::natively(const QString& step, const QString& file, int param, int ops)
{
    QProcess p;
    p.setProcessChannelMode(QProcess::MergedChannels);
    p.start(QCoreApplication::applicationFilePath(), {u"work"_s, step, file, QString::number(param), QString::number(ops)});
    if (!p.waitForFinished(1'800'000) || p.exitCode() != 0)
        stop(u"%1: %2"_s.arg(step, QString::fromUtf8(p.readAll())));
}

// Names: "items N", "history N", "holds N", "abandoned N".
QString Growth::store(const QString& name)
{
    if (const auto it = m_stores.find(name); it != m_stores.end())
        return it->second;
    const QString kind = name.section(u' ', 0, 0);
    const int size = name.section(u' ', 1).toInt();
    const QString folder = m_folder.path() + u'/' + QString(name).replace(u' ', u'-');
    const QString file = folder + u"/naru.sqlite"_s;
    std::printf("  making the store: %s\n", qPrintable(name));
    std::fflush(stdout);
    if (kind == u"items"_s) {
        makeWorld(storeConfig(folder, file), size);
    } else {
        const QString base = store(u"items 100"_s);
        QDir().mkpath(folder);
        if (!QFile::copy(base, file))
            stop(u"%1 cannot be copied"_s.arg(base));
        const QString step = kind == u"holds"_s ? u"hold"_s : u"book"_s;
        const int last = kind == u"abandoned"_s ? std::min(size, 2'000) : 0;
        for (int done = 0; done < size - last; done += kFillSlice)
            natively(step, file, 0, std::min(kFillSlice, size - last - done));
        if (last > 0)
            natively(u"abandon"_s, file, 0, last);
    }
    return m_stores[name] = file;
}

// With its write-ahead log, if it was left behind.
QString Growth::copyOf(const QString& file)
{
    const QString folder = m_folder.path() + u"/copy%1"_s.arg(++m_copies);
    QDir().mkpath(folder);
    const QString to = folder + u"/naru.sqlite"_s;
    for (const QString& end : {u""_s, u"-wal"_s})
        if (QFileInfo::exists(file + end) && !QFile::copy(file + end, to + end))
            stop(u"%1 cannot be copied"_s.arg(file + end));
    return to;
}

Growth::Count Growth::counted(const QString& step, const QString& from, int param, int ops)
{
    const QString file = copyOf(from);
    const QString out = QFileInfo(file).path() + u"/callgrind"_s;
    QProcess p;
    p.setProcessChannelMode(QProcess::MergedChannels);
    const std::int64_t began = nowNs();
    p.start(u"valgrind"_s, {u"--tool=callgrind"_s, u"--separate-threads=yes"_s, u"--callgrind-out-file="_s + out, QCoreApplication::applicationFilePath(), u"work"_s, step, file,
        QString::number(param), QString::number(ops)});
    if (!p.waitForFinished(1'800'000) || p.exitCode() != 0)
        stop(u"%1 under callgrind: %2"_s.arg(step, QString::fromUtf8(p.readAll()).right(600)));
    Count count;
    count.milliseconds = static_cast<double>(nowNs() - began) / 1e6;
    for (const QString& name : {out + u"-01"_s, out}) {
        QFile f(name);
        if (!f.open(QIODevice::ReadOnly))
            continue;
        static const QRegularExpression line(u"^(?:summary|totals): (\\d+)"_s, QRegularExpression::MultilineOption);
        for (auto it = line.globalMatch(QString::fromUtf8(f.readAll())); it.hasNext();)
            count.instructions = std::max(count.instructions, it.next().captured(1).toDouble());
        if (count.instructions > 0)
            break;
    }
    QDir(QFileInfo(file).path()).removeRecursively();
    if (count.instructions <= 0)
        stop(u"callgrind counted nothing for %1"_s.arg(step));
    return count;
}

double Growth::each(const QString& step, const QString& from, int param)
{
    const QString key = u"%1|%2|%3"_s.arg(step, from).arg(param);
    if (const auto it = m_known.find(key); it != m_known.end())
        return it->second;
    const double few = counted(step, from, param, m_sizes.opsFew).instructions;
    const double many = counted(step, from, param, m_sizes.opsMany).instructions;
    return m_known[key] = (many - few) / (m_sizes.opsMany - m_sizes.opsFew);
}

void Growth::compare(const char* id, const QString& costOf, const QString& against, double few, double many, double bound, const QString& unit)
{
    RowOfTable row{QString::fromLatin1(id), costOf, against, few, many, unit.isEmpty() ? u"instructions"_s : unit, few > 0 ? many / few : 0, bound};
    std::printf("%s %-30s %-34s %12s %12s  %.3f (at most %.2f) %s\n", id, qPrintable(costOf), qPrintable(against), qPrintable(grouped(few)), qPrintable(grouped(many)), row.ratio, bound,
        row.met() ? "met" : "MISSED");
    std::fflush(stdout);
    m_rows.push_back(std::move(row));
}

void Growth::contention(const QStringList& only)
{
    const QString base = store(u"items %1"_s.arg(m_sizes.itemsFew));
    if (wanted(only, "C1"))
        compare("C1", u"a reservation"_s, sizes("inventories", m_sizes.itemsFew, m_sizes.itemsMany), each(u"book"_s, base),
            each(u"book"_s, store(u"items %1"_s.arg(m_sizes.itemsMany))), 1.10);
    if (wanted(only, "C2")) {
        compare("C2", u"a reservation"_s, sizes("requests waiting", 1, m_sizes.depth), each(u"depth"_s, base, 1), each(u"depth"_s, base, m_sizes.depth), 1.10);
        compare("C2", u"a reservation"_s, sizes("open holds", 0, m_sizes.holdsMany), each(u"book"_s, base), each(u"book"_s, store(u"holds %1"_s.arg(m_sizes.holdsMany))), 1.10);
    }
    if (wanted(only, "C3"))
        compare("C3", u"a reservation"_s, sizes("consoles", 0, m_sizes.consoles), each(u"consoles"_s, base, 0), each(u"consoles"_s, base, m_sizes.consoles), 1.02);
    if (wanted(only, "C6")) {
        const double one = each(u"lines"_s, base, 1);
        compare("C6", u"a reservation of L lines"_s, u"L 1 → %1 (16 × one, and a tenth)"_s.arg(m_sizes.lines), one, each(u"lines"_s, base, m_sizes.lines), m_sizes.lines * 1.10);
    }
}

void Growth::history(const QStringList& only)
{
    const auto past = [&](int size) { return store(u"history %1"_s.arg(size)); };
    const QString against = sizes("reservations before", m_sizes.historyShort, m_sizes.historyLong);
    if (wanted(only, "C4"))
        compare("C4", u"a reservation"_s, against, each(u"book"_s, past(m_sizes.historyShort)), each(u"book"_s, past(m_sizes.historyLong)), 1.20);
    if (wanted(only, "C5")) {
        compare("C5", u"a cancellation"_s, against, each(u"cancel"_s, past(m_sizes.historyShort)), each(u"cancel"_s, past(m_sizes.historyLong)), 1.20);
        compare("C5", u"an expiry"_s, sizes("open holds", m_sizes.holdsFew, m_sizes.holdsMany), each(u"expire"_s, store(u"holds %1"_s.arg(m_sizes.holdsFew))),
            each(u"expire"_s, store(u"holds %1"_s.arg(m_sizes.holdsMany))), 1.20);
    }
    if (wanted(only, "C9")) {
        const QString few = store(u"abandoned %1"_s.arg(m_sizes.historyShort));
        const QString many = store(u"abandoned %1"_s.arg(m_sizes.historyLong));
        compare("C9", u"a start after kill -9"_s, against, counted(u"start"_s, few, 0, 0).instructions, counted(u"start"_s, many, 0, 0).instructions, 1.20);
        const std::int64_t began = nowNs();
        natively(u"start"_s, copyOf(many), 0, 0);
        compare("C9", u"start to ready and back, ms"_s, u"after kill -9, %1 reservations; 2,000 ms"_s.arg(grouped(m_sizes.historyLong)), 2000,
            static_cast<double>(nowNs() - began) / 1e6, 1.0, u"ms"_s);
    }
    if (wanted(only, "C14")) {
        const double bytes = static_cast<double>(QFileInfo(past(m_sizes.historyLong)).size() - QFileInfo(past(m_sizes.historyShort)).size())
            / (m_sizes.historyLong - m_sizes.historyShort);
        compare("C14", u"a reservation on disk"_s, u"1,500 bytes, audit and outbox with it"_s, 1500, bytes, 1.0, u"bytes"_s);
    }
}

void Growth::fanOut()
{
    const QString file = copyOf(store(u"items %1"_s.arg(m_sizes.itemsFew)));
    const QString folder = QFileInfo(file).path();
    const double slow = streamWritesPerSecond(folder, m_sizes.slow, 6);
    const double fast = streamWritesPerSecond(folder, m_sizes.fast, 6);
    compare("C7", u"writes to one console a second"_s, sizes("reservations a second", m_sizes.slow, m_sizes.fast), slow, fast, 1.20, u"writes/s"_s);
}

std::vector<RowOfTable> Growth::run(const QStringList& only)
{
    contention(only);
    history(only);
    if (wanted(only, "C7"))
        fanOut();
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const RowOfTable& a, const RowOfTable& b) { return a.id.mid(1).toInt() < b.id.mid(1).toInt(); });
    return m_rows;
}

QString Growth::text(const std::vector<RowOfTable>& rows, const Sizes& s)
{
    QString out = u"<!-- Written by naru-growth; run it again instead of editing. -->\n# What must not cost more\n\n"
                  "Instructions of one more request, counted by callgrind on the engine over SQLite in batches of 64: (at %1 requests − at %2 requests) / %3, so that start-up "
                  "cancels and a busy machine does not matter. C9 is the whole start, C7 counts writes on a real connection, C14 bytes in the file.\n\n"
                  "| | cost of | when this grows | at the small size | at the large size | ratio | at most | |\n|---|---|---|---:|---:|---:|---:|---|\n"_s
                      .arg(s.opsMany).arg(s.opsFew).arg(s.opsMany - s.opsFew);
    for (const RowOfTable& r : rows)
        out += u"| %1 | %2 | %3 | %4 | %5 %6 | **%7 ×** | %8 × | %9 |\n"_s.arg(r.id, r.costOf, r.against, grouped(r.few), grouped(r.many), r.unit)
                   .arg(r.ratio, 0, 'f', 3).arg(r.bound, 0, 'f', 2).arg(r.met() ? u"met"_s : u"**missed**"_s);
    return out;
}

} // namespace naru::bench
