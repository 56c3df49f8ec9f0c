// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Enums.h"
#include "ui/theme/Paint.h"

#include "core/Time.h"

// Words, icons and tones of states; dates and spans for people. UI thread.
namespace naru::ui {

ChipSpec chipOf(ProductStatus s);
ChipSpec chipOf(ProductKind k);
ChipSpec chipOf(VendorOrderStatus s);
ChipSpec chipOf(PaymentStatus s);
ChipSpec chipOf(TicketStatus s);
ChipSpec chipOf(ReservationStatus s);
QString refusalText(Refusal r); // "매진", with what to do in refusalHint
QString refusalHint(Refusal r);
QString roleText(Role r);
QString actorText(const QString& letter); // S → 시스템 …
QString stateWord(const QString& machineWireState); // any machine's wire name → word

QString shortSpan(std::chrono::seconds left); // "4분", "2시간", "3일"; "12 min" …
QString minuteSecond(std::chrono::seconds left); // "29:41"
QString dayText(const QString& isoDate); // "11/22", weekday separately
QString weekdayText(const QString& isoDate); // "일" / "Sun"
QString timeOfDay(Instant t); // "14:02" in the display zone (Asia/Seoul)
QString dateTimeText(Instant t); // "11/22 14:02"
QString dueText(Instant due, Instant now); // "오늘 14:32 · 12분 남음"

} // namespace naru::ui
