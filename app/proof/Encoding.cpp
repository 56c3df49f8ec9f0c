// SPDX-License-Identifier: GPL-3.0-or-later
#include "proof/Encoding.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace naru::proof {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int valueOf(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

} // namespace

std::string toBase64Url(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char c : bytes) {
        buffer = (buffer << 8) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6)
            out.push_back(kAlphabet[(buffer >> (bits - 6)) & 63]);
    }
    if (bits > 0)
        out.push_back(kAlphabet[(buffer << (6 - bits)) & 63]);
    return out;
}

std::optional<std::string> fromBase64Url(std::string_view text)
{
    if (text.size() % 4 == 1)
        return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char c : text) {
        const int v = valueOf(c);
        if (v < 0)
            return std::nullopt;
        buffer = (buffer << 6) | static_cast<std::uint32_t>(v);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<char>((buffer >> bits) & 0xFF));
        }
    }
    if ((buffer & ((1u << bits) - 1)) != 0) // unused bits must be zero
        return std::nullopt;
    return out;
}

std::string sha256(std::string_view bytes)
{
    std::string out(32, '\0');
    unsigned int size = 0;
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr); // looked up once, kept until the program ends
    if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size, algorithm, nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available");
    return out;
}

std::string sha256Hex(std::string_view bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    const std::string raw = sha256(bytes);
    std::string out;
    out.reserve(2 * raw.size());
    for (const char c : raw) {
        out += kDigits[(c >> 4) & 15];
        out += kDigits[c & 15];
    }
    return out;
}

std::string hmacSha256(std::string_view key, std::string_view bytes)
{
    std::string out(32, '\0');
    unsigned int size = 0;
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
            reinterpret_cast<unsigned char*>(out.data()), &size))
        throw std::runtime_error("HMAC is not available");
    return out;
}

bool sameSecret(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace naru::proof
