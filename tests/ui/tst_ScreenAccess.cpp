// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// A screen that a person's role does not have (auth.md §2.13) is behind no door: not in the rail, by no letter, not in the palette, by no record,
// not by coming back to where one was.
#include "support/UiFixture.h"

#include "ui/frame/KeySheet.h"
#include "ui/frame/Rail.h"
#include "ui/frame/SessionCover.h"
#include "ui/frame/StatusLine.h"
#include "ui/palette/CommandPalette.h"
#include "ui/workspace/Workspace.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

const QString kRefused = u"“Review” is not open to your role."_s;

SessionInfo reviewer()
{
    SessionInfo info = staffSession();
    info.userId = UserId{Id128::make(2, 2, 2)};
    info.sid = SessionId{Id128::make(2, 2, 3)};
    info.login = u"kimjiwon"_s;
    info.role = Role::SupportAgent;
    info.scopes.append(u"session.review"_s);
    return info;
}

SessionInfo demoted()
{
    SessionInfo info = reviewer();
    info.sid = SessionId{Id128::make(2, 2, 4)};
    info.scopes.removeAll(u"session.review"_s);
    return info;
}

// A window with a screen for everybody, and one for reviewers.
struct House {
    FakeBackend backend;
    FakeClock clock;
    Preferences preferences{u"http://127.0.0.1:7420"_s};
    PlainPage* home = nullptr;
    PlainPage* review = nullptr;
    MainWindow window{backend, clock, preferences, [this] { return screens(); }};

    House()
    {
        window.resize(1280, 800);
        window.show();
    }
    std::vector<ui::Screen> screens()
    {
        home = new PlainPage(u"Home"_s, 'A');
        review = new PlainPage(u"Review"_s, 'E');
        return {{u"home"_s, "house", 'H', {u"order"_s}, home}, {u"review"_s, "person-check", 'C', {u"session_conflict"_s}, review, u"session.review"_s}};
    }
    void enter(const SessionInfo& info) { backend.m_session.begin(info); }
    void expire() { backend.m_session.end({SessionEndReason::ExpiredIdle, clock.now(), {}, {}, {}}); }
    void changeRights(const SessionInfo& info)
    {
        backend.m_session.m_info = info;
        Q_EMIT backend.m_session.infoChanged(info);
    }
    RailItem* door(const QString& title)
    {
        for (auto* item : window.findChildren<RailItem*>())
            if (item->text() == title)
                return item;
        return nullptr;
    }
    QString said() { return window.findChild<StatusLine*>()->said(); }
    void go(Qt::Key letter)
    {
        QTest::keyClick(static_cast<PlainPage*>(window.currentPage())->m_list, Qt::Key_G);
        QTest::keyClick(static_cast<PlainPage*>(window.currentPage())->m_list, letter);
    }
};

} // namespace

class tst_ScreenAccess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Naru"_s);
        QCoreApplication::setApplicationName(u"tst_ScreenAccess"_s);
        registerResources();
        m_theme = std::make_unique<Theme>(*qApp);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QSettings().clear();
    }

    void whoHasTheRightFindsEveryDoor()
    {
        House h;
        QVERIFY(QTest::qWaitForWindowActive(&h.window));
        h.enter(reviewer());
        QVERIFY(h.door(u"Review"_s)->isVisible());
        h.go(Qt::Key_C);
        QCOMPARE(h.window.currentPage(), h.review);
        QVERIFY(h.said().isEmpty());
        h.window.goTo(u"home"_s);
        Q_EMIT h.home->recordWanted(u"session_conflict"_s, u"7"_s);
        QCOMPARE(h.review->m_opened, u"session_conflict/7"_s);
    }

    void theRailHasNoSuchDoor()
    {
        House h;
        h.enter(staffSession());
        QVERIFY(h.door(u"Home"_s)->isVisible());
        QVERIFY(h.door(u"Review"_s)->isHidden());
    }

    void itsLetterSaysSo()
    {
        House h;
        QVERIFY(QTest::qWaitForWindowActive(&h.window));
        h.enter(staffSession());
        h.go(Qt::Key_C);
        QCOMPARE(h.window.currentPage(), h.home);
        QCOMPARE(h.review->m_activations, 0);
        QCOMPARE(h.said(), kRefused);
        QVERIFY(h.door(u"Home"_s)->isChecked());
        QVERIFY(!h.door(u"Review"_s)->isChecked());
    }

    void paletteAndKeySheetDoNotKnowIt()
    {
        House h;
        QVERIFY(QTest::qWaitForWindowActive(&h.window));
        const auto lists = [&h](const QString& id) {
            const auto all = h.window.windowCommands();
            return std::any_of(all.begin(), all.end(), [&](const Command& c) { return c.id == id; });
        };
        const auto keySheetSays = [&h](const QString& text) {
            h.window.openKeySheet();
            bool found = false;
            for (const auto* row : h.window.findChild<KeySheet*>()->findChildren<QWidget*>())
                found = found || (row->isVisible() && row->accessibleName() == text);
            h.window.closeOverlays();
            return found;
        };
        h.enter(staffSession());
        QVERIFY(lists(u"go.home"_s) && !lists(u"go.review"_s));
        QVERIFY(keySheetSays(u"Go to Home"_s) && !keySheetSays(u"Go to Review"_s));
        h.enter(reviewer());
        QVERIFY(lists(u"go.review"_s) && keySheetSays(u"Go to Review"_s));
    }

    void itsRecordsAreNotFound()
    {
        House h;
        QVERIFY(QTest::qWaitForWindowActive(&h.window));
        h.backend.m_home.m_searches.always(std::vector<SearchHit>{{u"session_conflict"_s, u"7"_s, u"C-7"_s, u"Conflict 7"_s, {}}, {u"order"_s, u"8"_s, u"O-8"_s, u"Order 8"_s, {}},
            {u"unheard_of"_s, u"9"_s, u"U-9"_s, u"Thing 9"_s, {}}});
        const auto found = [&h] {
            h.window.openPalette(true);
            auto* palette = h.window.findChild<CommandPalette*>();
            QTest::keyClicks(palette->findChild<ComposingField*>(), u"o"_s);
            auto* model = palette->findChild<QListView*>()->model();
            if (!QTest::qWaitFor([&] { return model->rowCount() > 0; }))
                return QStringList();
            QStringList titles;
            for (int row = 0; row < model->rowCount(); ++row)
                titles.append(model->index(row, 0).data().toString());
            h.window.closeOverlays();
            return titles;
        };
        h.enter(staffSession());
        QCOMPARE(found(), (QStringList{u"Order 8"_s, u"Thing 9"_s}));
        h.enter(reviewer());
        QCOMPARE(found(), (QStringList{u"Conflict 7"_s, u"Order 8"_s, u"Thing 9"_s}));
    }

    void itsRecordsDoNotOpen()
    {
        House h;
        h.enter(staffSession());
        Q_EMIT h.home->recordWanted(u"session_conflict"_s, u"7"_s);
        QCOMPARE(h.window.currentPage(), h.home);
        QVERIFY(h.review->m_opened.isEmpty());
        QCOMPARE(h.said(), kRefused);
    }

    void theScreenOfTheLastTimeIsHome()
    {
        House h;
        h.preferences.setLastScreen(u"review"_s);
        h.enter(staffSession());
        QCOMPARE(h.window.currentPage(), h.home);
        QCOMPARE(h.review->m_activations, 0);
        QVERIFY(h.said().isEmpty()); // nobody asked for it
    }

    void theKeptPlaceIsNotRestored()
    {
        House h;
        backend::Draft place;
        place.place = u"workspace"_s;
        place.content = QJsonDocument(QJsonObject{{u"screen"_s, u"review"_s}, {u"page"_s, QJsonObject()}, {u"caret"_s, QJsonObject()}}).toJson();
        h.backend.m_drafts.keep(place);
        const auto workspace = Workspace::over(h.window, h.backend, h.clock);
        h.enter(staffSession());
        QTRY_VERIFY(workspace->isSettled());
        QCOMPARE(h.window.currentPage(), h.home);
        QCOMPARE(h.review->m_activations, 0);
    }

    void somebodyElseWithFewerRightsIsAtHome()
    {
        House h;
        const auto workspace = Workspace::over(h.window, h.backend, h.clock);
        h.enter(reviewer());
        QVERIFY(h.window.goTo(u"review"_s));
        h.expire();
        h.enter(staffSession());
        QTRY_VERIFY(workspace->isSettled());
        QCOMPARE(h.window.currentPage(), h.home);
        QCOMPARE(h.review->m_activations, 0); // made anew, and never shown
        QVERIFY(h.door(u"Review"_s)->isHidden());
    }

    void thePersonWhoLostTheRightIsAtHome()
    {
        House h;
        const auto workspace = Workspace::over(h.window, h.backend, h.clock);
        h.enter(reviewer());
        QVERIFY(h.window.goTo(u"review"_s));
        const int shown = h.review->m_activations;
        h.expire();
        h.enter(demoted());
        QTRY_VERIFY(workspace->isSettled());
        QVERIFY(!h.window.findChild<SessionCover*>()->isOpen());
        QCOMPARE(h.window.currentPage(), h.home);
        QCOMPARE(h.review->m_activations, shown);
        QCOMPARE(h.said(), kRefused);
    }

    void aRightTakenAwayClosesTheScreenAtOnce()
    {
        House h;
        h.enter(reviewer());
        QVERIFY(h.window.goTo(u"review"_s));
        h.changeRights(demoted());
        QCOMPARE(h.window.currentPage(), h.home);
        QCOMPARE(h.said(), kRefused);
        QVERIFY(h.door(u"Review"_s)->isHidden());
        h.changeRights(reviewer());
        QVERIFY(h.door(u"Review"_s)->isVisible());
        QVERIFY(h.window.goTo(u"review"_s));
    }

    // The cover has the focus: what lies below moves when it is gone.
    void nothingMovesBelowTheCover()
    {
        House h;
        h.enter(reviewer());
        QVERIFY(h.window.goTo(u"review"_s));
        h.expire();
        const int home = h.home->m_activations;
        h.changeRights(demoted());
        QCOMPARE(h.home->m_activations, home);
        QCOMPARE(h.window.currentPage(), h.review);
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(tst_ScreenAccess)
#include "tst_ScreenAccess.moc"
