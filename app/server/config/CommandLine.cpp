// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/Settings.h"

#include "core/Session.h"
#include "protocol/WireNames.h"

#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace naru::server {
namespace {

constexpr char kFooter[] = "Every setting can also be given by the environment (--data-dir: NARU_DATA_DIR) or in the configuration file\n"
                           "(data_dir = \"...\"). A flag goes before the environment, the environment before the file.\n"
                           "Exit codes: 0 done, 1 failed (check: a rule is violated), 2 wrong use or configuration.";

std::string std8(const QString& s)
{
    return s.toStdString();
}

// The parser's targets; all texts, so that every source is checked by the same code.
struct Raw {
    std::map<std::string, std::string> settings;
    std::string configFile;
    std::string seedNow;
    std::string url, caFile, login, password;
    std::string userLogin, userName, userRole, userVendor;
};

void declareSettings(CLI::App& app, Raw& raw)
{
    app.add_option("--config", raw.configFile, "Configuration file, TOML (default: narud.toml in the user's naru configuration folder)")
        ->type_name("FILE");
    for (const Setting& s : settings()) {
#ifndef NARU_FAILPOINTS
        if (s.kind == Setting::Kind::List)
            continue;
#endif
        std::string& target = raw.settings[s.key];
        const std::string help = s.help + (s.fallback.isEmpty() ? std::string() : " (default: " + std8(s.fallback) + ")");
        if (s.kind == Setting::Kind::Bool) {
            app.add_flag("--" + std8(s.flag()), target, help);
            continue;
        }
        auto* option = app.add_option("--" + std8(s.flag()), target, help);
        if (s.kind == Setting::Kind::Integer)
            option->type_name(std::to_string(s.min) + ".." + std::to_string(s.max));
        else if (s.kind == Setting::Kind::Seconds)
            option->type_name(std8(s.range()).substr(std::string("seconds from ").size()));
        else
            option->type_name(s.kind == Setting::Kind::Path ? "PATH" : s.words.empty() ? "TEXT" : std8(s.range()).substr(std::string("one of ").size()));
    }
}

void declareCommands(CLI::App& app, Raw& raw, Invocation& in)
{
    app.require_subcommand(0, 1);
    app.fallthrough();
    app.add_subcommand("serve", "Run the server (this is what happens without a command)");
    app.add_subcommand("check", "Check the database against all rules of the domain and print each one that is violated");
    auto* seed = app.add_subcommand("seed", "Fill an empty database with demo data; the same seed gives the same data");
    seed->add_option("--seed", in.seed.seed, "Number that decides the data")->capture_default_str();
    seed->add_option("--now", raw.seedNow, "The moment the data is made for, RFC 3339 (default: now)")->type_name("TIME");
    auto* sim = app.add_subcommand("simulate", "Drive a running server through its interface as customers and vendors do");
    sim->add_option("--url", raw.url, "Server to drive (default: http://127.0.0.1 and the configured port)");
    sim->add_option("--ca", raw.caFile, "Certificates to trust for https, PEM")->type_name("FILE");
    sim->add_option("--rate", in.simulate.rate, "Customer actions a second")->check(CLI::Range(0.01, 10'000.0))->capture_default_str();
    sim->add_option("--seconds", in.simulate.seconds, "How long; 0 until stopped")->check(CLI::Range(0, 1'000'000))->capture_default_str();
    sim->add_option("--customers", in.simulate.customers, "How many customers there are")->check(CLI::Range(1, 1'000'000))->capture_default_str();
    sim->add_option("--login", raw.login, "Account of the storefront (default: storefront1)");
    sim->add_option("--password", raw.password, "Its password (default: that of the demo accounts)");
    sim->add_option("--seed", in.simulate.seed, "Number that decides what happens")->capture_default_str();
    auto* user = app.add_subcommand("user", "Accounts")->require_subcommand(1);
    auto* add = user->add_subcommand("add", "Add an account; the password is read from standard input");
    add->add_option("--login", raw.userLogin, "Sign-in name")->required();
    add->add_option("--name", raw.userName, "Name as others see it")->required();
    std::vector<std::string> roles;
    for (const std::string_view r : protocol::Names<Role>::list)
        roles.emplace_back(r);
    add->add_option("--role", raw.userRole, "Role")->required()->check(CLI::IsMember(roles));
    add->add_option("--vendor", raw.userVendor, "Code of the vendor, for the vendor roles");
}

QString defaultFolder(const Environment& env, const QString& variable, const QString& below)
{
    const QString base = env(variable).value_or(QString());
    const QString root = !base.isEmpty() && QDir::isAbsolutePath(base) ? base : env(u"HOME"_s).value_or(QDir::homePath()) + below;
    return root + u"/naru"_s;
}

// The file named by flag or environment must exist; the one at the usual place may.
Result<Done> gather(const CLI::App& app, const Raw& raw, const Environment& env, std::map<QString, Found>& found)
{
    for (const Setting& s : settings()) {
        const auto* option = app.get_option_no_throw("--" + std8(s.flag()));
        const QString key = QString::fromLatin1(s.key);
        if (option && option->count() > 0) {
            found[key] = {QString::fromStdString(raw.settings.at(s.key)), u"flag --"_s + s.flag()};
        } else if (const auto value = env(s.variable())) {
            found[key] = {*value, u"environment variable "_s + s.variable()};
        }
    }
    QString file = QString::fromStdString(raw.configFile);
    if (file.isEmpty())
        file = env(u"NARU_CONFIG"_s).value_or(QString());
    if (file.isEmpty()) {
        file = defaultFolder(env, u"XDG_CONFIG_HOME"_s, u"/.config"_s) + u"/narud.toml"_s;
        if (!QFileInfo::exists(file))
            return Done{};
    }
    return readConfigFile(file, found);
}

Usage wrong(const QString& what)
{
    return {2, u"narud: %1\n"_s.arg(what)};
}

std::optional<Usage> finish(const CLI::App& app, const Raw& raw, const Environment& env, Invocation& in)
{
    std::map<QString, Found> found;
    if (const auto r = gather(app, raw, env, found); !r)
        return wrong(r.error().detail);
    in.config.dataDir = defaultFolder(env, u"XDG_DATA_HOME"_s, u"/.local/share"_s);
    for (const Setting& s : settings()) {
        const auto it = found.find(QString::fromLatin1(s.key));
        if (it == found.end())
            continue;
        if (const auto r = apply(in.config, s, it->second); !r)
            return wrong(r.error().detail);
    }
    if (const auto r = checkTogether(in.config); !r)
        return wrong(r.error().detail);
    if (!raw.seedNow.empty()) {
        in.seed.now = fromRfc3339(QString::fromStdString(raw.seedNow));
        if (!in.seed.now)
            return wrong(u"flag --now: must be a time such as 2026-11-22T09:00:00+09:00, not \"%1\""_s.arg(QString::fromStdString(raw.seedNow).left(100)));
    }
    return std::nullopt;
}

void fillCommand(const CLI::App& app, const Raw& raw, Invocation& in)
{
    using Command = Invocation::Command;
    in.command = app.got_subcommand("check") ? Command::Check
        : app.got_subcommand("seed")         ? Command::Seed
        : app.got_subcommand("simulate")     ? Command::Simulate
        : app.got_subcommand("user")         ? Command::UserAdd
                                             : Command::Serve;
    const auto q = [](const std::string& s) { return QString::fromStdString(s); };
    in.simulate.url = q(raw.url);
    in.simulate.caFile = q(raw.caFile);
    if (!raw.login.empty())
        in.simulate.login = q(raw.login);
    in.simulate.password = q(raw.password);
    in.userAdd = {q(raw.userLogin), q(raw.userName), q(raw.userRole), q(raw.userVendor)};
    if (in.simulate.url.isEmpty())
        in.simulate.url = u"%1://127.0.0.1:%2"_s.arg(in.config.usesTls() ? u"https"_s : u"http"_s).arg(in.config.port);
}

} // namespace

Environment processEnvironment()
{
    return [env = QProcessEnvironment::systemEnvironment()](const QString& name) {
        return env.contains(name) ? std::optional(env.value(name)) : std::nullopt;
    };
}

std::variant<Invocation, Usage> readInvocation(const QStringList& args, const Environment& environment)
{
    Invocation in;
    Raw raw;
    CLI::App app("narud - the shared server of Naru", "narud");
    app.set_version_flag("--version", "narud " NARU_VERSION);
    app.set_help_all_flag("--help-all", "Help of all commands");
    app.footer(kFooter);
    declareSettings(app, raw);
    declareCommands(app, raw, in);
    std::vector<std::string> reversed; // as the parser wants them
    for (auto it = args.rbegin(); it != args.rend(); ++it)
        reversed.push_back(std8(*it));
    try {
        app.parse(reversed);
    } catch (const CLI::ParseError& e) {
        std::ostringstream out;
        std::ostringstream err;
        const int code = app.exit(e, out, err);
        if (code == 0)
            return Usage{0, QString::fromStdString(out.str())};
        return wrong(QString::fromStdString(err.str()).trimmed());
    }
    if (auto usage = finish(app, raw, environment, in))
        return std::move(*usage);
    fillCommand(app, raw, in);
    return in;
}

} // namespace naru::server
