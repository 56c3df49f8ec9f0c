// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <string>

namespace naru::backend {

// Numbers stand in the cache file: add at the end only.
enum class EntityKind { None, Product, VendorOrder, Ticket, Hold, Reservation, Vendor, WaitlistEntry, Opening, SlotRule };

// What the cache does with the answer of a read.
struct CacheUse {
    enum class Shape {
        None,
        Whole, // kept as it came
        List, // a Page of entities: kept as ids, so that events keep it current
        Detail, // an object whose member `card` is an entity
    };
    Shape shape = Shape::None;
    EntityKind kind = EntityKind::None;
    const char* card = nullptr; // "" when the object is the entity itself
    bool takesNew = false; // an unfiltered first page: entities seen for the first time join it
    int most = 200; // rows of a list
};

// An entity as it goes into the cache.
struct EntityRow {
    EntityKind kind = EntityKind::None;
    QString id;
    std::int64_t version = 0;
    std::string json;
};

} // namespace naru::backend
