// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/naru_bench/Histogram.h"

#include <QString>
#include <functional>
#include <sys/types.h>

namespace naru::bench {

// Processor seconds used so far by a process; with its children for a database server. 0 when it is gone.
double cpuSeconds(pid_t pid, bool withChildren);

// Who used the processors during a window, read from /proc at both ends. Driver thread.
class CpuWindow {
public:
    // `databases`, `servers`: processes under measurement; this process is the third. A pid of 0 is left out.
    CpuWindow(std::vector<pid_t> servers, pid_t database) : m_servers(std::move(servers)), m_database(database) {}
    void begin();
    void end();

    double server = 0; // seconds of processor time in the window
    double database = 0;
    double driver = 0; // the thread that called begin and end
    double rest = 0; // of this process: the engine when it runs inside
    double foreign = 0; // everybody else's part of all processors, 0…1
    double stolen = 0; // taken away by the host, 0…1

private:
    struct Reading {
        double server = 0, database = 0, driver = 0, process = 0, busy = 0, stolen = 0, all = 0;
    };
    Reading read() const;
    std::vector<pid_t> m_servers;
    pid_t m_database;
    Reading m_first;
};

// A fixed piece of work, in milliseconds: what differs between two calls is the machine.
double fixedWorkMs();
// So many 8 kB appends, each made durable with fdatasync, in `folder`.
Histogram syncLatency(const QString& folder, int times);
QString machineText(); // processors, memory, kernel, load

} // namespace naru::bench
