// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/EventRing.h"

#include "protocol/Events.h"
#include "server/domain/Mask.h"

#include <algorithm>
#include <mutex>

namespace naru::server {
namespace {

std::size_t sizeOf(const Frame& f)
{
    return f.bytes->size() + (f.masked && *f.masked ? (*f.masked)->size() : 0) + sizeof(Frame);
}

bool maySee(const Reader& reader, const Frame& f)
{
    return (!reader.vendor || f.vendor == reader.vendor) && (!f.only || *f.only == reader.user) && (!f.review || reader.reviews);
}

} // namespace

StreamBody::Piece makeFrame(std::int64_t id, const std::string& topic, const std::string& data)
{
    std::string text;
    text.reserve(data.size() + topic.size() + 48);
    if (id > 0)
        text += "id: " + std::to_string(id) + '\n';
    text.append("event: ").append(topic).append("\ndata: ");
    // One line: a line break would end the field. What was serialised has none.
    for (std::size_t at = 0; at < data.size();) {
        const std::size_t end = std::min(data.find_first_of("\r\n", at), data.size());
        text.append(data, at, end - at);
        at = end + 1;
    }
    text += "\n\n";
    return std::make_shared<const std::string>(std::move(text));
}

StreamBody::Piece maskedFrame(const std::string& frame)
{
    static constexpr std::string_view kData = "\ndata: ";
    const std::size_t at = frame.find(kData);
    if (at == std::string::npos || frame.find("\"customer_name\"", at) == std::string::npos)
        return nullptr;
    const std::size_t from = at + kData.size();
    auto payload = protocol::parseJson(std::string_view(frame).substr(from, frame.size() - from - 2)); // without the blank line
    if (!payload || !payload->is_object())
        return nullptr;
    maskForVendor(payload->get_object());
    return std::make_shared<const std::string>(frame.substr(0, from) + protocol::json::serialize(*payload) + "\n\n");
}

void EventRing::begin(std::int64_t floor)
{
    const std::unique_lock guard(m_lock);
    m_frames.clear();
    m_bytes = 0;
    m_floor = floor;
    m_newest = floor;
}

void EventRing::append(std::vector<Frame> frames)
{
    const std::unique_lock guard(m_lock);
    for (Frame& f : frames) {
        if (f.seq <= m_newest)
            continue;
        m_newest = f.seq;
        if (!f.bytes)
            continue;
        m_bytes += sizeOf(f);
        m_frames.push_back(std::move(f));
    }
    while (m_bytes > m_maxBytes && !m_frames.empty()) {
        m_bytes -= sizeOf(m_frames.front());
        m_floor = m_frames.front().seq;
        m_frames.pop_front();
    }
}

std::int64_t EventRing::newest() const
{
    const std::shared_lock guard(m_lock);
    return m_newest;
}

void EventRing::read(std::int64_t& cursor, const Reader& reader, std::vector<StreamBody::Piece>& out, std::size_t maxBytes) const
{
    const std::shared_lock guard(m_lock);
    if (cursor < m_floor || cursor > m_newest) {
        out.push_back(makeFrame(m_newest, protocol::topic::kReset, "{}"));
        cursor = m_newest;
        return;
    }
    auto it = std::upper_bound(m_frames.begin(), m_frames.end(), cursor, [](std::int64_t seq, const Frame& f) { return seq < f.seq; });
    std::size_t bytes = 0;
    for (; it != m_frames.end() && bytes < maxBytes; ++it) {
        cursor = it->seq;
        if (!maySee(reader, *it))
            continue;
        const StreamBody::Piece masked = !reader.vendor ? nullptr : it->masked ? *it->masked : maskedFrame(*it->bytes);
        out.push_back(masked ? masked : it->bytes);
        bytes += it->bytes->size();
    }
    if (it == m_frames.end())
        cursor = m_newest; // also past what is not for streams
}

} // namespace naru::server
