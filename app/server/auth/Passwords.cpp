// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Passwords.h"

#include "proof/Encoding.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace naru::server {
namespace {

constexpr std::size_t kSalt = 16;
constexpr std::size_t kHash = 32;
constexpr int kKnownInARow = 3;
constexpr Millis kNewestFirstAfter{1'000};

// On Linux priority and policy belong to the thread, not the process. A thread cannot climb again; these never need to.
void lower(int nice)
{
    if (nice == 0)
        return;
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), nice);
    const sched_param none{};
    if (nice >= 19)
        (void)sched_setscheduler(0, SCHED_IDLE, &none); // refused in some containers: nice stays
}

} // namespace

QString hashPassword(const QString& password, HashMemory* memory)
{
    KeptHash kept;
    kept.salt.resize(kSalt);
    systemRng().fill(reinterpret_cast<unsigned char*>(kept.salt.data()), kSalt);
    kept.hash = argon2id(password.toUtf8().toStdString(), kept.salt, kept.cost, kHash, memory);
    return toPhc(kept);
}

bool passwordMatches(const QString& phc, const QString& password, HashMemory* memory)
{
    const auto kept = fromPhc(phc);
    if (!kept)
        return passwordNeverMatches(password, memory); // takes as long
    return proof::sameSecret(kept->hash, argon2id(password.toUtf8().toStdString(), kept->salt, kept->cost, kept->hash.size(), memory));
}

bool passwordNeverMatches(const QString& password, HashMemory* memory)
{
    (void)argon2id(password.toUtf8().toStdString(), std::string(kSalt, '\0'), kPasswordCost, kHash, memory);
    return false;
}

bool needsRehash(const QString& phc)
{
    const auto kept = fromPhc(phc);
    return !kept || kept->cost != kPasswordCost || kept->salt.size() < kSalt || kept->hash.size() < kHash;
}

int busyRetrySeconds(Rng& rng) { return 5 + static_cast<int>(rng.next64() % 11); }

PasswordPool::PasswordPool(Options options, const Clock& clock) : m_options(options), m_clock(clock) {}

PasswordPool::~PasswordPool() { stop(); }

void PasswordPool::Job::busy() const
{
    if (checked)
        checked(Outcome::Busy);
    else
        hashed(std::nullopt);
}

void PasswordPool::start()
{
    for (int i = 0; i < m_options.threads; ++i)
        m_memory.push_back(std::make_unique<HashMemory>());
    m_teller = std::thread([this] { tell(); });
    for (const auto& memory : m_memory)
        m_threads.emplace_back([this, &memory = *memory] { work(memory); });
}

void PasswordPool::stop()
{
    std::deque<Job> left;
    {
        const std::lock_guard lock(m_lock);
        m_stopping = true;
        left.swap(m_known);
        left.insert(left.end(), std::make_move_iterator(m_new.begin()), std::make_move_iterator(m_new.end()));
        m_new.clear();
    }
    m_wake.notify_all();
    for (const Job& job : left)
        job.busy();
    for (std::thread& t : m_threads)
        t.join();
    m_threads.clear();
    {
        const std::lock_guard lock(m_answerLock);
        m_told = true; // what is there is still told
    }
    m_answerWake.notify_all();
    if (m_teller.joinable())
        m_teller.join();
}

void PasswordPool::check(QString phc, QString password, std::function<void(Outcome)> done, Lane lane)
{
    Job job;
    job.phc = std::move(phc);
    job.password = std::move(password);
    job.checked = done;
    if (!enqueue(std::move(job), lane))
        done(Outcome::Busy);
}

void PasswordPool::hash(QString password, std::function<void(std::optional<QString>)> done, Lane lane)
{
    Job job;
    job.password = std::move(password);
    job.hashed = done;
    if (!enqueue(std::move(job), lane))
        done(std::nullopt);
}

bool PasswordPool::enqueue(Job job, Lane lane)
{
    std::vector<Job> late;
    bool taken = false;
    {
        const std::lock_guard lock(m_lock);
        dropLate(late); // they hold places that nobody will serve
        auto& queue = lane == Lane::Known ? m_known : m_new;
        const int each = lane == Lane::Known ? m_options.knownQueue : m_options.queue;
        taken = !m_stopping && queue.size() < static_cast<std::size_t>(each) * static_cast<std::size_t>(std::max(1, m_options.threads));
        if (taken) {
            job.queuedAt = m_clock.steady();
            queue.push_back(std::move(job));
        }
    }
    if (taken)
        m_wake.notify_one();
    for (const Job& j : late)
        j.busy();
    return taken;
}

// Whoever asked has given up; hashing for him would only keep the next one waiting.
void PasswordPool::dropLate(std::vector<Job>& late)
{
    const Millis now = m_clock.steady();
    for (auto* queue : {&m_known, &m_new})
        while (!queue->empty() && now - queue->front().queuedAt > m_options.deadline) {
            late.push_back(std::move(queue->front()));
            queue->pop_front();
        }
}

PasswordPool::Job PasswordPool::take(std::vector<Job>& late)
{
    dropLate(late);
    if (m_known.empty() && m_new.empty())
        return {};
    const bool both = !m_known.empty() && !m_new.empty();
    const bool known = both ? m_knownTurns < kKnownInARow : !m_known.empty();
    m_knownTurns = both && known ? m_knownTurns + 1 : 0;
    std::deque<Job>& queue = known ? m_known : m_new;
    const bool newest = !known && m_clock.steady() - queue.front().queuedAt > kNewestFirstAfter;
    Job job = std::move(newest ? queue.back() : queue.front());
    if (newest)
        queue.pop_back();
    else
        queue.pop_front();
    return job;
}

std::function<void()> PasswordPool::compute(const Job& job, HashMemory& memory)
{
    try {
        if (job.hashed)
            return [done = job.hashed, phc = hashPassword(job.password, &memory)] { done(phc); };
        const bool match = job.phc.isEmpty() ? passwordNeverMatches(job.password, &memory) : passwordMatches(job.phc, job.password, &memory);
        return [done = job.checked, match] { done(match ? Outcome::Match : Outcome::NoMatch); };
    } catch (const std::exception&) { // an old hash that costs more memory than there is
        return [job] { job.busy(); };
    }
}

void PasswordPool::work(HashMemory& memory)
{
    lower(m_options.nice);
    for (;;) {
        std::vector<Job> late;
        Job job;
        {
            std::unique_lock lock(m_lock);
            m_wake.wait(lock, [this] { return m_stopping || !m_known.empty() || !m_new.empty(); });
            if (m_known.empty() && m_new.empty())
                return;
            job = take(late);
        }
        for (const Job& j : late)
            answer([j] { j.busy(); });
        if (job.checked || job.hashed)
            answer(compute(job, memory));
    }
}

// The callbacks take locks that everybody takes: a thread that gets no turn must not be holding them.
void PasswordPool::answer(std::function<void()> what)
{
    {
        const std::lock_guard lock(m_answerLock);
        m_answers.push_back(std::move(what));
    }
    m_answerWake.notify_one();
}

void PasswordPool::tell()
{
    for (;;) {
        std::deque<std::function<void()>> answers;
        {
            std::unique_lock lock(m_answerLock);
            m_answerWake.wait(lock, [this] { return m_told || !m_answers.empty(); });
            if (m_answers.empty())
                return;
            answers.swap(m_answers);
        }
        for (const auto& a : answers)
            a();
    }
}

} // namespace naru::server
