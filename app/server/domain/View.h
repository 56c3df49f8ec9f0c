// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "protocol/CatalogueFields.h"
#include "server/api/Http.h"

namespace naru::server {

// Through whose eyes a record is read: tenant, actor letter, language of titles, and the moment that decides which offer is
// in force. A plain value.
struct View {
    std::optional<VendorId> vendor; // the tenant; empty = operator side
    char letter = 'O';
    QString lang = QStringLiteral("ko");
    Instant now{};

    bool sees(const VendorId& owner) const { return !vendor || *vendor == owner; }
    bool masksNames() const { return vendor.has_value(); }
};

View viewOf(const Request& request, Instant now);
// For payloads of the outbox: the operator's eyes, Korean titles.
inline View payloadView(Instant now) { View v; v.now = now; return v; }

// 422 body-invalid with one field; `field` is a JSON pointer below the body.
[[noreturn]] void refuseField(const QString& field, const char* code, const QString& message);
// "%text%" with the wildcards of LIKE escaped by "\".
QString likePattern(const QString& text);

// One keyset page over a query of rows (id, k), sorted by k and then id.
struct KeysetQuery {
    QString rows; // "SELECT … AS id, … AS k FROM … WHERE …"
    Params params;
    bool descending = false;
    bool textKey = false;
    QString after; // cursor
    int limit = 100;
};
struct KeysetPage {
    std::vector<QString> ids;
    QString next;
    int total = 0;
    bool totalIsLowerBound = false;
};
KeysetPage keysetPage(Connection& db, const KeysetQuery& query);

template <class T> Page<T> emptyPage(const KeysetPage& keys)
{
    Page<T> page;
    page.next = keys.next;
    page.total = keys.total;
    page.totalIsLowerBound = keys.totalIsLowerBound;
    page.items.reserve(keys.ids.size());
    return page;
}

} // namespace naru::server
