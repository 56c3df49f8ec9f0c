// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_auth/Parts.h"

#include "bench/naru_bench/Trial.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

namespace {

std::int64_t refusalMicros(AuthWorld& world, const QString& login, int source)
{
    SignInRequest r = world.request(login, source);
    r.secret = u"a wrong password"_s;
    r.thumbprint = "a-device-nobody-knows-0000000000000000000000";
    std::promise<QString> code;
    const std::int64_t from = nowNs();
    world.auth().signIn(r, [&](const auto& result) {
        const auto* p = std::get_if<protocol::Problem>(&result);
        code.set_value(p ? p->code : QString());
    });
    const QString said = code.get_future().get();
    const std::int64_t took = (nowNs() - from) / 1000;
    if (said != u"invalid-credentials")
        throw std::runtime_error("a wrong password was answered " + said.toStdString());
    return took;
}

double mannWhitney(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b)
{
    std::vector<std::pair<std::int64_t, bool>> all;
    for (const std::int64_t v : a)
        all.emplace_back(v, true);
    for (const std::int64_t v : b)
        all.emplace_back(v, false);
    std::sort(all.begin(), all.end());
    double ranks = 0; // of the first sample; equal values share theirs
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && all[end].first == all[i].first)
            ++end;
        for (std::size_t k = i; k < end; ++k)
            ranks += all[k].second ? static_cast<double>(i + end + 1) / 2 : 0;
        i = end;
    }
    const auto n = static_cast<double>(a.size());
    const auto m = static_cast<double>(b.size());
    return (ranks - n * (n + m + 1) / 2) / std::sqrt(n * m * (n + m + 1) / 12);
}

} // namespace

void measureDiscovery(AuthWorld& world, int times, DiscoveryResult& out)
{
    std::vector<std::int64_t> existing;
    std::vector<std::int64_t> unknown;
    for (int i = 0; i < times; ++i) // five wrong ones are free for each of 200 people
        for (const bool known : {i % 2 == 0, i % 2 != 0}) {
            const int source = 20'000 + 2 * i + (known ? 1 : 0);
            (known ? existing : unknown).push_back(refusalMicros(world, known ? world.login(i % 200) : u"nobody-%1"_s.arg(i), source));
        }
    out.times = times;
    for (const std::int64_t v : existing)
        out.existing.record(v);
    for (const std::int64_t v : unknown)
        out.unknown.record(v);
    out.z = mannWhitney(existing, unknown);
}

} // namespace naru::bench
