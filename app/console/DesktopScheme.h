// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace naru::console {

// Asks the desktop whether it wants dark programs, and listens for a change of mind (XDG portal). Silent where there is no
// session bus. UI thread; owned by the composition root.
class DesktopScheme : public QObject {
    Q_OBJECT
public:
    explicit DesktopScheme(QObject* parent = nullptr);

Q_SIGNALS:
    void darkWanted(bool dark);

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(QVariant value);
};

} // namespace naru::console
