// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Scripts.h"

#include <cstring>
#include <random>

namespace naru::bench {

namespace {

constexpr std::size_t kId = 26; // characters of an id on the wire
constexpr std::string_view kHost = "\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nPrefer: wait=10\r\nAuthorization: DPoP ";
constexpr std::string_view kProofName = "\r\nDPoP: ";
constexpr std::string_view kKeyName = "Idempotency-Key: ";
constexpr std::size_t kKey = 26; // 16 characters of this run and side, 10 of the request

std::string hex(std::uint64_t v, std::size_t digits)
{
    std::string out(digits, '0');
    for (std::size_t i = digits; i > 0; --i, v >>= 4)
        out[i - 1] = "0123456789abcdef"[v & 15];
    return out;
}

std::string fresh(std::uint64_t seed)
{
    std::random_device device;
    return hex((static_cast<std::uint64_t>(device()) << 32 | device()) ^ seed, 16);
}

void put(std::string& bytes, std::size_t at, std::string_view text)
{
    std::memcpy(bytes.data() + at, text.data(), text.size());
}

void putNumber(std::string& bytes, std::size_t at, std::uint64_t n)
{
    for (std::size_t i = kKey - 16; i > 0; --i, n >>= 4)
        bytes[at + i - 1] = "0123456789abcdef"[n & 15];
}

std::string request(const std::string& line, const Endpoint& to, const std::string& body, const std::string& path = "/v1/tickets")
{
    std::string out = line;
    out += " HTTP/1.1\r\n";
    out += kKeyName;
    out += std::string(kKey, '0');
    out += kHost;
    out += to.token + (to.proofs ? std::string(kProofName) + to.proofs->make(path) : std::string()) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    return out;
}

bool has(std::string_view body, std::string_view what)
{
    return memmem(body.data(), body.size(), what.data(), what.size()) != nullptr;
}

constexpr std::string_view kTicketLine = "POST /v1/tickets";
constexpr std::size_t kTicketKeyAt = kTicketLine.size() + 11 + kKeyName.size();
constexpr std::string_view kTail = "\",\"qty\":1}]}";
constexpr std::string_view kCustomer = "{\"customer_id\":\"";

constexpr std::string_view kConfirmLine = "\",\"goal\":\"confirm\",\"lines\":[{\"item_id\":\"";
constexpr std::size_t kBatchKeyAt = kTicketKeyAt + 6; // "/batch"

constexpr std::string_view kCancelHead = "POST /v1/reservations/";
constexpr std::string_view kCancelTail = "/cancellation";
std::string cancelPath(const std::string& id) { return "/v1/reservations/" + id + "/cancellation"; }
constexpr std::size_t kCancelKeyAt = kCancelHead.size() + kId + kCancelTail.size() + 11 + kKeyName.size();

} // namespace

TicketScript::TicketScript(const std::vector<std::string>& items, const std::vector<std::string>& customers, const char* goal, std::uint64_t seed)
    : m_items(items), m_customers(customers), m_goal(goal), m_granted(m_goal == "hold" ? "\"status\":\"held\"" : "\"status\":\"confirmed\""), m_keyHead(fresh(seed))
    , m_chance(seed * 2 + 1)
{
}

std::string TicketScript::make(const Endpoint& to) const
{
    std::string body(kCustomer);
    body += std::string(kId, '0') + "\",\"goal\":\"" + m_goal + "\",\"lines\":[{\"item_id\":\"" + std::string(kId, '0');
    body += kTail;
    std::string bytes = request(std::string(kTicketLine), to, body);
    put(bytes, kTicketKeyAt, m_keyHead);
    return bytes;
}

bool TicketScript::patch(std::string& bytes, std::uint64_t n)
{
    putNumber(bytes, kTicketKeyAt + 16, n);
    m_chance = m_chance * 6364136223846793005ULL + 1442695040888963407ULL;
    const std::uint64_t draw = m_chance >> 33;
    const std::size_t itemAt = bytes.size() - kTail.size() - kId;
    put(bytes, itemAt, m_items[m_items.size() == 1 ? 0 : draw % m_items.size()]);
    const std::size_t between = std::strlen("\",\"goal\":\"") + m_goal.size() + std::strlen("\",\"lines\":[{\"item_id\":\"");
    put(bytes, itemAt - between - kId, m_customers[n % m_customers.size()]);
    return true;
}

Verdict TicketScript::judge(std::uint64_t, int status, std::string_view body)
{
    if (status != 201)
        return Verdict::Failed;
    if (!has(body, m_granted))
        return has(body, "\"status\":\"rejected\"") ? Verdict::Refused : Verdict::Failed;
    if (keepReservations) {
        static constexpr std::string_view kName = "\"reservation_id\":\"";
        if (const std::size_t at = body.find(kName); at != std::string_view::npos)
            reservations.emplace_back(body.substr(at + kName.size(), kId));
    }
    return Verdict::Granted;
}

TicketBatchScript::TicketBatchScript(const std::string& item, const std::vector<std::string>& customers, std::uint64_t seed)
    : m_item(item), m_customers(customers), m_keyHead(fresh(seed))
{
}

std::string TicketBatchScript::make(const Endpoint& to) const
{
    std::string body = "{\"tickets\":[";
    for (std::uint64_t i = 0; i < kTickets; ++i)
        body += std::string(i > 0 ? "," : "") + std::string(kCustomer) + std::string(kId, '0') + std::string(kConfirmLine) + m_item + std::string(kTail);
    std::string bytes = request(std::string(kTicketLine) + "/batch", to, body + "]}", path());
    put(bytes, kBatchKeyAt, m_keyHead);
    return bytes;
}

bool TicketBatchScript::patch(std::string& bytes, std::uint64_t n)
{
    constexpr std::size_t kEach = kCustomer.size() + kId + kConfirmLine.size() + kId + kTail.size() + 1; // and the comma
    putNumber(bytes, kBatchKeyAt + 16, n);
    const std::size_t first = bytes.size() - 2 - (kTickets * kEach - 1);
    for (std::uint64_t i = 0; i < kTickets; ++i)
        put(bytes, first + i * kEach + kCustomer.size(), m_customers[(n * kTickets + i) % m_customers.size()]);
    return true;
}

Verdict TicketBatchScript::judge(std::uint64_t, int status, std::string_view body)
{
    static constexpr std::string_view kConfirmed = "\"status\":\"confirmed\"";
    std::uint64_t confirmed = 0;
    for (std::size_t at = body.find(kConfirmed); at != std::string_view::npos; at = body.find(kConfirmed, at + kConfirmed.size()))
        ++confirmed;
    return status == 200 && confirmed == kTickets ? Verdict::Granted : Verdict::Failed;
}

CancelScript::CancelScript(const std::vector<std::string>& reservations, std::uint64_t seed) : m_reservations(reservations), m_keyHead(fresh(seed)) {}

std::string CancelScript::make(const Endpoint& to) const
{
    std::string line(kCancelHead);
    line += std::string(kId, '0');
    line += kCancelTail;
    std::string bytes = request(line, to, "{\"reason\":\"changed plans\"}");
    const std::string_view host = "\r\nHost:";
    bytes.insert(bytes.find(host), "\r\nIf-Match: \"v2\"");
    if (to.proofs) {
        const std::size_t at = bytes.find(kProofName) + kProofName.size();
        bytes.replace(at, bytes.find("\r\n", at) - at, to.proofs->make(cancelPath(std::string(kId, '0')))); // as long as all of them
    }
    put(bytes, kCancelKeyAt, m_keyHead);
    return bytes;
}

bool CancelScript::patch(std::string& bytes, std::uint64_t n)
{
    if (n >= m_reservations.size())
        return false;
    put(bytes, kCancelHead.size(), m_reservations[n]);
    putNumber(bytes, kCancelKeyAt + 16, n);
    if (!m_proofs.empty())
        put(bytes, bytes.find(kProofName) + kProofName.size(), m_proofs.at(n));
    return true;
}

void CancelScript::signAll(const Endpoint& at)
{
    if (!at.proofs)
        return;
    at.proofs->freshNonce();
    for (const std::string& id : m_reservations)
        m_proofs.push_back(at.proofs->make(cancelPath(id)));
}

Verdict CancelScript::judge(std::uint64_t, int status, std::string_view)
{
    return status >= 200 && status < 300 ? Verdict::Granted : Verdict::Failed;
}

} // namespace naru::bench
