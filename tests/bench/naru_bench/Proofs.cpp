// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Proofs.h"

#include "support/RestSession.h"

namespace naru::bench {

void ProofStock::freshNonce() const
{
    test::RestSession session(QStringLiteral("127.0.0.1"), static_cast<quint16>(m_port));
    session.setAccessToken(QString::fromStdString(m_token));
    (void)session.get("/v1/session"); // an answer tells a nonce when the kept one is old
}

std::string ProofStock::make(const std::string& path) const
{
    return test::callerKey(static_cast<quint16>(m_port))->proof("POST", "http://127.0.0.1" + path, m_token);
}

void ProofStock::stock(const std::string& path, std::size_t count)
{
    freshNonce();
    m_path = path;
    m_ready.clear();
    m_ready.reserve(count);
    while (m_ready.size() < count)
        m_ready.push_back(make(path));
}

const std::string& ProofStock::take()
{
    if (m_ready.empty()) {
        ++m_late;
        m_last = make(m_path);
    } else {
        m_last = std::move(m_ready.back());
        m_ready.pop_back();
    }
    return m_last;
}

} // namespace naru::bench
