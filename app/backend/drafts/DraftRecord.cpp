// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/drafts/DraftRecord.h"

#include <QCborArray>
#include <QtEndian>
#include <cstring>

namespace naru::backend {

namespace {

constexpr char kMark[] = {'N', 'D', 'R', '1'};
constexpr quint32 kMostBytes = 16 << 20;
constexpr int kFrom = 7; // member of the list

QByteArray packed(const DraftKey& key, const Draft* draft, const QByteArray& from)
{
    QCborArray a{key.place, key.entityId};
    if (draft) {
        a.append(draft->title);
        a.append(qint64(draft->baseVersion));
        a.append(draft->content);
        a.append(draft->changes);
        a.append(qint64(toUnixMs(draft->changedAt)));
        if (!from.isEmpty())
            a.append(from);
    }
    return QCborValue(a).toCbor();
}

} // namespace

QByteArrayView recordMark() { return {kMark, sizeof(kMark)}; }

QByteArray sealedRecord(const DraftSeal& seal, quint64 sequence, const DraftKey& key, const Draft* draft, const QByteArray& from)
{
    const QByteArray plain = packed(key, draft, from);
    QByteArray head(kRecordHead, Qt::Uninitialized);
    std::memcpy(head.data(), kMark, sizeof(kMark));
    qToLittleEndian<quint32>(static_cast<quint32>(plain.size() + DraftSeal::kOverhead), head.data() + 4);
    qToLittleEndian<quint64>(sequence, head.data() + 8);
    const QByteArray sealed = seal.seal(plain, head);
    return sealed.isEmpty() ? QByteArray() : head + sealed;
}

std::optional<DraftRecord> openedRecord(const DraftSeal& seal, const QByteArray& all, qint64 at, quint64 after)
{
    if (all.size() - at < kRecordHead + DraftSeal::kOverhead || std::memcmp(all.constData() + at, kMark, sizeof(kMark)) != 0)
        return std::nullopt;
    const quint32 length = qFromLittleEndian<quint32>(all.constData() + at + 4);
    const quint64 sequence = qFromLittleEndian<quint64>(all.constData() + at + 8);
    if (length > kMostBytes || at + kRecordHead + qint64(length) > all.size() || sequence <= after)
        return std::nullopt;
    const auto plain = seal.open(all.mid(at + kRecordHead, length), all.mid(at, kRecordHead));
    if (!plain)
        return std::nullopt;
    const QCborArray a = QCborValue::fromCbor(*plain).toArray();
    DraftRecord record{{a.at(0).toString(), a.at(1).toString()}, {}, {}, sequence, kRecordHead + qint64(length)};
    if (a.size() > 2) {
        record.draft = Draft{record.key.place, record.key.entityId, a.at(2).toString(), a.at(3).toInteger(), a.at(4).toByteArray(), static_cast<int>(a.at(5).toInteger()), fromUnixMs(a.at(6).toInteger())};
        record.from = a.at(kFrom).toByteArray();
    }
    return record;
}

} // namespace naru::backend
