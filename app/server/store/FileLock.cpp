// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/FileLock.h"

#include <QFile>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace naru::server {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<FileLock>> FileLock::take(const QString& databasePath)
{
    const QString path = databasePath + u".lock"_s;
    const auto fail = [](const char* code, const QString& detail) {
        Error e;
        e.kind = ErrorKind::Storage;
        e.code = QString::fromLatin1(code);
        e.detail = detail;
        return e;
    };
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail("database-unavailable", u"%1 cannot be written: %2. Choose another --data-dir or free the disk."_s.arg(path, qt_error_string(errno)));
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        char holder[32] = {};
        const ssize_t n = ::read(fd, holder, sizeof holder - 1);
        ::close(fd);
        return fail("database-in-use", u"%1 is in use by process %2. Stop it first; one server owns one file."_s
                                           .arg(databasePath, n > 0 ? QString::fromLatin1(holder).trimmed() : u"unknown"_s));
    }
    const QByteArray pid = QByteArray::number(::getpid()) + '\n';
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, pid.constData(), static_cast<std::size_t>(pid.size()), 0) < 0) {
        const QString why = qt_error_string(errno);
        ::close(fd);
        return fail("database-unavailable", u"%1 cannot be written: %2"_s.arg(path, why));
    }
    return std::unique_ptr<FileLock>(new FileLock(fd));
}

FileLock::~FileLock() { ::close(m_fd); }

} // namespace naru::server
