// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Connection.h"

namespace naru::server {

// What was published, as it lies in the store: the events of one transaction share rows of `outbox_page`, each a JSON array of
// [topic, vendor or null, entity type, entity id, entity version, payload]; their numbers run on from the row's first. The view `outbox`
// shows them one by one, for rules and people; whoever follows them reads whole pages here. Any thread, with its own connection.

struct OutboxRow {
    std::string topic;
    std::optional<VendorId> vendor;
    std::string entityType;
    Id128 entity;
    std::string payload; // JSON
    std::int64_t version = 0; // of the entity
    Instant at{};
};

// An event with its number.
struct OutboxEvent {
    std::int64_t seq = 0;
    std::string topic;
    std::optional<VendorId> vendor;
    Id128 entity;
    std::string payload;
};

constexpr std::size_t kMostEventsOfPage = 256;
// The channel of PostgreSQL on which a commit tells every server the newest outbox number, and after a space the name of the server it is of.
inline constexpr char kCommitChannel[] = "naru_outbox";

// Writes the rows with the numbers after `seq`, raises it, and appends them to `published`. `journalSeq`: the newest entry of the journal. The rows are moved from.
void writePages(Connection& db, std::vector<OutboxRow>& rows, std::int64_t journalSeq, std::int64_t& seq, std::vector<OutboxEvent>& published);

// Takes away pages that are older than kEventsKept, from the first on and a limited number: to be called now and then by whoever publishes.
constexpr std::chrono::hours kEventsKept{7 * 24};
void trimPages(Connection& db, Instant now);

std::int64_t newestEvent(Connection& db); // 0: none
// The number before the first event of which all later ones are there, and that is not before `floor`.
std::int64_t eventsBegin(Connection& db, std::int64_t floor);
// What a page says is no such list, or not of as many events as it is numbered for.
class UnreadablePage : public StoreError {
public:
    UnreadablePage(std::int64_t first, std::int64_t last);
    std::int64_t last = 0; // of its events: whoever goes on goes on after it
};
// In order from `after` (exclusive) on, some hundreds at a time; at least as far as `upTo`, if they are there. Throws StoreError, UnreadablePage.
std::vector<OutboxEvent> readEvents(Connection& db, std::int64_t after, std::int64_t upTo);
// When the newest was published.
std::optional<Instant> newestEventAt(Connection& db);

} // namespace naru::server
