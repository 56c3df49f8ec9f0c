// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Argon2.h"

#include <QRegularExpression>

#include <argon2.h>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <sys/mman.h>

namespace naru::server {
namespace {

constexpr std::size_t kLargePage = 2 * 1024 * 1024;
constexpr std::size_t kRounded = (HashMemory::kBytes + kLargePage - 1) / kLargePage * kLargePage;

// The library's callbacks know nothing of who calls: the memory of the hash this thread is at.
thread_local unsigned char* t_memory = nullptr;

int lend(uint8_t** memory, std::size_t size)
{
    *memory = size <= HashMemory::kBytes ? t_memory : nullptr;
    return *memory ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

void takeBack(uint8_t*, std::size_t) {} // wiped by the library before

QByteArray encoded(const std::string& bytes)
{
    return QByteArray::fromStdString(bytes).toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals);
}

std::optional<std::string> decoded(const QString& text)
{
    const auto raw = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    return raw ? std::optional(raw.decoded.toStdString()) : std::nullopt;
}

} // namespace

HashMemory::HashMemory() : m_bytes(static_cast<unsigned char*>(std::aligned_alloc(kLargePage, kRounded)))
{
    if (!m_bytes)
        throw std::bad_alloc();
    (void)::madvise(m_bytes, kRounded, MADV_HUGEPAGE); // not everywhere
    std::fill_n(m_bytes, kRounded, static_cast<unsigned char>(0)); // here now, not at the first sign-in
}

HashMemory::~HashMemory() { std::free(m_bytes); }

std::string argon2id(std::string_view password, std::string_view salt, const HashCost& cost, std::size_t size, HashMemory* memory)
{
    std::string out(size, '\0');
    argon2_context context{};
    context.out = reinterpret_cast<uint8_t*>(out.data());
    context.outlen = static_cast<uint32_t>(size);
    context.pwd = reinterpret_cast<uint8_t*>(const_cast<char*>(password.data())); // only read: no flag asks for wiping
    context.pwdlen = static_cast<uint32_t>(password.size());
    context.salt = reinterpret_cast<uint8_t*>(const_cast<char*>(salt.data()));
    context.saltlen = static_cast<uint32_t>(salt.size());
    context.t_cost = cost.passes;
    context.m_cost = cost.memory;
    context.lanes = cost.lanes;
    context.threads = 1;
    context.version = ARGON2_VERSION_13;
    if (memory && cost.memory <= kPasswordCost.memory) {
        t_memory = memory->m_bytes;
        context.allocate_cbk = lend;
        context.free_cbk = takeBack;
    }
    const int result = argon2_ctx(&context, Argon2_id);
    t_memory = nullptr;
    if (result != ARGON2_OK)
        throw std::runtime_error(std::string("a password cannot be hashed: ") + argon2_error_message(result));
    return out;
}

QString toPhc(const KeptHash& kept)
{
    return QStringLiteral("$argon2id$v=19$m=%1,t=%2,p=%3$%4$%5")
        .arg(QString::number(kept.cost.memory), QString::number(kept.cost.passes), QString::number(kept.cost.lanes), QString::fromLatin1(encoded(kept.salt)),
            QString::fromLatin1(encoded(kept.hash)));
}

std::optional<KeptHash> fromPhc(const QString& phc)
{
    static const QRegularExpression form(QStringLiteral(R"(\A\$argon2id\$v=19\$m=([0-9]{1,6}),t=([0-9]{1,2}),p=([0-9])\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)\z)"));
    const auto match = form.match(phc);
    if (!match.hasMatch())
        return std::nullopt;
    KeptHash kept;
    kept.cost = {match.captured(1).toUInt(), match.captured(2).toUInt(), match.captured(3).toUInt()};
    const auto salt = decoded(match.captured(4));
    const auto hash = decoded(match.captured(5));
    const bool sane = kept.cost.lanes >= 1 && kept.cost.lanes <= 8 && kept.cost.passes >= 1 && kept.cost.passes <= 16 && kept.cost.memory >= 8 * kept.cost.lanes
        && kept.cost.memory <= 256 * 1024;
    if (!sane || !salt || !hash || salt->size() < 8 || salt->size() > 64 || hash->size() < 16 || hash->size() > 64)
        return std::nullopt;
    kept.salt = *salt;
    kept.hash = *hash;
    return kept;
}

} // namespace naru::server
