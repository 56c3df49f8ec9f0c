// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/auth/DeviceKey.h"

#include <QLoggingCategory>
#include <QTimer>

#include "backend/thread/Assert.h"

namespace naru::backend {

using namespace Qt::StringLiterals;
using Says = KeychainAnswer::Says;

namespace {

Q_LOGGING_CATEGORY(lcKey, "naru.backend.key", QtInfoMsg)

QString thumbprint(const proof::PrivateKey& key) { return QString::fromStdString(key.jwk().thumbprint()); }

} // namespace

DeviceKey::DeviceKey(std::unique_ptr<KeychainEntry> entry, QString markerFile, Millis unlock, const Clock& clock)
    : m_entry(std::move(entry)), m_markerFile(std::move(markerFile)), m_clock(clock), m_limit(new QTimer(this))
{
    m_limit->setSingleShot(true);
    m_limit->setInterval(unlock);
    connect(m_limit, &QTimer::timeout, this, [this] {
        // The job goes on by itself; should the person unlock later, its answer still counts.
        m_detail = u"the keychain did not answer in time; it may be waiting to be unlocked"_s;
        become(KeyState::Locked);
    });
}

DeviceKey::~DeviceKey() = default;

QString DeviceKey::storage() const { return m_state == KeyState::Ready ? u"keychain"_s : u"memory"_s; }

void DeviceKey::start()
{
    NARU_ASSERT_BACKEND();
    if (!m_entry) {
        useMemory();
        return;
    }
    m_marker = KeyMarker::load(m_markerFile);
    ask(Step::Read);
}

void DeviceKey::retry()
{
    NARU_ASSERT_BACKEND();
    if (!m_entry || m_state == KeyState::Ready || m_state == KeyState::MemoryOnly)
        return;
    if (m_step == Step::None) {
        ask(Step::Read);
        return;
    }
    m_limit->start(); // the question still stands: a second one would only queue behind it
    become(KeyState::Waiting);
}

void DeviceKey::useMemory()
{
    NARU_ASSERT_BACKEND();
    if (m_state == KeyState::Ready || m_state == KeyState::MemoryOnly)
        return;
    ++m_generation;
    m_step = Step::None;
    m_limit->stop();
    m_candidate.reset();
    m_key = proof::PrivateKey::make();
    become(KeyState::MemoryOnly);
}

void DeviceKey::setUpAgain()
{
    NARU_ASSERT_BACKEND();
    if (m_entry && m_state != KeyState::Ready && m_state != KeyState::MemoryOnly)
        makeAndWrite();
}

void DeviceKey::become(KeyState state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT changed();
}

void DeviceKey::ask(Step step)
{
    const quint64 generation = ++m_generation;
    m_step = step;
    m_limit->start();
    become(KeyState::Waiting);
    const auto then = [this, generation, step](const KeychainAnswer& answer) {
        if (generation != m_generation)
            return;
        m_step = Step::None;
        m_limit->stop();
        answered(step, answer);
    };
    if (step == Step::Write)
        m_entry->write(QByteArray::fromStdString(m_candidate->toPkcs8()), then);
    else
        m_entry->read(then);
}

void DeviceKey::answered(Step step, const KeychainAnswer& answer)
{
    if (answer.says != Says::Ok) {
        if (step == Step::Read && answer.says == Says::NotFound && !m_marker)
            makeAndWrite(); // the first run
        else if (step == Step::ReadBack && answer.says == Says::NotFound)
            refused({Says::Absent, {}, u"the keychain does not keep what is written"_s});
        else
            refused(answer);
        return;
    }
    if (step == Step::Write) {
        ask(Step::ReadBack); // some providers take everything and keep nothing
        return;
    }
    if (step == Step::Read) {
        found(answer.data);
        return;
    }
    if (answer.data.toStdString() == m_candidate->toPkcs8())
        ready(*std::exchange(m_candidate, std::nullopt), true);
    else
        refused({Says::Absent, {}, u"the keychain does not give back what was written"_s});
}

void DeviceKey::found(const QByteArray& secret)
{
    auto key = proof::PrivateKey::fromPkcs8({secret.constData(), std::size_t(secret.size())});
    const bool ours = key && (!m_marker || m_marker->jkt.isEmpty() || m_marker->jkt == thumbprint(*key));
    if (ours)
        ready(std::move(*key), false);
    else // of another provider, or not by this program: whose it is nobody knows, so it stays
        refused({Says::Denied, {}, u"the keychain holds another key than this computer was set up with"_s});
}

void DeviceKey::makeAndWrite()
{
    m_candidate = proof::PrivateKey::make();
    ask(Step::Write);
}

void DeviceKey::ready(proof::PrivateKey key, bool fresh)
{
    m_detail.clear();
    const QString print = thumbprint(key);
    if (fresh || !m_marker || m_marker->jkt != print) {
        KeyMarker marker;
        marker.jkt = print;
        marker.storage = u"keychain"_s;
        marker.createdAt = m_clock.now();
        if (!marker.save(m_markerFile))
            qCInfo(lcKey) << "no note of the device's key could be written to" << m_markerFile; // the next start takes the key as it is
        m_marker = marker;
    }
    m_key = std::move(key);
    become(KeyState::Ready);
}

void DeviceKey::refused(const KeychainAnswer& answer)
{
    m_candidate.reset();
    m_detail = answer.detail;
    const bool absent = answer.says == Says::Absent;
    qCInfo(lcKey).noquote() << (absent ? "no keychain:" : "the keychain is locked or not the one of before:") << answer.detail;
    become(absent ? KeyState::NoKeychain : KeyState::Locked);
}

void DeviceKey::noteDevice(const QString& deviceId)
{
    if (m_state != KeyState::Ready || !m_marker || m_marker->deviceId == deviceId)
        return;
    m_marker->deviceId = deviceId;
    m_marker->save(m_markerFile);
}

} // namespace naru::backend
