// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <functional>

namespace naru::backend {

struct KeychainAnswer {
    enum class Says {
        Ok,
        NotFound, // also a locked keyring that has nobody to ask for its password
        Denied, // locked, or the person said no
        Absent, // nothing here keeps secrets
    };
    Says says = Says::Absent;
    QByteArray data;
    QString detail; // the keychain's own words, English
};

// One named secret of the desktop's keychain. Answers come later, and perhaps never: while a password is asked for nothing is said. One call at
// a time. Backend thread.
class KeychainEntry {
public:
    using Then = std::function<void(const KeychainAnswer&)>;

    virtual ~KeychainEntry() = default;
    virtual void read(Then then) = 0;
    virtual void write(const QByteArray& secret, Then then) = 0;
};

} // namespace naru::backend
