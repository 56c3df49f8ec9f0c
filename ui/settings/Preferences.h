// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>

namespace naru::ui {

// What this person set on this computer, in the configuration folder. Holds no secret. UI thread; owned by the composition root.
class Preferences : public QObject {
    Q_OBJECT
public:
    explicit Preferences(const QString& defaultServer, QObject* parent = nullptr);

    QString language() const { return m_language; } // "ko" or "en"
    void setLanguage(const QString& language);
    void useLanguage(const QString& language); // for this run only
    QString server() const { return m_server; }
    // False: not an address of the form http(s)://host[:port].
    bool setServer(const QString& address);
    void useServer(const QString& address); // for this run only
    static bool isServerAddress(const QString& address);

    QString lastLogin() const;
    void setLastLogin(const QString& login);
    QString lastScreen() const;
    void setLastScreen(const QString& id);
    bool railCollapsed() const;
    void setRailCollapsed(bool collapsed);
    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);

Q_SIGNALS:
    void languageChanged(const QString& language);
    void serverChanged(const QString& address);

private:
    QSettings m_settings;
    QString m_language;
    QString m_server;
};

} // namespace naru::ui
