// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/Settings.h"

#include "server/store/StoreUrl.h"

#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <cmath>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

using Kind = Setting::Kind;

QString secondsText(std::int64_t ms)
{
    return QString::number(static_cast<double>(ms) / 1000.0);
}

template <class M> Setting number(const char* key, M Config::*member, std::int64_t min, std::int64_t max, const char* help)
{
    return {key, Kind::Integer, help, min, max, {}, [member](Config& c, const QString&, std::int64_t n) { c.*member = static_cast<M>(n); },
        QString::number(Config().*member)};
}
Setting seconds(const char* key, Millis Config::*member, std::int64_t minMs, std::int64_t maxMs, const char* help)
{
    return {key, Kind::Seconds, help, minMs, maxMs, {}, [member](Config& c, const QString&, std::int64_t n) { c.*member = Millis(n); },
        secondsText((Config().*member).count())};
}
Setting text(const char* key, QString Config::*member, Kind kind, const char* help, std::vector<const char*> words = {})
{
    return {key, kind, help, 1, 1000, std::move(words), [member](Config& c, const QString& t, std::int64_t) { c.*member = t; }, Config().*member};
}

std::vector<Setting> makeSettings()
{
    std::vector<Setting> s;
    s.push_back(text("listen", &Config::listenAddress, Kind::Text, "IP address to listen on"));
    s.push_back(number("port", &Config::port, 0, 65535, "Port to listen on; 0 takes any free one and prints it"));
    s.push_back(text("public_name", &Config::publicName, Kind::Text, "Name of this server as people see it"));
    s.push_back(text("public_url", &Config::publicUrl, Kind::Text,
        "Scheme and host under which people reach this server (https://naru.example.kr); proofs of possession made for another address are then refused"));
    s.push_back(text("data_dir", &Config::dataDir, Kind::Path, "Folder of the database file and the keys"));
    s.push_back(text("database", &Config::database, Kind::Path,
        "Where the data is: a SQLite file (default: naru.sqlite in the data folder), or PostgreSQL as postgres://user:password@host:5432/name. "
        "A password is better kept in the environment (NARU_DATABASE, PGPASSWORD) or ~/.pgpass than in a flag"));
    s.push_back(text("keys_dir", &Config::keysDir, Kind::Path, "Folder of the keys (default: the data folder); servers on one PostgreSQL share its files"));
    s.push_back(text("tls_cert", &Config::tlsCert, Kind::Path, "Certificate chain, PEM; needed unless listening on loopback"));
    s.push_back(text("tls_key", &Config::tlsKey, Kind::Path, "Private key of the certificate, PEM"));
    s.push_back({"demo", Kind::Bool, "Offer the demo accounts for sign-in with one click (loopback only)", 0, 1, {},
        [](Config& c, const QString&, std::int64_t n) { c.demo = n != 0; }, {}});
    s.push_back(text("log_level", &Config::logLevel, Kind::Text, "What is logged", {"debug", "info", "warning", "error"}));
    s.push_back(number("header_limit", &Config::headerLimit, 1024, 65536, "Largest request head, bytes"));
    s.push_back(number("body_limit", &Config::bodyLimit, 1024, 64 * 1024 * 1024, "Largest request body, bytes"));
    s.push_back(seconds("header_timeout", &Config::headerTimeout, 50, 300'000, "Time for a request's head, seconds"));
    s.push_back(seconds("body_timeout", &Config::bodyTimeout, 50, 300'000, "Time for a request's body, seconds"));
    s.push_back(seconds("idle_timeout", &Config::idleTimeout, 50, 3'600'000, "How long a connection may stay silent between requests, seconds"));
    s.push_back(seconds("write_timeout", &Config::writeTimeout, 50, 300'000, "Time for a client to take an answer, seconds"));
    s.push_back(seconds("drain_timeout", &Config::drainTimeout, 50, 300'000, "Time for open requests to end when stopping, seconds"));
    s.push_back(number("max_connections", &Config::maxConnections, 1, 100'000, "Connections at the same time; more are closed at once"));
    s.push_back(number("write_intake", &Config::writeIntake, 1, 1'000'000, "Changes that may wait for the writer"));
    s.push_back(number("ticket_intake", &Config::ticketIntake, 1, 10'000'000, "Tickets that may wait for a decision"));
    s.push_back(number("read_intake", &Config::readIntake, 1, 1'000'000, "Reads that may wait for a connection"));
    s.push_back(number("read_threads", &Config::readThreads, 1, 64, "Reading database connections"));
    s.push_back(number("event_buffer", &Config::eventBuffer, 65536, 1024 * 1024 * 1024, "Recent events kept for streams that resume, bytes"));
    s.push_back(seconds("hold_ttl", &Config::holdTtl, 1'000, 1'800'000, "First deadline of a hold, seconds"));
    s.push_back({"trust_clock", Kind::Bool,
        "Begin at the clock's time although the store has later changes, made while a clock was wrong; what they let end later ends that much later", 0, 1, {},
        [](Config& c, const QString&, std::int64_t n) { c.trustClock = n != 0; }, {}});
    s.push_back(number("slot_horizon_days", &Config::slotHorizonDays, 1, 400, "How many days ahead the rules' slots are made"));
    s.push_back({"failpoints", Kind::List, "Failpoints to arm, name=action separated by commas (test builds only)", 0, 0, {},
        [](Config& c, const QString& t, std::int64_t) { c.failpoints = t.split(u',', Qt::SkipEmptyParts); }, {}});
    return s;
}

Error invalid(const QString& detail)
{
    Error e;
    e.kind = ErrorKind::Invalid;
    e.code = u"config-invalid"_s;
    e.detail = detail;
    return e;
}

std::optional<std::int64_t> parseNumber(const Setting& s, const QString& text)
{
    bool ok = false;
    std::int64_t n = 0;
    if (s.kind == Kind::Bool) {
        const QString t = text.toLower();
        ok = t == u"true"_s || t == u"false"_s || t == u"1"_s || t == u"0"_s || t == u"yes"_s || t == u"no"_s || t == u"on"_s || t == u"off"_s;
        n = t == u"true"_s || t == u"1"_s || t == u"yes"_s || t == u"on"_s ? 1 : 0;
    } else if (s.kind == Kind::Integer) {
        n = text.toLongLong(&ok);
    } else {
        const double d = text.toDouble(&ok);
        ok = ok && std::isfinite(d) && std::abs(d) < 1e9;
        n = ok ? static_cast<std::int64_t>(std::llround(d * 1000)) : 0;
    }
    if (!ok || n < s.min || n > s.max)
        return std::nullopt;
    return n;
}

} // namespace

QString Setting::flag() const
{
    return QString::fromLatin1(key).replace(u'_', u'-');
}

QString Setting::variable() const
{
    return u"NARU_"_s + QString::fromLatin1(key).toUpper();
}

QString Setting::range() const
{
    switch (kind) {
    case Kind::Bool: return u"true or false"_s;
    case Kind::Integer: return u"a whole number from %1 to %2"_s.arg(min).arg(max);
    case Kind::Seconds: return u"seconds from %1 to %2"_s.arg(secondsText(min), secondsText(max));
    case Kind::Path: return u"a path"_s;
    case Kind::List: return u"a list separated by commas"_s;
    case Kind::Text: break;
    }
    if (words.empty())
        return u"a text of 1 to 1000 characters"_s;
    QStringList list;
    for (const char* w : words)
        list << QString::fromLatin1(w);
    return u"one of "_s + list.join(u", "_s);
}

const std::vector<Setting>& settings()
{
    static const std::vector<Setting> list = makeSettings();
    return list;
}

Result<Done> apply(Config& config, const Setting& s, const Found& found)
{
    const auto bad = [&](const QString& what) {
        return invalid(u"%1: %2 must be %3, not \"%4\""_s.arg(found.source, QString::fromLatin1(s.key), what, found.text.left(200)));
    };
    if (s.kind == Kind::Bool || s.kind == Kind::Integer || s.kind == Kind::Seconds) {
        const auto n = parseNumber(s, found.text.trimmed());
        if (!n)
            return bad(s.range());
        s.store(config, found.text, *n);
        return Done{};
    }
    const bool store = qstrcmp(s.key, "database") == 0;
    if (const QString form = store ? whyNotUrl(found.text) : QString(); !form.isEmpty()) // without the value: it may hold a password
        return invalid(u"%1: database must be %2"_s.arg(found.source, form));
    if (store && engineOf(found.text) == Engine::Postgres) {
        s.store(config, found.text, 0);
        return Done{};
    }
    if (s.kind != Kind::List && (found.text.isEmpty() || found.text.size() > 1000 || found.text.contains(QChar(u'\0'))))
        return bad(s.range());
    if (!s.words.empty() && std::none_of(s.words.begin(), s.words.end(), [&](const char* w) { return found.text == QLatin1StringView(w); }))
        return bad(s.range());
    if (qstrcmp(s.key, "listen") == 0 && QHostAddress(found.text).isNull())
        return bad(u"an IP address such as 127.0.0.1 or ::1"_s);
#ifndef NARU_FAILPOINTS
    if (s.kind == Kind::List && !found.text.isEmpty())
        return invalid(u"%1: failpoints are not part of this build"_s.arg(found.source));
#endif
    s.store(config, s.kind == Kind::Path ? QDir::cleanPath(QFileInfo(found.text).absoluteFilePath()) : found.text, 0);
    return Done{};
}

Result<Done> checkTogether(const Config& c)
{
    if (c.tlsCert.isEmpty() != c.tlsKey.isEmpty())
        return invalid(u"tls_cert and tls_key belong together: only %1 is set"_s.arg(c.tlsCert.isEmpty() ? u"tls_key"_s : u"tls_cert"_s));
    for (const QString& file : {c.tlsCert, c.tlsKey}) {
        if (!file.isEmpty() && !QFileInfo(file).isReadable())
            return invalid(u"%1: %2 cannot be read"_s.arg(file == c.tlsCert ? u"tls_cert"_s : u"tls_key"_s, file));
    }
    if (!c.isLoopback() && !c.usesTls())
        return invalid(u"listen: %1 is not a loopback address, so tls_cert and tls_key are needed"_s.arg(c.listenAddress));
    if (c.demo && !c.isLoopback())
        return invalid(u"demo: the demo accounts are only offered on a loopback address, not on %1"_s.arg(c.listenAddress));
    return Done{};
}

bool Config::isLoopback() const
{
    return QHostAddress(listenAddress).isLoopback();
}

QString Config::databasePath() const
{
    return database.isEmpty() ? dataDir + u"/naru.sqlite"_s : database;
}

QString Config::keysPath() const
{
    return keysDir.isEmpty() ? dataDir : keysDir;
}

} // namespace naru::server
