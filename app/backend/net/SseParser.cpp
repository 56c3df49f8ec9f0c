// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/net/SseParser.h"

#include <utility>

namespace naru::backend {

bool SseParser::feed(QByteArrayView bytes, const Sink& sink)
{
    for (const char c : bytes) {
        if (std::exchange(m_afterCr, false) && c == '\n')
            continue;
        if (c == '\r' || c == '\n') {
            m_afterCr = c == '\r';
            line(sink);
            continue;
        }
        if (m_line.size() + m_data.size() >= m_most)
            return false;
        m_line += c;
    }
    return true;
}

void SseParser::line(const Sink& sink)
{
    QByteArray text = std::exchange(m_line, {});
    if (std::exchange(m_start, false) && text.startsWith("\xEF\xBB\xBF"))
        text.remove(0, 3);
    if (text.isEmpty()) {
        SseEvent e{m_lastId, m_topic.isEmpty() ? QByteArrayLiteral("message") : m_topic, m_data};
        const bool deliver = std::exchange(m_hasData, false);
        m_topic.clear();
        m_data.clear();
        if (deliver && sink.event)
            sink.event(std::move(e));
        return;
    }
    const qsizetype colon = text.indexOf(':');
    if (colon == 0) {
        if (sink.comment)
            sink.comment();
        return;
    }
    const QByteArray name = colon < 0 ? text : text.left(colon);
    QByteArray value = colon < 0 ? QByteArray() : text.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    if (name == "data") {
        if (std::exchange(m_hasData, true))
            m_data += '\n';
        m_data += value;
    } else if (name == "event") {
        m_topic = value;
    } else if (name == "id" && !value.contains('\0')) {
        m_lastId = value;
    } // retry and unknown fields: the console has its own patience
}

} // namespace naru::backend
