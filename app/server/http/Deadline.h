// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Time.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

namespace naru::server {

// The one time limit that holds at a moment; arming again replaces the former. A request arms it several times and nearly always
// in time, so arming only notes until when: one wait of the timer is open at a time, and looks again when it ends too early.
// All calls and the callback on one strand.
class Deadline {
public:
    explicit Deadline(const boost::asio::any_io_executor& executor) : m_timer(executor), m_state(std::make_shared<State>()) {}
    ~Deadline() { m_state->armed = false; }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    void onExpired(std::function<void()> callback) { m_state->callback = std::move(callback); }
    void arm(Millis limit, std::function<void()> callback)
    {
        onExpired(std::move(callback));
        arm(limit);
    }
    void arm(Millis limit)
    {
        m_state->armed = true;
        m_state->expired = false;
        m_state->due = Timer::clock_type::now() + limit;
        if (!m_state->waiting || m_state->due < m_timer.expiry())
            wait(m_timer, m_state);
    }
    void disarm() { m_state->armed = false; }
    bool hasExpired() const { return m_state->expired; }

private:
    using Timer = boost::asio::steady_timer;
    struct State {
        std::function<void()> callback;
        Timer::time_point due{};
        std::uint64_t round = 0; // of the wait that counts
        bool waiting = false;
        bool armed = false; // false: nobody is to be told, or the owner is gone and the timer with it
        bool expired = false;
    };

    static void wait(Timer& timer, const std::shared_ptr<State>& state)
    {
        state->waiting = true;
        timer.expires_at(state->due); // a wait that is open ends, as a former one
        timer.async_wait([&timer, state, round = ++state->round](const boost::system::error_code& ec) {
            if (ec || round != state->round)
                return;
            state->waiting = false;
            if (!state->armed)
                return;
            if (Timer::clock_type::now() < state->due)
                return wait(timer, state);
            state->armed = false;
            state->expired = true;
            const auto callback = state->callback; // it may set another
            callback();
        });
    }

    Timer m_timer;
    std::shared_ptr<State> m_state; // owners: this and the wait still open, which may outlive it
};

} // namespace naru::server
