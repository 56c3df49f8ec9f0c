// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// timeout: 60
#include "SecurityData.h"

#include "resources/Resources.h"
#include "ui/orders/InlineSheet.h"
#include "ui/security/ConflictNotes.h"
#include "ui/security/ConflictQueueView.h"
#include "ui/security/ConflictReviewPage.h"
#include "ui/security/ConflictSideCard.h"
#include "ui/security/ConflictTimeline.h"
#include "ui/security/DecisionCard.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <set>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

struct Screen : SecurityScreen<ConflictReviewPage> {
    FakeSecurity& security = backend.m_security;

    void open(int count)
    {
        naru::Page<Conflict> queue;
        for (int i = 0; i < count; ++i)
            queue.items.push_back(conflictNo(i));
        security.m_conflicts.always(queue);
        show();
        QTRY_COMPARE(page->list().model()->rowCount(), count);
    }
    // The detail that was asked for.
    void answerDetail(const std::function<void(ConflictDetail&)>& change = {})
    {
        const Conflict* known = page->controller().queue().known(security.m_conflict);
        QVERIFY(known);
        auto detail = detailOf(*known);
        if (change)
            change(detail);
        QVERIFY(security.m_details.answerNewest(detail));
    }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page, key); }
    Conflict current() { return *page->controller().queue().known(*page->controller().current()); }
};

// The part [from, to) of 120 conflicts, as the server hands it out.
naru::Page<Conflict> pageOf(int from, int to)
{
    naru::Page<Conflict> page;
    for (int i = from; i < to; ++i)
        page.items.push_back(conflictNo(i));
    page.next = to < 120 ? u"after %1"_s.arg(to) : QString();
    page.total = 120;
    return page;
}

} // namespace

class tst_ConflictReview : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    // What is noted is no decision's yet: each conflict keeps its own, also over the end of the program.
    void notesAreKeptForEachConflict()
    {
        std::vector<backend::Draft> kept;
        Conflict first;
        {
            Screen s;
            s.open(2);
            s.answerDetail();
            first = s.current();
            QTest::keyClicks(&s.page->findChild<DecisionCard*>()->note(), u"called her"_s);
            kept = s.page->findChild<ConflictNotes*>()->drafts();
        }
        QCOMPARE(kept.size(), std::size_t(1));
        QCOMPARE(kept.front().entityId, first.id.toString());
        QCOMPARE(kept.front().changes, 1);
        Screen s;
        s.open(2);
        s.page->findChild<ConflictNotes*>()->restore(kept.front());
        s.answerDetail();
        QCOMPARE(s.current().id, first.id);
        QCOMPARE(s.page->findChild<DecisionCard*>()->note().text(), u"called her"_s);
        QCOMPARE(s.page->findChild<ConflictNotes*>()->drafts(), kept);
        s.page->findChild<ConflictNotes*>()->discard();
        QVERIFY(s.page->findChild<DecisionCard*>()->note().text().isEmpty());
        QVERIFY(s.page->findChild<ConflictNotes*>()->drafts().empty());
    }

    void theQueueStandsByScoreThenTime()
    {
        Screen s;
        s.open(5);
        const auto& rows = s.page->controller().queue().rows();
        QCOMPARE(rows.front().displayName, u"윤서영"_s);
        for (std::size_t i = 1; i < rows.size(); ++i)
            QVERIFY(rows[i - 1].score > rows[i].score || (rows[i - 1].score == rows[i].score && rows[i - 1].at <= rows[i].at));
        const QString spoken = s.page->list().model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
        for (const QString& part : {u"윤서영"_s, u"남산 티룸"_s, u"Reported"_s, u"score 18"_s, u"사무실 PC → 알 수 없는 노트북"_s, u"서울 중구 → 부산 사하구"_s, u"after 22 s"_s, u"was in use just before"_s})
            QVERIFY2(spoken.contains(part), qPrintable(part));
        QCOMPARE(s.page->subtitle(), u"5 open conflict(s)"_s);
    }

    void bothSessionsAreShownOnOneAxis()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        const QString text = s.visibleText();
        for (const QString& part : {u"Old session"_s, u"New session"_s, u"사무실 PC · 서울 중구"_s, u"알 수 없는 노트북 · 부산 사하구"_s, u"The person at the old device said: this was not me."_s, u"limited to reading"_s})
            QVERIFY2(text.contains(part), qPrintable(part));
        const ConflictTimeline& line = s.page->timeline();
        QVERIFY(line.from() < at(560) && line.to() > at(12));
        QVERIFY(line.to() - line.from() <= std::chrono::hours(4)); // minutes can be told apart
        QVERIFY(line.accessibleName().contains(u"Old session: began"_s));
        const auto chips = s.page->findChildren<ChipRow*>();
        QCOMPARE(chips.size(), 2);
        QCOMPARE(chips.at(0)->accessibleName(), u"Signed in elsewhere, Trust 2 · key kept safe, 2 draft(s) left"_s);
        QCOMPARE(chips.at(1)->accessibleName(), u"Reading only: reported by its owner, Trust 1 · registered"_s);
        QVERIFY(s.named<QWidget>(u"Never seen before"_s));
    }

    // A morning of a support agent.
    void twentyAreDecidedWithTheKeyboardAlone()
    {
        Screen s;
        s.open(20);
        const QList<Qt::Key> keys{Qt::Key_A, Qt::Key_E, Qt::Key_K, Qt::Key_P, Qt::Key_U};
        static constexpr ConflictDecision meant[] = {ConflictDecision::Benign, ConflictDecision::EndNew, ConflictDecision::EndOld, ConflictDecision::AllowPair, ConflictDecision::Escalate};
        std::set<ConflictId> seen;
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(QApplication::focusWidget(), &s.page->list());
            s.answerDetail();
            const Conflict c = s.current();
            QCOMPARE(s.page->list().currentIndex().row(), s.page->controller().queue().rowOf(c.id));
            QVERIFY(models::isOpen(c));
            QVERIFY(seen.insert(c.id).second);
            s.press(keys[i % 5]);
            QCOMPARE(s.security.m_conflict, c.id);
            QCOMPARE(s.security.m_verdict.decision, meant[i % 5]);
            QCOMPARE(s.security.m_verdict.expectedVersion, c.version);
            auto after = detailOf(decidedAs(c, meant[i % 5]));
            QVERIFY(s.security.m_decided.answer(after));
        }
        QCOMPARE(s.page->controller().queue().openCount(), 0);
        QVERIFY(s.page->subtitle().contains(u"20 decided here"_s));
        QCOMPARE(s.toasts.size(), 20);
    }

    // How much waits is told in the rail before anybody looks: the server's count at once, then that of the queue.
    void theBadgeCountsBeforeTheFirstVisit()
    {
        Screen s;
        ConflictReviewPage page(s.backend, s.clock);
        QSignalSpy badge(&page, &ui::Page::badgeChanged);
        QCOMPARE(s.security.m_conflicts.calls(), 1);
        QVERIFY(s.security.m_conflicts.answer(pageOf(0, 100)));
        QCOMPARE(badge.last().at(0).toString(), u"120"_s);
        QCOMPARE(s.security.m_conflictQuery.after, u"after 100"_s);
        QVERIFY(s.security.m_conflicts.answer(pageOf(100, 120)));
        QCOMPARE(badge.last().at(0).toString(), u"120"_s);
        QCOMPARE(badge.last().at(1).toBool(), true); // something reported is among them
        QCOMPARE(s.security.m_conflicts.calls(), 2);
        Q_EMIT s.security.conflictsChanged({conflictNo(130)});
        QCOMPARE(badge.last().at(0).toString(), u"121"_s);
        Q_EMIT s.security.conflictsChanged({decidedAs(conflictNo(110), ConflictDecision::Benign), decidedAs(conflictNo(3), ConflictDecision::Benign)});
        QCOMPARE(badge.last().at(0).toString(), u"119"_s);
        QCOMPARE(s.security.m_details.calls(), 0); // nobody looks at one yet
    }

    void nobodyElseReadsTheQueue()
    {
        Screen s;
        s.backend.m_session.m_info->scopes.removeAll(u"session.review"_s);
        ConflictReviewPage page(s.backend, s.clock);
        QCOMPARE(s.security.m_conflicts.calls(), 0);
        s.backend.m_session.m_info->scopes.append(u"session.review"_s);
        Q_EMIT s.backend.m_session.infoChanged(*s.backend.m_session.m_info);
        QCOMPARE(s.security.m_conflicts.calls(), 1);
    }

    void theQueueIsReadToItsEnd()
    {
        Screen s;
        s.show();
        QVERIFY(s.security.m_conflicts.answer(pageOf(0, 100)));
        QCOMPARE(s.page->subtitle(), u"120 open conflict(s)"_s);
        const ConflictId first = *s.page->controller().current();
        QVERIFY(s.security.m_conflicts.answer(pageOf(100, 120)));
        QCOMPARE(s.page->list().model()->rowCount(), 120);
        QVERIFY(s.page->controller().isWhole());
        QCOMPARE(*s.page->controller().current(), first);
        QTRY_COMPARE(QApplication::focusWidget(), &s.page->list());
        std::set<ConflictId> walked{first};
        for (int i = 1; i < 120; ++i) {
            s.press(Qt::Key_Down);
            QVERIFY(walked.insert(*s.page->controller().current()).second);
        }
        s.press(Qt::Key_N); // from the last to the first again
        QCOMPARE(*s.page->controller().current(), first);
        s.page->controller().setText(conflictNo(117).displayName); // of the second page
        QCOMPARE(s.page->list().model()->rowCount(), 1);
    }

    void aPageThatFailsIsSaidAndAskedForAgain()
    {
        Screen s;
        s.show();
        QVERIFY(s.security.m_conflicts.answer(pageOf(0, 100)));
        QVERIFY(s.security.m_conflicts.answer(refusal(ErrorKind::Offline, u"offline"_s)));
        QCOMPARE(s.page->list().model()->rowCount(), 100); // what is known stays
        QCOMPARE(s.page->subtitle(), u"120 open conflict(s)"_s);
        QVERIFY(s.visibleText().contains(u"100 of 120 read so far."_s));
        QCOMPARE(s.security.m_conflicts.open(), std::size_t(0));
        s.page->list().scrollToBottom();
        QTRY_COMPARE(s.security.m_conflicts.open(), std::size_t(1));
        QCOMPARE(s.security.m_conflictQuery.after, u"after 100"_s);
        QVERIFY(s.security.m_conflicts.answer(pageOf(100, 120)));
        QCOMPARE(s.page->list().model()->rowCount(), 120);
        QVERIFY(!s.visibleText().contains(u"read so far"_s));
    }

    void readingAgainLosesNeitherThePlaceNorShowsWhatIsGone()
    {
        Screen s;
        s.show();
        s.security.m_conflicts.answer(pageOf(0, 100));
        s.security.m_conflicts.answer(pageOf(100, 120));
        s.page->controller().select(conflictNo(119).id);
        s.answerDetail();
        s.press(Qt::Key_F5);
        s.security.m_conflicts.answer(pageOf(0, 100));
        QCOMPARE(*s.page->controller().current(), conflictNo(119).id); // its page is still to come
        auto rest = pageOf(100, 120);
        rest.items.erase(rest.items.begin()); // decided elsewhere
        s.security.m_conflicts.answer(rest);
        QCOMPARE(*s.page->controller().current(), conflictNo(119).id);
        QCOMPARE(s.page->list().model()->rowCount(), 119);
        QVERIFY(!s.page->controller().queue().known(conflictNo(100).id));
    }

    void anEmptiedQueueShowsNoConflictAnyMore()
    {
        Screen s;
        s.open(2);
        s.answerDetail();
        s.security.m_conflicts.always(naru::Page<Conflict>{});
        s.press(Qt::Key_F5);
        QTRY_VERIFY(s.visibleText().contains(u"No conflicts in 24 hours."_s));
        QVERIFY(!s.page->controller().detail());
        QVERIFY(s.visibleText().contains(u"Choose a conflict to see both of its sessions."_s));
    }

    // With the Korean input method on, keys bear other signs; what counts is where they are.
    void lettersWorkByTheirPlace()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        QKeyEvent korean(QEvent::KeyPress, 0, Qt::NoModifier, 26, 0, 0, u"ㄷ"_s); // where E stands
        QCoreApplication::sendEvent(&s.page->list(), &korean);
        QCOMPARE(s.security.m_verdict.decision, ConflictDecision::EndNew);
        QCOMPARE(s.security.m_decided.calls(), 1);
    }

    void aNoteGoesWithTheDecisionAndStaysWithItsConflict()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        s.press(Qt::Key_M);
        auto* note = s.named<QLineEdit>(u"Note"_s);
        QVERIFY(note && note->hasFocus());
        QTest::keyClicks(note, u"called back: knows the laptop"_s);
        QCOMPARE(s.security.m_decided.calls(), 0); // its letters decide nothing
        QTest::keyClick(note, Qt::Key_Return);
        QVERIFY(s.page->list().hasFocus());
        s.press(Qt::Key_Down);
        s.answerDetail();
        QVERIFY(note->text().isEmpty());
        s.press(Qt::Key_Up);
        s.answerDetail();
        QCOMPARE(note->text(), u"called back: knows the laptop"_s);
        s.press(Qt::Key_A);
        QCOMPARE(s.security.m_verdict.note, u"called back: knows the laptop"_s);
    }

    void somebodyFasterIsNamedAndNothingIsDecided()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        const Conflict c = s.current();
        s.press(Qt::Key_A);
        const int asked = s.security.m_details.calls();
        s.security.m_decided.answer(refusal(ErrorKind::Conflict, u"stale-decision"_s, 409));
        QCOMPARE(s.security.m_details.calls(), asked + 1); // read again
        s.security.m_details.answerNewest(detailOf(decidedAs(c, ConflictDecision::EndNew, u"김지원"_s)));
        QCOMPARE(s.page->decisions().failure().text(), u"김지원 was faster: New session ended. Your decision was not made."_s);
        QVERIFY(!s.page->controller().canDecide(ConflictDecision::Benign));
        QVERIFY(s.page->list().hasFocus());
    }

    void anEndedSessionShowsAsDone()
    {
        Screen s;
        s.open(5);
        s.answerDetail([](ConflictDetail& d) { d.newSide.session.status = SessionStatus::SignedOut; });
        const Conflict c = s.current();
        s.press(Qt::Key_E);
        s.security.m_decided.answer(detailOf(decidedAs(c, ConflictDecision::EndNew)));
        QVERIFY(s.toasts.last().contains(u"The session had already ended; the decision is noted."_s));
        QVERIFY(!models::isOpen(*s.page->controller().queue().known(c.id)));
    }

    void lockingAManagerTakesTwo()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        QCOMPARE(s.page->decisions().secondText(), u"Locking this account takes two people."_s);
        s.press(Qt::Key_B);
        QVERIFY(s.page->decisions().sheet().isOpen());
        QCOMPARE(s.security.m_decided.calls(), 0); // asks first
        s.press(Qt::Key_Return);
        QCOMPARE(s.security.m_verdict.decision, ConflictDecision::LockAccount);
        const Conflict c = s.current();
        auto waiting = detailOf(c);
        ++waiting.conflict.version;
        waiting.needsSecond = true;
        waiting.firstBy = u"한지우"_s;
        s.security.m_decided.answer(waiting);
        QCOMPARE(*s.page->controller().current(), c.id); // not done, so it stays
        QCOMPARE(s.page->decisions().secondText(), u"한지우 asked to lock the account. A second person has to confirm with B."_s);
        s.press(Qt::Key_B);
        s.press(Qt::Key_Return);
        s.security.m_decided.answer(refusal(ErrorKind::Forbidden, u"second-agent-needed"_s, 403));
        QVERIFY(s.page->decisions().failure().text().contains(u"somebody else has to confirm it. Nothing was changed."_s));
    }

    void extraVerificationIsAskedAndTheDecisionMadeAgain()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        const Conflict c = s.current();
        s.press(Qt::Key_E);
        s.security.m_decided.answer(refusal(ErrorKind::Unauthorized, u"step-up-required"_s, 401));
        QVERIFY(s.stepUp->isOpen());
        QCOMPARE(*s.page->controller().current(), c.id);
        QVERIFY(!s.page->controller().busy());
    }

    void liveConflictsComeInWithoutMovingTheRows()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        s.press(Qt::Key_Down);
        s.answerDetail();
        const ConflictId here = *s.page->controller().current();
        const int row = s.page->list().currentIndex().row();
        Conflict fresh = conflictNo(7);
        fresh.score = 30;
        Q_EMIT s.security.conflictsChanged({fresh});
        QCOMPARE(s.page->list().model()->rowCount(), 5);
        QCOMPARE(s.page->list().currentIndex().row(), row);
        auto* above = s.named<QAbstractButton>(u"1 new above"_s);
        QVERIFY(above);
        QTest::keyClick(&s.page->list(), Qt::Key_Period);
        QCOMPARE(s.page->list().model()->rowCount(), 6);
        QCOMPARE(*s.page->controller().current(), here);
        QCOMPARE(s.page->controller().queue().row(0).id, fresh.id);
        // What belongs below comes in at once, and a known row changes where it stands.
        Conflict low = conflictNo(8);
        low.score = 0;
        Q_EMIT s.security.conflictsChanged({low});
        QCOMPARE(s.page->list().model()->rowCount(), 7);
    }

    void anotherPersonsDecisionIsReadAnew()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        const int asked = s.security.m_details.calls();
        Q_EMIT s.security.conflictsChanged({decidedAs(s.current(), ConflictDecision::Benign, u"김지원"_s)});
        QCOMPARE(s.security.m_details.calls(), asked + 1);
    }

    void emptyLoadingAndFailingAreSaid()
    {
        Screen s;
        s.show();
        QVERIFY(s.visibleText().contains(u"Loading…"_s));
        s.security.m_conflicts.answer(naru::Page<Conflict>{});
        QVERIFY(s.visibleText().contains(u"No conflicts in 24 hours."_s));
        s.page->controller().read();
        s.security.m_conflicts.answer(refusal(ErrorKind::Offline, u"offline"_s));
        QVERIFY(s.visibleText().contains(u"The server cannot be reached. Nothing was changed."_s));
        QVERIFY(s.visibleText().contains(u"offline · 01HREQ"_s));
    }

    void aFailedDecisionSaysSoWithACodeToCopy()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        const Conflict c = s.current();
        s.press(Qt::Key_A);
        s.security.m_decided.answer(refusal(ErrorKind::Offline, u"offline"_s));
        QVERIFY(s.page->decisions().failure().text().contains(u"Nothing was changed."_s));
        QTest::mouseClick(s.named<QAbstractButton>(u"Copy the code of the failure"_s), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), u"offline · 01HREQ"_s);
        QCOMPARE(*s.page->controller().current(), c.id);
    }

    void withoutTheServerNothingCanBeDecided()
    {
        Screen s;
        s.open(5);
        s.answerDetail();
        s.backend.setLink(backend::LinkState::Offline);
        s.press(Qt::Key_A);
        QCOMPARE(s.security.m_decided.calls(), 0);
        auto* button = s.named<QAbstractButton>(u"Same person"_s);
        QVERIFY(button && !button->isEnabled());
        QVERIFY(button->toolTip().contains(u"Needs the server"_s));
    }

    void aVendorsManagerMayOnlyEnd()
    {
        Screen s;
        s.backend.m_session.m_info->role = Role::VendorManager;
        s.open(5);
        s.answerDetail();
        QVERIFY(!s.page->controller().canDecide(ConflictDecision::LockAccount));
        QVERIFY(!s.page->controller().canDecide(ConflictDecision::Benign));
        QVERIFY(s.page->controller().canDecide(ConflictDecision::EndNew));
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_ConflictReview test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_ConflictReview.moc"
