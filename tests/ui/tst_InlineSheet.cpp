// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources
// The keys of a sheet inside a page: Enter is the first button, Esc the last (auth.md §2.17), with fields and without.
#include "resources/Resources.h"
#include "ui/orders/InlineSheet.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace naru;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

// A page with a list, and a sheet in it.
struct Bench {
    QWidget window;
    QLineEdit* outside = new QLineEdit;
    InlineSheet* sheet = new InlineSheet;
    QSignalSpy confirmed{sheet, &InlineSheet::confirmed};
    QSignalSpy left{sheet, &Sheet::left};

    Bench()
    {
        auto* column = new QVBoxLayout(&window);
        column->addWidget(outside);
        column->addWidget(sheet);
        window.resize(500, 400);
        window.show();
    }
    void ask(const std::vector<InlineSheet::Field>& fields = {}) { sheet->ask(u"lock"_s, u"Lock the account?"_s, fields, u"Lock"_s, true); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
};

} // namespace

class tst_InlineSheet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { registerResources(); }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support propagateSizeHints).*"_s)); }

    void enterConfirmsWithoutFields_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("return") << Qt::Key_Return;
        QTest::newRow("keypad") << Qt::Key_Enter;
        QTest::newRow("space") << Qt::Key_Space;
    }
    void enterConfirmsWithoutFields()
    {
        QFETCH(Qt::Key, key);
        Bench b;
        QVERIFY(QTest::qWaitForWindowActive(&b.window));
        b.ask();
        b.press(key);
        QCOMPARE(b.confirmed.size(), 1);
        QCOMPARE(b.confirmed.first().at(0).toString(), u"lock"_s);
        QVERIFY(!b.sheet->isOpen());
        QCOMPARE(b.left.size(), 1);
    }

    void escLeavesAndConfirmsNothing()
    {
        Bench b;
        QVERIFY(QTest::qWaitForWindowActive(&b.window));
        b.ask();
        b.press(Qt::Key_Escape);
        QVERIFY(!b.sheet->isOpen());
        QCOMPARE(b.confirmed.size(), 0);
    }

    // Who has gone on to "Back" means it.
    void enterPressesTheButtonWithTheFocus()
    {
        Bench b;
        QVERIFY(QTest::qWaitForWindowActive(&b.window));
        b.ask();
        b.press(Qt::Key_Tab);
        b.press(Qt::Key_Return);
        QVERIFY(!b.sheet->isOpen());
        QCOMPARE(b.confirmed.size(), 0);
    }

    void aKeyHeldDownConfirmsNothing()
    {
        Bench b;
        QVERIFY(QTest::qWaitForWindowActive(&b.window));
        b.ask();
        QKeyEvent again(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QString(), true);
        QCoreApplication::sendEvent(QApplication::focusWidget(), &again);
        QCOMPARE(b.confirmed.size(), 0);
        QVERIFY(b.sheet->isOpen());
    }

    void enterInAFieldConfirmsOnce()
    {
        Bench b;
        QVERIFY(QTest::qWaitForWindowActive(&b.window));
        b.ask({{u"Reason"_s, {}, {}, true}});
        b.press(Qt::Key_Return); // nothing is typed: it is asked for
        QCOMPARE(b.confirmed.size(), 0);
        QTest::keyClicks(QApplication::focusWidget(), u"lost"_s);
        b.press(Qt::Key_Return);
        QCOMPARE(b.confirmed.size(), 1);
        QCOMPARE(b.confirmed.first().at(1).toStringList(), QStringList{u"lost"_s});
    }

    // The Enter that answers one question is not the answer to the next.
    void oneEnterAnswersOneQuestion()
    {
        Bench b;
        QVERIFY(QTest::qWaitForWindowActive(&b.window));
        connect(b.sheet, &InlineSheet::confirmed, b.sheet, [&b](const QString& purpose) {
            if (purpose == "file"_L1)
                b.ask();
        });
        b.sheet->ask(u"file"_s, u"Where to?"_s, {{u"File"_s, u"a.csv"_s, {}, false}}, u"Export"_s);
        b.press(Qt::Key_Return);
        QCOMPARE(b.confirmed.size(), 1);
        QVERIFY(b.sheet->isOpen());
        QCOMPARE(b.sheet->purpose(), u"lock"_s);
        b.press(Qt::Key_Return);
        QCOMPARE(b.confirmed.size(), 2);
    }
};

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme(app);
    tst_InlineSheet test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_InlineSheet.moc"
