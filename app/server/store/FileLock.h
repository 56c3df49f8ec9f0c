// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Result.h"

#include <memory>

namespace naru::server {

// One process per database file: an advisory lock on "<file>.lock" that the kernel gives back when the process dies.
class FileLock {
public:
    static Result<std::unique_ptr<FileLock>> take(const QString& databasePath); // "database-in-use" names the holder's pid
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    explicit FileLock(int fd) : m_fd(fd) {}
    int m_fd;
};

} // namespace naru::server
