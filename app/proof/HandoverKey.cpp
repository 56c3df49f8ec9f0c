// SPDX-License-Identifier: GPL-3.0-or-later
#include "proof/HandoverKey.h"

#include "proof/Encoding.h"

#include <openssl/crypto.h>

namespace naru::proof {

// RFC 5869 without a salt; one block is all that is needed.
std::string handoverKey(std::string_view draftKey, std::string_view sid)
{
    std::string extracted = hmacSha256(std::string(32, '\0'), draftKey);
    std::string info = "naru drafts: handover ";
    info.append(sid).append(1, '\x01');
    std::string key = hmacSha256(extracted, info);
    OPENSSL_cleanse(extracted.data(), extracted.size());
    return key;
}

} // namespace naru::proof
