// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace naru::backend {

enum class Pushed {
    Woke, // it was empty: the other side must be woken
    Queued,
    Full,
    Closed,
};

// A queue of values between two threads. Payloads are handed over under a std::mutex; Qt signals only wake the reader, who
// takes until nothing is left or wakes itself again; a reader without an event loop waits here. Owned by the composition root of the backend, outlives both threads' use.
template <class T> class Channel {
public:
    explicit Channel(std::size_t capacity) : m_capacity(capacity) {}

    // Counts against the capacity.
    Pushed push(T value)
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return Pushed::Closed;
        if (m_queue.size() >= m_capacity)
            return Pushed::Full;
        return append({std::move(value), {}});
    }
    // For what must never be lost; the senders bound themselves.
    Pushed pushAlways(T value)
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return Pushed::Closed;
        return append({std::move(value), {}});
    }
    // Replaces the value still waiting under this key, so there is at most one per key.
    Pushed pushSnapshot(std::string key, T value)
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return Pushed::Closed;
        if (const auto it = m_byKey.find(key); it != m_byKey.end()) {
            m_queue[static_cast<std::size_t>(it->second - m_popped)].value = std::move(value);
            return Pushed::Queued;
        }
        m_byKey.emplace(key, m_popped + m_queue.size());
        return append({std::move(value), std::move(key)});
    }
    std::optional<T> pop()
    {
        const std::lock_guard lock(m_mutex);
        if (m_queue.empty())
            return std::nullopt;
        Entry e = std::move(m_queue.front());
        m_queue.pop_front();
        ++m_popped;
        if (!e.key.empty())
            m_byKey.erase(e.key);
        return std::optional<T>(std::move(e.value));
    }
    // Until something is in or nothing more goes in, but not longer than that.
    void waitFor(Millis atMost)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, atMost, [this] { return m_closed || !m_queue.empty(); });
    }
    // What is in stays readable; nothing more goes in.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_changed.notify_all();
    }
    bool isClosed() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed;
    }
    std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_queue.size();
    }

private:
    struct Entry {
        T value;
        std::string key; // empty: not a snapshot
    };
    Pushed append(Entry e)
    {
        m_queue.push_back(std::move(e));
        m_changed.notify_one();
        return m_queue.size() == 1 ? Pushed::Woke : Pushed::Queued;
    }

    mutable std::mutex m_mutex; // guards the rest
    std::condition_variable m_changed;
    std::deque<Entry> m_queue;
    std::unordered_map<std::string, std::uint64_t> m_byKey; // → number since the beginning
    std::uint64_t m_popped = 0;
    std::size_t m_capacity;
    bool m_closed = false;
};

} // namespace naru::backend
