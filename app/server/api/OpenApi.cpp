// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/OpenApi.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace naru::server {

std::string_view openApiDocument()
{
    static const std::string text = [] {
        QFile file(u":/server/openapi.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("the interface's document is not part of this program");
        return file.readAll().toStdString();
    }();
    return text;
}

} // namespace naru::server
