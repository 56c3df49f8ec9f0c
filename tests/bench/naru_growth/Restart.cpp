// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_growth/Restart.h"

#include "bench/naru_bench/Trial.h"
#include "support/NarudProcess.h"

#include <QDir>
#include <algorithm>
#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>
#include <vector>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

// Written out first: pages that are not on the disk yet cannot be forgotten.
void forget(const QString& folder)
{
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files);
    for (const QFileInfo& file : files) {
        const int fd = ::open(file.filePath().toUtf8().constData(), O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            continue;
        ::fsync(fd);
        ::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        ::close(fd);
    }
}

} // namespace

double millisecondsToReady(const QString& folder, int starts)
{
    std::vector<double> taken;
    for (int i = 0; i < starts; ++i) {
        forget(folder);
        test::NarudProcess narud(folder);
        const std::int64_t began = nowNs();
        if (!narud.start({u"--log-level"_s, u"info"_s}))
            throw std::runtime_error("narud does not start: " + narud.log().toStdString());
        taken.push_back(static_cast<double>(nowNs() - began) / 1e6);
        narud.kill9();
    }
    std::sort(taken.begin(), taken.end());
    return taken[taken.size() / 2];
}

} // namespace naru::bench
