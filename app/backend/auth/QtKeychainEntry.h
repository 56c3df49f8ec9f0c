// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/auth/KeychainEntry.h"

#include <QObject>

namespace QKeychain {
class Job;
}

namespace naru::backend {

// The entry through QtKeychain (service kr.naru.console), never in a plain file. Always in the same thread: QtKeychain runs its jobs in the
// first one that ever used it.
class QtKeychainEntry final : public QObject, public KeychainEntry {
    Q_OBJECT
public:
    explicit QtKeychainEntry(QString entry) : m_entry(std::move(entry)) {}
    ~QtKeychainEntry() override;

    void read(Then then) override;
    void write(const QByteArray& secret, Then then) override;

    static QString keyName(const QString& profile); // "dpop-key/<profile>"

private:
    void launch(QKeychain::Job* job, Then then);
    void ended(QKeychain::Job* job);

    const QString m_entry;
    QKeychain::Job* m_job = nullptr; // deletes itself
    Then m_then;
};

} // namespace naru::backend
