// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_backend
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include "backend/net/HttpClient.h"

using namespace naru::backend;
using namespace Qt::StringLiterals;

namespace {

// Gives every request the same bytes.
class Peer : public QTcpServer {
public:
    explicit Peer(const QByteArray& answer)
    {
        connect(this, &QTcpServer::newConnection, this, [this, answer] {
            while (QTcpSocket* caller = nextPendingConnection())
                connect(caller, &QTcpSocket::readyRead, this, [caller, answer] {
                    if (caller->readAll().endsWith("\r\n\r\n"))
                        caller->write(answer);
                });
        });
        listen(QHostAddress::LocalHost);
    }
    QNetworkRequest request() const { return QNetworkRequest(QUrl(u"http://127.0.0.1:%1/"_s.arg(serverPort()))); }
};

} // namespace

// A console lets go of replies at any moment: of a request that is cancelled, of a stream that broke, of one that was just refused.
class tst_DroppedReply : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void betweenItsErrorAndItsEnd()
    {
        Peer peer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}");
        QNetworkAccessManager network;
        QPointer<QNetworkReply> reply = network.get(peer.request());
        int ends = 0;
        connect(reply, &QNetworkReply::finished, this, [&] { ++ends; });
        connect(reply, &QNetworkReply::errorOccurred, this, [&] { drop(*reply, *this); });
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(ends, 0); // nobody hears of it
    }

    // The network's thread has mostly seen the whole answer already, and the reply hears of the rest later.
    void whileItsErrorIsOnItsWay()
    {
        Peer peer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}");
        QNetworkAccessManager network;
        int ends = 0;
        for (int i = 0; i < 50; ++i) {
            QPointer<QNetworkReply> reply = network.get(peer.request());
            connect(reply, &QNetworkReply::finished, this, [&] { ++ends; });
            connect(reply, &QNetworkReply::metaDataChanged, this, [&] { drop(*reply, *this); });
            QTRY_VERIFY(reply.isNull());
        }
        QCOMPARE(ends, 0);
    }

    void whileItsAnswerComes()
    {
        Peer peer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
        QNetworkAccessManager network;
        QPointer<QNetworkReply> reply = network.get(peer.request());
        int ends = 0;
        connect(reply, &QNetworkReply::finished, this, [&] { ++ends; });
        connect(reply, &QNetworkReply::readyRead, this, [&] { drop(*reply, *this); });
        QTRY_VERIFY(reply.isNull());
        QCOMPARE(ends, 0);
    }

    void afterItsEnd()
    {
        Peer peer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        QNetworkAccessManager network;
        QPointer<QNetworkReply> reply = network.get(peer.request());
        connect(reply, &QNetworkReply::finished, this, [&] { drop(*reply, *this); });
        QTRY_VERIFY(reply.isNull());
    }
};

QTEST_GUILESS_MAIN(tst_DroppedReply)
#include "tst_DroppedReply.moc"
