// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <functional>

namespace naru::backend {

struct SseEvent {
    QByteArray id; // the last one seen, also when this event brought none
    QByteArray topic; // "message" when none was given
    QByteArray data;
};

// Cuts a server-sent event stream (WHATWG HTML §9.2) into events, whatever pieces it arrives in. Bounded: an event that grows
// past the limit ends the stream. A plain value, any thread.
class SseParser {
public:
    struct Sink {
        std::function<void(SseEvent)> event;
        std::function<void()> comment = {};
    };
    explicit SseParser(qsizetype mostBytes) : m_most(mostBytes) {}

    // False: the event is too large; the parser is of no use any more.
    bool feed(QByteArrayView bytes, const Sink& sink);
    const QByteArray& lastId() const { return m_lastId; }

private:
    void line(const Sink& sink);

    qsizetype m_most;
    bool m_start = true; // a byte order mark may come first
    bool m_afterCr = false; // swallow the LF of a CR LF cut in two
    QByteArray m_line;
    QByteArray m_lastId;
    QByteArray m_topic;
    QByteArray m_data;
    bool m_hasData = false;
};

} // namespace naru::backend
