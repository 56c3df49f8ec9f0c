// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Outbox.h"

#include "protocol/Json.h"

#include <algorithm>

namespace naru::server {

using namespace Qt::StringLiterals;
namespace json = protocol::json;

namespace {

constexpr int kPagesAtOnce = 64;
constexpr int kPagesTrimmed = 256;

// And a comma. Names and ids have nothing to escape.
void appendEvent(std::string& out, const OutboxRow& row)
{
    const auto quoted = [&out](std::string_view text) { out.append(1, '"').append(text).append("\","); };
    const auto id = [&quoted](const Id128& value) {
        char form[26];
        value.write(form);
        quoted({form, sizeof form});
    };
    out += '[';
    quoted(row.topic);
    if (row.vendor)
        id(row.vendor->value);
    else
        out += "null,";
    quoted(row.entityType);
    id(row.entity);
    out.append(std::to_string(row.version)).append(1, ',').append(row.payload).append("],");
}

// Nothing: that is no event.
std::optional<OutboxEvent> eventFrom(const json::value& value, std::int64_t seq)
{
    const json::array* parts = value.if_array();
    if (!parts || parts->size() != 6 || !(*parts)[0].is_string() || !(*parts)[3].is_string())
        return std::nullopt;
    const auto idOf = [](const json::value& v) { return Id128::parse(std::string_view(v.get_string())); };
    OutboxEvent e;
    e.seq = seq;
    e.topic = (*parts)[0].get_string();
    if ((*parts)[1].is_string())
        if (const auto vendor = idOf((*parts)[1]))
            e.vendor = VendorId{*vendor};
    e.entity = idOf((*parts)[3]).value_or(Id128{});
    e.payload = json::serialize((*parts)[5]);
    return e;
}

} // namespace

void writePages(Connection& db, std::vector<OutboxRow>& rows, std::int64_t journalSeq, std::int64_t& seq, std::vector<OutboxEvent>& published)
{
    using Type = RowBlock::Type;
    if (rows.empty())
        return;
    RowBlock block{"outbox_page", {{"first_seq", Type::BigInt}, {"last_seq", Type::BigInt}, {"at", Type::BigInt}, {"journal_seq", Type::BigInt}, {"events", Type::Text}}, {}};
    for (std::size_t from = 0; from < rows.size();) {
        const std::size_t until = std::min(from + kMostEventsOfPage, rows.size());
        const std::int64_t first = seq + 1;
        const Instant at = rows[from].at;
        std::string page = "[";
        for (; from < until; ++from) {
            OutboxRow& r = rows[from];
            appendEvent(page, r);
            published.push_back({++seq, std::move(r.topic), r.vendor, r.entity, std::move(r.payload)});
        }
        page.back() = ']'; // in place of the last comma
        block.append(first, seq, at, journalSeq, std::move(page));
    }
    db.insertRows(block);
}

void trimPages(Connection& db, Instant now)
{
    // Never one behind a page that stays, and never the last.
    db.post(u"DELETE FROM outbox_page WHERE first_seq < (SELECT COALESCE(MIN(CASE WHEN at >= ? THEN first_seq END), MAX(first_seq)) FROM "
            "(SELECT first_seq, at FROM outbox_page ORDER BY first_seq LIMIT ?) oldest)"_s,
        {now - kEventsKept, kPagesTrimmed});
}

std::int64_t newestEvent(Connection& db)
{
    return db.one(u"SELECT COALESCE(MAX(last_seq), 0) FROM outbox_page WHERE first_seq = (SELECT MAX(first_seq) FROM outbox_page)"_s)->integer(0);
}

std::int64_t eventsBegin(Connection& db, std::int64_t floor)
{
    const auto first = db.one(u"SELECT MIN(first_seq) FROM outbox_page WHERE first_seq > ?"_s, {floor});
    return first->isNull(0) ? newestEvent(db) : first->integer(0) - 1;
}

UnreadablePage::UnreadablePage(std::int64_t first, std::int64_t l)
    : StoreError(Kind::Corrupt, "events " + std::to_string(first) + " to " + std::to_string(l) + " of the outbox cannot be read"), last(l)
{
}

std::vector<OutboxEvent> readEvents(Connection& db, std::int64_t after, std::int64_t upTo)
{
    // A page that begins earlier may reach beyond `after`, but not one that begins much earlier.
    const Rows rows = db.query(u"SELECT first_seq, last_seq, events FROM outbox_page WHERE first_seq > ? AND last_seq > ? AND first_seq <= ? ORDER BY first_seq LIMIT ?"_s,
        {after - static_cast<std::int64_t>(kMostEventsOfPage), after, upTo, kPagesAtOnce});
    std::vector<OutboxEvent> events;
    for (const Row& row : rows) {
        const std::int64_t first = row.integer(0);
        const std::int64_t last = row.integer(1);
        boost::system::error_code trouble;
        boost::json::monotonic_resource memory; // thousands of small values, gone together
        const json::value page = json::parse(protocol::utf8(row.text(2)), trouble, &memory);
        if (trouble || !page.is_array() || static_cast<std::int64_t>(page.get_array().size()) != last - first + 1)
            throw UnreadablePage(first, last);
        for (std::int64_t seq = std::max(first, after + 1); seq <= last; ++seq) {
            auto event = eventFrom(page.get_array()[static_cast<std::size_t>(seq - first)], seq);
            if (!event)
                throw UnreadablePage(first, last);
            events.push_back(std::move(*event));
        }
    }
    return events;
}

std::optional<Instant> newestEventAt(Connection& db)
{
    const auto row = db.one(u"SELECT at FROM outbox_page ORDER BY first_seq DESC LIMIT 1"_s);
    return row ? std::optional(row->instant(0)) : std::nullopt;
}

} // namespace naru::server
