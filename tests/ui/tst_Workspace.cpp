// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_test_support
// What is typed is handed over within moments, and comes back with the place: in place for the same person, after a start, never to another.
#include "support/UiFixture.h"

#include "ui/frame/SessionCover.h"
#include "ui/widgets/Sheet.h"
#include "ui/workspace/Caret.h"
#include "ui/workspace/ClashBar.h"
#include "ui/workspace/FormEditor.h"
#include "ui/workspace/Workspace.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

// A small form about one of two things, which are "read" when the test says so.
struct Form {
    explicit Form(PlainPage& page, const QString& place)
    {
        sheet = new Sheet(&page);
        auto* column = new QVBoxLayout(sheet);
        name = new QLineEdit;
        name->setAccessibleName(u"Name"_s);
        note = new QLineEdit;
        note->setAccessibleName(u"Note"_s);
        column->addWidget(name);
        column->addWidget(note);
        page.layout()->addWidget(sheet);
        sheet->hide();
        FormEditor::Hooks hooks;
        hooks.subject = [this] { return sheet->isOpen() ? std::optional(FormSubject{thing, u"Thing"_s, version, {}}) : std::nullopt; };
        hooks.reopen = [this](const FormSubject& kept) {
            if (isRead)
                open(kept.entityId);
            editor->ready(); // choosing a thing tells that it is there, in the middle of it
            return isRead;
        };
        hooks.close = [this] { sheet->leave(); };
        editor = new FormEditor(place, *sheet, std::move(hooks));
        editor->add(u"name"_s, name);
        editor->add(u"note"_s, note);
    }
    void open(const QString& id)
    {
        thing = id;
        name->setText(serverName);
        note->setText({});
        sheet->show();
        name->setFocus();
    }
    Sheet* sheet;
    QLineEdit* name;
    QLineEdit* note;
    FormEditor* editor;
    QString thing;
    QString serverName = u"the name"_s;
    std::int64_t version = 3;
    bool isRead = true;
};

// A window with a workspace and a form on the first screen.
struct Bench {
    WindowFixture f;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<Form> form;

    Bench()
    {
        form = std::make_unique<Form>(*f.orders, u"orders.form"_s);
        auto* model = new QStandardItemModel(40, 1, f.products->m_list);
        for (int i = 0; i < 40; ++i)
            model->setItem(i, new QStandardItem(u"row %1"_s.arg(i)));
        f.products->m_list->setModel(model);
        workspace = Workspace::over(f.window, f.backend, f.clock);
        f.window.resize(1280, 800);
        f.window.show();
    }
    FakeDrafts& drafts() { return f.backend.m_drafts; }
    const backend::Draft* kept(const QString& place)
    {
        for (const backend::Draft& d : drafts().m_kept)
            if (d.place == place)
                return &d;
        return nullptr;
    }
    void enter(const SessionInfo& info = staffSession()) { f.backend.m_session.begin(info); }
    void expire() { f.backend.m_session.end({SessionEndReason::ExpiredIdle, {}, {}, {}, {}}); }
};

QString mine(const backend::Draft& draft, const QString& field)
{
    return QJsonDocument::fromJson(draft.content).object()[u"mine"_s].toObject()[field].toString();
}

SessionInfo otherSession()
{
    SessionInfo info = staffSession();
    info.userId.value.bytes[15] ^= 0x55;
    info.login = u"minsu"_s;
    return info;
}

} // namespace

class tst_Workspace : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Naru"_s);
        QCoreApplication::setApplicationName(u"tst_Workspace"_s);
        registerResources();
        m_theme = std::make_unique<Theme>(*qApp);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QSettings().clear();
    }

    void keepsEachBatchOfKeystrokes()
    {
        Bench b;
        b.enter();
        QVERIFY(QTest::qWaitForWindowActive(&b.f.window));
        b.form->open(u"7"_s);
        QTest::keyClicks(b.form->note, u"hello"_s);
        QTRY_VERIFY(b.kept(u"orders.form"_s));
        QTRY_COMPARE(mine(*b.kept(u"orders.form"_s), u"note"_s), u"hello"_s);
        const backend::Draft draft = *b.kept(u"orders.form"_s);
        QCOMPARE(draft.entityId, u"7"_s);
        QCOMPARE(draft.title, u"Thing"_s);
        QCOMPARE(draft.baseVersion, 3);
        QCOMPARE(draft.changes, 1); // the name was shown, not typed
        QCOMPARE(draft.changedAt, b.f.clock.now());
        QVERIFY(b.drafts().m_writes <= 4); // not one for each key: text and place
    }

    void dropsWhatWasSavedOrLeft()
    {
        Bench b;
        b.enter();
        b.form->open(u"7"_s);
        QTest::keyClicks(b.form->note, u"x"_s);
        QTRY_COMPARE(b.drafts().count(), 1);
        b.form->sheet->leave();
        QTRY_COMPARE(b.drafts().count(), 0);
        b.form->open(u"7"_s);
        QTest::keyClicks(b.form->note, u"y"_s);
        QTRY_COMPARE(b.drafts().count(), 1);
        b.form->editor->filled(); // as after saving
        QTRY_COMPARE(b.drafts().count(), 0);
    }

    void hiddenScreensKeepTheirForms()
    {
        Bench b;
        b.enter();
        b.form->open(u"7"_s);
        QTest::keyClicks(b.form->note, u"x"_s);
        b.f.window.goTo(u"products"_s);
        b.workspace->flush();
        QCOMPARE(b.drafts().count(), 1);
    }

    void comesBackInPlace()
    {
        Bench b;
        b.enter();
        QVERIFY(QTest::qWaitForWindowActive(&b.f.window));
        b.form->open(u"7"_s);
        b.form->note->setFocus();
        QTest::keyClicks(b.form->note, u"hello world"_s);
        b.form->note->setCursorPosition(8);
        b.form->note->setSelection(8, -5); // backwards
        const int caret = b.form->note->cursorPosition();
        b.expire(); // at once: nothing has been flushed by time
        QCOMPARE(b.drafts().count(), 1);
        QCOMPARE(mine(*b.kept(u"orders.form"_s), u"note"_s), u"hello world"_s);
        QVERIFY(b.kept(u"workspace"_s));
        QCOMPARE(b.kept(u"workspace"_s)->changes, 0);
        QVERIFY(b.f.window.findChild<SessionCover*>()->isOpen());
        QVERIFY(!b.form->note->hasFocus());
        b.enter();
        QVERIFY(!b.f.window.findChild<SessionCover*>()->isOpen());
        QVERIFY(b.form->note->hasFocus());
        QCOMPARE(b.form->note->text(), u"hello world"_s);
        QCOMPARE(b.form->note->selectedText(), u"lo wo"_s);
        QCOMPARE(b.form->note->cursorPosition(), caret);
        QTest::keyClick(b.form->note, Qt::Key_Left, Qt::ShiftModifier); // the selection grows where it grew before
        QCOMPARE(b.form->note->selectedText(), u"llo wo"_s);
        QCOMPARE(b.f.pageSets, 1);
    }

    void comesBackAfterAStart()
    {
        std::vector<backend::Draft> left;
        int scroll = 0;
        {
            Bench b;
            b.enter();
            QVERIFY(QTest::qWaitForWindowActive(&b.f.window));
            b.f.window.goTo(u"products"_s);
            b.f.products->m_list->scrollTo(b.f.products->m_list->model()->index(39, 0));
            scroll = b.f.products->m_list->verticalScrollBar()->value();
            QVERIFY(scroll > 0);
            b.f.window.goTo(u"orders"_s);
            b.form->open(u"7"_s);
            b.form->note->setFocus();
            QTest::keyClicks(b.form->note, u"hello"_s);
            QTest::keyClick(b.form->note, Qt::Key_Home);
            QTest::keyClick(b.form->note, Qt::Key_Right, Qt::ShiftModifier);
            QTRY_VERIFY(b.kept(u"workspace"_s) && b.kept(u"workspace"_s)->content.contains("\"caret\":1"));
            QTRY_COMPARE(b.drafts().count(), 1);
            left = b.drafts().m_kept;
        } // killed
        QSettings().clear(); // nothing of it stands there
        Bench b;
        b.f.preferences.setLastScreen(u"products"_s);
        b.drafts().m_kept = left;
        b.form->isRead = false; // its thing has to come from the server first
        QSignalSpy restored(b.workspace.get(), &Workspace::draftsRestored);
        b.enter();
        QVERIFY(QTest::qWaitForWindowActive(&b.f.window));
        QTRY_COMPARE(restored.size(), 1);
        QCOMPARE(restored.front().front().toInt(), 1);
        QCOMPARE(b.f.window.currentScreen(), u"orders"_s);
        QVERIFY(!b.form->sheet->isOpen());
        b.workspace->flush();
        QCOMPARE(b.drafts().count(), 1); // a waiting draft is not given up
        b.form->isRead = true;
        b.form->editor->ready();
        QVERIFY(b.form->sheet->isOpen());
        QCOMPARE(b.form->note->text(), u"hello"_s);
        QTRY_VERIFY(b.form->note->hasFocus());
        QTRY_COMPARE(b.form->note->selectedText(), u"h"_s);
        QCOMPARE(b.form->note->cursorPosition(), 1);
        b.workspace->flush();
        QCOMPARE(b.drafts().count(), 1);
        QCOMPARE(b.f.products->m_list->verticalScrollBar()->value(), scroll);
    }

    void anotherPersonBeginsAfresh()
    {
        Bench b;
        b.enter();
        b.form->open(u"7"_s);
        QTest::keyClicks(b.form->note, u"hers"_s);
        b.workspace->flush();
        QCOMPARE(b.drafts().count(), 1);
        b.expire();
        const auto hers = b.drafts().m_kept;
        b.drafts().m_kept.clear(); // the store has sealed them and opened his
        b.enter(otherSession());
        QCOMPARE(b.f.pageSets, 2);
        b.workspace->flush();
        QCOMPARE(b.drafts().count(), 0); // nothing of hers was written among his
        QVERIFY(!b.kept(u"orders.form"_s));
        QVERIFY(hers.size() >= 1);
    }

    void mergesWhatNobodyElseTouchedAndAsksAboutTheRest()
    {
        Bench b;
        b.enter();
        const auto draft = [](const QString& field, const QString& base, const QString& typed) {
            return backend::Draft{u"orders.form"_s, u"7"_s, u"Thing"_s, 3,
                QJsonDocument(QJsonObject{{u"purpose"_s, QString()}, {u"base"_s, QJsonObject{{field, base}}}, {u"mine"_s, QJsonObject{{field, typed}}}}).toJson(), 1, {}};
        };
        ClashBar& bar = *new ClashBar(b.f.orders);
        QSignalSpy clashed(b.form->editor, &FormEditor::clashed);
        connect(b.form->editor, &FormEditor::clashed, &bar, &ClashBar::ask);
        connect(&bar, &ClashBar::decided, b.form->editor, &FormEditor::decide);
        b.form->version = 4; // somebody changed something else meanwhile
        b.form->editor->restore(draft(u"note"_s, {}, u"mine"_s));
        QCOMPARE(b.form->note->text(), u"mine"_s);
        QVERIFY(clashed.isEmpty() && bar.isHidden());
        b.form->editor->discard();
        b.form->serverName = u"theirs"_s; // and now the same field
        b.form->editor->restore(draft(u"name"_s, u"the name"_s, u"mine"_s));
        QCOMPARE(clashed.size(), 1);
        QVERIFY(!bar.isHidden());
        QCOMPARE(b.form->name->text(), u"mine"_s); // nothing is lost while it is open
        auto kept = b.form->editor->drafts();
        QCOMPARE(kept.size(), std::size_t(1));
        QCOMPARE(kept.front().baseVersion, 3); // a second crash finds the clash again
        const auto buttons = bar.findChildren<KeyButton*>();
        QCOMPARE(buttons.size(), 3);
        buttons[1]->click();
        QCOMPARE(b.form->name->text(), u"theirs"_s);
        QVERIFY(bar.isHidden());
        QVERIFY(b.form->editor->drafts().empty());
    }

    // From another computer of the same person: over what is open here, beside what is typed here, and never among somebody else's.
    void takesWhatArrives()
    {
        Bench b;
        b.enter();
        QTRY_VERIFY(b.workspace->isSettled());
        const auto draft = [](const QString& id, const QString& typed) {
            return backend::Draft{u"orders.form"_s, id, u"Thing"_s, 3,
                QJsonDocument(QJsonObject{{u"purpose"_s, QString()}, {u"base"_s, QJsonObject{{u"note"_s, QString()}}}, {u"mine"_s, QJsonObject{{u"note"_s, typed}}}}).toJson(QJsonDocument::Compact), 1, {}};
        };
        QSignalSpy restored(b.workspace.get(), &Workspace::draftsRestored);
        Q_EMIT b.drafts().arrived({{draft(u"7"_s, u"hel"_s), {}}});
        QCOMPARE(restored.size(), 1);
        QCOMPARE(b.form->note->text(), u"hel"_s);
        // What goes on from it takes its place, although a form holds what was restored first.
        Q_EMIT b.drafts().arrived({{draft(u"7"_s, u"hello"_s), draft(u"7"_s, u"hel"_s).content}});
        QCOMPARE(restored.size(), 2);
        QCOMPARE(b.form->note->text(), u"hello"_s);
        // Typed at this very moment, before anybody heard of it: both stay.
        QTest::keyClicks(b.form->note, u"!"_s);
        Q_EMIT b.drafts().arrived({{draft(u"7"_s, u"hello there"_s), draft(u"7"_s, u"hello"_s).content}});
        QCOMPARE(restored.size(), 2);
        QCOMPARE(b.form->note->text(), u"hello!"_s);
        QVERIFY(b.kept(backend::placeBeside(u"orders.form"_s)));
        QCOMPARE(mine(*b.kept(backend::placeBeside(u"orders.form"_s)), u"note"_s), u"hello there"_s);
        QCOMPARE(mine(*b.kept(u"orders.form"_s), u"note"_s), u"hello!"_s);
    }

    void takesWhatArrivesOnceItsPersonIsThere()
    {
        Bench b;
        b.enter();
        QTRY_VERIFY(b.workspace->isSettled());
        b.expire();
        const backend::Draft draft{u"orders.form"_s, u"7"_s, u"Thing"_s, 3, "{\"purpose\":\"\",\"base\":{\"note\":\"\"},\"mine\":{\"note\":\"hers\"}}", 1, {}};
        QSignalSpy restored(b.workspace.get(), &Workspace::draftsRestored);
        Q_EMIT b.drafts().arrived({{draft, {}}}); // the sign-in is not answered yet: it may be anybody's
        QCOMPARE(restored.size(), 0);
        QVERIFY(!b.form->sheet->isOpen());
        b.enter();
        QCOMPARE(restored.size(), 1);
        QCOMPARE(b.form->note->text(), u"hers"_s);
        b.form->sheet->leave();
        b.workspace->flush();
        b.expire();
        Q_EMIT b.drafts().arrived({{draft, {}}});
        b.enter(otherSession());
        QTRY_VERIFY(b.workspace->isSettled());
        b.workspace->flush();
        QCOMPARE(restored.size(), 1);
        QVERIFY(!b.kept(u"orders.form"_s)); // his come with everything that is kept for him
    }

    void discardsEverythingWhenAsked()
    {
        Bench b;
        b.enter();
        b.form->open(u"7"_s);
        QTest::keyClicks(b.form->note, u"x"_s);
        b.workspace->flush();
        QCOMPARE(b.drafts().count(), 1);
        b.workspace->discardAll();
        QCOMPARE(b.drafts().count(), 0);
        QVERIFY(!b.form->sheet->isOpen());
        b.workspace->flush();
        QCOMPARE(b.drafts().count(), 0);
    }

    void namesWidgetsTheSameWayAgain()
    {
        Bench b;
        for (QWidget* widget : b.f.window.findChildren<QWidget*>())
            QCOMPARE(Caret::find(b.f.window, Caret::wayTo(*widget, b.f.window)), widget);
    }

    void saysThatNothingCanBeKept()
    {
        Bench b;
        b.enter();
        QSignalSpy said(b.f.window.currentPage(), &ui::Page::toast);
        Q_EMIT b.drafts().faulted(errorOf(ErrorKind::Storage, u"drafts-not-kept"_s));
        QCOMPARE(said.size(), 1);
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(tst_Workspace)
#include "tst_Workspace.moc"
