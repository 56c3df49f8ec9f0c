// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Argon2id (RFC 9106, version 1.3) by libargon2, and the texts its hashes are kept as.
namespace naru::server {

struct HashCost {
    std::uint32_t memory = 19 * 1024; // KiB
    std::uint32_t passes = 2;
    std::uint32_t lanes = 1; // computed one after the other
    friend bool operator==(const HashCost&, const HashCost&) = default;
};
// What new hashes cost: some 25 ms of one core.
inline constexpr HashCost kPasswordCost{};

// The memory hashes of kPasswordCost are computed in, taken from the system once instead of for each hash, in large pages where there are
// any: a tenth faster, and a storm cannot ask for more. For one hash at a time. Throws std::bad_alloc.
class HashMemory {
public:
    HashMemory();
    ~HashMemory();
    HashMemory(const HashMemory&) = delete;
    HashMemory& operator=(const HashMemory&) = delete;
    static constexpr std::size_t kBytes = kPasswordCost.memory * std::size_t{1024};

private:
    friend std::string argon2id(std::string_view, std::string_view, const HashCost&, std::size_t, HashMemory*);
    unsigned char* m_bytes;
};

// `size` bytes. Costs that do not fit into `memory` (or none given) take memory of their own. Throws std::runtime_error: no memory.
std::string argon2id(std::string_view password, std::string_view salt, const HashCost& cost, std::size_t size, HashMemory* memory = nullptr);

// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash"
struct KeptHash {
    HashCost cost;
    std::string salt;
    std::string hash;
};
QString toPhc(const KeptHash& kept);
// Nothing for anything else, and for costs a server should not be made to pay (over 256 MiB, 16 passes or 8 lanes).
std::optional<KeptHash> fromPhc(const QString& phc);

} // namespace naru::server
