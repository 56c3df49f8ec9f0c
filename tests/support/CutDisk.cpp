// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/CutDisk.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace naru::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSize = 512LL << 20;
constexpr unsigned long kGoingDown = _IOR('X', 125, __u32);
constexpr __u32 kWithoutFlushing = 2;

QString run(const QString& program, const QStringList& arguments)
{
    QProcess p;
    p.setProcessChannelMode(QProcess::MergedChannels);
    p.start(program, arguments);
    if (!p.waitForFinished(60000))
        return u"%1 did not end"_s.arg(program);
    return p.exitStatus() == QProcess::NormalExit && p.exitCode() == 0 ? QString() : program + u": "_s + QString::fromLocal8Bit(p.readAll()).trimmed();
}

} // namespace

CutDisk::CutDisk()
{
    if (::geteuid() != 0) {
        m_trouble = u"cutting a disk's power needs root"_s;
        return;
    }
    // Mounts made from here on are seen by this process and its children only, and go with them.
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        m_trouble = u"no private mounts here: "_s + QString::fromLocal8Bit(std::strerror(errno));
        return;
    }
    ::chmod(QFile::encodeName(m_dir.path()).constData(), 0711); // who does not run as root comes through to folders of its own
    QFile image(m_dir.filePath(u"image"_s));
    if (!image.open(QIODevice::WriteOnly) || !image.resize(kSize)) {
        m_trouble = image.errorString();
        return;
    }
    image.close();
    m_trouble = run(u"mkfs.ext4"_s, {u"-q"_s, u"-F"_s, image.fileName()});
    if (m_trouble.isEmpty() && QDir().mkpath(path()) && !mount())
        m_trouble = u"the image cannot be mounted (a loop device is needed)"_s;
}

CutDisk::~CutDisk() { unmount(); }

QString CutDisk::path() const { return m_dir.filePath(u"disk"_s); }

bool CutDisk::mount()
{
    m_mounted = run(u"mount"_s, {u"-o"_s, u"loop"_s, m_dir.filePath(u"image"_s), path()}).isEmpty();
    return m_mounted;
}

bool CutDisk::unmount()
{
    if (m_mounted && run(u"umount"_s, {path()}).isEmpty())
        m_mounted = false;
    return !m_mounted;
}

bool CutDisk::cut()
{
    const int fd = ::open(QFile::encodeName(path()).constData(), O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return false;
    __u32 how = kWithoutFlushing;
    const bool done = ::ioctl(fd, kGoingDown, &how) == 0;
    ::close(fd);
    return done;
}

bool CutDisk::mountAgain() { return unmount() && mount(); }

void CutDisk::sync() const
{
    const int fd = ::open(QFile::encodeName(path()).constData(), O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return;
    ::syncfs(fd);
    ::close(fd);
}

} // namespace naru::test
