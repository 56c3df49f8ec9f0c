// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/drafts/DraftFile.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAttempts = 5; // another process may put a new file in its place meanwhile

Error diskError(const char* what, const QString& path)
{
    Error e;
    e.kind = ErrorKind::Storage;
    e.code = u"drafts-not-kept"_s;
    e.detail = u"%1 %2: %3"_s.arg(QString::fromLatin1(what), path, QString::fromLocal8Bit(std::strerror(errno)));
    e.retryable = true;
    return e;
}

bool writeAll(int handle, const QByteArray& bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t n = ::write(handle, bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += n;
    }
    return true;
}

bool syncFolder(const QString& path)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(path).path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return false;
    const bool done = ::fsync(folder) == 0;
    ::close(folder);
    return done;
}

bool isStillAt(int handle, const QByteArray& path)
{
    struct stat opened = {};
    struct stat there = {};
    return ::fstat(handle, &opened) == 0 && ::stat(path.constData(), &there) == 0 && opened.st_ino == there.st_ino && opened.st_dev == there.st_dev;
}

} // namespace

DraftFile::DraftFile(QString path, const DraftSeal& seal, int handle) : m_path(std::move(path)), m_seal(seal), m_handle(handle) {}

DraftFile::~DraftFile()
{
    dropRewrite();
    ::close(m_handle); // and the lock with it
}

Result<std::unique_ptr<DraftFile>> DraftFile::open(const QString& path, const DraftSeal& seal)
{
    const QByteArray name = QFile::encodeName(path);
    for (int i = 0; i < kAttempts; ++i) {
        const int handle = ::open(name.constData(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (handle < 0)
            return diskError("cannot open", path);
        if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
            const bool taken = errno == EWOULDBLOCK;
            const Error why = diskError("cannot lock", path);
            ::close(handle);
            return taken ? Result<std::unique_ptr<DraftFile>>(nullptr) : Result<std::unique_ptr<DraftFile>>(why);
        }
        std::unique_ptr<DraftFile> file(new DraftFile(path, seal, handle));
        if (!isStillAt(handle, name))
            continue;
        if (const auto why = file->read())
            return *why;
        return file;
    }
    errno = EAGAIN;
    return diskError("cannot open", path);
}

std::optional<Error> DraftFile::read()
{
    QFile in;
    if (!in.open(m_handle, QIODevice::ReadOnly, QFileDevice::DontCloseHandle))
        return diskError("cannot read", m_path);
    const QByteArray all = in.readAll();
    qint64 at = 0;
    qint64 whole = 0; // behind the last record that opened
    QByteArray aside;
    while (at < all.size()) {
        if (const qint64 length = take(all, at)) {
            aside += all.mid(whole, at - whole);
            at = whole = at + length;
            continue;
        }
        const qint64 next = all.indexOf(recordMark(), at + 1);
        at = next < 0 ? all.size() : next;
    }
    // What is behind the last record: the beginning of one that was never finished, or one that was and does not open.
    const QByteArray tail = all.mid(whole);
    const bool torn = tail.size() < kRecordHead || (tail.startsWith(recordMark()) && kRecordHead + qFromLittleEndian<quint32>(tail.constData() + 4) > tail.size());
    if (!torn)
        aside += tail;
    m_size = whole;
    if (!aside.isEmpty()) {
        m_damaged = aside.size();
        if (const auto why = setAside(aside))
            return why;
        return rewrite(m_found);
    }
    if (!tail.isEmpty() && ::ftruncate(m_handle, m_size) != 0)
        return diskError("cannot cut", m_path);
    return std::nullopt;
}

qint64 DraftFile::take(const QByteArray& all, qint64 at)
{
    auto record = openedRecord(m_seal, all, at, m_sequence);
    if (!record)
        return 0;
    m_sequence = record->sequence;
    if (record->draft)
        m_found[record->key] = std::move(*record->draft);
    else
        m_found.erase(record->key);
    return record->length;
}

// Nothing that may be somebody's work is thrown away because it cannot be read today.
std::optional<Error> DraftFile::setAside(const QByteArray& bytes)
{
    const QString path = m_path + u".damaged"_s;
    const int handle = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (handle < 0)
        return diskError("cannot open", path);
    const bool done = writeAll(handle, bytes) && ::fdatasync(handle) == 0;
    const std::optional<Error> why = done ? std::nullopt : std::optional(diskError("cannot write", path));
    ::close(handle);
    return why;
}

QByteArray DraftFile::record(const DraftKey& key, const Draft* draft) { return sealedRecord(m_seal, ++m_sequence, key, draft); }

std::optional<Error> DraftFile::append(const Changes& changes)
{
    const quint64 before = m_sequence;
    QByteArray bytes;
    bool sealed = true;
    for (const auto& [key, draft] : changes) {
        const QByteArray one = record(key, draft);
        sealed = sealed && !one.isEmpty();
        bytes += one;
    }
    errno = EIO;
    if (sealed && writeAll(m_handle, bytes)) {
        m_size += bytes.size();
        if (m_newHandle >= 0)
            m_since += bytes;
        return std::nullopt;
    }
    const Error why = diskError("cannot write", m_path);
    m_sequence = before;
    if (::ftruncate(m_handle, m_size) != 0) // half a record would hide what is written behind it; read() finds its way all the same
        m_sequence += changes.size();
    return why;
}

QByteArray DraftFile::name() const { return QFile::encodeName(m_path); }

std::optional<Error> DraftFile::flush()
{
    return ::fdatasync(m_handle) == 0 ? std::nullopt : std::optional(diskError("cannot write", m_path));
}

std::optional<Error> DraftFile::rewrite(const Content& content)
{
    if (const auto why = beginRewrite(content))
        return why;
    if (::fdatasync(m_newHandle) != 0) {
        const Error why = diskError("cannot write", m_path);
        dropRewrite();
        return why;
    }
    if (const auto why = finishRewrite())
        return why;
    syncFolder(m_path);
    return std::nullopt;
}

std::optional<Error> DraftFile::beginRewrite(const Content& content)
{
    dropRewrite();
    m_newHandle = ::open(newName().constData(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (m_newHandle < 0)
        return diskError("cannot open", m_path + u".new"_s);
    QByteArray bytes;
    bool done = ::flock(m_newHandle, LOCK_EX | LOCK_NB) == 0;
    for (const auto& [key, draft] : content) {
        const QByteArray one = record(key, &draft);
        done = done && !one.isEmpty();
        bytes += one;
    }
    if (done && writeAll(m_newHandle, bytes)) {
        m_newSize = bytes.size();
        return std::nullopt;
    }
    const Error why = diskError("cannot write", m_path + u".new"_s);
    dropRewrite();
    return why;
}

std::optional<Error> DraftFile::finishRewrite()
{
    errno = ENOENT;
    if (m_newHandle < 0 || !writeAll(m_newHandle, m_since) || ::rename(newName().constData(), name().constData()) != 0) {
        const Error why = diskError("cannot replace", m_path);
        dropRewrite();
        return why;
    }
    ::close(m_handle);
    m_handle = std::exchange(m_newHandle, -1);
    m_size = m_newSize + m_since.size();
    m_since.clear();
    return std::nullopt;
}

void DraftFile::dropRewrite()
{
    if (m_newHandle < 0)
        return;
    ::close(std::exchange(m_newHandle, -1));
    m_since.clear();
    ::unlink(newName().constData());
}

std::optional<Error> DraftFile::remove()
{
    if (::unlink(name().constData()) != 0)
        return diskError("cannot remove", m_path);
    syncFolder(m_path);
    return std::nullopt;
}

} // namespace naru::backend
