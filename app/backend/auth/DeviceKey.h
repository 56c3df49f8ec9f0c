// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/SessionService.h"
#include "backend/auth/KeyMarker.h"
#include "backend/auth/KeychainEntry.h"
#include "core/Clock.h"
#include "proof/Keys.h"

#include <memory>

class QTimer;

namespace naru::backend {

// The key that makes this computer a device: read from the keychain, made at the first run, and never written over what a locked keychain may
// hold. Where no keychain answers it lives in memory, and only once the person agreed; never in a plain file. Backend thread, on the stack of
// BackendThread::run(): it outlives a change of the server.
class DeviceKey : public QObject {
    Q_OBJECT
public:
    // No entry: the person wants nothing kept. `unlock`: how long a keychain is waited for that asks for its password.
    DeviceKey(std::unique_ptr<KeychainEntry> entry, QString markerFile, Millis unlock, const Clock& clock);
    ~DeviceKey() override;

    void start();
    void retry(); // the person has unlocked the keychain
    void useMemory();
    void setUpAgain(); // another key, another device: what the keychain held is given up

    KeyState state() const { return m_state; }
    const std::optional<proof::PrivateKey>& key() const { return m_key; } // when Ready or MemoryOnly
    QString storage() const; // as the server calls it: "keychain", "memory"
    const QString& detail() const { return m_detail; } // the keychain's last complaint
    void noteDevice(const QString& deviceId); // what the server calls it

Q_SIGNALS:
    void changed();

private:
    enum class Step { None, Read, Write, ReadBack };
    void become(KeyState state);
    void ask(Step step);
    void answered(Step step, const KeychainAnswer& answer);
    void found(const QByteArray& secret);
    void makeAndWrite();
    void ready(proof::PrivateKey key, bool fresh);
    void refused(const KeychainAnswer& answer);

    const std::unique_ptr<KeychainEntry> m_entry;
    const QString m_markerFile;
    const Clock& m_clock;
    KeyState m_state = KeyState::Waiting;
    Step m_step = Step::None;
    quint64 m_generation = 0; // answers to what was given up are dropped
    std::optional<proof::PrivateKey> m_key;
    std::optional<proof::PrivateKey> m_candidate; // written, not yet read back
    std::optional<KeyMarker> m_marker;
    QString m_detail;
    QTimer* m_limit; // child
};

} // namespace naru::backend
