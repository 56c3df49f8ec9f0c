// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ScreenBackend.h"

#include "core/Clock.h"
#include "support/FakeClock.h"
#include "ui/frame/Page.h"
#include "ui/session/StepUp.h"

#include <QAbstractButton>
#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

// Sessions, devices and conflicts as the mockup has them, for tests of the screens.
namespace naru::test {

template <class AnyId> AnyId numbered(std::int64_t n)
{
    return AnyId{Id128::make(FakeClock::kStart, 7, static_cast<std::uint64_t>(n))};
}

inline Instant at(int secondsAgo) { return fromUnixMs(FakeClock::kStart - 1000LL * secondsAgo); }

inline AuditLine line(const char* action, int secondsAgo, const QString& entity = {}, const char* type = "session")
{
    AuditLine l;
    static std::int64_t seq = 182'000;
    l.seq = ++seq;
    l.at = at(secondsAgo);
    l.action = QLatin1StringView(action);
    l.entityType = QLatin1StringView(type);
    l.entityText = entity;
    l.actorName = QStringLiteral("윤서영");
    l.actorRole = QStringLiteral("vendor_manager");
    return l;
}

inline Conflict conflictNo(int n)
{
    static const char* const names[] = {"윤서영", "강민호", "오세라", "임하늘", "정유진"};
    static const char* const companies[] = {"남산 티룸", "", "서해 요트", "", "은하 렌터카"};
    static constexpr ConflictKind kinds[] = {ConflictKind::Reported, ConflictKind::FlipFlop, ConflictKind::NewDevice, ConflictKind::ParallelUse, ConflictKind::OtherNetwork};
    static constexpr Role roles[] = {Role::VendorManager, Role::SupportAgent, Role::VendorMember, Role::Staff, Role::VendorMember};
    Conflict c;
    c.id = numbered<ConflictId>(1000 + n);
    c.version = 1;
    c.kind = kinds[n % 5];
    c.score = n == 0 ? 18 : 7 - n % 4;
    c.userId = numbered<UserId>(2000 + n);
    c.displayName = QString::fromUtf8(names[n % 5]) + (n < 5 ? QString() : QStringLiteral(" %1").arg(n));
    c.login = QStringLiteral("user%1").arg(n);
    c.vendorName = QString::fromUtf8(companies[n % 5]);
    c.role = roles[n % 5];
    c.oldDevice = QStringLiteral("사무실 PC");
    c.oldPlace = QStringLiteral("서울 중구");
    c.newDevice = n % 2 == 0 ? QStringLiteral("알 수 없는 노트북") : QStringLiteral("집 데스크톱");
    c.newPlace = n % 3 == 0 ? QStringLiteral("부산 사하구") : QStringLiteral("서울 중구");
    c.gapSeconds = 22 + 60 * n;
    c.at = at(120 + 420 * n);
    c.expiresAt = c.at + std::chrono::hours(24);
    return c;
}

inline Device device(int n, const QString& name, DeviceStatus status = DeviceStatus::Active)
{
    Device d;
    d.id = numbered<DeviceId>(3000 + n);
    d.version = 4;
    d.name = name;
    d.platform = QStringLiteral("Debian 12");
    d.appVersion = QStringLiteral("0.1.0");
    d.storage = KeyStorage::Keychain;
    d.status = status;
    d.tier = 2;
    d.keyMark = QStringLiteral("q3Vf0aZk");
    d.createdAt = at(86400 * 420);
    d.lastSeenAt = at(60);
    d.postureAt = at(300);
    d.posture = {{QStringLiteral("storage"), QStringLiteral("keychain"), QStringLiteral("self")}, {QStringLiteral("os"), QStringLiteral("Debian 12"), QStringLiteral("self")},
        {QStringLiteral("disk_encryption"), QStringLiteral("on"), QStringLiteral("self")}, {QStringLiteral("secure_boot"), QStringLiteral("on"), QStringLiteral("self")},
        {QStringLiteral("screen_lock"), QStringLiteral("unknown"), QStringLiteral("self")}, {QStringLiteral("firewall"), QStringLiteral("unknown"), QStringLiteral("self")},
        {QStringLiteral("anti_malware"), QStringLiteral("unknown"), QStringLiteral("self")}, {QStringLiteral("integrity"), QStringLiteral("ok"), QStringLiteral("self")},
        {QStringLiteral("root"), QStringLiteral("off"), QStringLiteral("self")}, {QStringLiteral("clock_skew"), QStringLiteral("0.4 s"), QStringLiteral("server")}};
    return d;
}

inline SessionEntry session(int n, SessionStatus status, int beganAgo, int activeAgo)
{
    SessionEntry s;
    s.sid = numbered<SessionId>(4000 + n);
    s.userId = numbered<UserId>(2000);
    s.login = QStringLiteral("seoyoung");
    s.displayName = QStringLiteral("윤서영");
    s.vendorName = QStringLiteral("남산 티룸");
    s.status = status;
    s.deviceId = numbered<DeviceId>(3000 + n);
    s.deviceName = n % 2 == 0 ? QStringLiteral("사무실 PC") : QStringLiteral("노트북");
    s.place = n % 2 == 0 ? QStringLiteral("서울 중구") : QStringLiteral("부산 사하구");
    s.startedAt = at(beganAgo);
    s.lastActivityAt = at(activeAgo);
    if (status != SessionStatus::Active)
        s.endedAt = at(std::max(0, activeAgo - 20));
    return s;
}

inline ConflictDetail detailOf(const Conflict& c)
{
    ConflictDetail d;
    d.conflict = c;
    d.oldSide.session = session(0, SessionStatus::Displaced, 3900, 145);
    d.oldSide.session.endedAt = at(120);
    d.oldSide.device = device(0, QStringLiteral("사무실 PC"));
    d.oldSide.drafts = 2;
    d.oldSide.actions = {line("auth.conflict.reported", 113), line("auth.session.displaced", 120), line("offer.changed", 142, QStringLiteral("말차 세트"), "offer"),
        line("vendor_order.accepted", 351, QStringLiteral("VO-20412"), "vendor_order"), line("vendor_order.accepted", 560, QStringLiteral("VO-20411"), "vendor_order")};
    d.newSide.session = session(1, SessionStatus::Active, 120, 12);
    d.newSide.session.restricted = QStringLiteral("reported");
    d.newSide.device = device(1, QStringLiteral("알 수 없는 노트북"));
    d.newSide.device->tier = 1;
    d.newSide.device->storage = KeyStorage::Memory;
    d.newSide.device->createdAt = at(120);
    d.newSide.device->posture = {{QStringLiteral("disk_encryption"), QStringLiteral("off"), QStringLiteral("self")}};
    d.newSide.actions = {line("auth.stepup.failed", 12), line("auth.session.restricted", 62), line("auth.stepup.failed", 91), line("auth.device.registered", 119), line("auth.session.opened", 120)};
    d.rules = {{QStringLiteral("E7"), QStringLiteral("not-me"), QStringLiteral("restrict"), at(113)}, {QStringLiteral("E6"), QStringLiteral("device-never-seen"), QStringLiteral("conflict"), at(120)}};
    return d;
}

inline Conflict decidedAs(Conflict c, ConflictDecision decision, const QString& by = QStringLiteral("한지우"))
{
    c.state = ConflictState::Decided;
    c.decision = decision;
    c.decidedBy = by;
    ++c.version;
    return c;
}

inline Error refusal(ErrorKind kind, const QString& code, int status = 0)
{
    Error e;
    e.kind = kind;
    e.code = code;
    e.httpStatus = status;
    e.requestId = QStringLiteral("01HREQ");
    return e;
}

// A window with one page and the sheet for extra verification, as the frame has it.
template <class AnyPage> struct SecurityScreen {
    ScreenBackend backend;
    FakeClock clock;
    QWidget window;
    AnyPage* page = nullptr;
    ui::StepUp* stepUp = nullptr;
    QStringList toasts;

    SecurityScreen()
    {
        SessionInfo info;
        info.displayName = QStringLiteral("한지우");
        info.role = Role::SupportAgent;
        info.scopes = {QStringLiteral("session.own"), QStringLiteral("session.review"), QStringLiteral("session.decide"), QStringLiteral("device.approve"), QStringLiteral("user.manage"),
            QStringLiteral("audit.read")};
        info.factors = {QStringLiteral("totp"), QStringLiteral("password")};
        backend.m_session.m_info = info;
    }
    void show()
    {
        window.resize(1228, 816);
        auto* all = new QVBoxLayout(&window);
        all->setContentsMargins(0, 0, 0, 0);
        page = new AnyPage(backend, clock);
        all->addWidget(page);
        stepUp = new ui::StepUp(backend, &window);
        QObject::connect(page, &ui::Page::toast, page, [this](const QString& text) { toasts.append(text); });
        window.show();
        window.activateWindow();
        page->activate();
    }
    ~SecurityScreen() { delete page; } // before the backend

    template <class W> W* named(const QString& name)
    {
        for (auto* widget : window.findChildren<W*>())
            if (widget->accessibleName() == name && widget->isVisible())
                return widget;
        return nullptr;
    }
    QString visibleText()
    {
        QStringList texts;
        for (auto* label : window.findChildren<QLabel*>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }
};

} // namespace naru::test
