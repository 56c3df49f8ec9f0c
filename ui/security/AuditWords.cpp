// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/AuditWords.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include "core/Money.h"
#include "ui/security/SecurityWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr qsizetype kMostParts = 6;
const QStringList kMachines{u"product"_s, u"order"_s, u"vendor_order"_s, u"payment"_s, u"ticket"_s, u"hold"_s, u"reservation"_s, u"refund"_s};

QString say(const char* source) { return QCoreApplication::translate("AuditWords", source); }

using Pair = std::pair<const char*, const char*>;
constexpr Pair kActions[] = {
    {"auth.signin.ok", QT_TRANSLATE_NOOP("AuditWords", "Password accepted")},
    {"auth.signin.failed", QT_TRANSLATE_NOOP("AuditWords", "Sign-in failed")},
    {"auth.signin.throttled", QT_TRANSLATE_NOOP("AuditWords", "Sign-in slowed down")},
    {"auth.signin.shed", QT_TRANSLATE_NOOP("AuditWords", "Sign-in turned away: too many at once")},
    {"auth.session.opened", QT_TRANSLATE_NOOP("AuditWords", "Signed in")},
    {"auth.session.displaced", QT_TRANSLATE_NOOP("AuditWords", "Ended by a sign-in elsewhere")},
    {"auth.session.expired", QT_TRANSLATE_NOOP("AuditWords", "Session expired")},
    {"auth.session.expired_idle", QT_TRANSLATE_NOOP("AuditWords", "Session expired unused")},
    {"auth.session.expired_abs", QT_TRANSLATE_NOOP("AuditWords", "Session's longest time over")},
    {"auth.session.ended", QT_TRANSLATE_NOOP("AuditWords", "Session ended")},
    {"auth.session.signed_out", QT_TRANSLATE_NOOP("AuditWords", "Signed out")},
    {"auth.session.revoked", QT_TRANSLATE_NOOP("AuditWords", "Session ended by an administrator")},
    {"auth.session.restricted", QT_TRANSLATE_NOOP("AuditWords", "Session limited to reading")},
    {"auth.session.restored", QT_TRANSLATE_NOOP("AuditWords", "Limit to reading lifted")},
    {"auth.handover.stored", QT_TRANSLATE_NOOP("AuditWords", "Unsaved work left for another computer")},
    {"auth.handover.taken", QT_TRANSLATE_NOOP("AuditWords", "Unsaved work taken to another computer")},
    {"auth.handover.dropped", QT_TRANSLATE_NOOP("AuditWords", "Unsaved work for another computer deleted")},
    {"auth.refresh.reuse", QT_TRANSLATE_NOOP("AuditWords", "Old sign-in used again")},
    {"auth.dpop.failed", QT_TRANSLATE_NOOP("AuditWords", "Proof of the device refused")},
    {"auth.stepup.ok", QT_TRANSLATE_NOOP("AuditWords", "Extra verification passed")},
    {"auth.stepup.failed", QT_TRANSLATE_NOOP("AuditWords", "Extra verification failed")},
    {"auth.device.registered", QT_TRANSLATE_NOOP("AuditWords", "Device registered")},
    {"auth.device.approved", QT_TRANSLATE_NOOP("AuditWords", "Device approved")},
    {"auth.device.declined", QT_TRANSLATE_NOOP("AuditWords", "Device declined")},
    {"auth.device.renamed", QT_TRANSLATE_NOOP("AuditWords", "Device renamed")},
    {"auth.device.changed", QT_TRANSLATE_NOOP("AuditWords", "Device changed")},
    {"auth.device.suspended", QT_TRANSLATE_NOOP("AuditWords", "Device suspended")},
    {"auth.device.activated", QT_TRANSLATE_NOOP("AuditWords", "Device allowed again")},
    {"auth.device.revoked", QT_TRANSLATE_NOOP("AuditWords", "Device removed")},
    {"auth.device.posture", QT_TRANSLATE_NOOP("AuditWords", "Device reported its state")},
    {"auth.rule.fired", QT_TRANSLATE_NOOP("AuditWords", "Rule fired")},
    {"auth.conflict.opened", QT_TRANSLATE_NOOP("AuditWords", "Session conflict opened")},
    {"auth.conflict.reported", QT_TRANSLATE_NOOP("AuditWords", "“This was not me”")},
    {"auth.conflict.taken", QT_TRANSLATE_NOOP("AuditWords", "Session conflict taken")},
    {"auth.conflict.decided", QT_TRANSLATE_NOOP("AuditWords", "Session conflict decided")},
    {"auth.conflict.escalated", QT_TRANSLATE_NOOP("AuditWords", "Session conflict escalated")},
    {"auth.conflict.expired", QT_TRANSLATE_NOOP("AuditWords", "Session conflict not reviewed")},
    {"auth.conflict.confirmed", QT_TRANSLATE_NOOP("AuditWords", "Lock confirmed by a second person")},
    {"auth.conflict.lock_asked", QT_TRANSLATE_NOOP("AuditWords", "Lock asked for in a conflict")},
    {"auth.conflict.raised", QT_TRANSLATE_NOOP("AuditWords", "Session conflict graver")},
    {"auth.device.approval_asked", QT_TRANSLATE_NOOP("AuditWords", "Device approved once, a second person has to")},
    {"auth.device.asked", QT_TRANSLATE_NOOP("AuditWords", "Device asks for approval")},
    {"auth.device.refused", QT_TRANSLATE_NOOP("AuditWords", "Device declined")},
    {"auth.device.reactivated", QT_TRANSLATE_NOOP("AuditWords", "Device allowed again")},
    {"auth.account.lock_asked", QT_TRANSLATE_NOOP("AuditWords", "Lock of an account asked for")},
    {"auth.factor.reset", QT_TRANSLATE_NOOP("AuditWords", "Factors reset")},
    {"auth.key.revoked", QT_TRANSLATE_NOOP("AuditWords", "Signing key withdrawn")},
    {"auth.signin.closed", QT_TRANSLATE_NOOP("AuditWords", "Sign-in to a closed account refused")},
    {"auth.policy.changed", QT_TRANSLATE_NOOP("AuditWords", "Session policy changed")},
    {"auth.mode.changed", QT_TRANSLATE_NOOP("AuditWords", "Sign-in service changed its mode")},
    {"auth.key.rotated", QT_TRANSLATE_NOOP("AuditWords", "Signing key replaced")},
    {"auth.account.created", QT_TRANSLATE_NOOP("AuditWords", "Account made")},
    {"auth.account.locked", QT_TRANSLATE_NOOP("AuditWords", "Account locked")},
    {"auth.account.unlocked", QT_TRANSLATE_NOOP("AuditWords", "Account unlocked")},
    {"auth.revocation.asked", QT_TRANSLATE_NOOP("AuditWords", "Revocation asked for")},
    {"auth.revocation.done", QT_TRANSLATE_NOOP("AuditWords", "Revoked everywhere")},
    {"auth.password.changed", QT_TRANSLATE_NOOP("AuditWords", "Password changed")},
    {"auth.totp.enrolled", QT_TRANSLATE_NOOP("AuditWords", "Code generator set up")},
    {"auth.totp.removed", QT_TRANSLATE_NOOP("AuditWords", "Code generator removed")},
    {"auth.recovery.made", QT_TRANSLATE_NOOP("AuditWords", "Recovery codes made")},
    {"auth.factors.reset", QT_TRANSLATE_NOOP("AuditWords", "Factors reset")},
    {"order.created", QT_TRANSLATE_NOOP("AuditWords", "Order placed")},
    {"vendor_order.created", QT_TRANSLATE_NOOP("AuditWords", "Order passed to the vendor")},
    {"payment.reported", QT_TRANSLATE_NOOP("AuditWords", "Payment reported")},
    {"refund.requested", QT_TRANSLATE_NOOP("AuditWords", "Refund requested")},
    {"product.created", QT_TRANSLATE_NOOP("AuditWords", "Product made")},
    {"product.edited", QT_TRANSLATE_NOOP("AuditWords", "Product changed")},
    {"product.policy", QT_TRANSLATE_NOOP("AuditWords", "Cancellation terms of a product changed")},
    {"product.booking_terms", QT_TRANSLATE_NOOP("AuditWords", "Booking terms of a product changed")},
    {"offer.changed", QT_TRANSLATE_NOOP("AuditWords", "Price or offer changed")},
    {"stock.set", QT_TRANSLATE_NOOP("AuditWords", "Stock set")},
    {"stock.adjust", QT_TRANSLATE_NOOP("AuditWords", "Stock adjusted")},
    {"stock.repaired", QT_TRANSLATE_NOOP("AuditWords", "Stock repaired")},
    {"slots.opened", QT_TRANSLATE_NOOP("AuditWords", "Slots opened")},
    {"slot.created", QT_TRANSLATE_NOOP("AuditWords", "Slot made")},
    {"slot.past", QT_TRANSLATE_NOOP("AuditWords", "Slot is over")},
    {"slot_rule.created", QT_TRANSLATE_NOOP("AuditWords", "Slot rule made")},
    {"slot_rule.changed", QT_TRANSLATE_NOOP("AuditWords", "Slot rule changed")},
    {"slot_rule.ended", QT_TRANSLATE_NOOP("AuditWords", "Slot rule ended")},
    {"slot_rule.worked_off", QT_TRANSLATE_NOOP("AuditWords", "Slot rule made new slots")},
    {"hold.extend", QT_TRANSLATE_NOOP("AuditWords", "Hold extended")},
    {"reservation.move", QT_TRANSLATE_NOOP("AuditWords", "Booking moved")},
    {"waitlist.offered", QT_TRANSLATE_NOOP("AuditWords", "Seats offered to the waiting list")},
    {"waitlist.seats_kept", QT_TRANSLATE_NOOP("AuditWords", "Seats kept for the waiting list")},
    {"vendor.suspended", QT_TRANSLATE_NOOP("AuditWords", "Vendor suspended")},
    {"vendor.reinstated", QT_TRANSLATE_NOOP("AuditWords", "Vendor's suspension taken back")},
    {"vendor.created", QT_TRANSLATE_NOOP("AuditWords", "Vendor made")},
    {"customer.created", QT_TRANSLATE_NOOP("AuditWords", "Customer made")},
    {"cancellation_policy.created", QT_TRANSLATE_NOOP("AuditWords", "Cancellation terms made")},
    {"opening.planned", QT_TRANSLATE_NOOP("AuditWords", "Opening planned")},
    {"opening.open", QT_TRANSLATE_NOOP("AuditWords", "Opening began")},
    {"opening.drawn", QT_TRANSLATE_NOOP("AuditWords", "Opening drawn")},
    {"opening.cancelled", QT_TRANSLATE_NOOP("AuditWords", "Opening cancelled")},
};
constexpr Pair kEntities[] = {
    {"user", QT_TRANSLATE_NOOP("AuditWords", "Account")}, {"session", QT_TRANSLATE_NOOP("AuditWords", "Session")},
    {"device", QT_TRANSLATE_NOOP("AuditWords", "Device")}, {"session_conflict", QT_TRANSLATE_NOOP("AuditWords", "Conflict of sessions")},
    {"product", QT_TRANSLATE_NOOP("AuditWords", "Product")}, {"offer", QT_TRANSLATE_NOOP("AuditWords", "Offer")},
    {"inventory_item", QT_TRANSLATE_NOOP("AuditWords", "Stock")}, {"stock", QT_TRANSLATE_NOOP("AuditWords", "Stock")},
    {"order", QT_TRANSLATE_NOOP("AuditWords", "Order")}, {"vendor_order", QT_TRANSLATE_NOOP("AuditWords", "Vendor order")},
    {"payment", QT_TRANSLATE_NOOP("AuditWords", "Payment")}, {"refund", QT_TRANSLATE_NOOP("AuditWords", "Refund")},
    {"ticket", QT_TRANSLATE_NOOP("AuditWords", "Ticket")}, {"hold", QT_TRANSLATE_NOOP("AuditWords", "Hold")},
    {"reservation", QT_TRANSLATE_NOOP("AuditWords", "Booking")}, {"slot", QT_TRANSLATE_NOOP("AuditWords", "Slot")},
    {"slot_rule", QT_TRANSLATE_NOOP("AuditWords", "Slot rule")}, {"vendor", QT_TRANSLATE_NOOP("AuditWords", "Vendor")},
    {"customer", QT_TRANSLATE_NOOP("AuditWords", "Customer")}, {"opening", QT_TRANSLATE_NOOP("AuditWords", "Opening")},
    {"cancellation_policy", QT_TRANSLATE_NOOP("AuditWords", "Cancellation terms")},
};

// The members one meets most in what is kept of a change.
constexpr Pair kFields[] = {
    {"reason", QT_TRANSLATE_NOOP("AuditWords", "reason")}, {"price_minor", QT_TRANSLATE_NOOP("AuditWords", "price")}, {"list_price_minor", QT_TRANSLATE_NOOP("AuditWords", "list price")},
    {"total_minor", QT_TRANSLATE_NOOP("AuditWords", "total")}, {"amount_minor", QT_TRANSLATE_NOOP("AuditWords", "amount")}, {"on_sale", QT_TRANSLATE_NOOP("AuditWords", "on sale")},
    {"qty", QT_TRANSLATE_NOOP("AuditWords", "quantity")}, {"on_hand", QT_TRANSLATE_NOOP("AuditWords", "on hand")}, {"delta", QT_TRANSLATE_NOOP("AuditWords", "difference")},
    {"title", QT_TRANSLATE_NOOP("AuditWords", "title")}, {"name", QT_TRANSLATE_NOOP("AuditWords", "name")}, {"code", QT_TRANSLATE_NOOP("AuditWords", "code")},
    {"status", QT_TRANSLATE_NOOP("AuditWords", "state")}, {"role", QT_TRANSLATE_NOOP("AuditWords", "role")}, {"login", QT_TRANSLATE_NOOP("AuditWords", "login")},
    {"rule", QT_TRANSLATE_NOOP("AuditWords", "rule")}, {"decision", QT_TRANSLATE_NOOP("AuditWords", "decision")}, {"note", QT_TRANSLATE_NOOP("AuditWords", "note")},
    {"score", QT_TRANSLATE_NOOP("AuditWords", "score")}, {"tier", QT_TRANSLATE_NOOP("AuditWords", "trust")}, {"from_tier", QT_TRANSLATE_NOOP("AuditWords", "trust before")},
    {"capacity", QT_TRANSLATE_NOOP("AuditWords", "capacity")}, {"lines", QT_TRANSLATE_NOOP("AuditWords", "lines")}, {"kind", QT_TRANSLATE_NOOP("AuditWords", "kind")},
};

QString wordOf(const QJsonValue& v, bool ofMachine = false)
{
    switch (v.type()) {
    case QJsonValue::Bool: return v.toBool() ? say(QT_TRANSLATE_NOOP("AuditWords", "yes")) : say(QT_TRANSLATE_NOOP("AuditWords", "no"));
    case QJsonValue::Double: return QLocale::c().toString(v.toDouble(), 'f', v.toDouble() == static_cast<double>(v.toInteger()) ? 0 : 2);
    case QJsonValue::String: return v.toString().isEmpty() ? u"–"_s : ofMachine ? stateWord(v.toString()) : v.toString();
    case QJsonValue::Array: return QString::fromUtf8(QJsonDocument(v.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object: return QString::fromUtf8(QJsonDocument(v.toObject()).toJson(QJsonDocument::Compact));
    default: return u"–"_s;
    }
}

bool isChange(const QJsonObject& o) { return o.contains("from"_L1) && o.contains("to"_L1); }
QString changeText(const QJsonObject& o, bool ofMachine = false)
{
    return u"%1 → %2"_s.arg(wordOf(o.value("from"_L1), ofMachine), wordOf(o.value("to"_L1), ofMachine));
}

// Money is kept in its smallest unit, of which the won has one.
QString valueText(const QString& key, const QJsonValue& v)
{
    return key.endsWith("_minor"_L1) && v.isDouble() ? formatMoney({v.toInteger(), u"KRW"_s}) : wordOf(v);
}

template <std::size_t N> const char* lookUp(const Pair (&table)[N], const QString& wire)
{
    for (const auto& [key, text] : table)
        if (wire == QLatin1StringView(key))
            return text;
    return nullptr;
}

} // namespace

QString entityWord(const QString& entityType)
{
    const char* known = lookUp(kEntities, entityType);
    return known ? say(known) : entityType;
}

QString auditAction(const AuditLine& line)
{
    if (const char* known = lookUp(kActions, line.action))
        return say(known);
    // The moves of the state machines: "vendor_order.accepted".
    const auto dot = line.action.indexOf(u'.');
    if (dot > 0 && line.action.count(u'.') == 1) {
        const QString state = line.action.mid(dot + 1);
        if (lookUp(kEntities, line.action.left(dot)) && stateWord(state) != state)
            return u"%1: %2"_s.arg(entityWord(line.action.left(dot)), stateWord(state));
    }
    return line.action;
}

ChipSpec auditChip(const AuditLine& line)
{
    struct Mark {
        const char* action;
        const char* text;
        const char* icon;
        Tone tone;
    };
    static constexpr Mark marks[] = {
        {"auth.signin.failed", QT_TRANSLATE_NOOP("AuditWords", "failed"), "x", Tone::Danger},
        {"auth.stepup.failed", QT_TRANSLATE_NOOP("AuditWords", "failed"), "x", Tone::Danger},
        {"auth.dpop.failed", QT_TRANSLATE_NOOP("AuditWords", "refused"), "x", Tone::Danger},
        {"auth.refresh.reuse", QT_TRANSLATE_NOOP("AuditWords", "suspicious"), "exclamation-triangle", Tone::Danger},
        {"auth.conflict.reported", QT_TRANSLATE_NOOP("AuditWords", "reported"), "exclamation-triangle", Tone::Danger},
        {"auth.session.displaced", QT_TRANSLATE_NOOP("AuditWords", "taken over"), "arrow-left-right", Tone::Warning},
        {"auth.session.restricted", QT_TRANSLATE_NOOP("AuditWords", "reading only"), "lock", Tone::Warning},
        {"auth.rule.fired", QT_TRANSLATE_NOOP("AuditWords", "rule"), "shield-exclamation", Tone::Warning},
        {"auth.device.registered", QT_TRANSLATE_NOOP("AuditWords", "new device"), "laptop", Tone::Warning},
    };
    for (const Mark& m : marks)
        if (line.action == QLatin1StringView(m.action))
            return {say(m.text), m.icon, m.tone};
    return {};
}

QString auditEntity(const AuditLine& line)
{
    const QString name = line.entityText.isEmpty() ? line.entityId.right(6) : line.entityText;
    return line.entityType.isEmpty() ? name : u"%1 %2"_s.arg(entityWord(line.entityType), name);
}

QString auditChange(const AuditLine& line)
{
    if (line.detail.isEmpty())
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(line.detail.toUtf8());
    if (!document.isObject())
        return line.detail;
    const QJsonObject all = document.object();
    QStringList parts;
    if (isChange(all))
        parts.append(changeText(all, kMachines.contains(line.entityType)));
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (it.key() == "from"_L1 || it.key() == "to"_L1)
            continue;
        const QJsonObject inner = it.value().toObject();
        const char* known = lookUp(kFields, it.key());
        parts.append(u"%1: %2"_s.arg(known ? say(known) : it.key(),
            isChange(inner) ? u"%1 → %2"_s.arg(valueText(it.key(), inner.value("from"_L1)), valueText(it.key(), inner.value("to"_L1))) : valueText(it.key(), it.value())));
    }
    if (parts.size() > kMostParts)
        parts = parts.mid(0, kMostParts) << u"…"_s;
    return parts.join(u" · "_s);
}

QString auditActor(const AuditLine& line) { return line.actorName.isEmpty() ? auditRoleText(u"system"_s) : line.actorName; }

} // namespace naru::ui
