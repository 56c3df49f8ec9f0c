// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace naru::server {

// Tells callers what was decided while the writer is at the next batch: wording hundreds of answers takes a tenth as long as the transaction
// they are of. Runs what it is handed in its order, on one thread. Owned by the composition root; outlives the writer's thread.
class AnswerThread {
public:
    AnswerThread();
    ~AnswerThread(); // after everything handed over was run
    AnswerThread(const AnswerThread&) = delete;
    AnswerThread& operator=(const AnswerThread&) = delete;

    void run(std::function<void()> work); // any thread; `work` must not throw

private:
    void loop();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<std::function<void()>> m_work;
    bool m_ending = false;
    std::thread m_thread;
};

// Hands a batch's answers over: each request is answered with its outcome by `tell(request, outcome)`. Few are told at once, on the caller's
// thread, sooner than another thread wakes up; as are all without such a thread (tests, tools).
template <class Ask, class Outcome, class Tell> void answerAll(AnswerThread* thread, std::vector<Ask> asks, std::vector<Outcome> outcomes, Tell tell)
{
    constexpr std::size_t kFew = 4;
    const bool few = asks.size() < kFew;
    const auto batch = std::make_shared<std::pair<std::vector<Ask>, std::vector<Outcome>>>(std::move(asks), std::move(outcomes)); // owner: the work
    const auto work = [batch, tell] {
        for (std::size_t i = 0; i < batch->first.size(); ++i)
            tell(batch->first[i], std::move(batch->second[i]));
    };
    if (few || !thread)
        work();
    else
        thread->run(work);
}

} // namespace naru::server
