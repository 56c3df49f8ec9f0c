// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Growth.h"
#include "bench/naru_growth/Steps.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <algorithm>
#include <cstdio>
#include <stdexcept>

// What a reservation, a cancellation, an expiry, a start cost when there is more of something, in instructions:
//   naru-growth                    the sizes of the table
//   naru-growth --quick            small ones, to see that it works
//   naru-growth --only C1,C6       some rows
// Needs valgrind, for C7 and C9 also narud. Ends with 1 when a bound is missed, with 2 when something failed.
using namespace naru::bench;
using namespace Qt::StringLiterals;

namespace {

struct Wish {
    Sizes sizes;
    QStringList rows;
    QString out;
    QString stores;
};

[[noreturn]] void refuse(const QString& why)
{
    throw std::runtime_error((why + u"; --help names what there is"_s).toStdString());
}

Wish wishOf(const QStringList& arguments)
{
    const QCommandLineOption quick(u"quick"_s, u"Small sizes."_s);
    const QCommandLineOption full(u"full"_s, u"5,000,000 reservations before; half an hour and 60 GB."_s);
    const QCommandLineOption only(u"only"_s, u"Rows by comma: %1."_s.arg(Growth::ids().join(u' ')), u"rows"_s);
    const QCommandLineOption out(u"out"_s, u"Folder for growth.md, in which other rows stay as they were; without it nothing is written."_s, u"folder"_s);
    const QCommandLineOption stores(u"stores"_s, u"Folder for the filled stores, to be used again; without it they go away."_s, u"folder"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Counts the instructions of one request at two sizes of everything that must not matter."_s);
    parser.addHelpOption();
    parser.addOptions({quick, full, only, out, stores});
    parser.process(arguments);
    if (!parser.positionalArguments().isEmpty())
        refuse(u"“%1” means nothing here"_s.arg(parser.positionalArguments().first()));
    if (parser.isSet(quick) && parser.isSet(full))
        refuse(u"--quick and --full exclude each other"_s);
    if (parser.isSet(quick) && parser.isSet(out))
        refuse(u"small sizes make no page: --quick and --out exclude each other"_s);
    for (const QCommandLineOption* o : {&out, &stores})
        if (parser.isSet(*o) && parser.value(*o).isEmpty())
            refuse(u"--%1 needs a folder"_s.arg(o->names().first()));
    Wish wish{parser.isSet(quick) ? Sizes::quick() : parser.isSet(full) ? Sizes::full() : Sizes{}, {}, parser.value(out), parser.value(stores)};
    if (parser.isSet(only)) {
        const QStringList asked = parser.value(only).toUpper().split(u',', Qt::SkipEmptyParts);
        for (const QString& id : asked)
            if (!Growth::ids().contains(id.trimmed()))
                refuse(u"there is no row “%1”"_s.arg(id.trimmed()));
            else if (!wish.rows.contains(id.trimmed()))
                wish.rows << id.trimmed();
        if (wish.rows.isEmpty())
            refuse(u"--only names no row"_s);
    } else {
        wish.rows = Growth::ids();
    }
    return wish;
}

void writePage(const QString& folder, const std::vector<RowOfTable>& rows, const Sizes& sizes)
{
    QDir().mkpath(folder);
    const QString name = folder + u"/growth.md"_s;
    QFile old(name);
    const QString before = old.open(QIODevice::ReadOnly) ? QString::fromUtf8(old.readAll()) : QString();
    old.close();
    QSaveFile file(name);
    const QByteArray bytes = pageOf(rows, sizes, before).toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        throw std::runtime_error("the table cannot be written");
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"naru-growth"_s);
    const QStringList args = QCoreApplication::arguments();
    if (args.size() == 6 && args[1] == u"work"_s) // what this program runs under callgrind
        return runStep({args[2], args[3], args[4].toInt(), args[5].toInt()});
    try {
        const Wish wish = wishOf(args);
        Growth growth(wish.sizes, wish.stores);
        std::printf("%s\n", qPrintable(headOfLines()));
        for (const QString& id : wish.rows)
            growth.measure(id);
        if (!wish.out.isEmpty())
            writePage(wish.out, growth.rows(), wish.sizes);
        return std::all_of(growth.rows().begin(), growth.rows().end(), [](const RowOfTable& r) { return r.met(); }) ? 0 : 1;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "naru-growth: %s\n", e.what());
        return 2;
    }
}
