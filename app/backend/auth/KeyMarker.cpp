// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/auth/KeyMarker.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include "protocol/Json.h"

namespace naru::backend {

namespace json = protocol::json;

namespace {

constexpr qint64 kMost = 4096;

QString textAt(const json::object& o, const char* name)
{
    const json::value* v = o.if_contains(name);
    const json::string* s = v ? v->if_string() : nullptr;
    return s ? protocol::fromUtf8({s->data(), s->size()}) : QString();
}

} // namespace

std::optional<KeyMarker> KeyMarker::load(const QString& file)
{
    QFile in(file);
    if (file.isEmpty() || !in.exists())
        return std::nullopt;
    KeyMarker marker;
    if (!in.open(QIODevice::ReadOnly))
        return marker;
    const QByteArray text = in.read(kMost);
    const auto body = protocol::parseJson({text.constData(), std::size_t(text.size())});
    const json::object* o = body ? body->if_object() : nullptr;
    if (!o)
        return marker;
    marker.deviceId = textAt(*o, "device_id");
    marker.jkt = textAt(*o, "jkt");
    marker.storage = textAt(*o, "storage");
    marker.createdAt = fromRfc3339(textAt(*o, "created_at")).value_or(Instant{});
    return marker;
}

bool KeyMarker::save(const QString& file) const
{
    QDir().mkpath(QFileInfo(file).absolutePath());
    QSaveFile out(file);
    const json::object o{{"device_id", protocol::utf8(deviceId)}, {"jkt", protocol::utf8(jkt)}, {"storage", protocol::utf8(storage)},
        {"created_at", protocol::utf8(toRfc3339(createdAt))}};
    return out.open(QIODevice::WriteOnly) && out.write(QByteArray::fromStdString(json::serialize(o))) > 0 && out.commit();
}

} // namespace naru::backend
