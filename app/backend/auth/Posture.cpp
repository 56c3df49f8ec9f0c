// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/auth/Posture.h"

#include <QDir>
#include <QFile>
#include <algorithm>
#include <unistd.h>

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

const QString kUnknown = u"unknown"_s;
constexpr int kDeep = 8; // devices below devices: volumes on mappers on disks

QByteArray contentOf(const QString& path)
{
    QFile f(path);
    return f.open(QIODevice::ReadOnly) ? f.read(64 * 1024) : QByteArray();
}

// "Debian GNU/Linux 12 (bookworm), 6.1.0-18-amd64"
QString system(const QString& root)
{
    QString name;
    for (const QByteArray& line : contentOf(root + u"etc/os-release"_s).split('\n')) {
        if (line.startsWith("PRETTY_NAME="))
            name = QString::fromUtf8(line.mid(12)).remove(u'"').trimmed();
    }
    const QString kernel = QString::fromLatin1(contentOf(root + u"proc/sys/kernel/osrelease"_s)).trimmed();
    const QString both = name.isEmpty() || kernel.isEmpty() ? name + kernel : name + u", "_s + kernel;
    return both.isEmpty() ? kUnknown : both.left(100);
}

// "253:1", what the root directory lies on.
QString rootDevice(const QString& root)
{
    QString device;
    for (const QByteArray& line : contentOf(root + u"proc/self/mountinfo"_s).split('\n')) {
        const QList<QByteArray> part = line.split(' ');
        if (part.size() > 4 && part[4] == "/")
            device = QString::fromLatin1(part[2]); // the last one covers those before
    }
    return device;
}

bool encrypted(const QString& folder, int deep)
{
    if (contentOf(folder + u"/dm/uuid"_s).startsWith("CRYPT-"))
        return true;
    if (deep == 0)
        return false;
    const QStringList below = QDir(folder + u"/slaves"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return !below.isEmpty() && std::all_of(below.begin(), below.end(), [&](const QString& name) { return encrypted(folder + u"/slaves/"_s + name, deep - 1); });
}

// A disk may encrypt by itself, out of our sight: what is not seen is not known.
QString diskEncryption(const QString& root)
{
    const QString device = rootDevice(root);
    return !device.isEmpty() && encrypted(root + u"sys/dev/block/"_s + device, kDeep) ? u"on"_s : kUnknown;
}

QString secureBoot(const QString& root)
{
    const QByteArray value = contentOf(root + u"sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"_s);
    if (value.size() != 5) // four bytes of attributes before it
        return kUnknown;
    return value[4] == 1 ? u"on"_s : u"off"_s;
}

} // namespace

std::vector<PostureSignal> readPosture(const PostureSources& sources)
{
    const unsigned user = sources.userId ? sources.userId() : unsigned(::geteuid());
    const QString self = u"self"_s;
    return {
        {u"os"_s, system(sources.root), self},
        {u"disk_encryption"_s, diskEncryption(sources.root), self},
        {u"secure_boot"_s, secureBoot(sources.root), self},
        // Each desktop keeps the setting elsewhere (a database of GNOME's, files of others); what they all tell on the bus is whether the screen is
        // locked now, when nobody looks at this.
        {u"screen_lock"_s, kUnknown, self},
        {u"firewall"_s, kUnknown, self}, // needs rights nobody should give a console
        {u"anti_malware"_s, kUnknown, self},
        {u"integrity"_s, kUnknown, self}, // until packages carry a checksum of their own
        {u"root"_s, user == 0 ? u"on"_s : u"off"_s, self},
    };
}

} // namespace naru::backend
