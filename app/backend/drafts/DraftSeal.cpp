// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/drafts/DraftSeal.h"

#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "proof/Encoding.h"

namespace naru::backend {

namespace {

constexpr int kNonce = 12;
constexpr int kTag = 16;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* bytes(const char* p) { return reinterpret_cast<const unsigned char*>(p); }
unsigned char* bytes(char* p) { return reinterpret_cast<unsigned char*>(p); }
std::string_view view(const QByteArray& b) { return {b.constData(), static_cast<std::size_t>(b.size())}; }

} // namespace

DraftSeal::DraftSeal(const QByteArray& handedOut) : m_sealing(derived("naru drafts: sealing", handedOut)), m_naming(derived("naru drafts: naming", handedOut)) {}

DraftSeal::~DraftSeal()
{
    OPENSSL_cleanse(m_sealing.data(), m_sealing.size());
    OPENSSL_cleanse(m_naming.data(), m_naming.size());
}

// HKDF (RFC 5869) without a salt; one block is all that is needed.
std::string DraftSeal::derived(const char* purpose, const QByteArray& handedOut) const
{
    std::string extracted = proof::hmacSha256(std::string(32, '\0'), view(handedOut));
    std::string key = proof::hmacSha256(extracted, std::string(purpose) + '\x01');
    OPENSSL_cleanse(extracted.data(), extracted.size());
    return key;
}

bool DraftSeal::isMadeOf(const QByteArray& handedOut) const { return proof::sameSecret(derived("naru drafts: naming", handedOut), m_naming); }

QByteArray DraftSeal::seal(const QByteArray& plain, const QByteArray& context) const
{
    QByteArray out(kNonce + plain.size() + kTag, Qt::Uninitialized);
    const Context c(EVP_CIPHER_CTX_new());
    int n = 0;
    const bool done = c && RAND_bytes(bytes(out.data()), kNonce) == 1 && EVP_EncryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, bytes(m_sealing.data()), bytes(out.constData())) == 1
        && EVP_EncryptUpdate(c.get(), nullptr, &n, bytes(context.constData()), static_cast<int>(context.size())) == 1
        && EVP_EncryptUpdate(c.get(), bytes(out.data()) + kNonce, &n, bytes(plain.constData()), static_cast<int>(plain.size())) == 1
        && EVP_EncryptFinal_ex(c.get(), bytes(out.data()) + kNonce + plain.size(), &n) == 1
        && EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_GET_TAG, kTag, out.data() + kNonce + plain.size()) == 1;
    return done ? out : QByteArray();
}

std::optional<QByteArray> DraftSeal::open(const QByteArray& sealed, const QByteArray& context) const
{
    const qsizetype size = sealed.size() - kOverhead;
    if (size < 0)
        return std::nullopt;
    QByteArray tag = sealed.last(kTag);
    QByteArray out(size, Qt::Uninitialized);
    const Context c(EVP_CIPHER_CTX_new());
    int n = 0;
    const bool same = c && EVP_DecryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, bytes(m_sealing.data()), bytes(sealed.constData())) == 1
        && EVP_DecryptUpdate(c.get(), nullptr, &n, bytes(context.constData()), static_cast<int>(context.size())) == 1
        && EVP_DecryptUpdate(c.get(), bytes(out.data()), &n, bytes(sealed.constData()) + kNonce, static_cast<int>(size)) == 1
        && EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1 && EVP_DecryptFinal_ex(c.get(), bytes(out.data()) + size, &n) == 1;
    return same ? std::optional(out) : std::nullopt;
}

QString DraftSeal::fileName(const QString& server, const QString& userId) const
{
    const std::string name = proof::hmacSha256(m_naming, (server + u'\n' + userId).toStdString());
    return QString::fromLatin1(QByteArray(name.data(), 16).toHex());
}

} // namespace naru::backend
