// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/cache/Cache.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <algorithm>
#include <set>

namespace naru::backend {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

Q_LOGGING_CATEGORY(lcCache, "naru.backend.cache", QtInfoMsg)

constexpr std::int64_t kKeepMs = 14LL * 24 * 3600 * 1000;
constexpr int kEntities = 20'000;
constexpr int kFiles = 4; // consoles of one user at once; each file has one writer (SQLite's WAL-reset race)

const char* const kSchema[] = {
    "CREATE TABLE note(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE entity(kind INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, as_of INTEGER NOT NULL,"
    " PRIMARY KEY(kind, id)) WITHOUT ROWID",
    "CREATE INDEX entity_age ON entity(as_of)",
    "CREATE TABLE answer(key TEXT PRIMARY KEY, kind INTEGER NOT NULL, takes_new INTEGER NOT NULL, most INTEGER NOT NULL,"
    " body TEXT NOT NULL, as_of INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX answer_takes_new ON answer(kind) WHERE takes_new = 1",
    "PRAGMA user_version = 1",
};

QString text(const json::value& v) { return QString::fromStdString(json::serialize(v)); }

std::optional<json::value> parsed(const QVariant& v)
{
    auto r = protocol::parseJson(v.toString().toStdString());
    return r ? std::optional(std::move(*r)) : std::nullopt;
}

QString stringAt(const json::object& o, std::string_view name)
{
    const json::value* v = o.if_contains(name);
    const json::string* s = v ? v->if_string() : nullptr;
    return s ? protocol::fromUtf8({s->data(), s->size()}) : QString();
}

std::int64_t versionOf(const json::object& o)
{
    const json::value* v = o.if_contains("version");
    return v && v->is_int64() ? v->get_int64() : 0;
}

std::optional<EntityRow> rowOf(EntityKind kind, const json::value& v)
{
    const json::object* o = v.if_object();
    if (!o || kind == EntityKind::None)
        return std::nullopt;
    EntityRow row{kind, stringAt(*o, "id"), versionOf(*o), json::serialize(v)};
    return row.id.isEmpty() ? std::nullopt : std::optional(std::move(row));
}

// The lists of holds hold the active ones only.
bool belongs(EntityKind kind, const json::object& o) { return kind != EntityKind::Hold || stringAt(o, "status") == u"active"; }

json::value* cardOf(json::value& body, const char* card)
{
    if (!card || !body.is_object())
        return nullptr;
    return *card == '\0' ? &body : body.get_object().if_contains(card);
}

} // namespace

Cache::Cache(const Clock& clock, QString baseFolder, Database::Fault fault)
    : m_clock(clock), m_base(std::move(baseFolder)), m_db(std::move(fault))
{
}

Cache::~Cache() { close(); }

void Cache::open(const QString& server, const QString& user)
{
    close();
    if (m_base.isEmpty())
        return;
    const QByteArray who = QCryptographicHash::hash((server + u'\n' + user).toUtf8(), QCryptographicHash::Sha256).toHex();
    if (!takeFolder(m_base + u'/' + QString::fromLatin1(who.left(16))))
        return;
    if (guarded("open", [this] { openFile(); }) || m_db.isOpen())
        return;
    m_lock.reset();
}

bool Cache::takeFolder(const QString& folder)
{
    if (!QDir().mkpath(folder)) {
        if (!std::exchange(m_warned, true))
            qCWarning(lcCache).noquote() << "no cache: cannot make" << folder;
        return false;
    }
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); // it holds customers' names
    for (int n = 1; n <= kFiles; ++n) {
        const QString stem = folder + (n == 1 ? u"/cache-v%1"_s.arg(kVersion) : u"/cache-v%1-%2"_s.arg(kVersion).arg(n));
        auto lock = std::make_unique<QLockFile>(stem + u".lock"_s);
        lock->setStaleLockTime(0); // only a dead process loses it
        if (!lock->tryLock(0)) {
            if (lock->error() == QLockFile::LockFailedError)
                continue; // another console of the same user
            break;
        }
        m_lock = std::move(lock);
        m_file = stem + u".sqlite"_s;
        return true;
    }
    if (!std::exchange(m_warned, true))
        qCWarning(lcCache).noquote() << "no cache: cannot write into" << folder;
    return false;
}

void Cache::openFile()
{
    m_db.open(m_file);
    prepare();
}

void Cache::prepare()
{
    m_db.each("PRAGMA journal_mode = WAL", {}, [](const QSqlQuery&) {});
    // It holds what the server has: after a loss of power it is put aside and begun anew, and until then drafts and answers do not wait for the disk.
    m_db.run("PRAGMA synchronous = OFF");
    const int version = m_db.one("PRAGMA user_version").value_or(QVariant()).toInt();
    if (version > kVersion)
        throw SqlFailure(u"written by a newer version (%1)"_s.arg(version), true);
    if (version < kVersion) {
        m_db.transaction([this] {
            for (const char* statement : kSchema)
                m_db.run(statement);
        });
    }
    const qint64 oldest = toUnixMs(m_clock.now()) - kKeepMs;
    m_db.transaction([&] {
        m_db.run("DELETE FROM answer WHERE as_of < ?", {oldest});
        m_db.run("DELETE FROM entity WHERE as_of < ?", {oldest});
        m_db.run("DELETE FROM entity WHERE as_of < (SELECT as_of FROM entity ORDER BY as_of DESC LIMIT 1 OFFSET ?)", {kEntities});
    });
}

void Cache::close()
{
    m_db.close();
    m_lock.reset();
    m_file.clear();
}

void Cache::putAside()
{
    m_db.close();
    const QString aside = m_file + u".broken"_s;
    QFile::remove(aside);
    QFile::rename(m_file, aside);
    QFile::remove(m_file + u"-wal"_s);
    QFile::remove(m_file + u"-shm"_s);
}

bool Cache::guarded(const char* what, const std::function<void()>& work)
{
    try {
        work();
        return true;
    } catch (const SqlFailure& e) {
        if (e.corrupt) {
            qCInfo(lcCache).noquote() << "cache put aside and begun anew:" << e.text;
            putAside();
            try {
                openFile();
                return false;
            } catch (const SqlFailure& again) {
                m_db.close();
                if (!std::exchange(m_warned, true))
                    qCWarning(lcCache).noquote() << "going on without a cache:" << again.text;
                return false;
            }
        }
        m_db.close();
        if (!std::exchange(m_warned, true))
            qCWarning(lcCache).noquote() << "going on without a cache, could not" << what << "it:" << e.text;
        return false;
    }
}

std::optional<Cache::Stored> Cache::load(const QString& key, const CacheUse& use)
{
    std::optional<Stored> out;
    if (!isOpen() || use.shape == CacheUse::Shape::None)
        return out;
    guarded("read", [&] {
        std::optional<json::value> body;
        Instant asOf{};
        m_db.each("SELECT body, as_of FROM answer WHERE key = ?", {key}, [&](const QSqlQuery& q) {
            body = parsed(q.value(0));
            asOf = fromUnixMs(q.value(1).toLongLong());
        });
        if (body && use.shape == CacheUse::Shape::List)
            body = expand(*body, use.kind);
        if (!body)
            return;
        if (use.shape == CacheUse::Shape::Detail)
            freshen(*body, use);
        out = Stored{std::move(*body), asOf};
    });
    return out;
}

std::optional<json::value> Cache::entity(EntityKind kind, const QString& id)
{
    std::optional<json::value> out;
    m_db.each("SELECT body FROM entity WHERE kind = ? AND id = ?", {int(kind), id}, [&](const QSqlQuery& q) { out = parsed(q.value(0)); });
    return out;
}

std::optional<json::value> Cache::entityNow(EntityKind kind, const QString& id)
{
    std::optional<json::value> out;
    if (isOpen())
        guarded("read", [&] { out = entity(kind, id); });
    return out;
}

std::optional<json::value> Cache::expand(const json::value& kept, EntityKind kind)
{
    const json::object* o = kept.if_object();
    const json::value* ids = o ? o->if_contains("ids") : nullptr;
    if (!ids || !ids->is_array())
        return std::nullopt;
    json::object page = *o;
    page.erase("ids");
    json::array items;
    for (const json::value& id : ids->get_array()) {
        if (!id.is_string())
            continue;
        auto e = entity(kind, protocol::fromUtf8({id.get_string().data(), id.get_string().size()}));
        if (e && e->is_object() && belongs(kind, e->get_object()))
            items.push_back(std::move(*e));
    }
    page["items"] = std::move(items);
    return json::value(std::move(page));
}

// A detail kept earlier shows the card as the stream told it since.
void Cache::freshen(json::value& body, const CacheUse& use)
{
    json::value* card = cardOf(body, use.card);
    const json::object* old = card ? card->if_object() : nullptr;
    if (!old)
        return;
    auto now = entity(use.kind, stringAt(*old, "id"));
    if (now && now->is_object() && versionOf(now->get_object()) > versionOf(*old))
        *card = std::move(*now);
}

void Cache::upsert(const EntityRow& row, std::int64_t now)
{
    m_db.run("INSERT INTO entity(kind, id, version, body, as_of) VALUES(?, ?, ?, ?, ?) ON CONFLICT(kind, id) DO UPDATE SET"
             " version = excluded.version, body = excluded.body, as_of = excluded.as_of WHERE excluded.version >= version",
        {int(row.kind), row.id, qlonglong(row.version), QString::fromStdString(row.json), qlonglong(now)});
}

void Cache::store(const QString& key, const CacheUse& use, const json::value& body)
{
    if (!isOpen() || use.shape == CacheUse::Shape::None)
        return;
    const std::int64_t now = toUnixMs(m_clock.now());
    std::vector<EntityRow> rows;
    json::value kept = body;
    if (use.shape == CacheUse::Shape::List) {
        json::object* page = kept.if_object();
        json::value* items = page ? page->if_contains("items") : nullptr;
        if (!items || !items->is_array())
            return;
        json::array ids;
        for (const json::value& item : items->get_array()) {
            if (auto row = rowOf(use.kind, item)) {
                ids.emplace_back(protocol::utf8(row->id));
                rows.push_back(std::move(*row));
            }
        }
        page->erase("items");
        (*page)["ids"] = std::move(ids);
    } else if (use.shape == CacheUse::Shape::Detail) {
        if (json::value* card = cardOf(kept, use.card))
            if (auto row = rowOf(use.kind, *card))
                rows.push_back(std::move(*row));
    }
    guarded("write", [&] {
        m_db.transaction([&] {
            for (const EntityRow& row : rows)
                upsert(row, now);
            m_db.run("INSERT INTO answer(key, kind, takes_new, most, body, as_of) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET"
                     " kind = excluded.kind, takes_new = excluded.takes_new, most = excluded.most, body = excluded.body, as_of = excluded.as_of",
                {key, int(use.kind), use.takesNew ? 1 : 0, use.most, text(kept), qlonglong(now)});
        });
    });
}

void Cache::apply(const std::vector<EntityRow>& rows)
{
    if (!isOpen() || rows.empty())
        return;
    const std::int64_t now = toUnixMs(m_clock.now());
    guarded("write", [&] {
        m_db.transaction([&] {
            std::map<EntityKind, std::vector<QString>> unseen;
            for (const EntityRow& row : rows) {
                if (m_db.one("SELECT version FROM entity WHERE kind = ? AND id = ?", {int(row.kind), row.id}))
                    upsert(row, now);
                else if (m_db.one("SELECT 1 FROM answer WHERE kind = ? AND takes_new = 1 LIMIT 1", {int(row.kind)})) {
                    upsert(row, now);
                    unseen[row.kind].push_back(row.id);
                } // nobody looks at these: the next read brings them
            }
            for (const auto& [kind, ids] : unseen)
                join(kind, ids);
        });
    });
}

// New ones stand first until the list is read again.
void Cache::join(EntityKind kind, const std::vector<QString>& ids)
{
    struct Kept {
        QString key;
        json::value body;
        std::size_t most;
    };
    std::vector<Kept> lists;
    m_db.each("SELECT key, body, most FROM answer WHERE kind = ? AND takes_new = 1", {int(kind)}, [&](const QSqlQuery& q) {
        if (auto body = parsed(q.value(1)); body && body->is_object())
            lists.push_back({q.value(0).toString(), std::move(*body), q.value(2).toULongLong()});
    });
    for (Kept& list : lists) {
        json::object& o = list.body.get_object();
        json::array joined;
        for (auto it = ids.rbegin(); it != ids.rend(); ++it)
            joined.emplace_back(protocol::utf8(*it));
        if (const json::value* old = o.if_contains("ids"); old && old->is_array())
            for (const json::value& id : old->get_array())
                if (joined.size() < list.most)
                    joined.push_back(id);
        if (joined.size() > list.most)
            joined.resize(list.most);
        o["ids"] = std::move(joined);
        if (json::value* total = o.if_contains("total"); total && total->is_int64())
            *total = total->get_int64() + std::int64_t(ids.size());
        m_db.run("UPDATE answer SET body = ? WHERE key = ?", {text(list.body), list.key});
    }
}

std::optional<QString> Cache::note(const QString& name)
{
    std::optional<QString> out;
    if (isOpen()) {
        guarded("read", [&] {
            if (const auto v = m_db.one("SELECT value FROM note WHERE name = ?", {name}))
                out = v->toString();
        });
    }
    return out;
}

void Cache::setNote(const QString& name, const QString& value)
{
    if (!isOpen())
        return;
    guarded("write", [&] {
        m_db.run("INSERT INTO note(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value", {name, value});
    });
}

} // namespace naru::backend
