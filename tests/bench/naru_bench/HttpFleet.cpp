// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/HttpFleet.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <netinet/tcp.h>
#include <poll.h>
#include <random>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace naru::bench {

namespace {

constexpr std::size_t kMostAnswer = 256 * 1024; // of a hundred tickets
constexpr std::int64_t kDrain = 20'000'000'000;
constexpr std::string_view kProofField = "\r\nDPoP: ";
constexpr double kMostPerSecond = 16'000; // what is signed beforehand for a closed loop; the door alone takes some 15,000 a second here
constexpr double kMostDecisions = 160'000; // a second, where a request asks for many

[[noreturn]] void trouble(const std::string& what)
{
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

} // namespace

struct HttpFleet::Line {
    const Endpoint* to = nullptr;
    int fd = -1;
    std::string request;
    std::string in = std::string(4096, '\0');
    std::size_t have = 0;
    std::int64_t intended = 0;
    std::uint64_t number = 0;
    std::size_t proofAt = 0; // 0: the script puts it
    bool busy = false;
};

Endpoint endpointOf(int port, const std::string& token, bool proofs) { return {port, token, proofs ? std::make_shared<ProofStock>(port, token) : nullptr}; }

HttpFleet::HttpFleet(std::vector<Endpoint> endpoints, int connections, Script& script) : m_endpoints(std::move(endpoints)), m_script(script)
{
    m_poll = epoll_create1(EPOLL_CLOEXEC);
    if (m_poll < 0)
        trouble("epoll");
    for (int i = 0; i < connections; ++i) {
        auto line = std::make_unique<Line>();
        line->to = &m_endpoints[static_cast<std::size_t>(i) % m_endpoints.size()];
        line->request = m_script.make(*line->to);
        if (line->to->proofs && !m_script.path().empty())
            line->proofAt = line->request.find(kProofField) + kProofField.size();
        connect(*line);
        m_lines.push_back(std::move(line));
    }
}

HttpFleet::~HttpFleet()
{
    for (const auto& line : m_lines)
        ::close(line->fd);
    ::close(m_poll);
}

void HttpFleet::connect(Line& line)
{
    if (line.fd >= 0)
        ::close(line.fd);
    line.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(line.to->port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (line.fd < 0 || ::connect(line.fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        trouble("connect to port " + std::to_string(line.to->port));
    const int on = 1;
    setsockopt(line.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &line;
    if (epoll_ctl(m_poll, EPOLL_CTL_ADD, line.fd, &event) != 0)
        trouble("epoll_ctl");
    line.have = 0;
    line.busy = false;
}

void HttpFleet::stockProofs(double requests)
{
    if (m_script.path().empty())
        return;
    for (const Endpoint& to : m_endpoints)
        if (to.proofs)
            to.proofs->stock(m_script.path(), static_cast<std::size_t>(requests / static_cast<double>(m_endpoints.size())) + m_lines.size());
}

// False: there is nothing more to ask.
bool HttpFleet::start(Line& line, Trial& trial, std::int64_t intended)
{
    if (!m_script.patch(line.request, m_next))
        return false;
    if (line.proofAt > 0) {
        const std::string& proof = line.to->proofs->take();
        std::memcpy(line.request.data() + line.proofAt, proof.data(), proof.size());
    }
    line.number = m_next++;
    line.intended = intended;
    line.have = 0;
    line.busy = true;
    ++m_busy;
    std::size_t sent = 0;
    while (sent < line.request.size()) {
        const ssize_t n = ::send(line.fd, line.request.data() + sent, line.request.size() - sent, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR) {
            lost(line, trial, std::strerror(errno));
            break;
        }
        sent += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return true;
}

void HttpFleet::lost(Line& line, Trial& trial, const char* why)
{
    if (line.busy) {
        trial.failedWith(std::string("connection lost: ") + why);
        trial.ended(line.intended, nowNs(), Verdict::Failed);
        --m_busy;
    }
    connect(line);
}

// The answer is here when its head and as many bytes as it promised are.
bool HttpFleet::whole(const Line& line, std::size_t& bodyAt) const
{
    const std::string_view text(line.in.data(), line.have);
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return false;
    static constexpr std::string_view kName = "\r\ncontent-length:";
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    const std::string_view head = text.substr(0, end + 2);
    const auto at = std::search(head.begin(), head.end(), kName.begin(), kName.end(), [&](char a, char b) { return lower(a) == b; });
    std::size_t length = 0;
    if (at != head.end()) {
        const char* digits = &*at + kName.size();
        while (*digits == ' ')
            ++digits;
        std::from_chars(digits, head.data() + head.size(), length);
    }
    bodyAt = end + 4;
    return line.have >= bodyAt + length;
}

void HttpFleet::receive(Line& line, Trial& trial)
{
    if (line.have == line.in.size()) {
        if (line.in.size() >= kMostAnswer)
            return lost(line, trial, "the answer is too long");
        line.in.resize(line.in.size() * 4);
    }
    const ssize_t n = ::recv(line.fd, line.in.data() + line.have, line.in.size() - line.have, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
        return lost(line, trial, n == 0 ? "closed by the server" : std::strerror(errno));
    line.have += static_cast<std::size_t>(n);
    std::size_t bodyAt = 0;
    if (!line.busy || !whole(line, bodyAt))
        return;
    int status = 0;
    std::from_chars(line.in.data() + 9, line.in.data() + 12, status);
    const std::string_view body(line.in.data() + bodyAt, line.have - bodyAt);
    const Verdict verdict = m_script.judge(line.number, status, body);
    if (verdict == Verdict::Failed)
        trial.failedWith(std::to_string(status) + " " + std::string(body));
    line.busy = false;
    --m_busy;
    trial.ended(line.intended, nowNs(), verdict, m_script.each());
}

// Fills m_ready with the lines that have something to read; waits at most until then (0: not at all).
int HttpFleet::wait(std::int64_t untilNs)
{
    epoll_event events[256];
    const std::int64_t left = std::max<std::int64_t>(0, untilNs - nowNs());
    timespec t{};
    t.tv_sec = left / 1'000'000'000;
    t.tv_nsec = left % 1'000'000'000;
    const int n = epoll_pwait2(m_poll, events, 256, &t, nullptr);
    m_ready.clear();
    for (int i = 0; i < n; ++i)
        m_ready.push_back(static_cast<Line*>(events[i].data.ptr));
    return n;
}

void HttpFleet::closed(Trial& trial)
{
    stockProofs(std::min<double>(static_cast<double>(trial.plan().atMost), std::min(kMostPerSecond, kMostDecisions / static_cast<double>(m_script.each())) * (trial.plan().seconds + (trial.plan().warmUp ? trial.plan().warmUpAtMost : 0))));
    for (const auto& line : m_lines)
        if (const std::int64_t now = nowNs(); !trial.mayStart(now) || !start(*line, trial, now))
            break;
    bool more = true;
    while (m_busy > 0) {
        if (wait(nowNs() + 100'000'000) == 0) {
            trial.poll(nowNs());
            if (trial.isOver())
                break;
        }
        for (Line* line : m_ready) {
            receive(*line, trial);
            const std::int64_t now = nowNs();
            if (!line->busy && more)
                more = trial.mayStart(now) && start(*line, trial, now);
        }
    }
    drain(trial);
}

void HttpFleet::open(Trial& trial, const std::vector<std::int64_t>& moments)
{
    stockProofs(static_cast<double>(moments.size()));
    const std::int64_t zero = nowNs() + 5'000'000;
    std::size_t due = 0;
    std::deque<std::int64_t> waiting;
    m_free.clear();
    for (const auto& line : m_lines)
        m_free.push_back(line.get());
    while (due < moments.size() || !waiting.empty()) {
        wait(due < moments.size() ? zero + moments[due] : nowNs() + 20'000'000);
        trial.poll(nowNs());
        if (trial.isOver()) { // a server far behind is not waited for; what could not be asked is said
            trial.failedWith("the server was too far behind to be asked in time");
            for (std::size_t n = waiting.size() + moments.size() - due; n > 0; --n)
                trial.ended(zero, nowNs(), Verdict::Failed);
            break;
        }
        for (Line* line : m_ready) {
            const bool was = line->busy;
            receive(*line, trial);
            if (was && !line->busy)
                m_free.push_back(line);
        }
        for (const std::int64_t now = nowNs(); due < moments.size() && zero + moments[due] <= now; ++due) {
            trial.late(zero + moments[due], now);
            waiting.push_back(zero + moments[due]);
        }
        for (; !waiting.empty() && !m_free.empty(); waiting.pop_front()) {
            if (!trial.mayStart(nowNs()))
                break; // over: said above
            Line* line = m_free.back();
            m_free.pop_back();
            start(*line, trial, waiting.front());
            if (!line->busy) // could not be sent
                m_free.push_back(line);
        }
    }
    drain(trial);
}

void HttpFleet::drain(Trial& trial)
{
    const std::int64_t last = nowNs() + kDrain;
    while (m_busy > 0 && nowNs() < last) {
        wait(nowNs() + 50'000'000);
        for (Line* line : m_ready)
            receive(*line, trial);
    }
    trial.close(nowNs());
    for (const auto& line : m_lines) {
        if (!line->busy)
            continue;
        trial.failedWith("no answer within 20 s");
        trial.ended(line->intended, nowNs(), Verdict::Failed);
        line->busy = false;
    }
    m_busy = 0;
}

std::vector<std::int64_t> constantMoments(double perSecond, double seconds)
{
    std::vector<std::int64_t> out;
    for (double t = 0; t < seconds; t += 1 / perSecond)
        out.push_back(static_cast<std::int64_t>(t * 1e9));
    return out;
}

std::vector<std::int64_t> poissonMoments(double perSecond, double seconds, std::uint64_t seed)
{
    std::mt19937_64 chance(seed);
    std::exponential_distribution<double> gap(perSecond);
    std::vector<std::int64_t> out;
    for (double t = gap(chance); t < seconds; t += gap(chance))
        out.push_back(static_cast<std::int64_t>(t * 1e9));
    return out;
}

} // namespace naru::bench
