// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/engine/DraftHandover.h"

#include <QLoggingCategory>
#include <openssl/crypto.h>

#include "proof/HandoverKey.h"
#include "protocol/HandoverFields.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcHandover, "naru.backend.handover", QtInfoMsg)
constexpr QLatin1StringView kPath("/v1/session/handover");
constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr Millis kLongestPause{10'000};

// It may go better the next time.
bool mayPass(const HttpAnswer& answer) { return answer.status == 0 || answer.status == 429 || answer.status >= 500; }

} // namespace

DraftHandover::DraftHandover(HttpClient& http, AuthGate& gate, DraftDesk& drafts, const Limits& limits, const Clock& clock, Rng& rng)
    : m_http(http), m_gate(gate), m_drafts(drafts), m_limits(limits), m_clock(clock), m_rng(rng)
{
}

void DraftHandover::displaced(const QByteArray& refreshToken, const QByteArray& draftKey, const SessionId& sid)
{
    forget();
    QByteArray bytes = QByteArray::fromBase64(draftKey, kBase64);
    if (refreshToken.isEmpty() || bytes.size() != DraftSeal::kKeySize)
        return;
    std::string key = proof::handoverKey({bytes.constData(), static_cast<std::size_t>(bytes.size())}, sid.toString().toStdString());
    QByteArray made(key.data(), static_cast<qsizetype>(key.size()));
    m_seal = std::make_unique<DraftSeal>(made);
    OPENSSL_cleanse(bytes.data(), static_cast<std::size_t>(bytes.size()));
    OPENSSL_cleanse(key.data(), key.size());
    OPENSSL_cleanse(made.data(), static_cast<std::size_t>(made.size()));
    m_token = refreshToken;
    m_token.detach(); // wiped by itself
    const Millis now = m_clock.steady();
    m_until = now + m_limits.handover;
    m_next = now + m_limits.handoverAfter;
    m_pause = m_limits.handoverPause;
    pack();
}

void DraftHandover::pack()
{
    m_packed = m_drafts.revision();
    m_handout = m_drafts.handout(*m_seal, m_limits.handoverBytes);
    m_key = makeId<SessionId>(m_clock, m_rng).toString().toLatin1();
}

void DraftHandover::forget()
{
    m_http.cancel(std::exchange(m_exchange, 0));
    m_seal.reset();
    m_token.fill('\0');
    m_token.clear();
    m_handout = {};
    m_doneKey.clear();
}

void DraftHandover::tick()
{
    const Millis now = m_clock.steady();
    if (m_fetchAt && now >= *m_fetchAt)
        fetch();
    if (!m_seal)
        return;
    if (m_drafts.revision() != m_packed && m_drafts.isOpen()) // sealed meanwhile: what was packed goes
        pack();
    if (now >= m_until)
        forget();
    else if (!m_exchange && m_handout.drafts > 0 && m_key != m_doneKey && now >= m_next)
        send();
}

void DraftHandover::send()
{
    HttpRequest r;
    r.verb = Verb::Put;
    r.path = kPath;
    r.body = protocol::json::serialize(protocol::toJson(protocol::HandoverOffer{QString::fromLatin1(m_token), m_handout.drafts, QString::fromLatin1(m_handout.sealed.toBase64(kBase64))}));
    r.headers.emplace_back("Idempotency-Key"_ba, m_key);
    m_exchange = m_http.send(std::move(r), [this, key = m_key](const HttpAnswer& answer) { sent(key, answer); });
}

void DraftHandover::sent(const QByteArray& key, const HttpAnswer& answer)
{
    m_exchange = 0;
    if (answer.ok()) {
        m_doneKey = key;
        m_pause = m_limits.handoverPause;
        qCInfo(lcHandover) << m_handout.drafts << "drafts were left for the other computer";
    } else if (mayPass(answer)) {
        m_next = m_clock.steady() + std::max<Millis>(m_pause, std::chrono::seconds(answer.status ? answer.problem().retryAfterSeconds : 0));
        m_pause = std::min(2 * m_pause, kLongestPause);
    } else {
        qCInfo(lcHandover) << "drafts stay on this computer:" << answer.problem().code;
        forget();
    }
}

void DraftHandover::signedIn()
{
    forget();
    m_fetching = m_fetchAgain = false;
    m_fetchPause = m_limits.handoverPause;
    fetch();
}

void DraftHandover::fetch()
{
    m_fetchAt.reset();
    if (std::exchange(m_fetching, true)) {
        m_fetchAgain = true;
        return;
    }
    const quint64 epoch = m_gate.epoch();
    m_gate.acquire({}, [this, epoch](Result<QByteArray> token) {
        if (epoch != m_gate.epoch())
            return; // of a session that is over
        if (!token) {
            m_fetching = false;
            return;
        }
        HttpRequest r;
        r.path = kPath;
        r.accessToken = *token;
        m_http.send(std::move(r), [this, epoch](const HttpAnswer& answer) {
            if (epoch == m_gate.epoch())
                fetched(answer);
        });
    });
}

void DraftHandover::fetched(const HttpAnswer& answer)
{
    m_fetching = false;
    if (mayPass(answer)) {
        m_fetchAt = m_clock.steady() + m_fetchPause;
        m_fetchPause = std::min(2 * m_fetchPause, kLongestPause);
    }
    const auto body = answer.ok() ? protocol::parseJson(answer.text()) : Result<protocol::json::value>(Error{});
    const auto list = body ? protocol::fromJson<protocol::HandoverList>(*body, false) : Result<protocol::HandoverList>(Error{});
    if (!list)
        return;
    m_fetchPause = m_limits.handoverPause;
    for (const protocol::HandoverPackage& package : list->items) {
        const auto before = m_takenIn.find(package.id);
        if (before != m_takenIn.end() && before->second >= package.version) {
            taken(package.id, package.version); // read before the server heard that it is here: what became of it here counts
            continue;
        }
        QByteArray key = QByteArray::fromBase64(package.key.toLatin1(), kBase64);
        if (key.size() != DraftSeal::kKeySize)
            continue;
        const DraftSeal seal(key);
        OPENSSL_cleanse(key.data(), static_cast<std::size_t>(key.size()));
        if (m_drafts.takeIn(seal, QByteArray::fromBase64(package.sealed.toLatin1(), kBase64))) {
            m_takenIn[package.id] = package.version;
            taken(package.id, package.version);
        }
    }
    if (std::exchange(m_fetchAgain, false))
        fetch();
}

// The server need not keep it any more. Not heard: it is offered once more, and left.
void DraftHandover::taken(const SessionId& id, std::int64_t version)
{
    m_gate.acquire({}, [this, id, version](Result<QByteArray> token) {
        if (!token)
            return;
        HttpRequest r;
        r.verb = Verb::Delete;
        r.path = kPath + u'/' + id.toString();
        r.accessToken = *token;
        r.headers.emplace_back("If-Match"_ba, QByteArray("\"v"_ba + QByteArray::number(qlonglong(version)) + '"'));
        r.headers.emplace_back("Idempotency-Key"_ba, makeId<SessionId>(m_clock, m_rng).toString().toLatin1());
        m_http.send(std::move(r), [this, epoch = m_gate.epoch()](const HttpAnswer& answer) {
            if (answer.status == 412 && epoch == m_gate.epoch())
                fetch(); // more has come meanwhile
        });
    });
}

} // namespace naru::backend
