// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "server/auth/Argon2.h"
#include "server/auth/Lane.h"

#include <QString>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace naru::server {

// Argon2id at kPasswordCost, as a PHC string. Some 25 ms of one core; `memory` spares taking 19 MiB from the system.
QString hashPassword(const QString& password, HashMemory* memory = nullptr);
// Of any Argon2id cost that fromPhc() reads.
bool passwordMatches(const QString& phc, const QString& password, HashMemory* memory = nullptr);
// The same work with a certain "no", for accounts that do not exist.
bool passwordNeverMatches(const QString& password, HashMemory* memory = nullptr);
// Its hash was made at another cost than today's: hash again now that the password is known to be right.
bool needsRehash(const QString& phc);
// What a refused sign-in is told to wait, in seconds: 5 to 15, so that the refused do not come back all at once.
int busyRetrySeconds(Rng& rng);

// The only place where passwords are hashed while serving: few threads below everything else, each with its own memory, fed by two
// bounded lanes, so that a storm of sign-ins costs sign-ins, never work. Devices of the account come before devices nobody knows:
// three turns of four while both wait. In the new lane the newest goes first once its head has waited a second: when not all can
// be served in time, some are, instead of none. Owned by AuthService.
class PasswordPool {
public:
    struct Options {
        int threads = 1;
        int nice = 19; // 0: like everybody; 1 to 18: so much below; 19: only what nobody else wants (SCHED_IDLE)
        int queue = 60; // waiting in the new lane, for each thread
        Millis deadline{5'000};
        int knownQueue = 100; // waiting in the known lane, for each thread
    };
    enum class Outcome { Match, NoMatch, Busy };

    PasswordPool(Options options, const Clock& clock);
    ~PasswordPool();
    void start(); // throws std::bad_alloc: there is no memory to hash in
    void stop(); // what still waits is answered Busy
    // `phc` empty: unknown account. `done` comes on the pool's answering thread, which has the priority of its maker, or at once with Busy
    // when the lane is full. It must not block.
    void check(QString phc, QString password, std::function<void(Outcome)> done, Lane lane = Lane::New);
    // A new hash, by the same threads and in the same order. Nothing: as Busy.
    void hash(QString password, std::function<void(std::optional<QString>)> done, Lane lane = Lane::Known);

private:
    struct Job {
        QString phc;
        QString password;
        Millis queuedAt{};
        std::function<void(Outcome)> checked; // one of the two
        std::function<void(std::optional<QString>)> hashed;
        void busy() const;
    };
    bool enqueue(Job job, Lane lane);
    Job take(std::vector<Job>& late); // with the lock held; something waits
    void dropLate(std::vector<Job>& late);
    void work(HashMemory& memory);
    void tell(); // runs what work() and the lanes leave in m_answers
    void answer(std::function<void()> what);
    std::function<void()> compute(const Job& job, HashMemory& memory);

    const Options m_options;
    const Clock& m_clock;
    std::mutex m_lock; // guards what follows
    std::condition_variable m_wake;
    std::deque<Job> m_known;
    std::deque<Job> m_new;
    int m_knownTurns = 0; // taken from the known lane in a row while somebody waited in the other
    bool m_stopping = false;
    std::mutex m_answerLock; // guards what follows
    std::condition_variable m_answerWake;
    std::deque<std::function<void()>> m_answers;
    bool m_told = false;
    std::vector<std::unique_ptr<HashMemory>> m_memory; // one for each thread
    std::vector<std::thread> m_threads;
    std::thread m_teller;
};

} // namespace naru::server
