// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server naru_test_support
#include "server/auth/factor/PasswordRules.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru::server;

class tst_PasswordRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void faults_data();
    void faults();
};

void tst_PasswordRules::faults_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString& password, const char* expected) { QTest::addRow("%s", qPrintable(password)) << password << QString::fromLatin1(expected); };
    row(u"correct horse battery staple"_s, "");
    row(u"n7#kQ2v!x9Lm"_s, "");
    row(u"남산에서 마신 보이차"_s, "");
    row(u"tea-and-rain-in-may"_s, "");
    row(u"my seoul hill 1988"_s, "");
    row(u"short1!"_s, "too-short");
    row(u""_s, "too-short");
    row(u"123456789"_s, "too-short too-common");
    row(u"1234567890"_s, "too-common");
    row(u"0987654321"_s, "too-common");
    row(u"abcdefghijkl"_s, "too-common");
    row(u"QWERTYUIOP"_s, "too-common");
    row(u"aaaaaaaaaaaaaaaa"_s, "too-common");
    row(u"abcabcabcabc"_s, "too-common");
    row(u"password2026!"_s, "too-common");
    row(u"PASSWORD!!!!"_s, "too-common");
    row(u"1q2w3e4r5t"_s, "too-common");
    row(u"1q2w3e4r5t!!"_s, "too-common");
    row(u"dkssudgktpdy"_s, "too-common");
    row(u"비밀번호123456"_s, "too-common");
    row(u"kimjiwoo2026"_s, "is-login");
    row(u"2026 KimJiwoo"_s, "is-login");
    row(u"한지우한지우1234"_s, "is-login");
    row(u"kimjiwoo likes green tea"_s, ""); // a name within a sentence is no harm
}

void tst_PasswordRules::faults()
{
    QFETCH(QString, password);
    QFETCH(QString, expected);
    QCOMPARE(passwordFaults(password, u"kimjiwoo"_s, u"한지우"_s).join(u' '), expected);
}

QTEST_GUILESS_MAIN(tst_PasswordRules)
#include "tst_PasswordRules.moc"
