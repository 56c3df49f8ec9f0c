// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace naru::test {

// A file system of its own in a file, whose power can be cut: what its journal does not hold yet is gone, as after pulling the
// plug. ext4's shutdown request on a loop-mounted image (XFS_IOC_GOINGDOWN, without flushing the journal). Needs root, mount
// and a free loop device; the mount is private to this process and its children. Owned by the test; one at a time.
class CutDisk {
public:
    CutDisk();
    ~CutDisk();
    CutDisk(const CutDisk&) = delete;
    CutDisk& operator=(const CutDisk&) = delete;

    QString trouble() const { return m_trouble; } // why it cannot be had here; empty: ready
    QString path() const; // where it is mounted
    // From this moment on nothing reaches the disk; who still writes gets an I/O error.
    bool cut();
    // After everyone who used it has ended: mounted anew, the journal replayed.
    bool mountAgain();
    void sync() const; // what is there now survives a cut

private:
    bool mount();
    bool unmount();

    QTemporaryDir m_dir;
    QString m_trouble;
    bool m_mounted = false;
};

} // namespace naru::test
