// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// timeout: 60
#include "MonitorScreen.h"

#include "resources/Resources.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {
using Screen = MonitorScreen;
} // namespace

class tst_ReservationMonitor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void fillsFromThreeListsAndFigures()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_COMPARE(s.grid()->model()->rowCount(), 11);
        QCOMPARE(s.grid()->model()->columnCount(), 14);
        QAbstractItemModelTester grid(s.grid()->model());
        QAbstractItemModelTester holds(s.holds()->list().model());
        QAbstractItemModelTester tickets(s.tickets()->list().model());
        QTRY_COMPARE(s.holds()->list().model()->rowCount(), 4);
        QTRY_COMPARE(s.tickets()->list().model()->rowCount(), 10);
        QTRY_VERIFY(s.page->subtitle().contains(u"1,284"_s));
        QCOMPARE(s.backend.m_reservations.m_query.fromDate, u"2026-11-22"_s);
        QVERIFY(s.grid()->model()->index(2, 0).data(Qt::AccessibleTextRole).toString().contains(u"선셋 요트 90분 · 17:30"_s));
    }

    void arrowsEnterAndEscape()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        s.grid()->setFocus();
        QTRY_COMPARE(s.grid()->currentIndex(), s.grid()->model()->index(0, 0));
        QTest::keyClick(s.grid(), Qt::Key_Right);
        QTest::keyClick(s.grid(), Qt::Key_Down);
        QCOMPARE(s.grid()->currentIndex(), s.grid()->model()->index(1, 1));
        QVERIFY(!s.slot()->isVisible());
        QTest::keyClick(s.grid(), Qt::Key_Return);
        QVERIFY(s.slot()->isVisible());
        QVERIFY(s.slot()->accessibleName().contains(u"달빛 한옥 · 사랑방"_s));
        QTest::keyClick(s.grid(), Qt::Key_Down); // the details follow the cursor
        QVERIFY(s.slot()->accessibleName().contains(u"선셋 요트 90분"_s));
        QSignalSpy wanted(s.page.get(), &ui::Page::recordWanted);
        QTest::mouseClick(s.named<QAbstractButton>(u"Open product"_s), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), u"product"_s);
        QTest::keyClick(s.grid(), Qt::Key_Escape);
        QVERIFY(!s.slot()->isVisible());
    }

    void bracketsShiftTheDays()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        QTest::keyClick(s.grid(), Qt::Key_BracketRight);
        QTRY_COMPARE(s.backend.m_reservations.m_query.fromDate, u"2026-11-23"_s);
        QTRY_COMPARE(s.grid()->model()->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"11/23"_s);
        QTest::keyClick(s.grid(), Qt::Key_BracketLeft);
        QTest::keyClick(s.grid(), Qt::Key_BracketLeft);
        QTRY_COMPARE(s.backend.m_reservations.m_query.fromDate, u"2026-11-21"_s);
        QTest::mouseClick(s.named<QAbstractButton>(u"Later"_s), Qt::LeftButton);
        QTRY_COMPARE(s.backend.m_reservations.m_query.fromDate, u"2026-11-28"_s);
        QTest::mouseClick(s.named<QAbstractButton>(u"Show from today"_s), Qt::LeftButton);
        QTRY_COMPARE(s.backend.m_reservations.m_query.fromDate, u"2026-11-22"_s);
    }

    void aLiveChangeReachesItsCellAndLightsUpOnce()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        const auto rows = sampleRows(kSunday, 14);
        const auto& row = rows[3];
        const auto& cell = row.cells[9];
        const auto index = s.grid()->model()->index(3, 9);
        QCOMPARE(s.grid()->flashOf(index), 0.0);
        Q_EMIT s.backend.m_reservations.cellsChanged({{levelOf(row, cell, 23), cell.date, row.label}});
        QCOMPARE(index.data().toString(), u"23/24"_s);
        QVERIFY(s.grid()->flashOf(index) > 0.9);
        s.clock.advance(Millis(800));
        QCOMPARE(s.grid()->flashOf(index), 0.0);
        QVERIFY(s.grid()->flashOf(s.grid()->model()->index(3, 8)) == 0.0);
    }

    void aChangeDuringAReadIsNotLost()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        auto& r = s.backend.m_reservations;
        r.m_occupancy.wait = true;
        QTest::keyClick(s.page.get(), Qt::Key_F5);
        const auto rows = sampleRows(kSunday, 14);
        Q_EMIT r.cellsChanged({{levelOf(rows[3], rows[3].cells[9], 23), rows[3].cells[9].date, rows[3].label}});
        r.m_occupancy.flush(); // the answer was made before the change
        QCOMPARE(s.grid()->model()->index(3, 9).data().toString(), u"23/24"_s);
    }

    void releasesAHoldAfterEnter()
    {
        Screen s;
        s.fill();
        s.open();
        auto& r = s.backend.m_reservations;
        auto& list = s.holds()->list();
        QTRY_COMPARE(list.model()->rowCount(), 4);
        auto released = sampleHolds(s.clock.now())[1];
        released.status = HoldStatus::Released;
        released.version = 4;
        r.m_write.value = released;
        QString reason;
        std::int64_t version = 0;
        HoldId id;
        r.m_onRelease = [&](HoldId h, std::int64_t v, const QString& why) {
            id = h;
            version = v;
            reason = why;
        };
        list.setFocus();
        list.setCurrentIndex(list.model()->index(1, 0));
        QTest::keyClick(&list, Qt::Key_R);
        auto* field = s.named<QLineEdit>(u"Reason for the release"_s);
        QVERIFY(field->isVisible());
        QVERIFY(reason.isEmpty()); // nothing yet
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(id, released.id);
        QCOMPARE(version, 3);
        QVERIFY(!reason.isEmpty());
        QTRY_COMPARE(list.model()->rowCount(), 3);
        QVERIFY(s.visibleText().contains(u"Released: 원데이 도마 11/23 14:00 × 1"_s));
        QVERIFY(!list.currentIndex().isValid()); // the neighbour is not selected by itself
    }

    void keepsTheHoldOnEscape()
    {
        Screen s;
        s.fill();
        s.open();
        int calls = 0;
        s.backend.m_reservations.m_onRelease = [&](HoldId, std::int64_t, const QString&) { ++calls; };
        auto& list = s.holds()->list();
        QTRY_COMPARE(list.model()->rowCount(), 4);
        list.setFocus();
        QTest::keyClick(&list, Qt::Key_R);
        auto* field = s.named<QLineEdit>(u"Reason for the release"_s);
        QVERIFY(field->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QTRY_VERIFY(list.hasFocus());
        QCOMPARE(calls, 0);
    }

    void extendsUpToTheLongestTime()
    {
        Screen s;
        s.fill();
        auto holds = sampleHolds(s.clock.now());
        holds[0].maxUntil = holds[0].expiresAt + std::chrono::seconds(90);
        holds[1].maxUntil = holds[1].expiresAt;
        s.backend.m_reservations.m_holds.value = naru::Page<Hold>{holds};
        int seconds = 0;
        s.backend.m_reservations.m_onExtend = [&](HoldId, std::int64_t, int by) { seconds = by; };
        s.backend.m_reservations.m_write.value = Error{ErrorKind::Conflict, 412, u"version-mismatch"_s, {}, {}, false};
        s.open();
        auto& list = s.holds()->list();
        QTRY_COMPARE(list.model()->rowCount(), 4);
        list.setFocus();
        list.setCurrentIndex(list.model()->index(0, 0));
        QTest::keyClick(&list, Qt::Key_T);
        QCOMPARE(seconds, 90);
        QTRY_VERIFY(s.named<QAbstractButton>(u"Extend hold"_s)->isEnabled()); // the refusal is over, one may try again
        list.setCurrentIndex(list.model()->index(1, 0));
        QVERIFY(!s.named<QAbstractButton>(u"Extend hold"_s)->isEnabled());
        QVERIFY(s.named<QAbstractButton>(u"Release hold"_s)->isEnabled());
    }

    void writesNeedTheServerAndSaySo()
    {
        Screen s;
        s.fill();
        s.open();
        auto& list = s.holds()->list();
        QTRY_COMPARE(list.model()->rowCount(), 4);
        list.setFocus();
        auto* release = s.named<QAbstractButton>(u"Release hold"_s);
        QTRY_VERIFY(release->isEnabled());
        s.backend.setLink(backend::LinkState::Offline);
        QVERIFY(!release->isEnabled());
        QVERIFY(release->toolTip().contains(u"server"_s));
        QTest::keyClick(&list, Qt::Key_R);
        QVERIFY(!s.named<QLineEdit>(u"Reason for the release"_s)->isVisible());
    }

    void newRequestsWaitWhileTheListIsRead()
    {
        Screen s;
        s.fill();
        s.open();
        auto& list = s.tickets()->list();
        QTRY_COMPARE(list.model()->rowCount(), 10);
        list.setFocus();
        QTRY_VERIFY(list.hasFocus());
        auto fresh = sampleTickets(s.clock.now()).front();
        fresh.id = idOf<TicketId>(99000);
        fresh.code = u"T-99000"_s;
        QCoreApplication::processEvents();
        Q_EMIT s.backend.m_reservations.ticketsChanged({fresh});
        QCOMPARE(list.model()->rowCount(), 10);
        auto* line = s.named<QAbstractButton>(u"1 new request(s)"_s);
        QVERIFY(line && line->isVisible());
        QTest::keyClick(&list, Qt::Key_Period);
        QCOMPARE(list.model()->rowCount(), 11);
        QVERIFY(!line->isVisible());
    }

    void aRefusalSaysWhyAndWhatToDo()
    {
        Screen s;
        s.fill();
        s.open();
        auto& list = s.tickets()->list();
        QTRY_COMPARE(list.model()->rowCount(), 10);
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        for (int i = 0; i < 10; ++i)
            if (list.model()->index(i, 0).data(Qt::AccessibleTextRole).toString().contains(u"T-88411"_s))
                list.setCurrentIndex(list.model()->index(i, 0));
        QVERIFY(s.visibleText().contains(u"What to do: "_s));
        QVERIFY(s.visibleText().contains(u"달빛 한옥 · 별채 숙박 on 11/29"_s));
    }

    void showsTheFourStates()
    {
        Screen s;
        s.backend.m_reservations.m_occupancy.wait = true;
        s.open();
        auto& occupancy = s.backend.m_reservations.m_occupancy;
        QVERIFY(!s.grid()->isVisible()); // loading
        occupancy.value = Error{ErrorKind::Server, 500, u"internal"_s, {}, {}, true};
        occupancy.flush();
        QVERIFY(!s.grid()->isVisible()); // error with a way to try again
        occupancy.wait = false;
        occupancy.value = std::vector<OccupancyRow>{};
        const int before = occupancy.calls;
        for (auto* button : s.page->findChildren<KeyButton*>())
            if (button->isVisible() && button->text() == u"Try again"_s) {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        QCOMPARE(occupancy.calls, before + 1);
        QTRY_VERIFY(s.visibleText().contains(u"No slots in these two weeks."_s)); // empty
        s.fill();
        QTest::keyClick(s.page.get(), Qt::Key_F5);
        QTRY_VERIFY(s.grid()->isVisible()); // data
    }

    void showsTheCacheFirstAndKeepsItWhenTheServerFails()
    {
        Screen s;
        auto& occupancy = s.backend.m_reservations.m_occupancy;
        occupancy.cached = std::pair(sampleRows(kSunday, 14), s.clock.now() - std::chrono::minutes(20));
        s.open();
        QVERIFY(s.grid()->isVisible());
        QVERIFY(s.grid()->stale());
        QCOMPARE(s.grid()->model()->rowCount(), 11);
        QTRY_VERIFY(s.visibleText().contains(u"Not up to date"_s));
        QVERIFY(s.grid()->isVisible());
        s.fill();
        QTest::keyClick(s.page.get(), Qt::Key_F5);
        QTRY_VERIFY(!s.grid()->stale());
    }

    void filtersRowsWhileTyping()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_COMPARE(s.grid()->model()->rowCount(), 11);
        auto* search = s.named<QLineEdit>(u"Filter the calendar"_s);
        search->setText(u"요트"_s);
        QTRY_COMPARE(s.grid()->model()->rowCount(), 2);
        search->setText(u"없는 상품"_s);
        QTRY_VERIFY(s.visibleText().contains(u"“없는 상품”"_s));
        search->clear();
        QTRY_COMPARE(s.grid()->model()->rowCount(), 11);
    }

    void pollsOnlyWhileVisible()
    {
        Screen s;
        s.fill();
        s.open();
        auto& stats = s.backend.m_reservations.m_stats;
        QTRY_VERIFY_WITH_TIMEOUT(stats.calls >= 2, 3000);
        s.page->hide();
        const int calls = stats.calls;
        QSignalSpy nothing(s.page.get(), &ui::Page::headerChanged);
        QVERIFY(!nothing.wait(1500));
        QCOMPARE(stats.calls, calls);
    }

    void everyControlHasAName()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_COMPARE(s.holds()->list().model()->rowCount(), 4);
        for (auto* widget : s.page->findChildren<QWidget*>())
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() && !qobject_cast<QAbstractScrollArea*>(widget->parentWidget()))
                QVERIFY2(!widget->accessibleName().isEmpty() || (qobject_cast<QAbstractButton*>(widget) && !qobject_cast<QAbstractButton*>(widget)->text().isEmpty()),
                    widget->metaObject()->className());
    }

    void hoursAndProductsByKeysKeepTheCursorOnItsSlot()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        s.grid()->setFocus();
        s.grid()->setCurrentIndex(s.grid()->model()->index(3, 2)); // 선셋 요트 19:00 on 11/24
        QTest::keyClick(s.grid(), Qt::Key_H);
        QCOMPARE(s.grid()->occupancy().axis(), models::OccupancyAxis::Hours);
        QCOMPARE(s.grid()->occupancy().headOf(s.grid()->currentIndex().column()), u"19:00"_s);
        QCOMPARE(s.grid()->occupancy().dateOf(0), QDate(2026, 11, 24));
        QTest::keyClick(s.grid(), Qt::Key_BracketRight);
        QCOMPARE(s.grid()->occupancy().dateOf(0), QDate(2026, 11, 25));
        QTest::keyClick(s.grid(), Qt::Key_V);
        QCOMPARE(s.grid()->occupancy().by(), OccupancyBy::Product);
        QTest::keyClick(s.grid(), Qt::Key_D);
        QCOMPARE(s.grid()->occupancy().axis(), models::OccupancyAxis::Days);
        QVERIFY(s.grid()->currentIndex().isValid());
    }

    // A storm of changes leaves each cell with its last figures, and few cells lit.
    void aStormEndsWithTheLastFigures()
    {
        Screen s;
        s.fill();
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        const auto rows = sampleRows(kSunday, 14);
        for (int round = 0; round < 40; ++round) {
            std::vector<backend::CellChange> changes;
            for (const auto& row : rows) {
                const auto& cell = row.cells[static_cast<std::size_t>(round % 14)];
                auto level = levelOf(row, cell, round % (cell.capacity + 1));
                level.held = 0;
                level.version = 10 + round;
                if (cell.slotCount > 0)
                    changes.push_back({level, cell.date, row.label});
            }
            Q_EMIT s.backend.m_reservations.cellsChanged(changes);
        }
        QTRY_COMPARE(s.grid()->model()->index(3, 11).data().toString(), u"14/24"_s); // last in round 39: 39 mod 25
        QTRY_COMPARE(s.grid()->model()->index(3, 12).data().toString(), u"1/24"_s); // last in round 26: 26 mod 25
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_ReservationMonitor test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ReservationMonitor.moc"
