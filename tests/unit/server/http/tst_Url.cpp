// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_server
#include "server/http/Url.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace naru::server;

class tst_Url : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void takesTargetsApart();
    void refuses_data();
    void refuses();
    void readsForms();
    void encodesWhatItDecodes();
};

void tst_Url::takesTargetsApart()
{
    std::string why;
    const auto t = parseTarget("/v1/search?q=%ED%99%8D%EC%B0%A8+a%2Bb&empty=&bare&&x=1", why);
    QVERIFY2(t, why.c_str());
    QCOMPARE(t->path, std::string("/v1/search"));
    QCOMPARE(t->query.at("q"), std::string("홍차 a+b"));
    QCOMPARE(t->query.at("empty"), std::string());
    QCOMPARE(t->query.at("bare"), std::string());
    QCOMPARE(t->query.size(), std::size_t(4));
    QCOMPARE(parseTarget("https://host:8443/a/b?c=d", why)->path, std::string("/a/b"));
    QCOMPARE(parseTarget("http://host", why)->path, std::string("/"));
    QCOMPARE(parseTarget("/a+b%20c", why)->path, std::string("/a+b c"));
}

void tst_Url::refuses_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char* t : {"", "*", "a", "/%", "/%4", "/%zz", "/%2f", "/a%2Fb", "/%00", "/%0a", "/a#b", "/?a=1&a=2", "/?a=%", "/?%0d=1", "/%C3%28", "/%E2%82", "/%F5%80%80%80",
             "/%ED%A0%80", "/%C0%AF", "/%E0%80%80", "/%80"})
        QTest::newRow(t) << QByteArray(t);
    QByteArray many = "/?a0=1";
    for (int i = 1; i < 70; ++i)
        many += "&a" + QByteArray::number(i) + "=1";
    QTest::newRow("too many names") << many;
}

void tst_Url::refuses()
{
    QFETCH(QByteArray, target);
    std::string why;
    QVERIFY(!parseTarget(target.toStdString(), why));
    QVERIFY(!why.empty());
}

void tst_Url::readsForms()
{
    std::string why;
    const auto form = parseForm("grant_type=refresh_token&refresh_token=a%3Db", why);
    QCOMPARE(form->at("refresh_token"), std::string("a=b"));
    QVERIFY(parseForm("", why)->empty());
    QVERIFY(!parseForm("a=1&a=1", why));
}

void tst_Url::encodesWhatItDecodes()
{
    std::string all;
    for (int c = 0x20; c < 0x7F; ++c)
        all += static_cast<char>(c);
    all += "한글";
    std::string why;
    QCOMPARE(parseForm("v=" + percentEncode(all), why)->at("v"), all);
}

QTEST_GUILESS_MAIN(tst_Url)
#include "tst_Url.moc"
