// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Report.h"

#include <QStringList>
#include <algorithm>
#include <set>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

QString boundText(const RowOfTable& r)
{
    return r.isLimit() ? grouped(r.bound) + u' ' + r.unit : QString::number(r.bound, 'f', 2) + u" ×"_s;
}

QString smallText(const RowOfTable& r)
{
    return r.isLimit() ? u"–"_s : grouped(r.few);
}

QString rowOfPage(const RowOfTable& r)
{
    return u"| %1 | %2 | %3 | %4 | %5 | %6 | **%7** | %8 | %9 |"_s.arg(r.id, r.costOf, r.note.isEmpty() ? r.sizes : r.sizes + u"; "_s + r.note, smallText(r), grouped(r.many), r.unit)
        .arg(r.ratio(), 0, 'f', 3).arg(boundText(r), r.met() ? u"met"_s : u"**missed**"_s);
}

int numberOf(const QString& rowOfPage) // "| C14 | …" → 14; 0: not a row
{
    return rowOfPage.startsWith(u"| C"_s) ? rowOfPage.mid(3).section(u' ', 0, 0).toInt() : 0;
}

} // namespace

QString grouped(double v)
{
    QString text = QString::number(v, 'f', v < 100 && v != static_cast<int>(v) ? 1 : 0);
    const qsizetype whole = text.contains(u'.') ? text.indexOf(u'.') : text.size();
    for (qsizetype i = whole - 3; i > 0; i -= 3)
        text.insert(i, u',');
    return text;
}

QString headOfLines()
{
    return u"%1 %2 %3 %4 %5 %6 %7"_s.arg(u"row"_s, -4).arg(u"cost of"_s, -34).arg(u"sizes"_s, -42).arg(u"small"_s, 11).arg(u"large"_s, 11).arg(u"ratio"_s, 7).arg(u"at most"_s, 14);
}

QString lineOf(const RowOfTable& r)
{
    const QString note = r.note.isEmpty() ? QString() : u"\n     "_s + r.note;
    return u"%1 %2 %3 %4 %5 %6 %7 %8"_s.arg(r.id, -4).arg(r.costOf, -34).arg(r.sizes, -42).arg(smallText(r), 11).arg(grouped(r.many), 11).arg(r.ratio(), 7, 'f', 3)
        .arg(boundText(r), 14).arg(r.met() ? u"met"_s : u"MISSED"_s) + note;
}

QString pageOf(const std::vector<RowOfTable>& rows, const Sizes& s, const QString& before)
{
    QString out = u"<!-- Written by naru-growth; run it again instead of editing. -->\n# What must not cost more\n\n"
                  "Instructions of one more request, counted by callgrind on the engine over SQLite in batches of 64: (at %1 requests − at %2 requests) / %3, so that start-up "
                  "cancels and a busy machine does not matter. What was there before are copies of bookings the engine made, every rule of `narud check` holds over them. "
                  "Each reservation made before left five rows and its share of a page of events.\n\n"
                  "- Open holds, of C2 and C5: both stores have %6 reservations made before.\n"
                  "- C9: the whole way from the start of a store that was left as by kill −9 (its write-ahead log holds %4 bytes), every thread counted, what a process costs "
                  "that does nothing taken off; milliseconds are of `narud` itself, the median of %5 starts on each store in turn, the files out of the machine's memory before each.\n"
                  "- C7: writes to one console in a second, on a real connection, while so many reservations are made as the row says.\n"
                  "- C14: bytes of the database file, its write-ahead log apart.\n- Rows may come from several runs of the program.\n\n"
                  "| | cost of | when this grows | small | large | unit | ratio | at most | |\n|---|---|---|---:|---:|---|---:|---:|---|\n"_s
                      .arg(s.opsMany).arg(s.opsFew).arg(s.opsMany - s.opsFew).arg(grouped(kLeftInLog)).arg(s.starts).arg(grouped(s.historyShort));
    QStringList lines;
    std::set<int> anew;
    for (const RowOfTable& r : rows) {
        lines << rowOfPage(r);
        anew.insert(numberOf(lines.back()));
    }
    const QStringList old = before.split(u'\n');
    for (const QString& line : old)
        if (numberOf(line) > 0 && !anew.contains(numberOf(line)))
            lines << line;
    std::stable_sort(lines.begin(), lines.end(), [](const QString& a, const QString& b) { return numberOf(a) < numberOf(b); });
    out += lines.join(u'\n') + u'\n';
    return out;
}

} // namespace naru::bench
