// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusMetaType>
#include <QDBusReply>
#include <QDBusVariant>
#include <QRect>
#include <QTest>
#include <functional>
#include <optional>

// Looks at another program's window as a screen reader does, and acts on it by the names people hear. Blocking; test thread.
namespace naru::test {

struct AtSpiRef {
    QString service;
    QDBusObjectPath path;
};
inline QDBusArgument& operator<<(QDBusArgument& a, const AtSpiRef& r)
{
    a.beginStructure();
    a << r.service << r.path;
    a.endStructure();
    return a;
}
inline const QDBusArgument& operator>>(const QDBusArgument& a, AtSpiRef& r)
{
    a.beginStructure();
    a >> r.service >> r.path;
    a.endStructure();
    return a;
}

class AtSpiNode {
public:
    AtSpiNode(QDBusConnection bus, AtSpiRef ref)
        : m_bus(std::move(bus))
        , m_ref(std::move(ref))
    {
    }
    QString name() const { return property(u"Name"); }
    QString description() const { return property(u"Description"); }
    QString role() const { return call(u"org.a11y.atspi.Accessible", u"GetRoleName").value(0).toString(); }
    bool has(int state) const
    {
        const auto answer = call(u"org.a11y.atspi.Accessible", u"GetState");
        const auto bits = answer.isEmpty() ? QList<quint32>() : qdbus_cast<QList<quint32>>(answer.first());
        return state / 32 < bits.size() && (bits.at(state / 32) >> (state % 32)) & 1u;
    }
    bool showing() const { return has(25); }
    bool enabled() const { return has(24); } // sensitive
    bool focused() const { return has(12); }
    bool selected() const { return has(23); }
    QList<AtSpiNode> children() const
    {
        QList<AtSpiNode> list;
        const auto answer = call(u"org.a11y.atspi.Accessible", u"GetChildren");
        if (!answer.isEmpty())
            for (const auto& ref : qdbus_cast<QList<AtSpiRef>>(answer.first()))
                list << AtSpiNode(m_bus, ref);
        return list;
    }
    bool press() const { return call(u"org.a11y.atspi.Action", u"DoAction", {0}).value(0).toBool(); }
    bool focus() const { return call(u"org.a11y.atspi.Component", u"GrabFocus").value(0).toBool(); }
    bool setText(const QString& text) const { return call(u"org.a11y.atspi.EditableText", u"SetTextContents", {text}).value(0).toBool(); }
    int rows() const { return busProperty(u"org.a11y.atspi.Table", u"NRows").toInt(); }
    std::optional<AtSpiNode> cell(int row, int column) const
    {
        const auto answer = call(u"org.a11y.atspi.Table", u"GetAccessibleAt", {row, column});
        if (answer.isEmpty())
            return std::nullopt;
        return AtSpiNode(m_bus, qdbus_cast<AtSpiRef>(answer.first()));
    }
    QRect screenBox() const
    {
        const auto answer = call(u"org.a11y.atspi.Component", u"GetExtents", {0u});
        if (answer.isEmpty())
            return {};
        const auto a = answer.first().value<QDBusArgument>();
        int x = 0, y = 0, w = 0, h = 0;
        a.beginStructure();
        a >> x >> y >> w >> h;
        a.endStructure();
        return {x, y, w, h};
    }
    void click() const
    {
        const auto at = screenBox().center();
        auto message = QDBusMessage::createMethodCall(QStringLiteral("org.a11y.atspi.Registry"), QStringLiteral("/org/a11y/atspi/registry/deviceeventcontroller"),
            QStringLiteral("org.a11y.atspi.DeviceEventController"), QStringLiteral("GenerateMouseEvent"));
        message.setArguments({at.x(), at.y(), QStringLiteral("b1c")});
        m_bus.call(message, QDBus::Block, kTimeoutMs);
    }

private:
    static constexpr int kTimeoutMs = 5000;
    QVariantList call(QStringView interface, QStringView method, const QVariantList& arguments = {}) const
    {
        auto message = QDBusMessage::createMethodCall(m_ref.service, m_ref.path.path(), interface.toString(), method.toString());
        message.setArguments(arguments);
        const auto answer = m_bus.call(message, QDBus::Block, kTimeoutMs);
        return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments() : QVariantList();
    }
    QVariant busProperty(QStringView interface, QStringView which) const
    {
        const auto answer = call(u"org.freedesktop.DBus.Properties", u"Get", {interface.toString(), which.toString()});
        return answer.isEmpty() ? QVariant() : answer.first().value<QDBusVariant>().variant();
    }
    QString property(QStringView which) const { return busProperty(u"org.a11y.atspi.Accessible", which).toString(); }

    QDBusConnection m_bus;
    AtSpiRef m_ref;
};

class AtSpiTree {
public:
    using Match = std::function<bool(const AtSpiNode&)>;

    // False where no accessibility bus answers.
    bool open()
    {
        qDBusRegisterMetaType<AtSpiRef>();
        qDBusRegisterMetaType<QList<AtSpiRef>>();
        qDBusRegisterMetaType<QList<quint32>>();
        QDBusInterface launcher(QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"), QStringLiteral("org.a11y.Bus"), QDBusConnection::sessionBus());
        const QDBusReply<QString> address = launcher.call(QStringLiteral("GetAddress"));
        if (!address.isValid())
            return false;
        m_bus = QDBusConnection::connectToBus(address.value(), QStringLiteral("atspi"));
        return m_bus.isConnected();
    }

    QList<AtSpiNode> applications() const
    {
        return AtSpiNode(m_bus, {QStringLiteral("org.a11y.atspi.Registry"), QDBusObjectPath(QStringLiteral("/org/a11y/atspi/accessible/root"))}).children();
    }

    // The first node that is shown and fits, in any program; waits for it. Lists and tables are not entered: they may be long.
    std::optional<AtSpiNode> waitFor(const Match& fits, int timeoutMs = 15000) const
    {
        std::optional<AtSpiNode> found;
        (void)waitUntil([&] {
            for (const auto& application : applications())
                if (!found)
                    found = search(application, fits, 0);
            return found.has_value();
        }, timeoutMs);
        return found;
    }
    std::optional<AtSpiNode> waitFor(const QString& role, const QString& name, int timeoutMs = 15000) const
    {
        return waitFor([&](const AtSpiNode& node) { return node.name() == name && node.role() == role; }, timeoutMs);
    }
    static bool waitUntil(const std::function<bool()>& holds, int timeoutMs = 15000)
    {
        return QTest::qWaitFor(holds, timeoutMs);
    }

    // All that is shown, for the log of a failed test.
    QString dump() const
    {
        QString text;
        for (const auto& application : applications())
            describe(application, 0, text);
        return text;
    }

private:
    static bool isLong(const QString& role)
    {
        return role == QStringLiteral("list") || role == QStringLiteral("table") || role == QStringLiteral("tree");
    }
    static std::optional<AtSpiNode> search(const AtSpiNode& node, const Match& fits, int depth)
    {
        if (depth > 1 && !node.showing())
            return std::nullopt;
        if (depth > 0 && fits(node))
            return node;
        if (depth > 30 || isLong(node.role()))
            return std::nullopt;
        for (const auto& child : node.children())
            if (auto found = search(child, fits, depth + 1))
                return found;
        return std::nullopt;
    }
    static void describe(const AtSpiNode& node, int depth, QString& text)
    {
        if (depth > 1 && !node.showing())
            return;
        const auto role = node.role();
        text += QString(depth * 2, u' ') + role + QStringLiteral(" \"") + node.name() + QStringLiteral("\"\n");
        if (depth < 30 && !isLong(role))
            for (const auto& child : node.children())
                describe(child, depth + 1, text);
    }

    QDBusConnection m_bus{QStringLiteral("none")};
};

} // namespace naru::test

Q_DECLARE_METATYPE(naru::test::AtSpiRef)
