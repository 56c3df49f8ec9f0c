// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/Options.h"

#include "ui/settings/Preferences.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>
#include <cstdio>
#include <cstdlib>

namespace naru::console {
using namespace Qt::StringLiterals;
namespace {

[[noreturn]] void refuse(const QString& why)
{
    std::fprintf(stderr, "naru: %s\nTry: naru --help\n", qPrintable(why));
    std::exit(2);
}

void needOneOf(const QString& option, const QString& value, const QStringList& allowed)
{
    if (!value.isEmpty() && !allowed.contains(value))
        refuse(u"--%1 must be one of %2, not \"%3\""_s.arg(option, allowed.join(u", "_s), value));
}

bool isLoopback(const QUrl& url)
{
    const QString host = url.host();
    return host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1);
}

} // namespace

Options readOptions(const QCoreApplication& app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Naru, the operations console of a marketplace."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"server"_s, u"Address of the server (default: the last one, or %1)."_s.arg(QLatin1StringView(kDefaultServer)), u"url"_s},
        {u"demo-login"_s, u"Enter as this demo account of a demo server."_s, u"login"_s},
        {u"language"_s, u"Language of this run: ko or en."_s, u"code"_s},
        {u"theme"_s, u"Appearance of this run: light, dark or system."_s, u"name"_s},
        {u"geometry"_s, u"Size of the window, such as 1440x900."_s, u"WxH"_s},
        {u"screen"_s, u"First screen: home, orders, reservations or products."_s, u"id"_s},
        {u"shots"_s, u"Walk through all screens, save their pictures into this folder, quit."_s, u"dir"_s},
        {u"timing"_s, u"Print the milliseconds from process start to the first rows."_s},
        {u"no-keychain"_s, u"Forget the session when the program ends."_s},
    });
    parser.process(app);
    Options o;
    o.server = parser.value(u"server"_s);
    o.demoLogin = parser.value(u"demo-login"_s);
    o.language = parser.value(u"language"_s);
    o.theme = parser.value(u"theme"_s);
    o.screen = parser.value(u"screen"_s);
    o.shots = parser.value(u"shots"_s);
    o.timing = parser.isSet(u"timing"_s);
    o.keychain = !parser.isSet(u"no-keychain"_s) && o.demoLogin.isEmpty();
    needOneOf(u"language"_s, o.language, {u"ko"_s, u"en"_s});
    needOneOf(u"theme"_s, o.theme, {u"light"_s, u"dark"_s, u"system"_s});
    needOneOf(u"screen"_s, o.screen, {u"home"_s, u"orders"_s, u"reservations"_s, u"products"_s});
    if (!o.server.isEmpty() && !ui::Preferences::isServerAddress(o.server))
        refuse(u"--server must look like https://host:port, not \"%1\""_s.arg(o.server));
    if (const QUrl url(o.server); url.scheme() == "http"_L1 && !isLoopback(url))
        refuse(u"--server without TLS is allowed on this computer only; use https://%1"_s.arg(url.host()));
    if (const QString text = parser.value(u"geometry"_s); !text.isEmpty()) {
        static const QRegularExpression form(u"^(\\d{3,5})x(\\d{3,5})$"_s);
        const auto match = form.match(text);
        if (!match.hasMatch())
            refuse(u"--geometry must look like 1440x900, not \"%1\""_s.arg(text));
        o.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    if (!parser.positionalArguments().isEmpty())
        refuse(u"unexpected argument \"%1\""_s.arg(parser.positionalArguments().constFirst()));
    return o;
}

} // namespace naru::console
