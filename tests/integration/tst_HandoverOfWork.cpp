// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_test_support naru_ui naru_resources
// timeout: 120
// One person at two computers, each a window over its own backend and device key, on one server: what was typed at the first and not saved is
// on the screen of the second.
#include "backend/thread/ThreadedBackend.h"
#include "support/TestServer.h"
#include "support/UiFixture.h"
#include "ui/widgets/Sheet.h"
#include "ui/workspace/FormEditor.h"
#include "ui/workspace/Workspace.h"

#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLong = 20'000; // ms, of a machine with other things to do

// A form about one of many things.
struct Form {
    explicit Form(PlainPage& page)
    {
        sheet = new Sheet(&page);
        auto* column = new QVBoxLayout(sheet);
        note = new QLineEdit;
        note->setAccessibleName(u"Note"_s);
        column->addWidget(note);
        page.layout()->addWidget(sheet);
        sheet->hide();
        FormEditor::Hooks hooks;
        hooks.subject = [this] { return sheet->isOpen() ? std::optional(FormSubject{thing, u"Thing"_s, 3, {}}) : std::nullopt; };
        hooks.reopen = [this](const FormSubject& kept) {
            open(kept.entityId);
            return true;
        };
        hooks.close = [this] { sheet->leave(); };
        editor = new FormEditor(u"orders.form"_s, *sheet, std::move(hooks));
        editor->add(u"note"_s, note);
    }
    void open(const QString& id)
    {
        thing = id;
        note->clear();
        sheet->show();
        note->setFocus();
    }
    void type(const QString& id, const QString& text)
    {
        if (!sheet->isOpen() || thing != id)
            open(id);
        QTest::keyClicks(note, text);
    }
    Sheet* sheet;
    QLineEdit* note;
    FormEditor* editor;
    QString thing;
};

class Computer {
public:
    Computer(const TestServer& server, const QString& name) : m_preferences(u"http://%1:%2"_s.arg(server.host()).arg(server.port()))
    {
        backend::BackendConfig config;
        config.server = QUrl(u"http://%1:%2"_s.arg(server.host()).arg(server.port()));
        config.deviceName = name;
        config.dataDir = m_dir.path();
        config.keychain = false;
        config.limits.tick = Millis{20};
        m_backend = backend::makeBackend(config);
        m_window = std::make_unique<MainWindow>(*m_backend, systemClock(), m_preferences, [this] { return screens(); });
        m_workspace = Workspace::over(*m_window, *m_backend, systemClock());
        m_window->resize(1280, 800);
        m_window->show();
    }
    bool signIn(const QString& login = u"staff1"_s)
    {
        std::optional<bool> done;
        m_backend->session().signIn(login, u"naru-demo-2026"_s, {&m_context, [&](Result<SessionInfo> answer) { done = answer.has_value(); }});
        return QTest::qWaitFor([&] { return done.has_value(); }, kLong) && *done && QTest::qWaitFor([&] { return m_window->isSignedInView(); }, kLong);
    }
    bool hasEnded() const { return m_backend->session().state() == backend::SessionState::Ended; }
    int kept() const { return m_backend->drafts().count(); }
    backend::Backend& backend() { return *m_backend; }
    Workspace& workspace() { return *m_workspace; }

    std::unique_ptr<Form> form;

private:
    std::vector<Screen> screens()
    {
        auto* orders = new PlainPage(u"Orders"_s, 'A');
        form = std::make_unique<Form>(*orders);
        return {{u"orders"_s, "journal-text", 'O', {u"vendor_order"_s}, orders}};
    }

    QTemporaryDir m_dir;
    Preferences m_preferences;
    QObject m_context;
    std::unique_ptr<backend::Backend> m_backend;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Workspace> m_workspace;
};

int audited(TestServer& server, const QString& action) { return server.query(u"SELECT COUNT(*) FROM audit_event WHERE action = ?"_s, {action}).at(0).number(0); }

} // namespace

class tst_HandoverOfWork : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Naru"_s);
        QCoreApplication::setApplicationName(u"tst_HandoverOfWork"_s);
        registerResources();
        m_theme = std::make_unique<Theme>(*qApp);
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        QSettings().clear();
    }

    void whatWasTypedAtOneIsAtTheOther()
    {
        TestServer server;
        Computer desk(server, u"Desk"_s);
        Computer laptop(server, u"Laptop"_s);
        QVERIFY(laptop.signIn()); // so that it is known
        QVERIFY(desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(laptop.hasEnded(), kLong);
        desk.form->type(u"7"_s, u"hello"_s);
        QSignalSpy restored(&laptop.workspace(), &Workspace::draftsRestored);
        QVERIFY(laptop.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(desk.hasEnded(), kLong);
        QTRY_COMPARE_WITH_TIMEOUT(restored.size(), 1, kLong);
        QCOMPARE(restored[0][0].toInt(), 1); // the window's toast says how many
        QCOMPARE(laptop.form->thing, u"7"_s);
        QCOMPARE(laptop.form->note->text(), u"hello"_s);
        QCOMPARE(laptop.kept(), 1);
        QCOMPARE(desk.form->note->text(), u"hello"_s); // below the cover it is as it was
        QTRY_COMPARE_WITH_TIMEOUT(audited(server, u"auth.handover.taken"_s), 1, kLong);
        QVERIFY(audited(server, u"auth.handover.stored"_s) >= 1);
        QCOMPARE(server.query(u"SELECT COUNT(*) FROM draft_handover"_s).at(0).number(0), 0); // the server forgets
        QCOMPARE(server.violations(), QStringList());
    }

    void typedOnItComesBack()
    {
        TestServer server;
        Computer desk(server, u"Desk"_s);
        Computer laptop(server, u"Laptop"_s);
        QVERIFY(laptop.signIn());
        QVERIFY(desk.signIn());
        QTRY_VERIFY_WITH_TIMEOUT(laptop.hasEnded(), kLong);
        desk.form->type(u"7"_s, u"hello"_s);
        QVERIFY(laptop.signIn());
        QTRY_COMPARE_WITH_TIMEOUT(laptop.form->note->text(), u"hello"_s, kLong);
        laptop.form->type(u"7"_s, u" world"_s);
        QVERIFY(desk.hasEnded());
        QVERIFY(desk.signIn()); // in place: its form still shows what it showed
        QTRY_COMPARE_WITH_TIMEOUT(desk.form->note->text(), u"hello world"_s, kLong);
        QCOMPARE(desk.kept(), 1);
        QVERIFY(laptop.hasEnded());
    }

    void typedAtBothStaysBoth()
    {
        TestServer server;
        Computer desk(server, u"Desk"_s);
        Computer laptop(server, u"Laptop"_s);
        QVERIFY(laptop.signIn());
        laptop.form->type(u"7"_s, u"at the laptop"_s);
        QVERIFY(desk.signIn()); // nobody has used it before: nothing goes there
        QTRY_VERIFY_WITH_TIMEOUT(laptop.hasEnded(), kLong);
        desk.form->type(u"7"_s, u"at the desk"_s);
        QVERIFY(laptop.signIn());
        QTRY_COMPARE_WITH_TIMEOUT(laptop.kept(), 2, kLong);
        QCOMPARE(laptop.form->note->text(), u"at the laptop"_s);
        laptop.form->sheet->leave(); // saved, or given up
        laptop.workspace().flush();
        QTRY_COMPARE_WITH_TIMEOUT(laptop.form->note->text(), u"at the desk"_s, kLong);
        QCOMPARE(laptop.kept(), 1);
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(tst_HandoverOfWork)
#include "tst_HandoverOfWork.moc"
