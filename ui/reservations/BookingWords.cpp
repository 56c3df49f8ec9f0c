// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/BookingWords.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {

QString say(const char* source, int n = -1) { return QCoreApplication::translate("BookingWords", source, nullptr, n); }

constexpr std::pair<const char*, const char*> kLedgerKinds[] = {
    {"received", QT_TRANSLATE_NOOP("BookingWords", "Received")},
    {"adjusted", QT_TRANSLATE_NOOP("BookingWords", "Adjusted")},
    {"held", QT_TRANSLATE_NOOP("BookingWords", "Held")},
    {"hold_released", QT_TRANSLATE_NOOP("BookingWords", "Hold released")},
    {"hold_expired", QT_TRANSLATE_NOOP("BookingWords", "Hold ran out")},
    {"allocated", QT_TRANSLATE_NOOP("BookingWords", "Sold")},
    {"released", QT_TRANSLATE_NOOP("BookingWords", "Given back")},
    {"shipped", QT_TRANSLATE_NOOP("BookingWords", "Shipped")},
    {"returned", QT_TRANSLATE_NOOP("BookingWords", "Returned")},
};

constexpr std::pair<const char*, const char*> kActions[] = {
    {"reservation.create", QT_TRANSLATE_NOOP("BookingWords", "Booked")},
    {"reservation.confirmed", QT_TRANSLATE_NOOP("BookingWords", "Confirmed")},
    {"reservation.move", QT_TRANSLATE_NOOP("BookingWords", "Moved")},
    {"reservation.cancel_requested", QT_TRANSLATE_NOOP("BookingWords", "Cancellation asked")},
    {"reservation.cancelled", QT_TRANSLATE_NOOP("BookingWords", "Cancelled")},
    {"reservation.checked_in", QT_TRANSLATE_NOOP("BookingWords", "Checked in")},
    {"reservation.no_show", QT_TRANSLATE_NOOP("BookingWords", "Did not come")},
    {"reservation.completed", QT_TRANSLATE_NOOP("BookingWords", "Completed")},
};

} // namespace

ChipSpec chipOf(WaitlistStatus s)
{
    switch (s) {
    case WaitlistStatus::Waiting: return {say(QT_TRANSLATE_NOOP("BookingWords", "Waiting")), "hourglass-split", Tone::Warning};
    case WaitlistStatus::Offered: return {say(QT_TRANSLATE_NOOP("BookingWords", "Offered")), "send", Tone::Info};
    case WaitlistStatus::Accepted: return {say(QT_TRANSLATE_NOOP("BookingWords", "Accepted")), "check2", Tone::Success};
    case WaitlistStatus::Expired: return {say(QT_TRANSLATE_NOOP("BookingWords", "Offer ran out")), "clock", Tone::Neutral};
    case WaitlistStatus::Withdrawn: return {say(QT_TRANSLATE_NOOP("BookingWords", "Left the list")), "slash-circle", Tone::Neutral};
    }
    return {};
}

ChipSpec chipOf(RefundStatus s)
{
    switch (s) {
    case RefundStatus::Requested: return {say(QT_TRANSLATE_NOOP("BookingWords", "Waits for approval")), "hourglass-split", Tone::Warning};
    case RefundStatus::Approved: return {say(QT_TRANSLATE_NOOP("BookingWords", "Approved")), "hand-thumbs-up", Tone::Info};
    case RefundStatus::Processing: return {say(QT_TRANSLATE_NOOP("BookingWords", "Being refunded")), "arrow-repeat", Tone::Info};
    case RefundStatus::Succeeded: return {say(QT_TRANSLATE_NOOP("BookingWords", "Refunded")), "check2", Tone::Success};
    case RefundStatus::Failed: return {say(QT_TRANSLATE_NOOP("BookingWords", "Refund failed")), "exclamation-triangle", Tone::Danger};
    case RefundStatus::Rejected: return {say(QT_TRANSLATE_NOOP("BookingWords", "Refund refused")), "x", Tone::Danger};
    }
    return {};
}

ChipSpec chipOf(PieceStatus s)
{
    switch (s) {
    case PieceStatus::Active: return {say(QT_TRANSLATE_NOOP("BookingWords", "Booked")), "check2", Tone::Success};
    case PieceStatus::Consumed: return {say(QT_TRANSLATE_NOOP("BookingWords", "Used")), "check-circle", Tone::Neutral};
    case PieceStatus::Released: return {say(QT_TRANSLATE_NOOP("BookingWords", "Given back")), "slash-circle", Tone::Neutral};
    }
    return {};
}

QString partyText(const AffectedParty& party)
{
    QStringList parts{party.code, party.customerName, QCoreApplication::translate("BookingWords", "%n seat(s)", nullptr, static_cast<int>(party.qty))};
    if (party.expiresAt)
        parts << say(QT_TRANSLATE_NOOP("BookingWords", "held until %1")).arg(timeOfDay(*party.expiresAt));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString choiceText(CapacityChoice choice)
{
    switch (choice) {
    case CapacityChoice::KeepOverbooked: return say(QT_TRANSLATE_NOOP("BookingWords", "Lower it and stay overbooked"));
    case CapacityChoice::StopSelling: return say(QT_TRANSLATE_NOOP("BookingWords", "Keep the seats, sell no more"));
    case CapacityChoice::CancelChosen: return say(QT_TRANSLATE_NOOP("BookingWords", "Cancel those ticked"));
    case CapacityChoice::LowerToSold: return say(QT_TRANSLATE_NOOP("BookingWords", "Lower it to what is sold"));
    }
    return {};
}

QString ledgerKindText(const QString& kind)
{
    for (const auto& known : kLedgerKinds)
        if (kind == QLatin1StringView(known.first))
            return say(known.second);
    return kind;
}

QString ledgerCauseText(const LedgerEntry& entry)
{
    QStringList parts;
    if (entry.cause == LedgerCause::Repair)
        parts << say(QT_TRANSLATE_NOOP("BookingWords", "Repair"));
    parts << entry.causeCode << entry.customerName;
    if (entry.cause == LedgerCause::Person || entry.cause == LedgerCause::Repair)
        parts << entry.actorName;
    parts << entry.reason;
    parts.removeAll(QString());
    return parts.isEmpty() ? actorText({}) : parts.join(u" · "_s);
}

QString figureChange(std::int64_t change)
{
    return change == 0 ? QString() : change > 0 ? u"+%1"_s.arg(change) : u"−%1"_s.arg(-change);
}

QString driftKindText(DriftKind kind)
{
    switch (kind) {
    case DriftKind::Counter: return say(QT_TRANSLATE_NOOP("BookingWords", "The figure is not the sum of its rows"));
    case DriftKind::Sequence: return say(QT_TRANSLATE_NOOP("BookingWords", "A row is missing in the numbering"));
    case DriftKind::Holds: return say(QT_TRANSLATE_NOOP("BookingWords", "Held is not the sum of the open holds"));
    case DriftKind::Allocations: return say(QT_TRANSLATE_NOOP("BookingWords", "Sold is not the sum of the open allocations"));
    case DriftKind::HoldRows: return say(QT_TRANSLATE_NOOP("BookingWords", "The rows of a hold do not add up"));
    case DriftKind::ReservationRows: return say(QT_TRANSLATE_NOOP("BookingWords", "A reservation has other seats than its state says"));
    }
    return {};
}

QString driftText(const StockDrift& drift)
{
    QStringList kinds;
    for (const auto kind : drift.kinds)
        kinds << driftKindText(kind);
    return kinds.join(u" · "_s);
}

QString percentText(int bps)
{
    return bps % 100 == 0 ? u"%1%"_s.arg(bps / 100) : u"%1%"_s.arg(static_cast<double>(bps) / 100, 0, 'f', bps % 10 == 0 ? 1 : 2);
}

QString noticeText(int hours)
{
    return hours % 24 == 0 && hours > 0 ? say(QT_TRANSLATE_NOOP("BookingWords", "%1 d")).arg(hours / 24) : say(QT_TRANSLATE_NOOP("BookingWords", "%1 h")).arg(hours);
}

QString tierText(const CancellationTier& tier)
{
    auto text = tier.minHoursBefore == 0 ? say(QT_TRANSLATE_NOOP("BookingWords", "%1 until the start")).arg(percentText(tier.refundBps))
                                         : say(QT_TRANSLATE_NOOP("BookingWords", "%1 until %2 before")).arg(percentText(tier.refundBps), noticeText(tier.minHoursBefore));
    if (tier.feeMinor > 0)
        text += u' ' + say(QT_TRANSLATE_NOOP("BookingWords", "less %1")).arg(formatMoney({tier.feeMinor, tier.currency}));
    return text;
}

QString roleWord(const QString& wireRole)
{
    static constexpr std::pair<const char*, Role> kRoles[] = {{"staff", Role::Staff}, {"vendor_manager", Role::VendorManager}, {"vendor_member", Role::VendorMember},
        {"support_agent", Role::SupportAgent}, {"admin", Role::Admin}, {"channel", Role::Channel}};
    for (const auto& known : kRoles)
        if (wireRole == QLatin1StringView(known.first))
            return roleText(known.second);
    return wireRole == "customer"_L1 ? actorText(u"C"_s) : actorText({});
}

QString historyText(const HistoryEntry& entry)
{
    QString what;
    for (const auto& known : kActions)
        if (entry.action == QLatin1StringView(known.first))
            what = say(known.second);
    if (what.isEmpty())
        what = stateWord(entry.toState);
    if (!entry.before.isEmpty() || !entry.after.isEmpty())
        what += u": %1 → %2"_s.arg(entry.before, entry.after);
    return what;
}

} // namespace naru::ui
