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

// Every dialog of the session in both languages and both themes, as a picture in <build>/tests/pictures/session to be looked at, with a
// check that no word is cut; and the Korean of each, word for word as it was agreed.
class tst_SessionPictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cutWordsAreNoticed();
    void dialogs_data();
    void dialogs();
    void koreanWordForWord_data();
    void koreanWordForWord();

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
        {"d01-two-minutes", [](SessionScreen& s) {
             s.enter();
             s.backend.m_session.m_secondsLeft = 120;
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
            for (int level = 0; level < 8; ++level) // a layout asks its parent's, which is heard at the next turn
                QCoreApplication::sendPostedEvents();
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

void tst_SessionPictures::koreanWordForWord_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("buttons");
    const auto row = [](const char* scene, const QString& words, const QString& buttons) {
        QTest::addRow("%s: %s", scene, qPrintable(buttons)) << QString::fromLatin1(scene) << words << buttons;
    };
    row("d01-idle-bar", u"1분 35초 뒤 자동으로 로그아웃됩니다."_s, u"계속 사용|지금 로그아웃"_s);
    row("d01-two-minutes", u"2분 뒤 자동으로 로그아웃됩니다."_s, u"계속 사용|지금 로그아웃"_s);
    row("d02-absolute-bar", u"최대 사용 시간이 10분 뒤 끝납니다. 지금 다시 로그인하면 작업이 그대로 이어집니다."_s, u"지금 다시 로그인|나중에"_s);
    row("d03-idle", u"인증 세션이 만료되었습니다. 다시 로그인해 주세요. 저장하지 않은 변경 4건은 안전하게 보관되어 있습니다."_s, u"다시 로그인|다른 계정|종료"_s);
    row("d04-absolute", u"인증 세션이 만료되었습니다. 다시 로그인해 주세요. (최대 사용 시간 12시간) 저장하지 않은 변경 4건은 안전하게 보관되어 있습니다."_s, u"다시 로그인|다른 계정|종료"_s);
    row("d05-displaced", u"다른 곳에서 로그인되어 이 세션이 종료되었습니다. 3/2 09:00 · 사무실 PC (Windows) · 서울 중구. 저장하지 않은 변경 4건은 보관되어 있습니다."_s, u"여기서 다시 로그인|제가 아닙니다|닫기"_s);
    row("d06-not-me", u"새 로그인을 읽기 전용으로 제한하고 지원 담당자에게 알립니다. 본인 확인이 필요합니다."_s, u"제한하고 본인 확인|취소"_s);
    row("d07-take-over", u"이미 다른 곳에서 로그인되어 있습니다: 사무실 PC (Windows), 서울 중구, 마지막 활동 1분 전. 여기서 로그인하면 그 세션은 종료됩니다."_s, u"여기서 로그인|취소"_s);
    row("d08-one-place", u"이 계정은 한 곳에서만 사용할 수 있습니다. 먼저 사무실 PC (Windows)에서 로그아웃해 주세요."_s, u"확인|지원 요청"_s);
    row("d09-mismatch", u"인증 과정에서 문제가 발생했습니다. 다시 시도해보세요. 코드 auth-mismatch · 요청 01REQ"_s, u"다시 시도|다른 방법|코드 복사"_s);
    row("d10-other-person", u"한지우님의 작업이 열려 있습니다. 윤서영님으로 계속하면 이 작업은 한지우님 것으로 보관됩니다."_s, u"윤서영(으)로 계속|취소"_s);
    row("d11-revoked", u"관리자가 이 세션을 종료했습니다. 사유: 노트북 분실 신고"_s, u"다시 로그인|문의"_s);
    row("d12-restricted-bar", u"보안 확인이 필요하여 읽기 전용으로 전환되었습니다. 사유: "_s, u"본인 확인|자세히"_s);
    row("d13-step-up", u"이 작업에는 추가 인증이 필요합니다."_s, u"인증|취소"_s);
    row("d14-degraded-bar", u"인증 서버에 연결할 수 없습니다. 09:29까지 계속 작업할 수 있습니다. 가격 게시·환불·권한 변경은 잠시 사용할 수 없습니다."_s, u"자세히"_s);
    row("d15-offline-bar", u"서버와 연결이 끊겼습니다. 변경 내용은 이 기기에 저장됩니다."_s, u"다시 연결"_s);
    row("d16-busy", u"로그인 요청이 많습니다. 9초 후 자동으로 다시 시도합니다."_s, u"취소"_s);
    row("d17-throttled", u"로그인 시도가 너무 많습니다. 30초 후 다시 시도해 주세요."_s, u"확인|지원 요청"_s);
    row("d18-wrong-password", u"아이디 또는 비밀번호가 올바르지 않습니다."_s, u"다시 입력|비밀번호 재설정"_s);
    row("d21-locked", u"기기의 보안 저장소(키링)가 잠겨 있습니다. 잠금을 해제해 주세요."_s, u"다시 시도|이번만 저장하지 않고 계속|이 컴퓨터 새로 등록"_s);
    row("d22-no-keychain", u"이 기기에는 보안 저장소가 없습니다. 프로그램을 종료하면 로그인 정보가 사라집니다."_s, u"계속|도움말"_s);
    row("d23-approval", u"새 기기 등록에 승인이 필요합니다."_s, u"인증 코드 입력|승인 요청|취소"_s);
    row("d25-d26-notes", u"기기 시각이 서버와 7분 다릅니다. 로그인에는 문제가 없지만 표시 시각이 다를 수 있습니다."_s, u"확인"_s);
    row("d25-d26-notes", u"보관된 변경 4건을 복원했습니다."_s, u"검토|모두 버리기"_s);
    row("d27-sign-out", u"저장하지 않은 변경 3건이 있습니다."_s, u"보관하고 로그아웃|버리고 로그아웃|취소"_s);
}

void tst_SessionPictures::koreanWordForWord()
{
    QFETCH(QString, scene);
    QFETCH(QString, words);
    QFETCH(QString, buttons);
    QCoreApplication::installTranslator(&m_korean);
    bool found = false;
    for (const auto& scenes : {covers(), signIns(), frames()}) {
        for (const Scene& candidate : scenes) {
            if (QLatin1StringView(candidate.name) != scene)
                continue;
            found = true;
            QSettings().clear();
            SessionScreen s;
            QVERIFY(QTest::qWaitForWindowActive(&s.window));
            candidate.play(s);
            const QString said = S::texts(s.window).join(u' ').replace(u'\n', u' ');
            QVERIFY2(said.contains(words), qPrintable(said));
            const QString offered = S::buttons(s.window).join(u'|');
            QVERIFY2((u'|' + offered + u'|').contains(u'|' + buttons + u'|'), qPrintable(offered));
        }
    }
    QCoreApplication::removeTranslator(&m_korean);
    QVERIFY(found);
}

QTEST_MAIN(tst_SessionPictures)
#include "tst_SessionPictures.moc"
