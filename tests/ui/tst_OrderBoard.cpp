// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_backend_api naru_test_support
#include "resources/Resources.h"
#include "ui/orders/HistoryList.h"
#include "ui/orders/InlineSheet.h"
#include "ui/orders/OrderBoardPage.h"
#include "ui/orders/OrderBoardView.h"
#include "ui/orders/OrderDetailPane.h"
#include "ui/orders/OrderTableView.h"
#include "ui/widgets/Widgets.h"
#include "unit/models/common/FakeServices.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QFile>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <set>

using namespace naru;
using namespace naru::test;
using ui::LoadState;
using S = VendorOrderStatus;

// The board with a small world behind it, driven with keys and mouse as a person would.
class tst_OrderBoard : public QObject {
    Q_OBJECT

    struct Bench {
        ManualClock clock;
        FakeBackendWorld world;
        std::unique_ptr<ui::OrderBoardPage> page;
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;

        explicit Bench(int awaiting = 3, int preparing = 1)
        {
            for (int n = 1; n <= awaiting; ++n)
                world.fakeOrders.cards.push_back(order(n, S::AwaitingAcceptance, u"말차 세트"_s, u"남산 티룸"_s, 12000 * n, 10 * n));
            for (int n = 0; n < preparing; ++n)
                world.fakeOrders.cards.push_back(order(500 + n, S::Preparing, u"우전 녹차"_s, u"달빛 한옥"_s, 5000, 120));
            page = std::make_unique<ui::OrderBoardPage>(world, clock);
            page->resize(1200, 760);
            for (int c = 0; c < ui::OrderBoardController::kColumns; ++c)
                testers.push_back(std::make_unique<QAbstractItemModelTester>(&control().column(c), QAbstractItemModelTester::FailureReportingMode::QtTest));
            testers.push_back(std::make_unique<QAbstractItemModelTester>(&control().table(), QAbstractItemModelTester::FailureReportingMode::QtTest));
        }
        ui::OrderBoardController& control() { return page->controller(); }
        ui::OrderBoardView& board() { return *page->findChild<ui::OrderBoardView*>(); }
        QStringList codes(int column)
        {
            QStringList all;
            for (const auto& r : control().column(column).rows())
                all += r.card.code;
            return all;
        }
        void open()
        {
            page->show();
            QVERIFY(QTest::qWaitForWindowActive(page.get()));
            page->activate();
            QTRY_VERIFY(control().state() == LoadState::Data);
            QTRY_VERIFY(control().detail().has_value());
        }
        void key(Qt::Key k, Qt::KeyboardModifiers m = Qt::NoModifier) { QTest::keyClick(QApplication::focusWidget(), k, m); }
    };

private Q_SLOTS:
    void initTestCase()
    {
        registerResources();
        m_theme = std::make_unique<ui::Theme>(*qApp);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints)"_s)); }

    void showsColumnsWithCounts()
    {
        Bench b;
        b.open();
        QCOMPARE(b.codes(0), QStringList({u"VO-1"_s, u"VO-2"_s, u"VO-3"_s}));
        QCOMPARE(b.codes(2), QStringList({u"VO-500"_s}));
        QTRY_COMPARE(b.control().count(0), 3);
        QCOMPARE(b.control().count(2), 1);
        QVERIFY(b.board().column(0).hasFocus());
        QCOMPARE(b.control().selected(), idOf<VendorOrderTag>(1));
    }

    void acceptingShowsAtOnceAndIsConfirmed()
    {
        Bench b;
        b.open();
        b.world.mail.held = true;
        b.key(Qt::Key_A);
        QCOMPARE(b.codes(1), QStringList({u"VO-1"_s}));
        QVERIFY(b.control().column(1).row(0).pending);
        QCOMPARE(b.control().count(0), 2);
        b.world.mail.release();
        QVERIFY(!b.control().column(1).row(0).pending);
        QCOMPARE(b.control().column(1).row(0).card.version, 2);
    }

    void aRefusedMoveSnapsBackAndNamesTheRule()
    {
        Bench b;
        b.open();
        b.world.fakeOrders.failMoves = fault(ErrorKind::Forbidden, u"transition-not-allowed"_s, 403);
        QSignalSpy toast(b.page.get(), &ui::Page::toast);
        b.key(Qt::Key_Right, Qt::ControlModifier);
        QTRY_COMPARE(toast.size(), 1);
        QVERIFY(toast[0][0].toString().contains(u"VO-1"_s));
        QCOMPARE(b.codes(0), QStringList({u"VO-1"_s, u"VO-2"_s, u"VO-3"_s}));
        QVERIFY(!b.control().column(0).row(0).pending);
        QCOMPARE(b.control().count(0), 3);
    }

    void aKeptFormComesBackBeforeItsOrderIsRead()
    {
        Bench b;
        b.world.mail.held = true;
        b.page->show();
        auto* sheet = b.page->findChild<ui::InlineSheet*>();
        backend::Draft kept;
        kept.place = u"orders.form"_s;
        kept.entityId = idOf<VendorOrderTag>(2).toString();
        kept.content = u"{\"purpose\":\"reason:%1\",\"base\":{\"1\":\"\"},\"mine\":{\"1\":\"품절\"}}"_s.arg(static_cast<int>(S::Refused)).toUtf8();
        sheet->editor()->restore(kept);
        QVERIFY(sheet->editor()->isWaiting());
        b.page->openRecord(u"vendor_order"_s, kept.entityId); // the lists are asked for before the order
        b.world.mail.release();
        QVERIFY(b.control().detail().has_value());
        QVERIFY(!sheet->editor()->isWaiting());
        QVERIFY(sheet->isVisible());
        QCOMPARE(sheet->findChild<QLineEdit*>()->text(), u"품절"_s);
        QCOMPARE(sheet->editor()->drafts().size(), std::size_t(1));
    }

    void shippingAsksCarrierAndTracking()
    {
        Bench b(0, 1);
        b.world.fakeOrders.allowed = {S::Shipped};
        b.open();
        b.key(Qt::Key_S);
        auto* sheet = b.page->findChild<ui::InlineSheet*>();
        QVERIFY(sheet->isOpen());
        QVERIFY(b.world.fakeOrders.moves.empty());
        b.key(Qt::Key_Return); // nothing filled in yet
        QVERIFY(sheet->isOpen());
        const auto edits = sheet->findChildren<QLineEdit*>();
        QCOMPARE(edits.size(), 2);
        edits[0]->setText(u"CJ"_s);
        edits[1]->setText(u"5028"_s);
        edits[1]->setFocus();
        b.key(Qt::Key_Return);
        QVERIFY(!sheet->isOpen());
        QCOMPARE(b.world.fakeOrders.moves.size(), std::size_t(1));
        QCOMPARE(b.world.fakeOrders.moves[0].second.carrier, u"CJ"_s);
        QCOMPARE(b.world.fakeOrders.moves[0].second.trackingNo, u"5028"_s);
        QTRY_COMPARE(b.codes(3), QStringList({u"VO-500"_s}));
    }

    void noFormForWhatIsNotAllowed()
    {
        Bench b; // awaiting: may be accepted or refused
        b.open();
        QSignalSpy toast(b.page.get(), &ui::Page::toast);
        b.key(Qt::Key_S);
        QVERIFY(!b.page->findChild<ui::InlineSheet*>()->isOpen());
        QCOMPARE(toast.size(), 1);
    }

    void aHiddenBoardWaitsUntilItIsShown()
    {
        Bench b;
        b.open();
        b.page->hide();
        QSignalSpy touched(&b.control().column(0), &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&b.control().column(0), &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&b.control().column(0), &QAbstractItemModel::rowsRemoved);
        auto& cards = b.world.fakeOrders.cards;
        for (int round = 0; round < 3; ++round) {
            VendorOrderCard changed = cards[1];
            changed.version += 1 + round;
            changed.customerName = u"김%1"_s.arg(round);
            Q_EMIT b.world.fakeOrders.vendorOrdersChanged({changed});
        }
        VendorOrderCard moved = cards[0];
        moved.version = 2;
        moved.status = S::Accepted;
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({moved, order(9, S::AwaitingAcceptance, u"우전"_s, u"남산"_s, 1, 15)});
        VendorOrderCard older = cards[1];
        older.customerName = u"옛"_s; // an older version that comes late
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({older});
        QCOMPARE(touched.size() + inserted.size() + removed.size(), 0);
        const auto asked = b.world.fakeOrders.asked.size();
        b.page->show();
        QCOMPARE(b.codes(0), QStringList({u"VO-9"_s, u"VO-2"_s, u"VO-3"_s}));
        QCOMPARE(b.codes(1), QStringList({u"VO-1"_s}));
        QCOMPARE(b.control().card(cards[1].id)->customerName, u"김2"_s);
        QCOMPARE(touched.size(), 1); // three changes of one card are one
        QCOMPARE(b.world.fakeOrders.asked.size(), asked);
    }

    void afterTooManyHiddenChangesTheBoardIsReadAnew()
    {
        Bench b;
        b.open();
        b.page->hide();
        auto& cards = b.world.fakeOrders.cards;
        for (int n = 0; n < int(ui::OrderBoardController::kBacklog) + 1; ++n) {
            cards.push_back(order(1000 + n, S::Accepted, u"우전"_s, u"남산"_s, 1, 15));
            Q_EMIT b.world.fakeOrders.vendorOrdersChanged({cards.back()});
        }
        QCOMPARE(b.codes(1).size(), 0);
        const auto asked = b.world.fakeOrders.asked.size();
        b.page->show();
        QVERIFY(b.world.fakeOrders.asked.size() > asked);
        QTRY_COMPARE(b.codes(1).size(), ui::OrderBoardController::kPageSize);
    }

    void aBoardNeverShownKeepsNothing()
    {
        Bench b;
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({order(9, S::AwaitingAcceptance, u"우전"_s, u"남산"_s, 1, 15)});
        QCOMPARE(b.codes(0).size(), 0);
        QVERIFY(b.world.fakeOrders.asked.empty());
        b.open();
        QCOMPARE(b.codes(0).size(), 3);
    }

    void theHiddenTableCatchesUp()
    {
        Bench b;
        b.open();
        b.key(Qt::Key_V);
        QTRY_COMPARE(b.control().table().rowCount(), 4);
        b.key(Qt::Key_V);
        VendorOrderCard changed = b.world.fakeOrders.cards[1];
        changed.version = 2;
        changed.status = S::Preparing;
        VendorOrderCard gone = b.world.fakeOrders.cards[2];
        gone.version = 2;
        gone.status = S::Cancelled;
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({changed, gone});
        QCOMPARE(b.codes(2).size(), 2);
        QCOMPARE(b.control().table().rowCount(), 4);
        b.key(Qt::Key_V);
        QCOMPARE(b.control().table().rowCount(), 3);
        QVERIFY(b.control().table().find(changed.id)->card.status == S::Preparing);
    }

    // Refused by another, or by nobody in time: what is shown of it is read again, nothing else happens.
    void theChosenOrderMayLeaveTheBoard()
    {
        Bench b;
        b.open();
        VendorOrderCard gone = b.control().detail()->card;
        QCOMPARE(b.control().selected(), gone.id);
        gone.version += 1;
        gone.status = S::Cancelled;
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({gone});
        QVERIFY(!b.codes(0).contains(gone.code));
    }

    void aPageReadBeforeAChangeDoesNotUndoIt()
    {
        Bench b;
        b.open();
        b.world.mail.held = true;
        b.control().load();
        b.clock.at += Millis(5);
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({order(9, S::Accepted, u"우전"_s, u"남산"_s, 1, 15)});
        QCOMPARE(b.codes(1), QStringList({u"VO-9"_s}));
        b.world.mail.release();
        QCOMPARE(b.codes(1), QStringList({u"VO-9"_s}));
    }

    void theNextCardIsChosenWhenOneLeaves()
    {
        Bench b;
        b.open();
        b.key(Qt::Key_A);
        QTRY_COMPARE(b.control().selected(), idOf<VendorOrderTag>(2));
        QCOMPARE(b.board().column(0).picked(), std::vector<VendorOrderId>{idOf<VendorOrderTag>(2)});
    }

    void escapeLeavesTheFormAndTheOrder()
    {
        Bench b;
        b.open();
        b.key(Qt::Key_R);
        auto* sheet = b.page->findChild<ui::InlineSheet*>();
        QVERIFY(sheet->isOpen());
        b.key(Qt::Key_Escape);
        QVERIFY(!sheet->isOpen());
        QVERIFY(b.world.fakeOrders.moves.empty());
        QTRY_VERIFY(b.board().column(0).hasFocus());
    }

    void severalPickedAreAcceptedTogether()
    {
        Bench b;
        b.open();
        b.key(Qt::Key_J, Qt::ShiftModifier);
        QCOMPARE(b.board().picked().size(), std::size_t(2));
        b.key(Qt::Key_A);
        QTRY_COMPARE(b.codes(1).size(), 2);
        QCOMPARE(b.codes(0), QStringList({u"VO-3"_s}));
    }

    void koreanLayoutGivesTheSameCommands()
    {
        Bench b;
        b.open();
        // ㅁ on the key where A stands: X11 sends the jamo and the place of the key (38).
        QKeyEvent press(QEvent::KeyPress, 0x3141, Qt::NoModifier, 38, 0, 0, u"ㅁ"_s);
        QApplication::sendEvent(QApplication::focusWidget(), &press);
        QTRY_COMPARE(b.codes(1), QStringList({u"VO-1"_s}));
    }

    void newOrdersGatherInTheTrayWhileTheListIsInUse()
    {
        Bench b;
        b.open();
        const VendorOrderCard fresh = order(9, S::AwaitingAcceptance, u"물레"_s, u"북촌"_s, 1, 5);
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({fresh});
        QCOMPARE(b.codes(0), QStringList({u"VO-1"_s, u"VO-2"_s, u"VO-3"_s}));
        QCOMPARE(b.control().trayCount(), 1);
        b.key(Qt::Key_Period);
        QCOMPARE(b.codes(0), QStringList({u"VO-9"_s, u"VO-1"_s, u"VO-2"_s, u"VO-3"_s}));
        QCOMPARE(b.control().selected(), idOf<VendorOrderTag>(1)); // the choice stays where it was
    }

    void withoutFocusNewOrdersComeInAtOnce()
    {
        Bench b;
        b.open();
        b.control().setHeld(false);
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({order(9, S::AwaitingAcceptance, u"물레"_s, u"북촌"_s, 1, 5)});
        QCOMPARE(b.codes(0).first(), u"VO-9"_s);
    }

    void otherPeoplesMovesAreShownAndOldNewsIsNot()
    {
        Bench b;
        b.open();
        VendorOrderCard moved = b.world.fakeOrders.cards[1];
        moved.status = S::Accepted;
        moved.version = 2;
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({moved});
        QCOMPARE(b.codes(1), QStringList({u"VO-2"_s}));
        QVERIFY(b.control().column(1).row(0).unseen);
        moved.status = S::AwaitingAcceptance;
        moved.version = 1; // arrives late
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({moved});
        QCOMPARE(b.codes(1), QStringList({u"VO-2"_s}));
        moved.status = S::Cancelled;
        moved.version = 3;
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({moved});
        QVERIFY(b.codes(1).isEmpty());
    }

    void aLiveChangeDuringOurMoveIsSettledByVersion()
    {
        Bench b;
        b.open();
        b.world.mail.held = true;
        b.key(Qt::Key_A);
        VendorOrderCard later = b.world.fakeOrders.cards[0];
        later.status = S::Preparing;
        later.version = 7;
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({later});
        QCOMPARE(b.codes(1), QStringList({u"VO-1"_s})); // still our own, not answered
        b.world.mail.release();
        QCOMPARE(b.codes(2).contains(u"VO-1"_s), true);
    }

    void readsFurtherPagesOnlyWhenScrolled()
    {
        Bench b(450, 0);
        b.open();
        QCOMPARE(b.control().column(0).rowCount(), 200);
        auto* bar = b.board().column(0).verticalScrollBar();
        bar->setValue(bar->maximum());
        QTRY_COMPARE(b.control().column(0).rowCount(), 400);
        bar->setValue(bar->maximum());
        QTRY_COMPARE(b.control().column(0).rowCount(), 450);
    }

    void rowsDoNotJumpUnderTheReader()
    {
        Bench b(60, 0);
        b.open();
        auto& view = b.board().column(0);
        view.setCurrentIndex(view.model()->index(30, 0));
        view.scrollTo(view.currentIndex());
        const int y = view.visualRect(view.currentIndex()).top();
        VendorOrderCard gone = b.world.fakeOrders.cards[2]; // far above
        gone.status = S::Accepted;
        gone.version = 2;
        Q_EMIT b.world.fakeOrders.vendorOrdersChanged({gone});
        QCOMPARE(b.control().column(0).rowCount(), 59);
        QCOMPARE(view.visualRect(view.currentIndex()).top(), y);
    }

    void aCardIsDraggedToAnotherColumn()
    {
        Bench b;
        b.open();
        auto& from = b.board().column(0);
        auto& to = b.board().column(1);
        const QPoint start = from.visualRect(from.model()->index(1, 0)).center();
        const QPoint end = from.viewport()->mapFromGlobal(to.viewport()->mapToGlobal(QPoint(40, 40)));
        QTest::mousePress(from.viewport(), Qt::LeftButton, {}, start);
        QTest::mouseMove(from.viewport(), start + QPoint(30, 0));
        QMouseEvent move(QEvent::MouseMove, QPointF(end), QPointF(from.viewport()->mapToGlobal(end)), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(from.viewport(), &move);
        QTest::mouseRelease(from.viewport(), Qt::LeftButton, {}, end);
        QTRY_COMPARE(b.codes(1), QStringList({u"VO-2"_s}));
        QCOMPARE(b.world.fakeOrders.moves.size(), std::size_t(1));
    }

    void tableShowsTheSameQuery()
    {
        Bench b;
        b.open();
        b.key(Qt::Key_V);
        auto* table = b.page->findChild<ui::OrderTableView*>();
        QTRY_VERIFY(table->isVisible());
        QTRY_COMPARE(b.control().table().rowCount(), 4);
        QTRY_COMPARE(table->currentId(), idOf<VendorOrderTag>(1));
        b.key(Qt::Key_A); // the same keys
        QTRY_COMPARE(b.codes(1), QStringList({u"VO-1"_s}));
        QCOMPARE(b.control().table().rowCount(), 4);
        b.key(Qt::Key_V);
        QTRY_VERIFY(b.board().isVisible());
    }

    void searchNarrowsAndEmptySaysWhy()
    {
        Bench b;
        b.open();
        b.control().setText(u"VO-3"_s);
        QTRY_COMPARE(b.codes(0), QStringList({u"VO-3"_s}));
        b.control().setText(u"없는 것"_s);
        QTRY_VERIFY(b.control().state() == LoadState::Empty);
        b.control().setText({});
        QTRY_VERIFY(b.control().state() == LoadState::Data);
    }

    void failureOffersRetry()
    {
        Bench b;
        b.world.fakeOrders.failReads = fault(ErrorKind::Offline, u"offline"_s);
        b.page->show();
        b.page->activate();
        QTRY_VERIFY(b.control().state() == LoadState::Failed);
        b.world.fakeOrders.failReads.reset();
        Q_EMIT b.page->findChild<ui::StatePane*>()->retryWanted();
        QTRY_VERIFY(b.control().state() == LoadState::Data);
    }

    void detailShowsTheShippingFee()
    {
        Bench b;
        b.world.fakeOrders.shippingFee = 3000;
        b.open();
        auto* fee = b.page->findChild<ui::TextLabel*>(u"orderShippingFee"_s);
        QTRY_VERIFY(fee->isVisible());
        QVERIFY2(fee->text().contains(u"3,000"_s), qPrintable(fee->text()));
        b.world.fakeOrders.shippingFee = 0;
        b.control().load();
        QTRY_VERIFY(!fee->isVisible());
    }

    void everyCommandHasItsOwnIcon()
    {
        Bench b;
        std::set<QByteArray> icons;
        for (const ui::Command& command : b.page->commands()) {
            QVERIFY2(QFile::exists(u":/icons/%1.svg"_s.arg(QLatin1StringView(command.icon))), command.icon);
            QVERIFY2(icons.insert(command.icon).second, command.icon);
        }
        QVERIFY(!icons.contains("command"));
    }

    void detailOffersOnlyWhatIsAllowed()
    {
        Bench b;
        b.world.fakeOrders.allowed = {S::Accepted};
        b.open();
        auto* pane = b.page->findChild<ui::OrderDetailPane*>();
        const auto shown = [pane] {
            int visible = 0;
            for (const auto* button : pane->findChildren<ui::KeyButton*>(QRegularExpression(u"^moveTo"_s)))
                visible += button->isVisible();
            return visible;
        };
        QTRY_COMPARE(shown(), 1);
    }

    void aVendorDoesNotReadItsOwnNameOnEachRow()
    {
        Bench b;
        SessionInfo info;
        info.vendorId = idOf<VendorTag>(1);
        info.vendorName = u"남산 티룸"_s;
        b.world.fakeSession.session = info;
        b.open();
        QVERIFY(b.page->findChild<ui::OrderTableView*>()->isColumnHidden(models::OrderListModel::VendorName));
        QVERIFY(b.page->subtitle().contains(u"남산 티룸"_s));
    }

    void everyControlHasAName()
    {
        Bench b;
        b.open();
        b.page->headerTools()->setParent(b.page.get());
        for (QWidget* w : b.page->findChildren<QWidget*>())
            if (w->isVisible() && (w->focusPolicy() & Qt::TabFocus) && w->isEnabled())
                QVERIFY2(!QAccessible::queryAccessibleInterface(w)->text(QAccessible::Name).isEmpty(), qPrintable(QString::fromLatin1(w->metaObject()->className()) + u' ' + w->objectName()));
        const QString spoken = b.control().column(0).index(0, 0).data(Qt::AccessibleTextRole).toString();
        for (const QString& part : {u"VO-1"_s, u"말차 세트"_s, u"₩12,000"_s})
            QVERIFY2(spoken.contains(part), qPrintable(spoken));
    }

    void twoHundredChangesASecondStayCheap()
    {
        Bench b(200, 0);
        b.open();
        std::vector<VendorOrderCard> batch;
        QElapsedTimer timer;
        qint64 worst = 0;
        for (int round = 0; round < 20; ++round) { // 20 batches of 10, as the backend folds them at 50 ms
            batch.clear();
            for (int i = 0; i < 10; ++i) {
                VendorOrderCard c = b.world.fakeOrders.cards[static_cast<std::size_t>(round * 10 + i)];
                c.status = i % 2 ? S::Accepted : S::AwaitingAcceptance;
                c.version = round + 2;
                batch.push_back(c);
            }
            timer.start();
            Q_EMIT b.world.fakeOrders.vendorOrdersChanged(batch);
            worst = std::max(worst, timer.elapsed());
        }
        qInfo("worst batch of 10 changes on 200 rows: %lld ms", static_cast<long long>(worst));
        QVERIFY(worst < 50);
    }

private:
    std::unique_ptr<ui::Theme> m_theme;
};

QTEST_MAIN(tst_OrderBoard)
#include "tst_OrderBoard.moc"
