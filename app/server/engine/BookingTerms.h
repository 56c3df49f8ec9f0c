// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Waitlist.h"
#include "server/engine/Decide.h"
#include "server/engine/Views.h"

#include <map>
#include <set>

// What a product's bookings have to keep to beside the seats: how much one customer may have, how long an offer stands.
// Any connection for reading; changes on the writer thread.
namespace naru::server {

// The bits of the columns `special` of inventory_item and product; most items have none and are not asked any further.
namespace special {
inline constexpr int kKept = 1; // item: free seats are kept for a waiting party
inline constexpr int kOpening = 2; // item or product: an opening is planned or being drawn
inline constexpr int kLimited = 4; // product: a limit per customer
}

std::optional<BookingTerms> readBookingTerms(Connection& db, const ProductId& product, const ViewFor& who);
// The caller has compared the version. Throws ProblemError.
void setBookingTerms(Txn& txn, const BookingTerms& before, const BookingTermsPatch& patch);

// How much the customers of a batch have already of what is limited. Two queries for all of them; none without a limit.
class CustomerShares {
public:
    struct Limited {
        ItemId item;
        ProductId product;
    };
    // Lock::Yes: inside the writer's transaction, after the inventory rows are locked: what is counted stays true until the commit.
    // Lock::No: on any connection, as it stands at this moment.
    enum class Lock { No, Yes };
    void read(Connection& db, const std::vector<Limited>& items, const std::set<CustomerId>& customers, Lock lock = Lock::Yes);
    // The row's limit and its group (rows of one product, when the limit is the product's).
    void apply(StockRow& row) const;
    std::int64_t already(const CustomerId& customer, const ItemId& item) const;

private:
    struct Terms {
        ProductId product;
        std::int64_t limit = 0;
        LimitScope scope = LimitScope::Slot;
        std::size_t group = 0;
    };
    std::map<ItemId, Terms> m_terms;
    std::map<std::pair<CustomerId, ItemId>, std::int64_t> m_bySlot;
    std::map<std::pair<CustomerId, ProductId>, std::int64_t> m_byProduct;
};

} // namespace naru::server
