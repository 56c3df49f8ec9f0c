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

double millisecondsToReady(const QString& folder)
{
    forget(folder);
    test::NarudProcess narud(folder);
    const std::int64_t began = nowNs();
    if (!narud.start({u"--log-level"_s, u"info"_s}))
        throw std::runtime_error("narud does not start: " + narud.log().toStdString());
    const double taken = static_cast<double>(nowNs() - began) / 1e6;
    narud.kill9();
    return taken;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

Starts startInTurns(const QString& small, const QString& large, int times)
{
    std::vector<double> ofSmall;
    std::vector<double> ofLarge;
    for (int i = 0; i < times; ++i) {
        const bool smallFirst = i % 2 == 0;
        if (smallFirst)
            ofSmall.push_back(millisecondsToReady(small));
        ofLarge.push_back(millisecondsToReady(large));
        if (!smallFirst)
            ofSmall.push_back(millisecondsToReady(small));
    }
    return {median(std::move(ofSmall)), median(std::move(ofLarge))};
}

} // namespace naru::bench
