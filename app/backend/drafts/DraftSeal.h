// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

namespace naru::backend {

// Closes and opens records with AES-256-GCM under a key made (HKDF-SHA-256) of what the server hands out at sign-in. The key lives in this
// object only and is wiped with it. Owned by DraftStore.
class DraftSeal {
public:
    static constexpr qsizetype kKeySize = 32;
    static constexpr qsizetype kOverhead = 12 + 16; // nonce and tag

    explicit DraftSeal(const QByteArray& handedOut); // kKeySize bytes
    ~DraftSeal();
    DraftSeal(const DraftSeal&) = delete;
    DraftSeal& operator=(const DraftSeal&) = delete;

    bool isMadeOf(const QByteArray& handedOut) const;
    // Nonce ‖ ciphertext ‖ tag, with a new nonce of 96 random bits each time. `context` must be the same for opening. Empty: no entropy.
    QByteArray seal(const QByteArray& plain, const QByteArray& context) const;
    std::optional<QByteArray> open(const QByteArray& sealed, const QByteArray& context) const;
    // A name that tells nobody without the key whose file it is; 32 hexadecimal characters.
    QString fileName(const QString& server, const QString& userId) const;

private:
    std::string derived(const char* purpose, const QByteArray& handedOut) const;
    std::string m_sealing;
    std::string m_naming;
};

} // namespace naru::backend
