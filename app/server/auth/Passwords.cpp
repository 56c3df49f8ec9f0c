// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Passwords.h"

#include <sodium.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace naru::server {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19 * 1024 * 1024;

void needSodium()
{
    if (sodium_init() < 0) // cheap when done before; any thread
        throw std::runtime_error("libsodium cannot start");
}

} // namespace

QString hashPassword(const QString& password)
{
    needSodium();
    const QByteArray utf8 = password.toUtf8();
    char out[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(out, utf8.constData(), static_cast<unsigned long long>(utf8.size()), kPasses, kMemory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("not enough memory to hash a password");
    return QString::fromLatin1(out);
}

bool passwordMatches(const QString& phc, const QString& password)
{
    needSodium();
    const QByteArray utf8 = password.toUtf8();
    return crypto_pwhash_str_verify(phc.toLatin1().constData(), utf8.constData(), static_cast<unsigned long long>(utf8.size())) == 0;
}

bool passwordNeverMatches(const QString& password)
{
    needSodium();
    const QByteArray utf8 = password.toUtf8();
    unsigned char out[32];
    static const unsigned char salt[crypto_pwhash_SALTBYTES] = {};
    (void)crypto_pwhash(out, sizeof out, utf8.constData(), static_cast<unsigned long long>(utf8.size()), salt, kPasses, kMemory, crypto_pwhash_ALG_ARGON2ID13);
    return false;
}

PasswordPool::PasswordPool(Options options, const Clock& clock) : m_options(options), m_clock(clock) {}

PasswordPool::~PasswordPool() { stop(); }

void PasswordPool::start()
{
    for (int i = 0; i < m_options.threads; ++i)
        m_threads.emplace_back([this] { run(); });
}

void PasswordPool::stop()
{
    std::deque<Job> left;
    {
        const std::lock_guard lock(m_lock);
        m_stopping = true;
        left.swap(m_jobs);
    }
    m_wake.notify_all();
    for (Job& job : left)
        job.done(Outcome::Busy);
    for (std::thread& t : m_threads)
        t.join();
    m_threads.clear();
}

void PasswordPool::check(QString phc, QString password, std::function<void(Outcome)> done)
{
    bool taken = false;
    {
        const std::lock_guard lock(m_lock);
        taken = !m_stopping && m_jobs.size() < static_cast<std::size_t>(m_options.queue);
        if (taken)
            m_jobs.push_back({std::move(phc), std::move(password), m_clock.steady(), done});
    }
    if (taken)
        m_wake.notify_one();
    else
        done(Outcome::Busy);
}

void PasswordPool::run()
{
    // On Linux the priority belongs to the thread, not the process.
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), m_options.nice);
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_lock);
            m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
            if (m_jobs.empty())
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        if (m_clock.steady() - job.queuedAt > m_options.deadline) {
            job.done(Outcome::Busy); // whoever asked has given up; hashing for him would only keep the next one waiting
            continue;
        }
        const bool match = job.phc.isEmpty() ? passwordNeverMatches(job.password) : passwordMatches(job.phc, job.password);
        job.done(match ? Outcome::Match : Outcome::NoMatch);
    }
}

} // namespace naru::server
