// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Stores.h"

#include "bench/naru_growth/Counter.h"

#include <QDir>
#include <QFile>
#include <cstdio>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const Contents& c)
{
    return u"items-%1-reservations-%2-holds-%3"_s.arg(c.items).arg(c.reservations).arg(c.holds);
}

// The store with its write-ahead log and its keys; not what only a running process needs.
void copyFolder(const QString& from, const QString& to)
{
    QDir().mkpath(to);
    const QStringList names = QDir(from).entryList(QDir::Files);
    for (const QString& name : names)
        if (!name.endsWith(u"-shm"_s) && !name.endsWith(u".lock"_s) && !QFile::copy(from + u'/' + name, to + u'/' + name))
            throw std::runtime_error((u"a store cannot be copied to "_s + to).toStdString());
}

} // namespace

Stores::Stores(const QString& kept) : m_folder(kept.isEmpty() ? m_temporary.path() : kept)
{
    if (!QDir().mkpath(m_folder))
        throw std::runtime_error((u"the folder "_s + m_folder + u" cannot be made"_s).toStdString());
}

Stores::Copy::~Copy()
{
    QDir(m_folder).removeRecursively();
}

Stores::Copy Stores::copyOf(const Contents& contents)
{
    const QString from = made(contents);
    const QString to = m_temporary.path() + u"/copy-%1"_s.arg(++m_copies);
    copyFolder(from, to);
    return Copy(to);
}

// Under another name until it is whole: a run that was stopped leaves nothing that looks finished.
QString Stores::made(const Contents& contents)
{
    const QString folder = m_folder + u'/' + nameOf(contents);
    if (QDir(folder).exists())
        return folder;
    const QString half = folder + u".half"_s;
    QDir(half).removeRecursively();
    make(contents, half);
    if (!QDir().rename(half, folder))
        throw std::runtime_error((u"a store cannot be put to "_s + folder).toStdString());
    return folder;
}

void Stores::make(const Contents& c, const QString& folder)
{
    const QString file = folder + u"/naru.sqlite"_s;
    if (c.reservations > 0 || c.holds > 0) {
        Contents before = c; // holds are put into what the reservations alone left
        (c.holds > 0 ? before.holds : before.reservations) = 0;
        copyFolder(made(before), folder);
    }
    std::fprintf(stderr, "  making a store: %s\n", qPrintable(nameOf(c)));
    if (c.holds > 0)
        runNatively(u"fill"_s, file, 0, c.holds);
    else if (c.reservations > 0)
        runNatively(u"fill"_s, file, c.reservations, 0);
    else
        runNatively(u"world"_s, file, c.items, 0);
    runNatively(u"settle"_s, file);
}

} // namespace naru::bench
