// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/DraftService.h"
#include "backend/drafts/DraftSeal.h"

#include <tuple>

namespace naru::backend {

// Which editor a draft belongs to.
struct DraftKey {
    QString place;
    QString entityId;
    friend bool operator<(const DraftKey& a, const DraftKey& b) { return std::tie(a.place, a.entityId) < std::tie(b.place, b.entityId); }
    friend bool operator==(const DraftKey&, const DraftKey&) = default;
};

// One sealed record, as it lies on a disk and as it is handed over: "NDR1", length of the sealed part (4 bytes), number (8 bytes), sealed part. The first
// sixteen bytes are authenticated with it. Any thread.
struct DraftRecord {
    DraftKey key;
    std::optional<Draft> draft; // nothing: it ended
    QByteArray from; // digest of the draft this one goes on from, which lay on another computer; empty: it began here
    quint64 sequence = 0;
    qint64 length = 0; // in bytes, all of it
};

constexpr qint64 kRecordHead = 16;
QByteArrayView recordMark(); // how each begins
// Empty: no entropy.
QByteArray sealedRecord(const DraftSeal& seal, quint64 sequence, const DraftKey& key, const Draft* draft, const QByteArray& from = {});
// The record that begins at `at` with a number above `after`; nothing: none opens here.
std::optional<DraftRecord> openedRecord(const DraftSeal& seal, const QByteArray& all, qint64 at, quint64 after);

} // namespace naru::backend
