// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/StreamPump.h"

#include <boost/asio/post.hpp>

#include <cstdio>

namespace naru::server {
namespace {

constexpr Millis kPause{100};
constexpr Millis kBeat{5'000};
constexpr std::size_t kMaxWrite = 256 * 1024;
constexpr std::string_view kChunkEnd = "\r\n";
constexpr std::string_view kLastChunk = "0\r\n\r\n";

} // namespace

StreamPump::StreamPump(Wire& wire, std::shared_ptr<StreamBody> body, Millis writeTimeout, bool chunked)
    : m_wire(&wire), m_body(std::move(body)), m_writeTimeout(writeTimeout), m_chunked(chunked), m_limit(wire.executor()), m_beat(wire.executor())
{
}

StreamPump::~StreamPump()
{
    gone();
}

void StreamPump::start(std::weak_ptr<void> owner, std::function<void()> over)
{
    m_owner = std::move(owner);
    m_over = std::move(over);
    m_body->attach([weak = weak_from_this(), executor = m_wire->executor()] {
        const auto self = weak.lock();
        if (self && !self->m_wakePosted.exchange(true))
            boost::asio::post(executor, [self] { self->woken(); });
    });
    scheduleBeat();
    pump();
}

void StreamPump::end()
{
    m_ending = true;
    pump();
}

void StreamPump::gone()
{
    m_wire = nullptr;
    m_limit.disarm();
    m_beat.disarm();
    if (m_body) {
        m_body->detach();
        m_body.reset();
    }
}

void StreamPump::woken()
{
    m_wakePosted = false;
    pump();
}

void StreamPump::scheduleBeat()
{
    m_beat.arm(kBeat, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || !self->m_wire)
            return;
        self->m_beatDue = true;
        self->scheduleBeat();
        self->pump();
    });
}

void StreamPump::pump()
{
    if (!m_wire || m_writing || m_lastSent || (m_paused && !m_ending))
        return;
    m_pieces.clear();
    const bool open = m_body->take(m_pieces, kMaxWrite);
    m_ending = m_ending || !open;
    if (std::exchange(m_beatDue, false))
        m_pieces.push_back(m_body->heartbeat());
    if (m_pieces.empty() && !m_ending)
        return;
    write();
}

void StreamPump::write()
{
    std::size_t size = 0;
    for (const StreamBody::Piece& p : m_pieces)
        size += p->size();
    std::vector<Wire::Bytes> bytes;
    if (size > 0) {
        char text[24];
        const int n = std::snprintf(text, sizeof text, "%zx\r\n", size);
        m_size.assign(text, static_cast<std::size_t>(n));
        if (m_chunked)
            bytes.push_back({m_size.data(), m_size.size()});
        for (const StreamBody::Piece& p : m_pieces)
            bytes.push_back({p->data(), p->size()});
        if (m_chunked)
            bytes.push_back({kChunkEnd.data(), kChunkEnd.size()});
    }
    if (m_ending) {
        m_lastSent = true;
        if (m_chunked)
            bytes.push_back({kLastChunk.data(), kLastChunk.size()});
        if (bytes.empty())
            return written(false);
    }
    m_writing = true;
    m_limit.arm(m_writeTimeout, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (self && self->m_wire)
            self->m_over(); // a reader this slow is cut; it resumes where it was
    });
    m_wire->write(bytes, [self = shared_from_this(), owner = m_owner.lock()](const boost::system::error_code& ec, std::size_t) { self->written(bool(ec)); });
}

void StreamPump::written(bool failed)
{
    m_writing = false;
    m_pieces.clear();
    if (!m_wire)
        return;
    if (failed || m_lastSent)
        return m_over();
    if (m_ending)
        return pump();
    m_paused = true;
    m_limit.arm(kPause, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || !self->m_wire)
            return;
        self->m_paused = false;
        self->pump();
    });
}

} // namespace naru::server
