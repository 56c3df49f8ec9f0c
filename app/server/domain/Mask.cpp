// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/domain/Mask.h"

namespace naru::server {

QString maskName(const QString& name)
{
    const auto points = name.toUcs4();
    if (points.size() <= 1)
        return name;
    QString masked;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const char32_t c = points.at(i);
        const bool kept = i == 0 || (i == points.size() - 1 && points.size() > 2) || c == U' ';
        masked += kept ? QString::fromUcs4(&c, 1) : QStringLiteral("○");
    }
    return masked;
}

void maskForVendor(protocol::json::object& payload)
{
    protocol::json::value* name = payload.if_contains("customer_name");
    if (name && name->is_string()) {
        const auto& s = name->get_string();
        *name = protocol::utf8(maskName(protocol::fromUtf8(std::string_view(s.data(), s.size()))));
    }
}

} // namespace naru::server
