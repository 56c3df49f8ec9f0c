// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/factor/RecoveryCodes.h"

#include "proof/Encoding.h"

namespace naru::server {
namespace {

constexpr char kAlphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kLength = 16;

QString normal(const QString& typed)
{
    QString out;
    const QString head = typed.left(64);
    for (const QChar typedChar : head) {
        const QChar c = typedChar.toUpper();
        if (c == u'O')
            out += u'0';
        else if (c == u'I' || c == u'L')
            out += u'1';
        else if (c != u'-' && !c.isSpace())
            out += c;
    }
    return out;
}

} // namespace

QString makeRecoveryCode(Rng& rng)
{
    unsigned char bytes[kLength];
    rng.fill(bytes, sizeof bytes);
    QString out;
    for (int i = 0; i < kLength; ++i) {
        if (i > 0 && i % 4 == 0)
            out += u'-';
        out += QLatin1Char(kAlphabet[bytes[i] & 31]);
    }
    return out;
}

QString recoveryHash(const UserId& user, const QString& typed)
{
    const std::string text = "naru recovery 1\n" + user.toString().toStdString() + '\n' + normal(typed).toStdString();
    return QString::fromStdString(proof::toBase64Url(proof::sha256(text)));
}

} // namespace naru::server
