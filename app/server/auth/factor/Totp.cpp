// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/factor/Totp.h"

#include "proof/Encoding.h"

#include <QUrl>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace naru::server {
namespace {

constexpr std::int64_t kStepMs = 30'000;
constexpr std::int64_t kWindow = 1; // steps to either side: clocks differ, and people type slowly

QByteArray escaped(const QString& text) { return QUrl::toPercentEncoding(text); }

} // namespace

std::string hotp(std::string_view secret, std::uint64_t counter, int digits)
{
    unsigned char message[8];
    for (int i = 7; i >= 0; --i, counter >>= 8)
        message[i] = static_cast<unsigned char>(counter & 0xFF);
    unsigned char mac[20];
    unsigned int size = sizeof mac;
    if (!HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message, sizeof message, mac, &size))
        throw std::runtime_error("HMAC is not available");
    const int at = mac[19] & 0xF;
    std::uint32_t value = (static_cast<std::uint32_t>(mac[at] & 0x7F) << 24) | (static_cast<std::uint32_t>(mac[at + 1]) << 16)
        | (static_cast<std::uint32_t>(mac[at + 2]) << 8) | mac[at + 3];
    std::string out(static_cast<std::size_t>(digits), '0');
    for (auto c = out.rbegin(); c != out.rend(); ++c, value /= 10)
        *c = static_cast<char>('0' + value % 10);
    return out;
}

std::int64_t totpStep(Instant at) { return toUnixMs(at) / kStepMs; }

std::optional<std::int64_t> stepOfCode(std::string_view secret, std::string_view code, Instant now, std::int64_t lastStep)
{
    std::optional<std::int64_t> found;
    const std::int64_t middle = totpStep(now);
    for (std::int64_t step = middle - kWindow; step <= middle + kWindow; ++step) {
        const bool same = proof::sameSecret(hotp(secret, static_cast<std::uint64_t>(step)), code);
        if (same && step > lastStep)
            found = step;
    }
    return found;
}

std::string toBase32(std::string_view bytes)
{
    static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char c : bytes) {
        buffer = (buffer << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5)
            out.push_back(kAlphabet[(buffer >> (bits - 5)) & 31]);
    }
    if (bits > 0)
        out.push_back(kAlphabet[(buffer << (5 - bits)) & 31]);
    return out;
}

QString otpauthUri(const QString& issuer, const QString& login, std::string_view secret)
{
    return QStringLiteral("otpauth://totp/%1:%2?secret=%3&issuer=%1&algorithm=SHA1&digits=6&period=30")
        .arg(QString::fromLatin1(escaped(issuer)), QString::fromLatin1(escaped(login)), QString::fromStdString(toBase32(secret)));
}

} // namespace naru::server
