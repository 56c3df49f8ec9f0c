// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

namespace naru::server {

// The one time limit that holds at a moment; arming again replaces the former. All calls and the callback on one strand.
class Deadline {
public:
    explicit Deadline(const boost::asio::any_io_executor& executor) : m_timer(executor), m_state(std::make_shared<State>()) {}
    ~Deadline() { ++m_state->round; }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    void arm(Millis limit, std::function<void()> callback)
    {
        const auto round = ++m_state->round;
        m_state->expired = false;
        m_timer.expires_after(limit);
        m_timer.async_wait([state = m_state, round, f = std::move(callback)](const boost::system::error_code& ec) {
            if (ec || round != state->round)
                return; // replaced, or its owner is gone
            state->expired = true;
            f();
        });
    }
    void disarm()
    {
        ++m_state->round;
        m_timer.cancel();
    }
    bool hasExpired() const { return m_state->expired; }

private:
    struct State {
        std::uint64_t round = 0;
        bool expired = false;
    };
    boost::asio::steady_timer m_timer;
    std::shared_ptr<State> m_state; // owners: this and the waits still open, which may outlive it
};

} // namespace naru::server
