// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/Http.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

constexpr QChar kSeparator(0x1F);
constexpr qsizetype kSealSize = 6;

QByteArray seal(const QByteArray& keys)
{
    // Not a secret: a cursor only names rows the caller may page to anyway. It catches what was cut or edited.
    return QCryptographicHash::hash("naru cursor 1" + keys, QCryptographicHash::Sha256).left(kSealSize);
}

[[noreturn]] void invalid()
{
    throw ProblemError(400, "cursor-invalid", u"the cursor is not one that this list gave out; start again without it"_s);
}

} // namespace

QString makeCursor(const QStringList& keys)
{
    const QByteArray bytes = keys.join(kSeparator).toUtf8();
    return QString::fromLatin1((seal(bytes) + bytes).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QStringList readCursor(const QString& cursor, int keyCount)
{
    if (cursor.size() > 2000)
        invalid();
    const auto result = QByteArray::fromBase64Encoding(
        cursor.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray decoded = result ? *result : QByteArray();
    if (decoded.size() < kSealSize)
        invalid();
    const QByteArray keys = decoded.mid(kSealSize);
    if (seal(keys) != decoded.left(kSealSize))
        invalid();
    QStringList list = QString::fromUtf8(keys).split(kSeparator);
    if (list.size() != keyCount)
        invalid();
    return list;
}

} // namespace naru::server
