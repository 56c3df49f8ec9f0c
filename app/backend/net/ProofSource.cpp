// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/net/ProofSource.h"

#include <QLoggingCategory>
#include <array>
#include <exception>

#include "proof/Dpop.h"
#include "proof/Encoding.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {
Q_LOGGING_CATEGORY(lcProof, "naru.backend.proof", QtInfoMsg)
constexpr qsizetype kMostNonce = 256; // ours has 38 characters
}

QByteArray proofAddress(const QUrl& url)
{
    QUrl plain = url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    if ((plain.scheme() == u"https" && plain.port() == 443) || (plain.scheme() == u"http" && plain.port() == 80))
        plain.setPort(-1);
    return plain.toEncoded();
}

QByteArray ProofSource::proofFor(const QByteArray& verb, const QUrl& url, const QByteArray& accessToken)
{
    if (!m_key)
        return {};
    std::array<unsigned char, 16> chance{};
    m_rng.fill(chance.data(), chance.size());
    proof::ProofRequest r;
    r.method = verb.toStdString();
    r.uri = proofAddress(url).toStdString();
    r.nonce = m_nonce.toStdString();
    r.accessToken = accessToken.toStdString();
    r.issuedAt = toUnixMs(m_clock.now()) / 1000;
    r.id = proof::toBase64Url({reinterpret_cast<const char*>(chance.data()), chance.size()});
    try {
        return QByteArray::fromStdString(proof::makeProof(*m_key, r));
    } catch (const std::exception& e) {
        qCWarning(lcProof) << "no proof could be made:" << e.what();
        return {};
    }
}

void ProofSource::learn(const QByteArray& nonce)
{
    if (!nonce.isEmpty() && nonce.size() <= kMostNonce)
        m_nonce = nonce;
}

} // namespace naru::backend
