// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/StateText.h"

#include <QCoreApplication>
#include <QDate>
#include <QTimeZone>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

QString say(const char* source, int n = -1) { return QCoreApplication::translate("StateText", source, nullptr, n); }

struct Look {
    const char* text;
    const char* icon;
    Tone tone;
};

ChipSpec chip(const Look& look) { return {say(look.text), look.icon, look.tone}; }

QTimeZone displayZone()
{
    static const QTimeZone zone = [] {
        const QTimeZone seoul("Asia/Seoul");
        return seoul.isValid() ? seoul : QTimeZone(9 * 3600);
    }();
    return zone;
}

QDateTime local(Instant t) { return QDateTime::fromMSecsSinceEpoch(toUnixMs(t), displayZone()); }

// Words of states, once for chips and once for time lines: index = declaration order of the enumeration.
constexpr Look kProductLooks[] = {
    {QT_TRANSLATE_NOOP("StateText", "Draft"), "pencil", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "In review"), "hourglass-split", Tone::Warning},
    {QT_TRANSLATE_NOOP("StateText", "Rejected"), "x", Tone::Danger},
    {QT_TRANSLATE_NOOP("StateText", "Approved"), "hand-thumbs-up", Tone::Info},
    {QT_TRANSLATE_NOOP("StateText", "Scheduled"), "clock", Tone::Info},
    {QT_TRANSLATE_NOOP("StateText", "On sale"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("StateText", "Paused"), "pause", Tone::Warning},
    {QT_TRANSLATE_NOOP("StateText", "Discontinued"), "slash-circle", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Archived"), "archive", Tone::Neutral},
};
constexpr Look kVendorOrderLooks[] = {
    {QT_TRANSLATE_NOOP("StateText", "To accept"), "clock", Tone::Warning},
    {QT_TRANSLATE_NOOP("StateText", "Accepted"), "check2", Tone::Info},
    {QT_TRANSLATE_NOOP("StateText", "Preparing"), "box-seam", Tone::Info},
    {QT_TRANSLATE_NOOP("StateText", "Partly shipped"), "truck", Tone::Accent},
    {QT_TRANSLATE_NOOP("StateText", "Shipped"), "truck", Tone::Accent},
    {QT_TRANSLATE_NOOP("StateText", "Delivered"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("StateText", "Closed"), "archive", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Refused"), "x", Tone::Danger},
    {QT_TRANSLATE_NOOP("StateText", "Cancelled"), "slash-circle", Tone::Neutral},
};
constexpr Look kPaymentLooks[] = {
    {QT_TRANSLATE_NOOP("StateText", "Payment due"), "credit-card", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Paying"), "hourglass-split", Tone::Info},
    {QT_TRANSLATE_NOOP("StateText", "Payment authorised"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("StateText", "Partly captured"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("StateText", "Captured"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("StateText", "Payment failed"), "x", Tone::Danger},
    {QT_TRANSLATE_NOOP("StateText", "Authorisation voided"), "slash-circle", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Payment expired"), "clock", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Partly refunded"), "arrow-counterclockwise", Tone::Warning},
    {QT_TRANSLATE_NOOP("StateText", "Refunded"), "arrow-counterclockwise", Tone::Neutral},
};
constexpr Look kTicketLooks[] = {
    {QT_TRANSLATE_NOOP("StateText", "Queued"), "hourglass-split", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Deciding"), "hourglass-split", Tone::Info},
    {QT_TRANSLATE_NOOP("StateText", "Held"), "clock", Tone::Info},
    {QT_TRANSLATE_NOOP("StateText", "Confirmed"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("StateText", "Waiting list"), "clock", Tone::Warning},
    {QT_TRANSLATE_NOOP("StateText", "Refused"), "x", Tone::Danger},
    {QT_TRANSLATE_NOOP("StateText", "Expired"), "clock", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Cancelled"), "slash-circle", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Failed"), "exclamation-triangle", Tone::Danger},
};
constexpr Look kReservationLooks[] = {
    {QT_TRANSLATE_NOOP("StateText", "Pending"), "hourglass-split", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Confirmed"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("StateText", "Cancellation asked"), "clock", Tone::Warning},
    {QT_TRANSLATE_NOOP("StateText", "Cancelled"), "slash-circle", Tone::Neutral},
    {QT_TRANSLATE_NOOP("StateText", "Checked in"), "door-open", Tone::Accent},
    {QT_TRANSLATE_NOOP("StateText", "No-show"), "x", Tone::Danger},
    {QT_TRANSLATE_NOOP("StateText", "Completed"), "check-circle", Tone::Success},
    {QT_TRANSLATE_NOOP("StateText", "Expired"), "clock", Tone::Neutral},
};

// Time lines carry wire names of any machine.
constexpr std::pair<const char*, const char*> kWords[] = {
    {"draft", QT_TRANSLATE_NOOP("StateText", "Draft")},
    {"in_review", QT_TRANSLATE_NOOP("StateText", "In review")},
    {"rejected", QT_TRANSLATE_NOOP("StateText", "Rejected")},
    {"approved", QT_TRANSLATE_NOOP("StateText", "Approved")},
    {"scheduled", QT_TRANSLATE_NOOP("StateText", "Scheduled")},
    {"active", QT_TRANSLATE_NOOP("StateText", "On sale")},
    {"paused", QT_TRANSLATE_NOOP("StateText", "Paused")},
    {"discontinued", QT_TRANSLATE_NOOP("StateText", "Discontinued")},
    {"archived", QT_TRANSLATE_NOOP("StateText", "Archived")},
    {"pending_stock", QT_TRANSLATE_NOOP("StateText", "Stock being reserved")},
    {"pending_payment", QT_TRANSLATE_NOOP("StateText", "Payment due")},
    {"placed", QT_TRANSLATE_NOOP("StateText", "Order placed")},
    {"in_fulfilment", QT_TRANSLATE_NOOP("StateText", "In fulfilment")},
    {"completed", QT_TRANSLATE_NOOP("StateText", "Completed")},
    {"cancelled", QT_TRANSLATE_NOOP("StateText", "Cancelled")},
    {"expired", QT_TRANSLATE_NOOP("StateText", "Expired")},
    {"awaiting_acceptance", QT_TRANSLATE_NOOP("StateText", "To accept")},
    {"accepted", QT_TRANSLATE_NOOP("StateText", "Accepted")},
    {"preparing", QT_TRANSLATE_NOOP("StateText", "Preparing")},
    {"partially_shipped", QT_TRANSLATE_NOOP("StateText", "Partly shipped")},
    {"shipped", QT_TRANSLATE_NOOP("StateText", "Shipped")},
    {"delivered", QT_TRANSLATE_NOOP("StateText", "Delivered")},
    {"closed", QT_TRANSLATE_NOOP("StateText", "Closed")},
    {"refused", QT_TRANSLATE_NOOP("StateText", "Refused")},
    {"created", QT_TRANSLATE_NOOP("StateText", "Created")},
    {"processing", QT_TRANSLATE_NOOP("StateText", "In progress")},
    {"authorised", QT_TRANSLATE_NOOP("StateText", "Payment authorised")},
    {"partially_captured", QT_TRANSLATE_NOOP("StateText", "Partly captured")},
    {"captured", QT_TRANSLATE_NOOP("StateText", "Captured")},
    {"failed", QT_TRANSLATE_NOOP("StateText", "Failed")},
    {"voided", QT_TRANSLATE_NOOP("StateText", "Authorisation voided")},
    {"partially_refunded", QT_TRANSLATE_NOOP("StateText", "Partly refunded")},
    {"refunded", QT_TRANSLATE_NOOP("StateText", "Refunded")},
    {"queued", QT_TRANSLATE_NOOP("StateText", "Queued")},
    {"held", QT_TRANSLATE_NOOP("StateText", "Held")},
    {"confirmed", QT_TRANSLATE_NOOP("StateText", "Confirmed")},
    {"waitlisted", QT_TRANSLATE_NOOP("StateText", "Waiting list")},
    {"converted", QT_TRANSLATE_NOOP("StateText", "Confirmed")},
    {"released", QT_TRANSLATE_NOOP("StateText", "Released")},
    {"pending", QT_TRANSLATE_NOOP("StateText", "Pending")},
    {"cancel_requested", QT_TRANSLATE_NOOP("StateText", "Cancellation asked")},
    {"checked_in", QT_TRANSLATE_NOOP("StateText", "Checked in")},
    {"no_show", QT_TRANSLATE_NOOP("StateText", "No-show")},
};

constexpr const char* kWeekdays[] = {
    QT_TRANSLATE_NOOP("StateText", "Mon"), QT_TRANSLATE_NOOP("StateText", "Tue"), QT_TRANSLATE_NOOP("StateText", "Wed"),
    QT_TRANSLATE_NOOP("StateText", "Thu"), QT_TRANSLATE_NOOP("StateText", "Fri"), QT_TRANSLATE_NOOP("StateText", "Sat"),
    QT_TRANSLATE_NOOP("StateText", "Sun"),
};

} // namespace

ChipSpec chipOf(ProductStatus s) { return chip(kProductLooks[static_cast<int>(s)]); }
ChipSpec chipOf(VendorOrderStatus s) { return chip(kVendorOrderLooks[static_cast<int>(s)]); }
ChipSpec chipOf(PaymentStatus s) { return chip(kPaymentLooks[static_cast<int>(s)]); }
ChipSpec chipOf(TicketStatus s) { return chip(kTicketLooks[static_cast<int>(s)]); }
ChipSpec chipOf(ReservationStatus s) { return chip(kReservationLooks[static_cast<int>(s)]); }

ChipSpec chipOf(ProductKind k)
{
    return k == ProductKind::Reservation ? ChipSpec{say(QT_TRANSLATE_NOOP("StateText", "Reservation")), "calendar-week", Tone::Accent}
                                         : ChipSpec{say(QT_TRANSLATE_NOOP("StateText", "Live sale")), "lightning-charge", Tone::Info};
}

QString refusalText(Refusal r)
{
    switch (r) {
    case Refusal::SoldOut: return say(QT_TRANSLATE_NOOP("StateText", "Sold out"));
    case Refusal::HeldByOthers: return say(QT_TRANSLATE_NOOP("StateText", "Held by others"));
    case Refusal::Closed: return say(QT_TRANSLATE_NOOP("StateText", "Sales closed"));
    case Refusal::CutoffPassed: return say(QT_TRANSLATE_NOOP("StateText", "Too late"));
    case Refusal::LimitPerCustomer: return say(QT_TRANSLATE_NOOP("StateText", "Limit per person"));
    case Refusal::PriceChanged: return say(QT_TRANSLATE_NOOP("StateText", "Price changed"));
    case Refusal::PieceUnavailable: return say(QT_TRANSLATE_NOOP("StateText", "Part missing"));
    case Refusal::QueueFull: return say(QT_TRANSLATE_NOOP("StateText", "Queue full"));
    case Refusal::GaveUp: return say(QT_TRANSLATE_NOOP("StateText", "Gave up"));
    }
    return {};
}

QString refusalHint(Refusal r)
{
    switch (r) {
    case Refusal::SoldOut: return say(QT_TRANSLATE_NOOP("StateText", "Offer another date, or raise the capacity."));
    case Refusal::HeldByOthers: return say(QT_TRANSLATE_NOOP("StateText", "Try again when the first hold ends."));
    case Refusal::Closed: return say(QT_TRANSLATE_NOOP("StateText", "Open the slot again to sell it."));
    case Refusal::CutoffPassed: return say(QT_TRANSLATE_NOOP("StateText", "Choose a later start."));
    case Refusal::LimitPerCustomer: return say(QT_TRANSLATE_NOOP("StateText", "The customer already has as many as allowed."));
    case Refusal::PriceChanged: return say(QT_TRANSLATE_NOOP("StateText", "Ask again with the new price."));
    case Refusal::PieceUnavailable: return say(QT_TRANSLATE_NOOP("StateText", "One piece has no room; nothing was booked."));
    case Refusal::QueueFull: return say(QT_TRANSLATE_NOOP("StateText", "Too many requests at once; ask again shortly."));
    case Refusal::GaveUp: return say(QT_TRANSLATE_NOOP("StateText", "The request waited too long; nothing was booked."));
    }
    return {};
}

QString roleText(Role r)
{
    switch (r) {
    case Role::Staff: return say(QT_TRANSLATE_NOOP("StateText", "Operations"));
    case Role::VendorManager: return say(QT_TRANSLATE_NOOP("StateText", "Vendor manager"));
    case Role::VendorMember: return say(QT_TRANSLATE_NOOP("StateText", "Vendor member"));
    case Role::SupportAgent: return say(QT_TRANSLATE_NOOP("StateText", "Customer support"));
    case Role::Admin: return say(QT_TRANSLATE_NOOP("StateText", "Administrator"));
    case Role::Channel: return say(QT_TRANSLATE_NOOP("StateText", "Sales channel"));
    }
    return {};
}

QString actorText(const QString& letter)
{
    const char16_t c = letter.isEmpty() ? u'S' : letter.at(0).unicode();
    switch (c) {
    case u'C': return say(QT_TRANSLATE_NOOP("StateText", "Customer"));
    case u'V': return say(QT_TRANSLATE_NOOP("StateText", "Vendor"));
    case u'U': return say(QT_TRANSLATE_NOOP("StateText", "Customer support"));
    case u'O': return say(QT_TRANSLATE_NOOP("StateText", "Operations"));
    case u'A': return say(QT_TRANSLATE_NOOP("StateText", "Administrator"));
    default: return say(QT_TRANSLATE_NOOP("StateText", "System"));
    }
}

QString stateWord(const QString& machineWireState)
{
    for (const auto& word : kWords)
        if (machineWireState == QLatin1StringView(word.first))
            return say(word.second);
    return machineWireState;
}

QString shortSpan(std::chrono::seconds left)
{
    const auto s = static_cast<int>(std::clamp<std::int64_t>(left.count(), -8640000, 8640000));
    const int abs = qAbs(s);
    QString text;
    if (abs < 60)
        text = say(QT_TRANSLATE_NOOP("StateText", "%1 s")).arg(abs);
    else if (abs < 3600)
        text = say(QT_TRANSLATE_NOOP("StateText", "%1 min")).arg(abs / 60);
    else if (abs < 48 * 3600)
        text = say(QT_TRANSLATE_NOOP("StateText", "%1 h")).arg(abs / 3600);
    else
        text = say(QT_TRANSLATE_NOOP("StateText", "%1 d")).arg(abs / 86400);
    return s < 0 ? say(QT_TRANSLATE_NOOP("StateText", "%1 over")).arg(text) : text;
}

QString minuteSecond(std::chrono::seconds left)
{
    const std::int64_t s = std::max<std::int64_t>(left.count(), 0);
    return u"%1:%2"_s.arg(s / 60).arg(s % 60, 2, 10, QLatin1Char('0'));
}

QString dayText(const QString& isoDate)
{
    const QDate d = QDate::fromString(isoDate, Qt::ISODate);
    return d.isValid() ? u"%1/%2"_s.arg(d.month()).arg(d.day()) : isoDate;
}

QString weekdayText(const QString& isoDate)
{
    const QDate d = QDate::fromString(isoDate, Qt::ISODate);
    return d.isValid() ? say(kWeekdays[d.dayOfWeek() - 1]) : QString();
}

QString timeOfDay(Instant t) { return local(t).toString(u"HH:mm"_s); }

QString dateTimeText(Instant t) { return local(t).toString(u"M/d HH:mm"_s); }

QString dueText(Instant due, Instant now)
{
    const QDateTime at = local(due);
    const qint64 days = local(now).date().daysTo(at.date());
    const QString clock = at.toString(u"HH:mm"_s);
    const QString when = days == 0 ? say(QT_TRANSLATE_NOOP("StateText", "today %1")).arg(clock)
        : days == 1                ? say(QT_TRANSLATE_NOOP("StateText", "tomorrow %1")).arg(clock)
        : days == -1               ? say(QT_TRANSLATE_NOOP("StateText", "yesterday %1")).arg(clock)
                                   : dateTimeText(due);
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(due - now);
    if (left.count() < 0)
        return u"%1 · %2"_s.arg(when, shortSpan(left));
    return say(QT_TRANSLATE_NOOP("StateText", "%1 · %2 left")).arg(when, shortSpan(left));
}

} // namespace naru::ui
