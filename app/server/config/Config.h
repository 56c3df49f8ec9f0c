// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <map>
#include <optional>
#include <variant>

namespace naru::server {

// Everything that can be set about a server. Each value comes from a flag, else from the environment (NARU_…), else from
// the one configuration file, else from here. A plain value, read-only after start.
struct Config {
    QString listenAddress = QStringLiteral("127.0.0.1");
    int port = 7420; // 0: any free one
    QString publicName = QStringLiteral("Naru");
    QString publicUrl; // "https://naru.example.kr"; empty: whatever address a caller used
    QString dataDir; // filled by readInvocation: $XDG_DATA_HOME/naru
    QString database; // a file or postgres://…; empty: naru.sqlite in the data folder
    QString keysDir; // empty: the data folder
    QString tlsCert; // PEM chain
    QString tlsKey;
    bool demo = false; // one-click demo accounts; loopback only
    QString logLevel = QStringLiteral("info"); // debug, info, warning, error

    int headerLimit = 16 * 1024; // bytes
    int bodyLimit = 1024 * 1024; // bytes
    Millis headerTimeout{10'000};
    Millis bodyTimeout{20'000};
    Millis idleTimeout{60'000};
    Millis writeTimeout{20'000};
    Millis drainTimeout{10'000};
    int maxConnections = 10'000;

    int writeIntake = 8'192; // changes waiting for the writer
    int ticketIntake = 100'000; // tickets waiting for a decision
    int readIntake = 2'048; // reads waiting for a connection
    int readThreads = 3;
    int eventBuffer = 8 * 1024 * 1024; // bytes of recent events kept for streams that resume
    Millis holdTtl{600'000};
    bool trustClock = false; // begin at the clock's time even if the store has later changes
    int slotHorizonDays = 60; // slots are made so many days ahead

    QStringList failpoints; // "name=action", only in builds with failpoints

    QString databasePath() const; // or the URL: whatever openStore takes
    QString keysPath() const;
    bool usesTls() const { return !tlsCert.isEmpty(); }
    bool isLoopback() const;
};

struct SeedOptions {
    std::uint64_t seed = 1;
    std::optional<Instant> now; // the moment the demo data is made for; absent: now
};

struct SimulateOptions {
    QString url; // "http://127.0.0.1:7420"
    QString caFile; // for https
    double rate = 5; // customer actions a second
    int seconds = 0; // 0: until stopped
    int customers = 200;
    QString login = QStringLiteral("storefront1"); // the channel's account; vendors sign in as vendor-<code>
    QString password; // empty: the demo password
    std::uint64_t seed = 1;
};

struct UserAddOptions {
    QString login;
    QString name;
    QString role;
    QString vendor; // vendor code
};

// What the command line asks for.
struct Invocation {
    enum class Command { Serve, Check, Seed, Simulate, UserAdd };
    Command command = Command::Serve;
    Config config;
    SeedOptions seed;
    SimulateOptions simulate;
    UserAddOptions userAdd;
};

// Nothing to run: help, the version, or what is wrong (exit code 2).
struct Usage {
    int exitCode = 0;
    QString text;
};

using Environment = std::function<std::optional<QString>(const QString& name)>;
Environment processEnvironment();

// Reads flags, environment and file; changes nothing. args without the program's name.
std::variant<Invocation, Usage> readInvocation(const QStringList& args, const Environment& environment);

} // namespace naru::server
