// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
#include "support/UiFixture.h"

#include "ui/bookings/BookingsPage.h"
#include "ui/frame/KeySheet.h"
#include "ui/frame/SessionCover.h"
#include "ui/home/HomePage.h"
#include "ui/orders/OrderBoardPage.h"
#include "ui/products/ProductsPage.h"
#include "ui/reservations/ReservationMonitorPage.h"
#include "ui/security/AuditPage.h"
#include "ui/security/ConflictReviewPage.h"
#include "ui/security/OwnSecurityPage.h"
#include "ui/security/SessionSearchPage.h"
#include "ui/settings/SettingsSheet.h"
#include "ui/signin/SignInPage.h"
#include "ui/slotrules/SlotRulesPage.h"

#include <QAccessible>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

// Every control a person can reach with the keyboard says to a screen reader what it is.
QStringList unnamed(QWidget& root)
{
    QStringList found;
    for (QWidget* w : root.findChildren<QWidget*>()) {
        if (!w->isVisible() || !(w->focusPolicy() & Qt::TabFocus))
            continue;
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(w);
        if (!face || face->text(QAccessible::Name).trimmed().isEmpty())
            found.append(u"%1 %2 in %3"_s.arg(QLatin1StringView(w->metaObject()->className()), w->objectName(),
                QLatin1StringView(w->parentWidget()->metaObject()->className())));
    }
    return found;
}

} // namespace

class tst_Names : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void missingNameIsNoticed();
    void signInScreen();
    void frameAndSheets();
    void screens();

private:
    std::unique_ptr<Theme> m_theme;
};

void tst_Names::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QCoreApplication::setOrganizationName(u"Naru"_s);
    QCoreApplication::setApplicationName(u"tst_Names"_s);
    QSettings().clear();
    registerResources();
    m_theme = std::make_unique<Theme>(*qApp);
}

void tst_Names::missingNameIsNoticed()
{
    QWidget window;
    auto* field = new QLineEdit(&window);
    window.show();
    QCOMPARE(unnamed(window).size(), 1);
    field->setAccessibleName(u"Reason"_s);
    QVERIFY(unnamed(window).isEmpty());
}

void tst_Names::signInScreen()
{
    WindowFixture f;
    f.window.show();
    f.window.start();
    f.backend.m_session.m_servers.answer(demoServer());
    QCOMPARE(unnamed(f.window), QStringList());
}

void tst_Names::frameAndSheets()
{
    WindowFixture f;
    f.window.show();
    f.backend.m_session.begin(staffSession());
    f.window.openPalette(false);
    QCOMPARE(unnamed(f.window), QStringList());
    f.window.closeOverlays();
    f.window.findChild<SettingsSheet*>()->open();
    QCOMPARE(unnamed(f.window), QStringList());
    f.window.closeOverlays();
    f.backend.m_session.end({SessionEndReason::ExpiredIdle, f.clock.now(), {}, {}});
    QCOMPARE(unnamed(f.window), QStringList());
}

void tst_Names::screens()
{
    FakeBackend backend;
    FakeClock clock;
    Preferences preferences(u"http://127.0.0.1:7420"_s);
    backend.m_session.begin(staffSession());
    MainWindow window(backend, clock, preferences, [&] {
        return std::vector<Screen>{{u"home"_s, "house", 'H', {}, new HomePage(backend, clock)},
            {u"orders"_s, "journal-text", 'O', {}, new OrderBoardPage(backend, clock)},
            {u"reservations"_s, "calendar-week", 'R', {}, new ReservationMonitorPage(backend, clock)},
            {u"bookings"_s, "ticket-perforated", 'B', {}, new BookingsPage(backend, clock)}, {u"rules"_s, "arrow-repeat", 'S', {}, new SlotRulesPage(backend, clock)},
            {u"products"_s, "box-seam", 'P', {}, new ProductsPage(backend, clock)},
            {u"conflicts"_s, "person-check", 'C', {}, new ConflictReviewPage(backend, clock)}, {u"sessions"_s, "people", 'L', {}, new SessionSearchPage(backend, clock)},
            {u"audit"_s, "journal-check", 'A', {}, new AuditPage(backend, clock)}, {u"security"_s, "shield-lock", 'Y', {}, new OwnSecurityPage(backend, clock)}};
    });
    window.resize(1440, 900);
    window.show();
    for (const QString& id : window.screenIds()) {
        QVERIFY(window.goTo(id));
        QCOMPARE(unnamed(window), QStringList());
    }
}

QTEST_MAIN(tst_Names)
#include "tst_Names.moc"
