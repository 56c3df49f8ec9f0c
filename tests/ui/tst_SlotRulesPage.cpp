// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// timeout: 60
#include "BookingData.h"
#include "ScreenBackend.h"

#include "resources/Resources.h"
#include "ui/slotrules/OccurrenceCalendar.h"
#include "ui/slotrules/RuleForm.h"
#include "ui/slotrules/RuleWords.h"
#include "ui/slotrules/SlotRulesPage.h"

#include <QApplication>
#include <QCheckBox>
#include <QRegularExpression>
#include <QScrollArea>

#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

struct Screen {
    ScreenBackend backend;
    SundayClock clock;
    std::unique_ptr<SlotRulesPage> page;

    void open()
    {
        backend.m_slots.m_rules.always(naru::Page<SlotRule>{{sampleRule()}, {}, 1, false});
        RulePreview preview;
        preview.total = 17;
        preview.made = 2;
        RuleOccurrence one;
        one.localDate = u"2026-11-28"_s;
        one.localTime = u"17:30"_s;
        preview.occurrences = {one};
        backend.m_slots.m_previews.always(preview);
        page = std::make_unique<SlotRulesPage>(backend, clock);
        page->resize(1200, 740);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page.get()));
        page->activate();
        QTRY_COMPARE(page->list().model()->rowCount(), 1);
    }
    void edit()
    {
        page->list().setCurrentIndex(page->list().model()->index(0, 0));
        QTest::keyClick(&page->list(), Qt::Key_Return);
        QTRY_VERIFY(page->controller().preview());
    }
    template <class W> W* named(const QString& name)
    {
        for (auto* widget : page->findChildren<W*>())
            if (widget->accessibleName() == name && widget->isVisible())
                return widget;
        return nullptr;
    }
    QString visibleText()
    {
        QStringList texts;
        for (auto* label : page->findChildren<QLabel*>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }
    void type(const QString& field, const QString& text)
    {
        auto* edit = named<QLineEdit>(field);
        QVERIFY2(edit, qPrintable(field));
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
};

} // namespace

class tst_SlotRulesPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void patternsBecomeRuleTextsAndWords()
    {
        RulePattern p;
        p.frequency = RuleFrequency::Weekly;
        p.interval = 2;
        p.weekdays = {{6, 0}, {7, 0}};
        QCOMPARE(rruleOf(p), u"FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU"_s);
        QCOMPARE(patternWords(p), u"every 2 weeks on Sat, Sun"_s);
        p = {};
        p.frequency = RuleFrequency::Monthly;
        p.weekdays = {{1, -1}};
        QCOMPARE(rruleOf(p), u"FREQ=MONTHLY;BYDAY=-1MO"_s);
        QCOMPARE(patternWords(p), u"every month on last Mon"_s);
        p.weekdays.clear();
        p.monthDays = {1, -1};
        p.until = u"2027-01-31"_s;
        QCOMPARE(rruleOf(p), u"FREQ=MONTHLY;BYMONTHDAY=1,-1;UNTIL=20270131"_s);
        QVERIFY(!monthDaysFrom(u"32"_s));
        QVERIFY(!daysFrom(u"2026-02-30"_s));
        QCOMPARE(daysFrom(u"2026-12-25, 2027-01-01"_s)->size(), std::size_t(2));
    }

    void showsARuleInPlainWordsAndWhatItMakes()
    {
        Screen s;
        s.open();
        s.edit();
        QVERIFY(s.visibleText().contains(u"every week on Fri, Sat at 17:30 for 90 minutes, 24 seats"_s));
        QTRY_VERIFY(s.visibleText().contains(u"17 slot(s) in 60 days · 2 new"_s));
        QVERIFY(s.page->findChild<OccurrenceCalendar*>()->accessibleName().contains(u"11/28 17:30 new"_s));
        QVERIFY(!s.named<QAbstractButton>(u"Save the rule"_s)->isEnabled()); // nothing was changed
    }

    // At the smallest window that is promised (1280 wide, less the rail), whatever the form asks for.
    void theFormIsNeverCut()
    {
        Screen s;
        s.open();
        s.page->resize(1056, 720);
        s.edit();
        auto* scroll = s.page->findChild<QScrollArea*>();
        auto* form = s.page->findChild<RuleForm*>();
        QVERIFY(scroll && form);
        for (int frequency = 0; frequency < 3; ++frequency) {
            form->findChild<Segments*>()->setCurrent(frequency);
            QTRY_VERIFY2(scroll->widget()->width() <= scroll->viewport()->width(), qPrintable(u"%1: %2 in %3"_s.arg(frequency).arg(scroll->widget()->width()).arg(scroll->viewport()->width())));
        }
        QVERIFY(s.page->width() == 1056);
    }

    void anEditIsPreviewedAndOnlyWhatChangedIsSent()
    {
        Screen s;
        s.open();
        s.edit();
        const int before = s.backend.m_slots.m_previews.calls();
        s.type(u"Seats"_s, u"30"_s);
        QTRY_VERIFY(s.backend.m_slots.m_previews.calls() > before);
        QCOMPARE(s.backend.m_slots.m_previewed.rule.capacity, 30);
        QVERIFY(s.backend.m_slots.m_previewed.ruleId);
        auto saved = sampleRule();
        saved.capacity = 30;
        saved.version = 3;
        s.backend.m_slots.m_outcomes.always(backend::RuleOutcome{saved, {}});
        QTest::keyClick(s.page.get(), Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(s.backend.m_slots.m_patch.capacity, 30);
        QVERIFY(!s.backend.m_slots.m_patch.rrule);
        QVERIFY(!s.backend.m_slots.m_patch.startLocal);
        QTRY_VERIFY(!s.named<QAbstractButton>(u"Save the rule"_s)->isEnabled());
    }

    void whatCannotBeReadIsNamedAndNotSent()
    {
        Screen s;
        s.open();
        s.edit();
        s.type(u"Starts at"_s, u"25:00"_s);
        QVERIFY(s.visibleText().contains(u"The start is a time such as 17:30."_s));
        QVERIFY(!s.page->form().valid());
        s.type(u"Starts at"_s, u"18:00"_s);
        QVERIFY(s.page->form().valid());
        s.type(u"Except on (days, separated by commas)"_s, u"2026-12-25"_s);
        QTRY_COMPARE(s.backend.m_slots.m_previewed.rule.exdates.size(), std::size_t(1));
    }

    void bookedSlotsNeedAChoice()
    {
        Screen s;
        s.open();
        s.edit();
        s.type(u"Starts at"_s, u"18:00"_s);
        AffectedSlot booked;
        booked.title = u"선셋 요트 90분 11/28 17:30"_s;
        booked.allocated = 19;
        s.backend.m_slots.m_outcomes.always(backend::RuleOutcome{std::nullopt, {booked}});
        QTest::keyClick(s.page.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(s.visibleText().contains(u"Nothing has been changed yet"_s));
        QVERIFY(s.visibleText().contains(u"19 sold, 0 held"_s));
        QTest::mouseClick(s.named<QAbstractButton>(u"Sell no more of them"_s), Qt::LeftButton);
        QVERIFY(s.backend.m_slots.m_patch.booked == BookedSlots::StopSelling);
        QCOMPARE(s.backend.m_slots.m_patch.startLocal, u"18:00"_s); // the same change, with the choice
    }

    void aNewRuleIsMadeAndDaysAreChosen()
    {
        Screen s;
        s.open();
        ProductSummary product;
        product.id = idOf<ProductId>(3);
        product.title = u"선셋 요트 90분"_s;
        s.page->openRecord(u"slot_rules"_s, product.id.toString());
        QTest::keyClick(s.page.get(), Qt::Key_A);
        QTRY_VERIFY(s.visibleText().contains(u"every week on Sat, Sun at 10:00"_s));
        s.named<QCheckBox>(u"Sun"_s)->click();
        QVERIFY(s.visibleText().contains(u"every week on Sat at 10:00"_s));
        s.backend.m_slots.m_rule.always(sampleRule(2));
        QTest::mouseClick(s.named<QAbstractButton>(u"Save the rule"_s), Qt::LeftButton);
        QCOMPARE(s.backend.m_slots.m_created.rrule, u"FREQ=WEEKLY;BYDAY=SA"_s);
        QCOMPARE(s.backend.m_slots.m_created.validFrom, u"2026-11-22"_s);
    }

    // What a rule can be made for is not forgotten where reading it again fails; and without any of it the screen says so, and asks again.
    void productsThatCannotBeReadAreSaid()
    {
        Screen s;
        s.open();
        Error why;
        why.kind = ErrorKind::Offline;
        why.code = u"offline"_s;
        s.backend.m_catalogue.m_products.answer(why);
        QTRY_COMPARE(s.page->controller().load(), SlotRulesController::Load::Failed);
        Q_EMIT s.backend.refreshWanted();
        ProductSummary product;
        product.id = idOf<ProductId>(3);
        s.backend.m_catalogue.m_products.answer(naru::Page<ProductSummary>{{product}, {}, 1, false});
        QTRY_COMPARE(s.page->controller().load(), SlotRulesController::Load::Ready);
        Q_EMIT s.backend.refreshWanted();
        s.backend.m_catalogue.m_products.answer(why);
        QTRY_COMPARE(s.page->controller().load(), SlotRulesController::Load::Ready);
        QCOMPARE(s.page->controller().products().size(), std::size_t(1));
        Q_EMIT s.backend.refreshWanted();
        QVERIFY(s.backend.m_catalogue.m_products.answer(naru::Page<ProductSummary>{{product, product}, {}, 2, false})); // asked again
    }

    void endingAsksForAReason()
    {
        Screen s;
        s.open();
        s.edit();
        QTest::mouseClick(s.named<QAbstractButton>(u"End the rule"_s), Qt::LeftButton);
        auto* reason = s.named<QLineEdit>(u"Reason"_s);
        QVERIFY(reason);
        QTest::keyClicks(reason, u"season over"_s);
        auto ended = sampleRule();
        ended.active = false;
        ended.version = 3;
        s.backend.m_slots.m_outcomes.always(backend::RuleOutcome{ended, {}});
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(s.backend.m_slots.m_end.reason, u"season over"_s);
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_SlotRulesPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_SlotRulesPage.moc"
