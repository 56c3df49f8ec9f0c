// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "backend/auth/Posture.h"

using namespace naru;
using namespace naru::backend;
using namespace Qt::StringLiterals;

namespace {

// A computer as its files show it.
class Tree {
public:
    void put(const QString& path, const QByteArray& content)
    {
        const QString full = m_dir.filePath(path);
        QDir().mkpath(QFileInfo(full).absolutePath());
        QFile f(full);
        if (!f.open(QIODevice::WriteOnly) || f.write(content) != content.size())
            qFatal("the tree cannot be written");
    }
    QString value(const QString& name, unsigned user = 1000) const
    {
        PostureSources sources;
        sources.root = m_dir.path() + u'/';
        sources.userId = [user] { return user; };
        for (const PostureSignal& s : readPosture(sources))
            if (s.name == name)
                return s.source == u"self" ? s.value : u"not from itself"_s;
        return u"absent"_s;
    }

private:
    QTemporaryDir m_dir;
};

const QByteArray kMounts = "21 1 8:1 / /boot rw - ext4 /dev/sda1 rw\n22 1 253:2 / / rw,relatime - ext4 /dev/mapper/root rw\n";

} // namespace

class tst_Posture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEmptyComputerIsUnknownAndNeverNo()
    {
        Tree t;
        for (const QString& name : {u"os"_s, u"disk_encryption"_s, u"secure_boot"_s, u"screen_lock"_s, u"firewall"_s, u"anti_malware"_s, u"integrity"_s})
            QCOMPARE(t.value(name), u"unknown"_s);
        QCOMPARE(t.value(u"root"_s, 1000), u"off"_s);
        QCOMPARE(t.value(u"root"_s, 0), u"on"_s);
    }

    void theSystemHasAName()
    {
        Tree t;
        t.put(u"etc/os-release"_s, "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
        QCOMPARE(t.value(u"os"_s), u"Debian GNU/Linux 12 (bookworm)"_s);
        t.put(u"proc/sys/kernel/osrelease"_s, "6.1.0-18-amd64\n");
        QCOMPARE(t.value(u"os"_s), u"Debian GNU/Linux 12 (bookworm), 6.1.0-18-amd64"_s);
        t.put(u"etc/os-release"_s, "PRETTY_NAME=" + QByteArray(5000, 'x'));
        QCOMPARE(t.value(u"os"_s).size(), qsizetype(100));
    }

    void encryptionIsSeenThroughVolumes()
    {
        Tree t;
        t.put(u"proc/self/mountinfo"_s, kMounts);
        QCOMPARE(t.value(u"disk_encryption"_s), u"unknown"_s); // perhaps the disk does it by itself
        t.put(u"sys/dev/block/253:2/dm/uuid"_s, "LVM-abc\n");
        QCOMPARE(t.value(u"disk_encryption"_s), u"unknown"_s);
        t.put(u"sys/dev/block/253:2/slaves/dm-0/dm/uuid"_s, "CRYPT-LUKS2-abc-sda2_crypt\n");
        QCOMPARE(t.value(u"disk_encryption"_s), u"on"_s);
        t.put(u"sys/dev/block/253:2/slaves/sdb1/dev"_s, "8:17\n"); // half of the volume lies elsewhere
        QCOMPARE(t.value(u"disk_encryption"_s), u"unknown"_s);
        t.put(u"sys/dev/block/253:2/dm/uuid"_s, "CRYPT-LUKS1-abc-root\n");
        QCOMPARE(t.value(u"disk_encryption"_s), u"on"_s);
        Tree boot; // another one is encrypted, not the root's
        boot.put(u"proc/self/mountinfo"_s, kMounts);
        boot.put(u"sys/dev/block/8:1/dm/uuid"_s, "CRYPT-LUKS2-abc\n");
        QCOMPARE(boot.value(u"disk_encryption"_s), u"unknown"_s);
    }

    void secureBootIsTheFirmwaresWord()
    {
        Tree t;
        const QString path = u"sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"_s;
        t.put(path, QByteArray("\x06\0\0\0\x01", 5));
        QCOMPARE(t.value(u"secure_boot"_s), u"on"_s);
        t.put(path, QByteArray("\x06\0\0\0\0", 5));
        QCOMPARE(t.value(u"secure_boot"_s), u"off"_s);
        t.put(path, "odd");
        QCOMPARE(t.value(u"secure_boot"_s), u"unknown"_s);
    }

    void thisComputerCanBeRead()
    {
        const auto all = readPosture();
        QCOMPARE(all.size(), std::size_t(8));
        for (const PostureSignal& s : all)
            QVERIFY2(!s.value.isEmpty() && s.value.size() <= 100, qPrintable(s.name));
    }
};

QTEST_GUILESS_MAIN(tst_Posture)
#include "tst_Posture.moc"
