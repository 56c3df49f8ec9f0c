// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/Preferences.h"

#include <QUrl>

namespace naru::ui {
using namespace Qt::StringLiterals;

Preferences::Preferences(const QString& defaultServer, QObject* parent) : QObject(parent)
{
    m_language = m_settings.value(u"window/language"_s, u"ko"_s).toString() == "en"_L1 ? u"en"_s : u"ko"_s;
    m_server = m_settings.value(u"server/address"_s).toString();
    if (!isServerAddress(m_server))
        m_server = defaultServer;
}

void Preferences::setLanguage(const QString& language)
{
    m_settings.setValue(u"window/language"_s, language);
    useLanguage(language);
}

void Preferences::useLanguage(const QString& language)
{
    if (m_language == language)
        return;
    m_language = language;
    Q_EMIT languageChanged(language);
}

bool Preferences::isServerAddress(const QString& address)
{
    const QUrl url(address, QUrl::StrictMode);
    return url.isValid() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1) && !url.host().isEmpty() && url.userName().isEmpty()
        && (url.path().isEmpty() || url.path() == "/"_L1) && !url.hasQuery() && !url.hasFragment();
}

bool Preferences::setServer(const QString& address)
{
    if (!isServerAddress(address))
        return false;
    m_settings.setValue(u"server/address"_s, address);
    if (m_server != address) {
        m_server = address;
        Q_EMIT serverChanged(address);
    }
    return true;
}

void Preferences::useServer(const QString& address) { m_server = address; }

QString Preferences::lastLogin() const { return m_settings.value(u"account/login"_s).toString(); }
void Preferences::setLastLogin(const QString& login) { m_settings.setValue(u"account/login"_s, login); }
QString Preferences::lastScreen() const { return m_settings.value(u"window/screen"_s, u"home"_s).toString(); }
void Preferences::setLastScreen(const QString& id) { m_settings.setValue(u"window/screen"_s, id); }
bool Preferences::railCollapsed() const { return m_settings.value(u"window/railCollapsed"_s, false).toBool(); }
void Preferences::setRailCollapsed(bool collapsed) { m_settings.setValue(u"window/railCollapsed"_s, collapsed); }
QByteArray Preferences::geometry() const { return m_settings.value(u"window/geometry"_s).toByteArray(); }
void Preferences::setGeometry(const QByteArray& geometry) { m_settings.setValue(u"window/geometry"_s, geometry); }

} // namespace naru::ui
