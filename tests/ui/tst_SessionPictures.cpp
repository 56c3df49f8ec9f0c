// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_translations naru_test_support
// timeout: 120
// labels: pictures
#include "SessionScreen.h"

#include "translations/Translations.h"

#include <QDir>
#include <QRegularExpression>
#include <QTranslator>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using S = SessionScreen;
using backend::KeyState;

// Every dialog of the session in both languages and both themes, as a picture in <build>/tests/pictures/session to be looked at, and with a
// check that no word is cut.
class tst_SessionPictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cutWordsAreNoticed();
    void dialogs_data();
    void dialogs();

private:
    struct Scene {
        const char* name;
        std::function<void(SessionScreen&)> play;
    };
    static std::vector<Scene> covers();
    static std::vector<Scene> signIns();
    static std::vector<Scene> frames();
    std::unique_ptr<Theme> m_theme;
    QTranslator m_korean;
    QTranslator m_english;
};

namespace {

// Buttons narrower than their words, labels lower than theirs, of what is on the screen.
QStringList cut(const QWidget& root)
{
    QStringList found;
    for (const auto* button : root.findChildren<KeyButton*>())
        if (button->isVisible() && button->width() < button->sizeHint().width())
            found.append(u"button “%1”: %2 of %3"_s.arg(button->text()).arg(button->width()).arg(button->sizeHint().width()));
    for (const auto* label : root.findChildren<TextLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const bool low = label->wordWrap() && label->height() < label->heightForWidth(label->width());
        const bool narrow = !label->wordWrap() && label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored && label->width() < label->sizeHint().width();
        if (low || narrow)
            found.append(u"label “%1”: %2 × %3"_s.arg(label->text()).arg(label->width()).arg(label->height()));
    }
    return found;
}

void signInOf(SessionScreen& s, const QString& code, const QMap<QString, QString>& facts = {}, int retryAfter = 0, ErrorKind kind = ErrorKind::Conflict)
{
    s.window.start();
    s.backend.m_session.m_servers.answer(demoServer());
    s.backend.m_session.m_resumes.answer(errorOf(ErrorKind::NotFound));
    s.window.signInController().signIn(u"hanjiwoo"_s, u"secret"_s);
    if (!code.isEmpty())
        s.refuse(kind, code, facts, retryAfter);
}

void startWith(SessionScreen& s, KeyState key)
{
    s.window.start();
    s.backend.m_session.m_servers.answer(demoServer());
    s.backend.m_session.m_resumes.answer(errorOf(ErrorKind::Keychain));
    s.backend.m_session.setKey(key);
}

void pressNth(const QWidget& in, int n)
{
    int at = 0;
    for (auto* button : in.findChildren<KeyButton*>())
        if (button->isVisible() && at++ == n) {
            button->click();
            return;
        }
}

} // namespace

void tst_SessionPictures::initTestCase()
{
    S::begin("tst_SessionPictures");
    registerTranslations();
    m_theme = std::make_unique<Theme>(*qApp);
    QVERIFY(m_korean.load(translationPath(u"ko"_s)));
    QVERIFY(m_english.load(translationPath(u"en"_s)));
}

void tst_SessionPictures::cutWordsAreNoticed()
{
    QWidget window;
    auto* button = new KeyButton(u"Sign in again"_s, {}, KeyButton::Plain, &window);
    window.show();
    button->resize(button->sizeHint());
    QVERIFY(cut(window).isEmpty());
    button->resize(20, 40);
    QCOMPARE(cut(window).size(), 1);
}

std::vector<tst_SessionPictures::Scene> tst_SessionPictures::covers()
{
    const auto end = [](SessionEndReason reason, const QString& device = {}, const QString& detail = {}) {
        return [=](SessionScreen& s) {
            s.enter();
            s.keepDrafts(4);
            s.end(reason, device, device.isEmpty() ? QString() : u"서울 중구"_s, detail);
        };
    };
    return {
        {"d03-idle", end(SessionEndReason::ExpiredIdle)},
        {"d04-absolute", [](SessionScreen& s) {
             s.window.signInController().signIn(u"hanjiwoo"_s, u"secret"_s);
             s.signedIn(staffSession());
             s.keepDrafts(4);
             s.end(SessionEndReason::ExpiredAbsolute);
         }},
        {"d05-displaced", end(SessionEndReason::Displaced, u"사무실 PC (Windows)"_s)},
        {"d06-not-me", [=](SessionScreen& s) {
             end(SessionEndReason::Displaced, u"노트북 (Linux)"_s)(s);
             pressNth(s.cover(), 1);
         }},
        {"d06-not-me-done", [=](SessionScreen& s) {
             end(SessionEndReason::Displaced, u"노트북 (Linux)"_s)(s);
             pressNth(s.cover(), 1);
             pressNth(s.cover(), 0);
             s.backend.m_session.m_reports.answer(Done{});
         }},
        {"d11-revoked", end(SessionEndReason::Revoked, {}, u"노트북 분실 신고"_s)},
        {"d09-keys-do-not-fit", end(SessionEndReason::Revoked, {}, u"auth-mismatch"_s)},
        {"d18-wrong-password-in-cover", [=](SessionScreen& s) {
             end(SessionEndReason::ExpiredIdle)(s);
             s.window.signInController().signIn(u"hanjiwoo"_s, u"secret"_s);
             s.refuse(ErrorKind::Unauthorized, u"invalid-credentials"_s);
         }},
        {"d07-take-over-in-cover", [=](SessionScreen& s) {
             end(SessionEndReason::ExpiredIdle)(s);
             s.window.signInController().signIn(u"hanjiwoo"_s, u"secret"_s);
             s.refuse(ErrorKind::Conflict, u"session-confirm"_s, {{u"device"_s, u"노트북 (Linux)"_s}, {u"place"_s, u"부산 사하구"_s}});
         }},
        {"d10-other-person", [=](SessionScreen& s) {
             s.window.signInController().askServer();
             s.backend.m_session.m_servers.answer(demoServer());
             end(SessionEndReason::ExpiredIdle)(s);
             pressNth(s.cover(), 1);
             s.window.signInController().signIn(u"yunseoyoung"_s, u"secret"_s);
         }},
        {"d02-sign-in-early", [](SessionScreen& s) {
             s.enter();
             s.backend.m_session.m_absoluteLeft = 600;
             s.pass(1s);
             pressNth(*s.bars().front(), 0);
         }},
    };
}

std::vector<tst_SessionPictures::Scene> tst_SessionPictures::signIns()
{
    const auto refused = [](const QString& code, const QMap<QString, QString>& facts = {}, int retryAfter = 0) {
        return [=](SessionScreen& s) { signInOf(s, code, facts, retryAfter); };
    };
    const QMap<QString, QString> elsewhere{{u"device"_s, u"사무실 PC (Windows)"_s}, {u"place"_s, u"서울 중구"_s}};
    return {
        {"sign-in", [](SessionScreen& s) { startWith(s, KeyState::Ready); }},
        {"d07-take-over", refused(u"session-confirm"_s, elsewhere)},
        {"d08-one-place", refused(u"session-exists"_s, elsewhere)},
        {"d08-support", [=](SessionScreen& s) {
             signInOf(s, u"session-exists"_s, elsewhere);
             pressNth(*s.page().findChild<SignInTalk*>(), 1);
         }},
        {"d09-mismatch", refused(u"auth-mismatch"_s)},
        {"d09-mismatch-three-times", [](SessionScreen& s) {
             signInOf(s, u"auth-mismatch"_s);
             for (int i = 0; i < 2; ++i) {
                 s.window.signInController().goOn();
                 s.refuse(ErrorKind::Unauthorized, u"auth-mismatch"_s);
             }
         }},
        {"d13-code-at-sign-in", refused(u"step-up-required"_s, {{u"auth_session"_s, u"a"_s}, {u"factors"_s, u"totp recovery"_s}})},
        {"d16-busy", refused(u"sign-in-busy"_s, {}, 9)},
        {"d17-throttled", refused(u"sign-in-throttled"_s, {}, 30)},
        {"d18-wrong-password", [](SessionScreen& s) { signInOf(s, u"invalid-credentials"_s, {}, 0, ErrorKind::Unauthorized); }},
        {"d18-reset", [](SessionScreen& s) {
             signInOf(s, u"invalid-credentials"_s, {}, 0, ErrorKind::Unauthorized);
             pressNth(*s.page().findChild<ErrorLine*>(), 1);
         }},
        {"d21-locked", [](SessionScreen& s) { startWith(s, KeyState::Locked); }},
        {"d21-set-up-again", [](SessionScreen& s) {
             startWith(s, KeyState::Locked);
             pressNth(*s.page().findChild<SignInTalk*>(), 2);
         }},
        {"d21-waiting", [](SessionScreen& s) {
             startWith(s, KeyState::Waiting);
             s.pass(3s);
         }},
        {"d22-no-keychain", [](SessionScreen& s) { startWith(s, KeyState::NoKeychain); }},
        {"d22-help", [](SessionScreen& s) {
             startWith(s, KeyState::NoKeychain);
             pressNth(*s.page().findChild<SignInTalk*>(), 1);
         }},
        {"d23-approval", refused(u"device-approval-required"_s)},
        {"d23-waiting", [](SessionScreen& s) {
             signInOf(s, u"device-approval-required"_s);
             s.window.signInController().askApproval();
         }},
    };
}

std::vector<tst_SessionPictures::Scene> tst_SessionPictures::frames()
{
    const auto restrict = [](SessionScreen& s) {
        SessionInfo info = staffSession();
        info.restricted = u"parallel-use"_s;
        info.factors = {u"totp"_s, u"recovery"_s};
        s.backend.m_session.begin(info);
    };
    return {
        {"d01-idle-bar", [](SessionScreen& s) {
             s.enter();
             s.backend.m_session.m_secondsLeft = 95;
             s.pass(1s);
         }},
        {"d02-absolute-bar", [](SessionScreen& s) {
             s.enter();
             s.backend.m_session.m_absoluteLeft = 600;
             s.pass(1s);
         }},
        {"d12-restricted-bar", restrict},
        {"d12-details", [=](SessionScreen& s) {
             restrict(s);
             pressNth(*s.bars().front(), 1);
         }},
        {"d13-step-up", [=](SessionScreen& s) {
             restrict(s);
             StepUp::run(s.orders, [] {});
         }},
        {"d14-degraded-bar", [](SessionScreen& s) {
             s.enter();
             s.backend.m_connection.authAgeMs = 42'000;
             s.pass(1s);
         }},
        {"d14-details", [](SessionScreen& s) {
             s.enter();
             s.backend.m_connection.authAgeMs = 102'000;
             s.pass(1s);
             pressNth(*s.bars().front(), 0);
         }},
        {"d15-offline-bar", [](SessionScreen& s) {
             s.enter();
             s.backend.setLink(backend::LinkState::Offline, -1, 3000);
         }},
        {"all-bars-narrow", [=](SessionScreen& s) {
             restrict(s);
             s.window.resize(960, 620);
             s.backend.m_session.m_secondsLeft = 90;
             s.backend.m_session.m_absoluteLeft = 500;
             s.backend.m_connection.authAgeMs = 42'000;
             s.pass(1s);
         }},
        {"d25-d26-notes", [](SessionScreen& s) {
             s.enter();
             s.backend.m_connection.clockOffMs = 7 * 60'000;
             s.pass(1s);
             s.window.draftsRestored(4);
         }},
        {"d26-discard-all", [](SessionScreen& s) {
             s.enter();
             s.window.draftsRestored(4);
             pressNth(s.notes(), 1);
         }},
        {"d27-sign-out", [](SessionScreen& s) {
             s.enter();
             s.keepDrafts(3);
             for (const Command& command : s.window.windowCommands())
                 if (command.id == "signout"_L1)
                     command.run();
         }},
    };
}

void tst_SessionPictures::dialogs_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::addRow("ko-light") << u"ko"_s << false;
    QTest::addRow("ko-dark") << u"ko"_s << true;
    QTest::addRow("en-light") << u"en"_s << false;
    QTest::addRow("en-dark") << u"en"_s << true;
}

void tst_SessionPictures::dialogs()
{
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QTranslator& words = language == "ko"_L1 ? m_korean : m_english;
    QCoreApplication::installTranslator(&words);
    m_theme->show(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    QDir folder(QCoreApplication::applicationDirPath() + u"/pictures/session"_s);
    QVERIFY(folder.mkpath(u"."_s));
    QStringList faults;
    for (const auto& scenes : {covers(), signIns(), frames()}) {
        for (const Scene& scene : scenes) {
            QSettings().clear();
            SessionScreen s;
            QVERIFY(QTest::qWaitForWindowActive(&s.window));
            scene.play(s);
            QCoreApplication::sendPostedEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            const QString name = u"%1-%2"_s.arg(QLatin1StringView(scene.name), QLatin1StringView(QTest::currentDataTag()));
            const QPixmap picture = s.window.grab();
            QVERIFY(picture.save(folder.filePath(name + u".png"_s)));
            for (const QString& fault : cut(s.window))
                faults.append(u"%1: %2"_s.arg(name, fault));
        }
    }
    QCoreApplication::removeTranslator(&words);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(tst_SessionPictures)
#include "tst_SessionPictures.moc"
