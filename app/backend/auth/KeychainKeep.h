// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/auth/TokenKeep.h"
#include "core/Time.h"

#include <QObject>
#include <QString>
#include <optional>

class QTimer;

namespace QKeychain {
class Job;
}

namespace naru::backend {

// The token in the desktop's keychain (service kr.naru.console), never in a plain file: where no keychain answers, nothing is
// kept and the session ends with the program. One job at a time, each under a limit. Backend
// thread, and that one only: QtKeychain runs its jobs in the first thread that ever used it.
class KeychainKeep : public QObject, public TokenKeep {
    Q_OBJECT
public:
    KeychainKeep(QString entry, Millis limit);
    ~KeychainKeep() override;

    void load(Loaded then) override;
    void store(const QByteArray& secret) override;
    void erase() override;
    void whenIdle(std::function<void()> then) override;

    static QString entryName(const QString& server, const QString& profile);

private:
    void next();
    void launch(QKeychain::Job* job);
    void jobEnded(QKeychain::Job* job);
    void settle(std::optional<Error> fault, const QByteArray& data);

    const QString m_entry;
    Loaded m_loading; // waits for its turn or its job
    std::optional<QByteArray> m_toStore; // empty bytes: erase
    std::function<void()> m_idle;
    bool m_warned = false;
    enum class Running { None, Load, Store } m_running = Running::None;
    QKeychain::Job* m_job = nullptr; // deletes itself
    QTimer* m_limit; // child
};

} // namespace naru::backend
