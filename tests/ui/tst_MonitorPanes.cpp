// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// timeout: 60
#include "MonitorScreen.h"

#include "resources/Resources.h"
#include "ui/reservations/CapacitySheet.h"
#include "ui/workspace/FormEditor.h"
#include "ui/reservations/DoctorCard.h"
#include "ui/reservations/LedgerCard.h"
#include "ui/reservations/WaitlistCard.h"

#include <QApplication>
#include <QCheckBox>
#include <QRegularExpression>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {
using Screen = MonitorScreen;
}

// What opens for a slot of the monitor: waiting list, capacity, ledger; and the banner of a standing allocator.
class tst_MonitorPanes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void theWaitingListOpensForTheSlotAndAnOfferIsConfirmed()
    {
        Screen s;
        s.fill();
        WaitlistEntry waiting;
        waiting.id = idOf<WaitlistEntryId>(1);
        waiting.customerName = u"김하늘"_s;
        waiting.partySize = 3;
        waiting.rank = 1;
        waiting.position = 1;
        waiting.version = 1;
        auto offered = waiting;
        offered.id = idOf<WaitlistEntryId>(2);
        offered.rank = 2;
        offered.status = WaitlistStatus::Offered;
        offered.position = 0;
        offered.offeredUntil = s.clock.now() + 10min;
        const auto item = sampleRows(kSunday, 14)[0].cells[0].itemId;
        waiting.itemId = offered.itemId = item;
        s.backend.m_waitlist.m_entries.always(naru::Page<WaitlistEntry>{{waiting, offered}, {}, 2, false});
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        s.grid()->setFocus();
        QTest::keyClick(s.grid(), Qt::Key_L);
        auto* card = s.page->findChild<WaitlistCard*>();
        QTRY_COMPARE(card->list().model()->rowCount(), 2);
        QCOMPARE(s.backend.m_waitlist.m_query.itemId, item);
        QVERIFY(card->list().model()->index(0, 0).data().toString().contains(u"김하늘 · 3"_s));
        card->list().setCurrentIndex(card->list().model()->index(1, 0));
        auto taken = offered;
        taken.status = WaitlistStatus::Accepted;
        taken.version = 2;
        s.backend.m_waitlist.m_writes.always(taken);
        QTest::keyClick(&card->list(), Qt::Key_A);
        QTRY_COMPARE(card->list().model()->rowCount(), 1);
        waiting.status = WaitlistStatus::Withdrawn;
        waiting.version = 2;
        Q_EMIT s.backend.m_waitlist.entriesChanged({waiting});
        QCOMPARE(card->list().model()->rowCount(), 0);
        QVERIFY(s.visibleText().contains(u"Nobody waits for this slot."_s));
        QTest::keyClick(s.page.get(), Qt::Key_Escape);
        QTRY_VERIFY(!card->isVisible());
    }

    // Seats typed as capacity never come back as overbooking.
    void aKeptChangeIsAboutTheSameFigure()
    {
        const auto opened = [](Screen& s) {
            s.fill();
            s.backend.m_stock.m_levels.always(sampleLevel(sampleRows(kSunday, 14)[0].cells[0].itemId));
            s.open();
            QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
            s.grid()->setFocus();
            QTest::keyClick(s.grid(), Qt::Key_O);
        };
        std::vector<backend::Draft> kept;
        {
            Screen s;
            opened(s);
            auto* sheet = s.page->findChild<CapacitySheet*>();
            sheet->ask(sheet->item(), u"요트"_s, CapacityAction::Capacity);
            QTRY_VERIFY(s.named<QAbstractButton>(u"Change the slot"_s)->isEnabled());
            auto* seats = s.named<QLineEdit>(u"Seats"_s);
            seats->selectAll();
            QTest::keyClicks(seats, u"73"_s);
            kept = sheet->findChild<FormEditor*>()->drafts();
        }
        QCOMPARE(kept.size(), std::size_t(1));
        Screen s;
        opened(s);
        auto* sheet = s.page->findChild<CapacitySheet*>();
        sheet->leave();
        sheet->findChild<FormEditor*>()->restore(kept.front());
        QVERIFY(sheet->isOpen());
        QTRY_VERIFY(s.named<QAbstractButton>(u"Change the slot"_s)->isEnabled());
        QVERIFY(s.named<QLineEdit>(u"Seats"_s));
        QCOMPARE(s.named<QLineEdit>(u"Seats"_s)->text(), u"73"_s); // also after the figures have come
        QCOMPARE(sheet->findChild<FormEditor*>()->drafts().size(), std::size_t(1));
    }

    void overbooksByANumberWithAReason()
    {
        Screen s;
        s.fill();
        s.backend.m_stock.m_levels.always(sampleLevel(sampleRows(kSunday, 14)[0].cells[0].itemId));
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        s.grid()->setFocus();
        QTest::keyClick(s.grid(), Qt::Key_O);
        auto* value = s.named<QLineEdit>(u"Sell above capacity by"_s);
        auto* change = s.named<QAbstractButton>(u"Change the slot"_s);
        QTRY_VERIFY(change->isEnabled());
        value->setText(u"2"_s);
        QVERIFY(s.visibleText().contains(u"26 can be sold; 19 are sold, 1 held."_s));
        QTest::keyClick(value, Qt::Key_Return);
        QVERIFY(s.visibleText().contains(u"A change needs a reason."_s));
        auto* reason = s.named<QLineEdit>(u"Reason for the change"_s);
        reason->setText(u"no-shows"_s);
        s.backend.m_slots.m_capacity.always(backend::CapacityOutcome{CapacityResult{}, std::nullopt});
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(s.backend.m_slots.m_change.action == CapacityAction::Overbook);
        QCOMPARE(s.backend.m_slots.m_change.value, 2);
        QCOMPARE(s.backend.m_slots.m_change.targets.at(0).expected, 0); // the figure that was seen
        QTRY_VERIFY(!value->isVisible());
    }

    void loweringBelowWhatIsSoldIsAGuidedChoice()
    {
        Screen s;
        s.fill();
        s.backend.m_stock.m_levels.always(sampleLevel(sampleRows(kSunday, 14)[0].cells[0].itemId));
        s.open();
        QTRY_VERIFY(s.grid()->model()->rowCount() > 0);
        s.grid()->setFocus();
        QTest::keyClick(s.grid(), Qt::Key_O);
        auto* sheet = s.page->findChild<CapacitySheet*>();
        sheet->ask(sheet->item(), u"요트"_s, CapacityAction::Capacity);
        QTRY_VERIFY(s.named<QAbstractButton>(u"Change the slot"_s)->isEnabled());
        s.named<QLineEdit>(u"Seats"_s)->setText(u"10"_s);
        s.named<QLineEdit>(u"Reason for the change"_s)->setText(u"boat broken"_s);
        CapacityImpact impact;
        AffectedSlot slot;
        slot.missing = 9;
        AffectedParty party;
        party.reservationId = idOf<ReservationId>(4);
        party.code = u"R-4"_s;
        party.customerName = u"이서준"_s;
        party.qty = 9;
        slot.parties = {party};
        impact.slots = {slot};
        impact.choices = {CapacityChoice::KeepOverbooked, CapacityChoice::CancelChosen};
        s.backend.m_slots.m_capacity.always(backend::CapacityOutcome{std::nullopt, impact});
        QTest::mouseClick(s.named<QAbstractButton>(u"Change the slot"_s), Qt::LeftButton);
        QTRY_VERIFY(s.visibleText().contains(u"9 sold seat(s) would have no place."_s));
        auto* box = sheet->findChild<QCheckBox*>();
        QVERIFY(box && box->text().contains(u"R-4 · 이서준"_s));
        QTest::mouseClick(s.named<QAbstractButton>(u"Cancel those ticked"_s), Qt::LeftButton);
        QVERIFY(s.visibleText().contains(u"Tick the reservations to cancel first."_s));
        QVERIFY(s.backend.m_slots.m_change.cancel.empty());
        box->setChecked(true);
        QTest::mouseClick(s.named<QAbstractButton>(u"Cancel those ticked"_s), Qt::LeftButton);
        QCOMPARE(s.backend.m_slots.m_change.cancel.size(), std::size_t(1));
        QVERIFY(s.backend.m_slots.m_change.choice == CapacityChoice::CancelChosen);
    }

    void driftIsCountedExplainedAndRepairedWithAReason()
    {
        Screen s;
        s.fill();
        const auto item = sampleRows(kSunday, 14)[0].cells[0].itemId;
        StockDrift drift;
        drift.level = sampleLevel(item);
        drift.title = u"달빛 한옥 · 별채 11/22"_s;
        drift.kinds = {DriftKind::Holds};
        DoctorReport report;
        report.at = s.clock.now();
        report.checkedItems = 412;
        report.drifted = 1;
        report.items = {drift};
        s.backend.m_stock.m_reports.always(report);
        LedgerEntry entry;
        entry.seq = 7;
        entry.kind = u"allocated"_s;
        entry.dAllocated = 2;
        entry.allocated = 19;
        entry.onHand = 24;
        entry.at = s.clock.now();
        s.backend.m_stock.m_ledgers.always(naru::Page<LedgerEntry>{{entry}, {}, 1, false});
        s.backend.m_stock.m_levels.always(sampleLevel(item));
        s.open();
        auto* doctor = s.page->findChild<DoctorCard*>();
        QTRY_COMPARE(doctor->list().model()->rowCount(), 1);
        QTest::keyClick(&doctor->list(), Qt::Key_Down);
        doctor->list().setCurrentIndex(doctor->list().model()->index(0, 0));
        QTest::keyClick(&doctor->list(), Qt::Key_Return);
        auto* ledger = s.page->findChild<LedgerCard*>();
        QTRY_COMPARE(ledger->list().model()->rowCount(), 1);
        QVERIFY(ledger->list().model()->index(0, 0).data().toString().contains(u"sold +2"_s));
        QTest::mouseClick(s.named<QAbstractButton>(u"Repair the figure"_s), Qt::LeftButton);
        auto* reason = s.named<QLineEdit>(u"Reason for the repair"_s);
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(s.visibleText().contains(u"A repair needs a reason."_s));
        reason->setText(u"counted by hand"_s);
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(s.backend.m_stock.m_repair.reason, u"counted by hand"_s);
        QCOMPARE(s.backend.m_stock.m_version, 5);
        QTRY_VERIFY(s.visibleText().contains(u"Repaired: 24 seats"_s));
    }

    void aStandingAllocatorIsSaid()
    {
        Screen s;
        s.fill();
        auto stats = sampleStats();
        stats.depth = 40;
        stats.decisionsPerSecond = 0;
        s.backend.m_reservations.m_stats.value = stats;
        s.open();
        QVERIFY(!s.visibleText().contains(u"Nothing has been decided"_s));
        QTRY_VERIFY_WITH_TIMEOUT(s.visibleText().contains(u"Nothing has been decided since"_s), 8000);
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_MonitorPanes test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_MonitorPanes.moc"
