// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <optional>

class QCoreApplication;

namespace naru::console {

// The command line of the console.
struct Options {
    QString server; // empty: as set by the person, or the default
    QString demoLogin;
    QString language;
    QString theme;
    QString screen;
    QString shots; // folder for pictures
    std::optional<QSize> size;
    bool timing = false;
    bool keychain = true;
};

// Ends the program with 2 and a clear message when a value is bad.
Options readOptions(const QCoreApplication& app);

inline constexpr auto kDefaultServer = "http://127.0.0.1:7420";

} // namespace naru::console
