// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources naru_translations naru_test_support
#include "support/UiFixture.h"
#include "translations/Translations.h"
#include "ui/ErrorText.h"
#include "ui/frame/Rail.h"
#include "ui/frame/SessionCover.h"
#include "ui/text/StateText.h"

#include <QFile>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

struct Message {
    QString context;
    QString source;
    QStringList forms;
    bool numerus = false;
    bool unfinished = false;
};

std::vector<Message> readCatalogue(QIODevice& file)
{
    std::vector<Message> all;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == "name"_L1) {
            context = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            all.push_back({context, {}, {}, xml.attributes().value("numerus"_L1) == "yes"_L1, false});
        } else if (xml.name() == "source"_L1) {
            all.back().source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            all.back().unfinished = xml.attributes().hasAttribute("type"_L1);
            if (!all.back().numerus)
                all.back().forms = {xml.readElementText()};
        } else if (xml.name() == "numerusform"_L1) {
            all.back().forms.append(xml.readElementText());
        }
    }
    return all;
}

std::vector<Message> catalogue(const QString& language)
{
    QFile file(qEnvironmentVariable("NARU_SOURCE_DIR") + u"/translations/naru_%1.ts"_s.arg(language));
    return file.open(QIODevice::ReadOnly) ? readCatalogue(file) : std::vector<Message>{};
}

QStringList faults(const Message& m)
{
    QStringList found;
    if (m.unfinished || m.forms.isEmpty() || m.forms.contains(QString()))
        found.append(u"unfinished"_s);
    for (const QString& form : m.forms) {
        for (const QString& place : {u"%1"_s, u"%2"_s, u"%3"_s, u"%4"_s})
            if (!form.isEmpty() && m.source.contains(place) != form.contains(place))
                found.append(u"lost or invented "_s + place);
        if (!form.isEmpty() && (form.front().isSpace() || form.back().isSpace()) && !m.source.front().isSpace() && !m.source.back().isSpace())
            found.append(u"blank at an end"_s);
    }
    return found;
}

} // namespace

class tst_Translations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void nothingIsUnfinished_data();
    void nothingIsUnfinished();
    void faultsAreNoticed();
    void mandatedSentencesStandWordForWord();
    void languageChangesWhileRunning();
    void statesHaveWords();

private:
    std::unique_ptr<Theme> m_theme;
};

void tst_Translations::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Naru"_s);
    QCoreApplication::setApplicationName(u"tst_Translations"_s);
    QSettings().clear();
    registerResources();
    registerTranslations();
    m_theme = std::make_unique<Theme>(*qApp);
    if (qEnvironmentVariableIsEmpty("NARU_SOURCE_DIR"))
        QSKIP("NARU_SOURCE_DIR does not name the source folder");
}

void tst_Translations::nothingIsUnfinished_data()
{
    QTest::addColumn<int>("least");
    QTest::addRow("ko") << 300;
    QTest::addRow("en") << 5; // plural forms only
}

void tst_Translations::nothingIsUnfinished()
{
    QFETCH(int, least);
    const std::vector<Message> all = catalogue(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(static_cast<int>(all.size()) >= least, qPrintable(u"only %1 messages"_s.arg(all.size())));
    QStringList bad;
    for (const Message& m : all)
        if (const QStringList found = faults(m); !found.isEmpty())
            bad.append(u"%1 | %2: %3"_s.arg(m.context, m.source, found.join(u", "_s)));
    QVERIFY2(bad.isEmpty(), qPrintable(bad.join(u'\n')));
}

// The check itself must be able to fail.
void tst_Translations::faultsAreNoticed()
{
    QCOMPARE(faults({u"C"_s, u"%1 left"_s, {QString()}, false, true}), QStringList{u"unfinished"_s});
    QCOMPARE(faults({u"C"_s, u"%1 left"_s, {u"남음"_s}, false, false}), QStringList{u"lost or invented %1"_s});
    QCOMPARE(faults({u"C"_s, u"Sign in"_s, {u"로그인 "_s}, false, false}), QStringList{u"blank at an end"_s});
    QVERIFY(faults({u"C"_s, u"%1 left"_s, {u"%1 남음"_s}, false, false}).isEmpty());
}

void tst_Translations::mandatedSentencesStandWordForWord()
{
    QTranslator korean;
    QVERIFY(korean.load(translationPath(u"ko"_s)));
    QCoreApplication::installTranslator(&korean);
    {
        WindowFixture f;
        f.backend.m_session.begin(staffSession());
        auto* cover = f.window.findChild<SessionCover*>();
        f.backend.m_session.end({SessionEndReason::ExpiredIdle, f.clock.now(), {}, {}});
        QCOMPARE(cover->sentence(), u"인증 세션이 만료되었습니다. 다시 로그인해 주세요."_s);
        f.backend.m_session.begin(staffSession());
        f.backend.m_session.end({SessionEndReason::Displaced, f.clock.now(), u"office-pc"_s, {}});
        QCOMPARE(cover->sentence(), u"다른 곳에서 로그인되어 이 세션이 종료되었습니다."_s);
    }
    Error wrong;
    wrong.code = u"invalid-credentials"_s;
    QCOMPARE(errorText(wrong), u"아이디 또는 비밀번호가 올바르지 않습니다."_s);
    QCoreApplication::removeTranslator(&korean);
}

void tst_Translations::languageChangesWhileRunning()
{
    WindowFixture f;
    f.window.show();
    f.backend.m_session.begin(staffSession());
    const auto settings = [&] {
        for (const auto* item : f.window.findChildren<RailItem*>())
            if (!item->isCheckable())
                return item->text();
        return QString();
    };
    QCOMPARE(settings(), u"Settings"_s);
    QTranslator korean;
    QVERIFY(korean.load(translationPath(u"ko"_s)));
    QCoreApplication::installTranslator(&korean);
    QTRY_COMPARE(settings(), u"설정"_s);
    QTRY_COMPARE(f.window.windowTitle(), u"Orders – 나루"_s);
    QCoreApplication::removeTranslator(&korean);
    QTRY_COMPARE(settings(), u"Settings"_s);
}

void tst_Translations::statesHaveWords()
{
    using namespace std::chrono_literals;
    QCOMPARE(chipOf(VendorOrderStatus::AwaitingAcceptance).text, u"To accept"_s);
    QCOMPARE(stateWord(u"awaiting_acceptance"_s), u"To accept"_s);
    QCOMPARE(shortSpan(41s), u"41 s"_s);
    QCOMPARE(shortSpan(12min), u"12 min"_s);
    QCOMPARE(shortSpan(-5min), u"5 min over"_s);
    QCOMPARE(minuteSecond(1781s), u"29:41"_s);
    QCOMPARE(dayText(u"2026-11-22"_s), u"11/22"_s);
    QCOMPARE(weekdayText(u"2026-11-22"_s), u"Sun"_s);
    const Instant now = fromUnixMs(FakeClock::kStart); // 09:00 in Seoul
    QCOMPARE(timeOfDay(now), u"09:00"_s);
    QCOMPARE(dueText(now + 12min, now), u"today 09:12 · 12 min left"_s);
    Error move;
    move.code = u"transition-not-allowed"_s;
    move.detail = u"vendor_order: shipped → accepted is not open to staff; nothing was changed"_s;
    QCOMPARE(errorText(move), u"Your role may not move this from “Shipped” to “Accepted”. Nothing was changed."_s);
    QCOMPARE(dueText(now - 10h, now), u"yesterday 23:00 · 10 h over"_s);
}

QTEST_MAIN(tst_Translations)
#include "tst_Translations.moc"
