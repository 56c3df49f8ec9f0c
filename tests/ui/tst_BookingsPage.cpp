// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_translations naru_test_support
// timeout: 60
#include "BookingData.h"
#include "ScreenBackend.h"

#include "resources/Resources.h"
#include "translations/Translations.h"
#include "ui/bookings/BookingPane.h"
#include "ui/bookings/BookingsPage.h"
#include "ui/bookings/CancelSheet.h"
#include "ui/bookings/MoveSheet.h"
#include "ui/bookings/TimeBar.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

struct Screen {
    ScreenBackend backend;
    SundayClock clock;
    std::unique_ptr<BookingsPage> page;
    Reservation first = sampleReservation(clock.now());

    void open(ReservationStatus status = ReservationStatus::Confirmed)
    {
        first.status = status;
        auto& c = backend.m_cancellations;
        c.m_lists.always(naru::Page<Reservation>{{sampleReservation(clock.now(), 2), first}, {}, 2, false});
        c.m_details.always(sampleDetail(first, clock.now()));
        c.m_quotes.always(sampleQuote(first, clock.now()));
        page = std::make_unique<BookingsPage>(backend, clock);
        page->resize(1100, 740);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
        page->activate();
        QTRY_COMPARE(page->list().model()->rowCount(), 2);
    }
    void choose()
    {
        page->openRecord(u"reservation"_s, first.id.toString());
        QTRY_VERIFY(page->controller().detail() && page->controller().quote());
        page->list().setFocus();
    }
    QString visibleText()
    {
        QStringList texts;
        for (auto* label : page->findChildren<QLabel*>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }
    template <class W> W* named(const QString& name)
    {
        for (auto* widget : page->findChildren<W*>())
            if (widget->accessibleName() == name && widget->isVisible())
                return widget;
        return nullptr;
    }
};

} // namespace

class tst_BookingsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void showsTheHeadAtOnceAndTheRestWhenItComes()
    {
        Screen s;
        s.open();
        QAbstractItemModelTester tester(s.page->list().model());
        s.page->list().setCurrentIndex(s.page->list().model()->index(1, 0));
        QTest::keyClick(&s.page->list(), Qt::Key_Return);
        QVERIFY(s.visibleText().contains(s.first.code)); // from the row, before any answer
        QTRY_VERIFY(s.visibleText().contains(u"Captured ₩120,000"_s));
        QVERIFY(s.visibleText().contains(u"standard, revision 3"_s));
        QVERIFY(s.visibleText().contains(u"falls to 50% in 3 d"_s));
        QVERIFY(s.page->findChild<TimeBar*>()->accessibleName().contains(u"at first: 100%, now"_s));
    }

    void cancellingSaysWhatItCostsBeforeTheClick()
    {
        Screen s;
        s.open();
        s.choose();
        QTest::keyClick(&s.page->list(), Qt::Key_X);
        QTRY_VERIFY(s.visibleText().contains(u"Refund ₩120,000"_s));
        QVERIFY(s.visibleText().contains(u"Fee ₩0 of ₩120,000 paid"_s));
        QVERIFY(s.visibleText().contains(u"a party of 2 (3 waiting)"_s));
        QVERIFY(s.backend.m_cancellations.m_verb.isEmpty()); // nothing yet
        auto* reason = s.named<QLineEdit>(u"Reason for the cancellation"_s);
        QTRY_VERIFY(s.named<QAbstractButton>(u"Cancel the reservation"_s)->isEnabled());
        reason->setText(u"고객 요청"_s);
        auto cancelled = s.first;
        cancelled.status = ReservationStatus::Cancelled;
        cancelled.version = 4;
        s.backend.m_cancellations.m_writes.always(cancelled);
        QSignalSpy toast(s.page.get(), &ui::Page::toast);
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(s.backend.m_cancellations.m_verb, "cancel"_ba);
        QCOMPARE(s.backend.m_cancellations.m_version, 3);
        QCOMPARE(s.backend.m_cancellations.m_cancel.expectedRefundMinor, 120'000);
        QCOMPARE(s.backend.m_cancellations.m_cancel.reason, u"고객 요청"_s);
        QTRY_VERIFY(!s.page->pane().cancelSheet().isOpen());
        QVERIFY(!toast.isEmpty());
    }

    void aChangedRefundIsShownAndNothingTypedIsLost()
    {
        Screen s;
        s.open();
        s.choose();
        QTest::keyClick(&s.page->list(), Qt::Key_X);
        auto* reason = s.named<QLineEdit>(u"Reason for the cancellation"_s);
        QTRY_VERIFY(s.visibleText().contains(u"Refund ₩120,000"_s));
        reason->setText(u"일정 변경"_s);
        s.backend.m_cancellations.m_writes.always(Error{ErrorKind::Conflict, 409, u"refund-changed"_s, {}, {}, false});
        s.backend.m_cancellations.m_quotes.always(sampleQuote(s.first, s.clock.now(), 60'000));
        QTest::keyClick(reason, Qt::Key_Return);
        QTRY_VERIFY(s.visibleText().contains(u"Refund ₩60,000"_s));
        QVERIFY(s.visibleText().contains(u"it was ₩120,000"_s));
        QVERIFY(s.page->pane().cancelSheet().isOpen());
        QCOMPARE(reason->text(), u"일정 변경"_s);
    }

    void nothingPaidIsSaid()
    {
        Screen s;
        s.open();
        auto quote = sampleQuote(s.first, s.clock.now());
        quote.paid = quote.refund = quote.fee = {0, u"KRW"_s};
        s.backend.m_cancellations.m_quotes.always(quote);
        auto detail = sampleDetail(s.first, s.clock.now());
        detail.payments.clear();
        s.backend.m_cancellations.m_details.always(detail);
        s.choose();
        QTRY_VERIFY(s.visibleText().contains(u"nothing to refund"_s));
        QTest::keyClick(&s.page->list(), Qt::Key_X);
        QTRY_VERIFY(s.visibleText().contains(u"Nothing was paid here; the price was ₩120,000."_s));
    }

    void aWishIsGrantedOrDeclined()
    {
        Screen s;
        s.open(ReservationStatus::CancelRequested);
        s.choose();
        QVERIFY(s.named<QAbstractButton>(u"Grant the cancellation"_s));
        QTest::keyClick(&s.page->list(), Qt::Key_D);
        auto* reason = s.named<QLineEdit>(u"Reason, shown to the customer"_s);
        QVERIFY(reason);
        reason->setText(u"이미 준비됨"_s);
        auto back = s.first;
        back.status = ReservationStatus::Confirmed;
        back.version = 4;
        s.backend.m_cancellations.m_writes.always(back);
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(s.backend.m_cancellations.m_verb, "decline"_ba);
        QCOMPARE(s.backend.m_cancellations.m_reason, u"이미 준비됨"_s);
    }

    void movesToAnotherSlotAndKeepsTheOldPlaceUntilSure()
    {
        Screen s;
        s.open();
        s.backend.m_stock.m_levels.always(sampleLevel(idOf<ItemId>(500)));
        Slot other;
        other.id = idOf<SlotId>(501);
        other.startsAt = s.clock.now() + std::chrono::hours(168);
        other.localDate = u"2026-11-29"_s;
        other.localTime = u"17:30"_s;
        other.capacity = sampleLevel(idOf<ItemId>(501));
        other.price = {60'000, u"KRW"_s};
        s.backend.m_slots.m_lists.always(naru::Page<Slot>{{other}, {}, 1, false});
        MoveQuote quote;
        quote.totalBefore = {120'000, u"KRW"_s};
        quote.totalAfter = {140'000, u"KRW"_s};
        quote.possible = true;
        s.backend.m_cancellations.m_moveQuotes.always(quote);
        s.choose();
        QTest::keyClick(&s.page->list(), Qt::Key_V);
        auto& sheet = s.page->pane().moveSheet();
        QTRY_COMPARE(sheet.list().model()->rowCount(), 1);
        QTranslator korean;
        QVERIFY(korean.load(translationPath(u"ko"_s)));
        QCoreApplication::installTranslator(&korean);
        QTRY_VERIFY(sheet.accessibleName().contains(u"옮깁니다"_s)); // also what was asked before the language changed
        QCoreApplication::removeTranslator(&korean);
        QTRY_VERIFY(sheet.accessibleName().contains(u"to another slot"_s));
        sheet.list().setCurrentIndex(sheet.list().model()->index(0, 0));
        QTRY_VERIFY(s.visibleText().contains(u"₩20,000 more"_s));
        QCOMPARE(s.backend.m_cancellations.m_lines.size(), std::size_t(1));
        QCOMPARE(s.backend.m_cancellations.m_lines[0].itemId, idOf<ItemId>(501));
        auto* yes = s.named<QAbstractButton>(u"Move the reservation"_s);
        QTRY_VERIFY(yes->isEnabled());
        s.backend.m_cancellations.m_writes.always(Error{ErrorKind::Conflict, 409, u"sold_out"_s, {}, {}, false});
        QTest::mouseClick(yes, Qt::LeftButton);
        QTRY_VERIFY(s.visibleText().contains(u"The old place is kept."_s));
        QVERIFY(s.visibleText().contains(u"11/29 17:30: Sold out."_s)); // the slot is named
        QVERIFY(sheet.isOpen());
        QCOMPARE(s.backend.m_cancellations.m_move.expectedTotalMinor, 140'000);
    }

    void checksInAndMarksNoShow()
    {
        Screen s;
        s.open();
        s.choose();
        auto in = s.first;
        in.status = ReservationStatus::CheckedIn;
        in.version = 4;
        QTest::keyClick(&s.page->list(), Qt::Key_N);
        QTRY_VERIFY(s.visibleText().contains(u"it costs ₩120,000"_s));
        QTest::keyClick(s.page.get(), Qt::Key_Escape);
        s.backend.m_cancellations.m_writes.always(in);
        s.backend.m_cancellations.m_details.always(sampleDetail(in, s.clock.now()));
        QTest::keyClick(&s.page->list(), Qt::Key_C);
        QCOMPARE(s.backend.m_cancellations.m_verb, "check-in"_ba);
        QTRY_VERIFY(s.named<QAbstractButton>(u"Undo check-in"_s));
    }

    void liveChangesReachTheListAndTheDetail()
    {
        Screen s;
        s.open();
        s.choose();
        const int before = s.backend.m_cancellations.m_details.calls();
        auto changed = s.first;
        changed.status = ReservationStatus::CheckedIn;
        changed.version = 9;
        Q_EMIT s.backend.m_reservations.reservationsChanged({changed, sampleReservation(s.clock.now(), 77)});
        QTRY_COMPARE(s.page->list().model()->rowCount(), 3);
        QTRY_VERIFY(s.backend.m_cancellations.m_details.calls() > before); // read anew
    }

    void theBookingsOfOneSlotAreAskedByTheSlot()
    {
        Screen s;
        s.open();
        s.backend.m_stock.m_levels.always(sampleLevel(idOf<ItemId>(500)));
        s.page->openRecord(u"slot_bookings"_s, idOf<ItemId>(500).toString());
        QTRY_VERIFY(s.backend.m_cancellations.m_filter.slotId == idOf<SlotId>(500));
        QTRY_VERIFY(s.named<QAbstractButton>(u"Show all slots"_s));
        QTest::mouseClick(s.named<QAbstractButton>(u"Show all slots"_s), Qt::LeftButton);
        QTRY_VERIFY(!s.backend.m_cancellations.m_filter.slotId);
    }

    void writesNeedTheServer()
    {
        Screen s;
        s.open();
        s.choose();
        s.backend.setLink(backend::LinkState::Offline);
        auto* button = s.named<QAbstractButton>(u"Cancel the reservation"_s);
        QVERIFY(button && !button->isEnabled());
        QTest::keyClick(&s.page->list(), Qt::Key_X);
        QVERIFY(!s.page->pane().cancelSheet().isOpen());
    }

    void emptyAndErrorAreSaid()
    {
        ScreenBackend backend;
        SundayClock clock;
        backend.m_cancellations.m_lists.always(Error{ErrorKind::Server, 500, u"internal"_s, {}, {}, true});
        BookingsPage page(backend, clock);
        page.resize(1000, 700);
        page.show();
        const auto text = [&] {
            QStringList texts;
            for (auto* label : page.findChildren<QLabel*>())
                if (label->isVisible())
                    texts << label->text();
            return texts.join(u'\n');
        };
        QTRY_VERIFY(text().contains(u"The server had a problem."_s));
        backend.m_cancellations.m_lists.always(naru::Page<Reservation>{});
        QTest::keyClick(&page, Qt::Key_F5);
        QTRY_VERIFY(text().contains(u"Nothing is booked yet."_s));
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_BookingsPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_BookingsPage.moc"
