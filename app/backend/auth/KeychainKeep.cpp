// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/auth/KeychainKeep.h"

#include <QCryptographicHash>
#include <QLoggingCategory>
#include <QTimer>
#include <qt6keychain/keychain.h>
#include <utility>

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcAuth, "naru.backend.auth", QtInfoMsg)
constexpr QLatin1StringView kService("kr.naru.console");

Error keychainError(const QString& code, const QString& detail)
{
    Error e;
    e.kind = ErrorKind::Keychain;
    e.code = code;
    e.detail = detail;
    return e;
}

} // namespace

QString KeychainKeep::entryName(const QString& server, const QString& profile)
{
    const QByteArray hash = QCryptographicHash::hash((server + u'\n' + profile).toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"refresh-token/"_s + QString::fromLatin1(hash.left(16));
}

KeychainKeep::KeychainKeep(QString entry, Millis limit) : m_entry(std::move(entry)), m_limit(new QTimer(this))
{
    m_limit->setSingleShot(true);
    m_limit->setInterval(limit);
    connect(m_limit, &QTimer::timeout, this, [this] {
        // The job cannot be stopped (an unlock prompt may be open); its late answer finds nobody.
        if (m_job)
            disconnect(m_job, nullptr, this, nullptr);
        settle(keychainError(u"keychain-silent"_s, u"the keychain did not answer in time; it may be waiting to be unlocked"_s), {});
    });
}

KeychainKeep::~KeychainKeep()
{
    if (m_job)
        disconnect(m_job, nullptr, this, nullptr);
}

void KeychainKeep::load(Loaded then)
{
    NARU_ASSERT_BACKEND();
    m_loading = std::move(then);
    next();
}

void KeychainKeep::store(const QByteArray& secret)
{
    NARU_ASSERT_BACKEND();
    m_toStore = secret;
    next();
}

void KeychainKeep::erase() { store({}); }

void KeychainKeep::whenIdle(std::function<void()> then)
{
    m_idle = std::move(then);
    next();
}

void KeychainKeep::next()
{
    if (m_running != Running::None)
        return;
    if (m_idle && !m_toStore) {
        const auto idle = std::exchange(m_idle, nullptr);
        idle();
        return;
    }
    if (m_toStore) {
        const QByteArray secret = *std::exchange(m_toStore, std::nullopt);
        m_running = Running::Store;
        if (secret.isEmpty()) {
            auto* job = new QKeychain::DeletePasswordJob(kService);
            launch(job);
        } else {
            auto* job = new QKeychain::WritePasswordJob(kService);
            job->setBinaryData(secret);
            launch(job);
        }
    } else if (m_loading) {
        m_running = Running::Load;
        launch(new QKeychain::ReadPasswordJob(kService));
    }
}

void KeychainKeep::launch(QKeychain::Job* job)
{
    m_job = job;
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(m_entry);
    connect(job, &QKeychain::Job::finished, this, &KeychainKeep::jobEnded);
    m_limit->start();
    job->start();
}

void KeychainKeep::jobEnded(QKeychain::Job* job)
{
    if (job != m_job)
        return;
    std::optional<Error> fault;
    if (job->error() == QKeychain::EntryNotFound) {
        fault = keychainError(u"nothing-kept"_s, job->errorString());
        fault->kind = ErrorKind::NotFound;
    } else if (job->error() != QKeychain::NoError) {
        fault = keychainError(u"keychain-%1"_s.arg(int(job->error())), job->errorString());
    }
    auto* reader = qobject_cast<QKeychain::ReadPasswordJob*>(job);
    settle(std::move(fault), reader ? reader->binaryData() : QByteArray());
}

void KeychainKeep::settle(std::optional<Error> fault, const QByteArray& data)
{
    m_limit->stop();
    m_job = nullptr;
    const Running what = std::exchange(m_running, Running::None);
    if (fault && fault->kind == ErrorKind::Keychain && !std::exchange(m_warned, true))
        qCInfo(lcAuth) << "no keychain, the sign-in is forgotten with the program:" << fault->code << fault->detail;
    if (what == Running::Load) {
        if (const Loaded then = std::exchange(m_loading, nullptr)) {
            if (fault)
                then(*fault);
            else
                then(data);
        }
    }
    next();
}

} // namespace naru::backend
