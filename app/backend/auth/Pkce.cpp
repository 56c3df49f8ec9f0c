// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/auth/Pkce.h"

#include <QCryptographicHash>

namespace naru::backend {
namespace {

QByteArray base64Url(const QByteArray& bytes) { return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals); }

} // namespace

Pkce Pkce::make(Rng& rng)
{
    QByteArray secret(32, Qt::Uninitialized);
    rng.fill(reinterpret_cast<unsigned char*>(secret.data()), 32);
    const QByteArray verifier = base64Url(secret);
    return {verifier, challengeFor(verifier)};
}

QByteArray Pkce::challengeFor(const QByteArray& verifier) { return base64Url(QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)); }

} // namespace naru::backend
