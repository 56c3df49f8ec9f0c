// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/auth/QtKeychainEntry.h"

#include <QCryptographicHash>
#include <qt6keychain/keychain.h>
#include <utility>

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView kService("kr.naru.console");

KeychainAnswer::Says meaning(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError: return KeychainAnswer::Says::Ok;
    case QKeychain::EntryNotFound: return KeychainAnswer::Says::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser: return KeychainAnswer::Says::Denied;
    default: return KeychainAnswer::Says::Absent; // no bus, no libsecret, no collection and nobody to make one
    }
}

} // namespace

QString QtKeychainEntry::keyName(const QString& profile)
{
    return u"dpop-key/"_s + QString::fromLatin1(QCryptographicHash::hash(profile.toUtf8(), QCryptographicHash::Sha256).toHex().left(16));
}

QtKeychainEntry::~QtKeychainEntry()
{
    if (m_job)
        disconnect(m_job, nullptr, this, nullptr);
}

void QtKeychainEntry::read(Then then) { launch(new QKeychain::ReadPasswordJob(kService), std::move(then)); }

void QtKeychainEntry::write(const QByteArray& secret, Then then)
{
    auto* job = new QKeychain::WritePasswordJob(kService);
    job->setBinaryData(secret);
    launch(job, std::move(then));
}

void QtKeychainEntry::launch(QKeychain::Job* job, Then then)
{
    NARU_ASSERT_BACKEND();
    if (m_job) // cannot be stopped; its late answer finds nobody
        disconnect(m_job, nullptr, this, nullptr);
    m_job = job;
    m_then = std::move(then);
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(m_entry);
    connect(job, &QKeychain::Job::finished, this, &QtKeychainEntry::ended);
    job->start();
}

void QtKeychainEntry::ended(QKeychain::Job* job)
{
    if (job != m_job)
        return;
    m_job = nullptr;
    KeychainAnswer answer;
    answer.says = meaning(job->error());
    if (answer.says != KeychainAnswer::Says::Ok)
        answer.detail = u"%1: %2"_s.arg(int(job->error())).arg(job->errorString());
    else if (const auto* reader = qobject_cast<QKeychain::ReadPasswordJob*>(job))
        answer.data = reader->binaryData();
    const Then then = std::exchange(m_then, nullptr);
    then(answer);
}

} // namespace naru::backend
