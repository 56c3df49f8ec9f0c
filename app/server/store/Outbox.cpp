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

constexpr std::string_view kBetween = ",\n"; // two events of a page: no line break is in either, so that a page can be cut without being understood

// Names and ids have nothing to escape.
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
    out.append(std::to_string(row.version)).append(1, ',').append(row.payload).append(1, ']');
}

// Up to the next comma, which goes too; nothing has one in it before the payload.
std::string_view cutPart(std::string_view& line)
{
    const std::size_t comma = std::min(line.find(','), line.size());
    const std::string_view part = line.substr(0, comma);
    line.remove_prefix(std::min(comma + 1, line.size()));
    return part;
}

std::optional<std::string_view> unquoted(std::string_view part)
{
    if (part.size() < 2 || part.front() != '"' || part.find_first_of("\"\\", 1) != part.size() - 1)
        return std::nullopt;
    return part.substr(1, part.size() - 2);
}

// As appendEvent wrote it. Nothing: it was somebody else.
std::optional<OutboxEvent> eventFromLine(std::string_view line, std::int64_t seq)
{
    if (line.size() < 2 || line.front() != '[' || line.back() != ']')
        return std::nullopt;
    line = line.substr(1, line.size() - 2);
    const auto topic = unquoted(cutPart(line));
    const std::string_view vendor = cutPart(line);
    cutPart(line); // what kind of thing it is
    const auto entity = unquoted(cutPart(line));
    cutPart(line); // its version
    if (!topic || !entity || line.size() < 2 || line.front() != '{' || line.back() != '}')
        return std::nullopt;
    OutboxEvent e{seq, std::string(*topic), std::nullopt, Id128::parse(*entity).value_or(Id128{}), std::string(line)};
    if (const auto of = unquoted(vendor))
        if (const auto id = Id128::parse(*of))
            e.vendor = VendorId{*id};
    return e;
}

// Nothing: the page was not written by writePages as it is now. Older versions made no lines.
std::optional<std::vector<OutboxEvent>> eventsByLine(std::string_view page, std::int64_t first, std::int64_t last)
{
    if (page.size() < 2 || page.front() != '[' || page.back() != ']')
        return std::nullopt;
    page = page.substr(1, page.size() - 2);
    std::vector<OutboxEvent> events;
    for (bool more = true; more;) {
        const std::size_t end = page.find(kBetween);
        more = end != std::string_view::npos;
        auto event = eventFromLine(page.substr(0, end), first + static_cast<std::int64_t>(events.size()));
        if (!event)
            return std::nullopt;
        events.push_back(std::move(*event));
        page.remove_prefix(more ? end + kBetween.size() : page.size());
    }
    return static_cast<std::int64_t>(events.size()) == last - first + 1 ? std::optional(std::move(events)) : std::nullopt;
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

// Throws UnreadablePage.
std::vector<OutboxEvent> eventsOfDocument(std::string_view text, std::int64_t first, std::int64_t last)
{
    boost::system::error_code trouble;
    boost::json::monotonic_resource memory; // thousands of small values, gone together
    const json::value page = json::parse(text, trouble, &memory);
    if (trouble || !page.is_array() || static_cast<std::int64_t>(page.get_array().size()) != last - first + 1)
        throw UnreadablePage(first, last);
    std::vector<OutboxEvent> events;
    for (const json::value& value : page.get_array()) {
        auto event = eventFrom(value, first + static_cast<std::int64_t>(events.size()));
        if (!event)
            throw UnreadablePage(first, last);
        events.push_back(std::move(*event));
    }
    return events;
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
            if (page.size() > 1)
                page += kBetween;
            appendEvent(page, r);
            published.push_back({++seq, std::move(r.topic), r.vendor, r.entity, std::move(r.payload)});
        }
        page += ']';
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
        const std::string text = protocol::utf8(row.text(2));
        auto page = eventsByLine(text, first, last);
        if (!page)
            page = eventsOfDocument(text, first, last);
        for (OutboxEvent& event : *page)
            if (event.seq > after)
                events.push_back(std::move(event));
    }
    return events;
}

std::optional<Instant> newestEventAt(Connection& db)
{
    const auto row = db.one(u"SELECT at FROM outbox_page ORDER BY first_seq DESC LIMIT 1"_s);
    return row ? std::optional(row->instant(0)) : std::nullopt;
}

} // namespace naru::server
