// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/Settings.h"

#include <QFile>

#include <sstream>
#include <toml.hpp>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

Error invalid(const QString& detail)
{
    Error e;
    e.kind = ErrorKind::Invalid;
    e.code = u"config-invalid"_s;
    e.detail = detail;
    return e;
}

std::optional<QString> textOf(const Setting& s, const toml::value& v)
{
    if (v.is_string() && (s.kind == Setting::Kind::Text || s.kind == Setting::Kind::Path || s.kind == Setting::Kind::List))
        return QString::fromStdString(v.as_string().str);
    if (v.is_boolean() && s.kind == Setting::Kind::Bool)
        return v.as_boolean() ? u"true"_s : u"false"_s;
    if (v.is_integer() && (s.kind == Setting::Kind::Integer || s.kind == Setting::Kind::Seconds))
        return QString::number(static_cast<qlonglong>(v.as_integer()));
    if (v.is_floating() && s.kind == Setting::Kind::Seconds)
        return QString::number(v.as_floating(), 'g', 12);
    if (v.is_array() && s.kind == Setting::Kind::List) {
        QStringList list;
        for (const toml::value& e : v.as_array()) {
            if (!e.is_string())
                return std::nullopt;
            list << QString::fromStdString(e.as_string().str);
        }
        return list.join(u',');
    }
    return std::nullopt;
}

} // namespace

Result<Done> readConfigFile(const QString& path, std::map<QString, Found>& found)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return invalid(u"configuration file %1: %2"_s.arg(path, file.errorString()));
    const QByteArray bytes = file.read(1024 * 1024 + 1);
    if (bytes.size() > 1024 * 1024)
        return invalid(u"configuration file %1: is larger than 1 MiB"_s.arg(path));
    toml::value root;
    try {
        std::istringstream in(bytes.toStdString());
        root = toml::parse(in, path.toStdString());
    } catch (const std::exception& e) {
        return invalid(u"configuration file %1 is not TOML:\n%2"_s.arg(path, QString::fromStdString(e.what()).trimmed()));
    }
    for (const auto& entry : root.as_table()) {
        const QString key = QString::fromStdString(entry.first);
        const QString source = u"configuration file %1, line %2"_s.arg(path).arg(entry.second.location().line());
        const Setting* setting = nullptr;
        for (const Setting& s : settings()) {
            if (key == QLatin1StringView(s.key))
                setting = &s;
        }
        if (!setting)
            return invalid(u"%1: there is no setting called %2 (narud --help names them all)"_s.arg(source, key.left(64)));
        const auto text = textOf(*setting, entry.second);
        if (!text)
            return invalid(u"%1: %2 must be %3"_s.arg(source, key, setting->range()));
        found.try_emplace(key, Found{*text, source});
    }
    return Done{};
}

} // namespace naru::server
