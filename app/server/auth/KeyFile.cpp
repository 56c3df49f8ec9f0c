// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/KeyFile.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace naru::server {
namespace {

[[noreturn]] void fail(const QString& path, const std::string& what) { throw std::runtime_error(path.toStdString() + ": " + what); }

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }

private:
    int m_fd;
};

std::string readAll(const QString& path, int fd)
{
    struct stat info {};
    if (::fstat(fd, &info) != 0)
        fail(path, std::strerror(errno));
    if ((info.st_mode & 077) != 0)
        fail(path, "other users may read this secret; make it private with chmod 600");
    std::string out;
    char buffer[4096];
    for (;;) {
        const ssize_t n = ::read(fd, buffer, sizeof buffer);
        if (n < 0)
            fail(path, std::strerror(errno));
        if (n == 0)
            return out;
        out.append(buffer, static_cast<std::size_t>(n));
        if (out.size() > 65536)
            fail(path, "this is no key file (too large)");
    }
}

void writeNew(const QString& path, const std::string& content)
{
    const QByteArray part = (path + QStringLiteral(".new-%1").arg(::getpid())).toLocal8Bit();
    ::unlink(part.constData());
    {
        const Descriptor file(::open(part.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (file.get() < 0)
            fail(path, std::string("cannot be written: ") + std::strerror(errno));
        if (::write(file.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size()) || ::fsync(file.get()) != 0)
            fail(path, std::string("cannot be written: ") + std::strerror(errno));
    }
    // Servers that share the folder may start together: the first one's file stays.
    const int linked = ::link(part.constData(), path.toLocal8Bit().constData());
    const int why = errno;
    ::unlink(part.constData());
    if (linked != 0 && why != EEXIST)
        fail(path, std::string("cannot be written: ") + std::strerror(why));
    const Descriptor folder(::open(QFileInfo(path).absolutePath().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0)
        ::fsync(folder.get());
}

} // namespace

std::string secretFile(const QString& path, const std::function<std::string()>& make)
{
    for (bool made = false;; made = true) {
        const Descriptor file(::open(path.toLocal8Bit().constData(), O_RDONLY | O_CLOEXEC));
        if (file.get() >= 0)
            return readAll(path, file.get());
        if (errno != ENOENT || made)
            fail(path, std::strerror(errno));
        QDir().mkpath(QFileInfo(path).absolutePath());
        writeNew(path, make());
    }
}

} // namespace naru::server
