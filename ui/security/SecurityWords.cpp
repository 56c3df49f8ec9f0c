// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/SecurityWords.h"

#include "ui/text/StateText.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr std::chrono::seconds kMonth{30 * 86'400}, kMonths{60 * 86'400};

QString say(const char* source) { return QCoreApplication::translate("SecurityWords", source); }

struct Look {
    const char* text;
    const char* icon;
    Tone tone;
};
ChipSpec chip(const Look& look) { return {say(look.text), look.icon, look.tone}; }

// Index = declaration order of the enumeration.
constexpr Look kKinds[] = {
    {QT_TRANSLATE_NOOP("SecurityWords", "New device"), "laptop", Tone::Warning},
    {QT_TRANSLATE_NOOP("SecurityWords", "Reported"), "exclamation-triangle", Tone::Danger},
    {QT_TRANSLATE_NOOP("SecurityWords", "To and fro"), "arrow-left-right", Tone::Warning},
    {QT_TRANSLATE_NOOP("SecurityWords", "Used in two places"), "people", Tone::Danger},
    {QT_TRANSLATE_NOOP("SecurityWords", "Old sign-in reused"), "key", Tone::Danger},
    {QT_TRANSLATE_NOOP("SecurityWords", "Other network"), "geo-alt", Tone::Warning},
};
constexpr Look kSessions[] = {
    {QT_TRANSLATE_NOOP("SecurityWords", "Active"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("SecurityWords", "Signed in elsewhere"), "arrow-left-right", Tone::Warning},
    {QT_TRANSLATE_NOOP("SecurityWords", "Expired unused"), "hourglass-split", Tone::Neutral},
    {QT_TRANSLATE_NOOP("SecurityWords", "Longest time over"), "clock", Tone::Neutral},
    {QT_TRANSLATE_NOOP("SecurityWords", "Signed out"), "box-arrow-right", Tone::Neutral},
    {QT_TRANSLATE_NOOP("SecurityWords", "Ended by an administrator"), "slash-circle", Tone::Danger},
};
constexpr Look kDevices[] = {
    {QT_TRANSLATE_NOOP("SecurityWords", "Waits for approval"), "hourglass-split", Tone::Warning},
    {QT_TRANSLATE_NOOP("SecurityWords", "Registered"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("SecurityWords", "Suspended"), "pause", Tone::Warning},
    {QT_TRANSLATE_NOOP("SecurityWords", "Removed"), "slash-circle", Tone::Neutral},
};
constexpr Look kAccounts[] = {
    {QT_TRANSLATE_NOOP("SecurityWords", "Account open"), "unlock", Tone::Success},
    {QT_TRANSLATE_NOOP("SecurityWords", "Account locked"), "lock", Tone::Danger},
    {QT_TRANSLATE_NOOP("SecurityWords", "Account closed"), "archive", Tone::Neutral},
};
constexpr Look kTiers[] = {
    {QT_TRANSLATE_NOOP("SecurityWords", "Trust 0 · unknown"), "shield-exclamation", Tone::Danger},
    {QT_TRANSLATE_NOOP("SecurityWords", "Trust 1 · registered"), "shield-lock", Tone::Warning},
    {QT_TRANSLATE_NOOP("SecurityWords", "Trust 2 · key kept safe"), "shield-check", Tone::Success},
    {QT_TRANSLATE_NOOP("SecurityWords", "Trust 3 · key in hardware"), "shield-check", Tone::Success},
};
constexpr Look kDecisions[] = {
    {QT_TRANSLATE_NOOP("SecurityWords", "Same person"), "check2", Tone::Success},
    {QT_TRANSLATE_NOOP("SecurityWords", "New session ended"), "x", Tone::Info},
    {QT_TRANSLATE_NOOP("SecurityWords", "Old session ended"), "x", Tone::Info},
    {QT_TRANSLATE_NOOP("SecurityWords", "Account locked"), "lock", Tone::Danger},
    {QT_TRANSLATE_NOOP("SecurityWords", "Factors reset"), "key", Tone::Warning},
    {QT_TRANSLATE_NOOP("SecurityWords", "Pair allowed"), "link-45deg", Tone::Success},
    {QT_TRANSLATE_NOOP("SecurityWords", "Escalated"), "arrow-up-right", Tone::Warning},
};

using Pair = std::pair<const char*, const char*>;
constexpr Pair kRules[] = {
    {"E1", QT_TRANSLATE_NOOP("SecurityWords", "Requests were signed with another key than the one this session is bound to.")},
    {"E2", QT_TRANSLATE_NOOP("SecurityWords", "A sign-in that had been replaced long ago was used once more, as a copied one would be.")},
    {"E4", QT_TRANSLATE_NOOP("SecurityWords", "A sign-in code was used twice.")},
    {"E5", QT_TRANSLATE_NOOP("SecurityWords", "The same two devices took the account from each other three times within ten minutes.")},
    {"E6", QT_TRANSLATE_NOOP("SecurityWords", "The account was taken over by a device that had never been seen before.")},
    {"E7", QT_TRANSLATE_NOOP("SecurityWords", "The person at the old device said: this was not me.")},
    {"E8", QT_TRANSLATE_NOOP("SecurityWords", "Address and network owner changed within one session.")},
    {"E9", QT_TRANSLATE_NOOP("SecurityWords", "One session was used from two networks within a minute.")},
    {"E10", QT_TRANSLATE_NOOP("SecurityWords", "The device lost something that was required of it.")},
    {"E11", QT_TRANSLATE_NOOP("SecurityWords", "The device has missed two of its reports.")},
    {"E12", QT_TRANSLATE_NOOP("SecurityWords", "The device's clock is more than five minutes off.")},
    {"E13", QT_TRANSLATE_NOOP("SecurityWords", "Far more records were read than this person usually reads.")},
    {"E14", QT_TRANSLATE_NOOP("SecurityWords", "Work at unusual hours, on a new device.")},
    {"E20", QT_TRANSLATE_NOOP("SecurityWords", "The account was disabled, or left its company.")},
};
constexpr Pair kSignals[] = {
    {"device-never-seen", QT_TRANSLATE_NOOP("SecurityWords", "The account was taken over by a device that had never been seen before.")},
    {"other-network", QT_TRANSLATE_NOOP("SecurityWords", "The new sign-in came from another network within ten minutes of the last work.")},
    {"flip-flop", QT_TRANSLATE_NOOP("SecurityWords", "The same two devices took the account from each other three times within ten minutes.")},
    {"not-me", QT_TRANSLATE_NOOP("SecurityWords", "The person at the old device said: this was not me.")},
    {"reported", QT_TRANSLATE_NOOP("SecurityWords", "The person at the old device said: this was not me.")},
    {"parallel-use", QT_TRANSLATE_NOOP("SecurityWords", "One session was used from two networks within a minute.")},
    {"reuse", QT_TRANSLATE_NOOP("SecurityWords", "A sign-in that had been replaced long ago was used once more, as a copied one would be.")},
    {"refresh-token-reused", QT_TRANSLATE_NOOP("SecurityWords", "A sign-in that had been replaced long ago was used once more, as a copied one would be.")},
    {"network-changed", QT_TRANSLATE_NOOP("SecurityWords", "Address and network owner changed within one session.")},
    {"integrity-bad", QT_TRANSLATE_NOOP("SecurityWords", "The program's own files do not match what was delivered.")},
    {"storage-downgraded", QT_TRANSLATE_NOOP("SecurityWords", "The device keeps its key less safely than before.")},
    {"posture-missed", QT_TRANSLATE_NOOP("SecurityWords", "The device has missed two of its reports.")},
    {"account-locked", QT_TRANSLATE_NOOP("SecurityWords", "The account was locked.")},
    {"account-closed", QT_TRANSLATE_NOOP("SecurityWords", "The account was closed.")},
    {"company-suspended", QT_TRANSLATE_NOOP("SecurityWords", "The account's company was suspended.")},
    {"drafts-left", QT_TRANSLATE_NOOP("SecurityWords", "Unsaved edits were left at the old device.")},
    {"just-active", QT_TRANSLATE_NOOP("SecurityWords", "The old session had been in use less than two minutes before.")},
    {"sensitive-tried", QT_TRANSLATE_NOOP("SecurityWords", "Soon after the take-over, work of the highest class was tried.")},
};
constexpr Pair kActions[] = {
    {"conflict", QT_TRANSLATE_NOOP("SecurityWords", "asks for this review")},
    {"restrict", QT_TRANSLATE_NOOP("SecurityWords", "limited to reading")},
    {"ask", QT_TRANSLATE_NOOP("SecurityWords", "asks before the next take-over")},
    {"end", QT_TRANSLATE_NOOP("SecurityWords", "session ended")},
    {"tell", QT_TRANSLATE_NOOP("SecurityWords", "person told")},
    {"step-up", QT_TRANSLATE_NOOP("SecurityWords", "extra verification asked")},
    {"tier", QT_TRANSLATE_NOOP("SecurityWords", "trust lowered")},
    {"lower", QT_TRANSLATE_NOOP("SecurityWords", "trust lowered")},
    {"record", QT_TRANSLATE_NOOP("SecurityWords", "noted")},
    {"lock", QT_TRANSLATE_NOOP("SecurityWords", "locked")},
};
constexpr Pair kReasons[] = {
    {"memory-key", QT_TRANSLATE_NOOP("SecurityWords", "Its key is kept in memory only, not in the keyring.")},
    {"posture-missed", QT_TRANSLATE_NOOP("SecurityWords", "It has not reported for more than half an hour.")},
    {"posture-missing", QT_TRANSLATE_NOOP("SecurityWords", "It has not reported yet.")},
    {"integrity-bad", QT_TRANSLATE_NOOP("SecurityWords", "The program's own files do not match what was delivered.")},
    {"no-hardware-key", QT_TRANSLATE_NOOP("SecurityWords", "Its key is not kept in hardware.")},
    {"not-attested", QT_TRANSLATE_NOOP("SecurityWords", "Its key is not kept in hardware.")},
    {"storage-downgraded", QT_TRANSLATE_NOOP("SecurityWords", "Its key is kept less safely than before.")},
    {"not-active", QT_TRANSLATE_NOOP("SecurityWords", "It is not registered at the moment.")},
    {"runs-as-root", QT_TRANSLATE_NOOP("SecurityWords", "The program runs with the rights of the system administrator.")},
    {"disk-encryption-off", QT_TRANSLATE_NOOP("SecurityWords", "Its disk is not encrypted.")},
    {"screen-lock-off", QT_TRANSLATE_NOOP("SecurityWords", "Its screen does not lock itself.")},
    {"firewall-off", QT_TRANSLATE_NOOP("SecurityWords", "Its firewall is off.")},
    {"anti-malware-off", QT_TRANSLATE_NOOP("SecurityWords", "Its protection against malware is off.")},
};
constexpr Pair kSignalNames[] = {
    {"storage", QT_TRANSLATE_NOOP("SecurityWords", "Where the key is kept")},
    {"os", QT_TRANSLATE_NOOP("SecurityWords", "Operating system")},
    {"disk_encryption", QT_TRANSLATE_NOOP("SecurityWords", "Disk encryption")},
    {"secure_boot", QT_TRANSLATE_NOOP("SecurityWords", "Secure boot")},
    {"screen_lock", QT_TRANSLATE_NOOP("SecurityWords", "Screen lock")},
    {"firewall", QT_TRANSLATE_NOOP("SecurityWords", "Firewall")},
    {"anti_malware", QT_TRANSLATE_NOOP("SecurityWords", "Protection against malware")},
    {"integrity", QT_TRANSLATE_NOOP("SecurityWords", "The program's own files")},
    {"root", QT_TRANSLATE_NOOP("SecurityWords", "Runs as system administrator")},
    {"clock_skew", QT_TRANSLATE_NOOP("SecurityWords", "Clock")},
};
constexpr Pair kSignalWhys[] = {
    {"storage", QT_TRANSLATE_NOOP("SecurityWords", "A key in the keyring cannot be copied as easily as one in a file.")},
    {"os", QT_TRANSLATE_NOOP("SecurityWords", "To tell which computers have missed a security update.")},
    {"disk_encryption", QT_TRANSLATE_NOOP("SecurityWords", "If the computer is lost, nobody can read what it kept.")},
    {"secure_boot", QT_TRANSLATE_NOOP("SecurityWords", "The system was started by nobody else's program.")},
    {"screen_lock", QT_TRANSLATE_NOOP("SecurityWords", "Nobody works on in your place while you are away.")},
    {"firewall", QT_TRANSLATE_NOOP("SecurityWords", "Nobody reaches this computer uninvited through the network.")},
    {"anti_malware", QT_TRANSLATE_NOOP("SecurityWords", "Programs known to do harm are stopped.")},
    {"integrity", QT_TRANSLATE_NOOP("SecurityWords", "A changed program may do other things than you asked for.")},
    {"root", QT_TRANSLATE_NOOP("SecurityWords", "A program with all rights can be used to do more harm.")},
    {"clock_skew", QT_TRANSLATE_NOOP("SecurityWords", "The times shown may be off by as much.")},
};
constexpr Pair kUnknowns[] = {
    {"os", QT_TRANSLATE_NOOP("SecurityWords", "The system does not name itself.")},
    {"disk_encryption", QT_TRANSLATE_NOOP("SecurityWords", "Nothing is seen of it from here; the disk may do it by itself.")},
    {"secure_boot", QT_TRANSLATE_NOOP("SecurityWords", "The firmware of this computer does not tell.")},
    {"screen_lock", QT_TRANSLATE_NOOP("SecurityWords", "Each desktop keeps this in a place of its own, so Naru does not look.")},
    {"firewall", QT_TRANSLATE_NOOP("SecurityWords", "The system tells only its administrator.")},
    {"anti_malware", QT_TRANSLATE_NOOP("SecurityWords", "There is no common way to ask here.")},
    {"integrity", QT_TRANSLATE_NOOP("SecurityWords", "The package brings nothing to compare with yet.")},
};
constexpr Pair kValues[] = {
    {"on", QT_TRANSLATE_NOOP("SecurityWords", "on")}, {"off", QT_TRANSLATE_NOOP("SecurityWords", "off")},
    {"yes", QT_TRANSLATE_NOOP("SecurityWords", "yes")}, {"no", QT_TRANSLATE_NOOP("SecurityWords", "no")},
    {"unknown", QT_TRANSLATE_NOOP("SecurityWords", "unknown")}, {"ok", QT_TRANSLATE_NOOP("SecurityWords", "as delivered")},
    {"bad", QT_TRANSLATE_NOOP("SecurityWords", "changed")}, {"keychain", QT_TRANSLATE_NOOP("SecurityWords", "keyring")},
    {"memory", QT_TRANSLATE_NOOP("SecurityWords", "memory only")}, {"hardware", QT_TRANSLATE_NOOP("SecurityWords", "hardware")},
};
constexpr Pair kRestrictions[] = {
    {"parallel-use", QT_TRANSLATE_NOOP("SecurityWords", "used in two places")},
    {"reported", QT_TRANSLATE_NOOP("SecurityWords", "reported by its owner")},
    {"step-up-failed", QT_TRANSLATE_NOOP("SecurityWords", "verification failed")},
    {"proof-mismatch", QT_TRANSLATE_NOOP("SecurityWords", "signed with another key")},
    {"unusual-hours", QT_TRANSLATE_NOOP("SecurityWords", "new device at unusual hours")},
    {"reads-too-much", QT_TRANSLATE_NOOP("SecurityWords", "read far more than usual")},
};
template <std::size_t N> QString lookUp(const Pair (&table)[N], const QString& wire, const QString& otherwise)
{
    for (const auto& [key, text] : table)
        if (wire == QLatin1StringView(key))
            return say(text);
    return otherwise;
}

} // namespace

ChipSpec chipOf(ConflictKind kind) { return chip(kKinds[static_cast<int>(kind)]); }
ChipSpec chipOf(SessionStatus status) { return chip(kSessions[static_cast<int>(status)]); }
ChipSpec chipOf(DeviceStatus status) { return chip(kDevices[static_cast<int>(status)]); }
ChipSpec chipOf(AccountStatus status) { return chip(kAccounts[static_cast<int>(status)]); }
ChipSpec tierChip(int tier) { return chip(kTiers[std::clamp(tier, 0, 3)]); }

ChipSpec chipOf(const Conflict& conflict)
{
    switch (conflict.state) {
    case ConflictState::Open:
    case ConflictState::Taken: return chipOf(conflict.kind);
    case ConflictState::Decided: return conflict.decision ? chip(kDecisions[static_cast<int>(*conflict.decision)]) : ChipSpec{say(QT_TRANSLATE_NOOP("SecurityWords", "Decided")), "check2", Tone::Neutral};
    case ConflictState::Expired: return {say(QT_TRANSLATE_NOOP("SecurityWords", "Closed unreviewed")), "hourglass-split", Tone::Neutral};
    }
    return {};
}

QString decisionText(ConflictDecision decision) { return say(kDecisions[static_cast<int>(decision)].text); }

QString riskText(models::RiskMark mark)
{
    switch (mark) {
    case models::RiskMark::Reported: return say(QT_TRANSLATE_NOOP("SecurityWords", "reported by its owner"));
    case models::RiskMark::NewDevice: return say(QT_TRANSLATE_NOOP("SecurityWords", "never-seen device"));
    case models::RiskMark::OtherNetwork: return say(QT_TRANSLATE_NOOP("SecurityWords", "another place"));
    case models::RiskMark::JustActive: return say(QT_TRANSLATE_NOOP("SecurityWords", "was in use just before"));
    }
    return {};
}

const char* riskIcon(models::RiskMark mark)
{
    static constexpr const char* icons[] = {"exclamation-triangle", "laptop", "geo-alt", "lightning-charge"};
    return icons[static_cast<int>(mark)];
}

ChipSpec signalChip(const PostureSignal& signal)
{
    static const QStringList good{u"on"_s, u"ok"_s, u"keychain"_s, u"hardware"_s};
    static const QStringList poor{u"off"_s, u"bad"_s, u"memory"_s};
    const bool root = signal.name == "root"_L1;
    const QString shown = lookUp(kValues, root && signal.value == "on"_L1 ? u"yes"_s : root && signal.value == "off"_L1 ? u"no"_s : signal.value, signal.value);
    const bool isGood = root ? signal.value == "off"_L1 || signal.value == "no"_L1 : good.contains(signal.value);
    const bool isPoor = root ? signal.value == "on"_L1 || signal.value == "yes"_L1 : poor.contains(signal.value);
    if (isGood)
        return {shown, "check2", Tone::Success};
    if (isPoor)
        return {shown, "exclamation-triangle", Tone::Warning};
    return {shown, signal.value == "unknown"_L1 ? "dash" : "info-circle", Tone::Neutral};
}

QString tierReasonText(const QString& reason) { return lookUp(kReasons, reason, reason); }
QString signalText(const QString& name) { return lookUp(kSignalNames, name, name); }

QString signalWhy(const PostureSignal& signal)
{
    QStringList parts{lookUp(kSignalWhys, signal.name, {})};
    if (signal.source == "server"_L1)
        parts.prepend(say(QT_TRANSLATE_NOOP("SecurityWords", "Seen by the server.")));
    if (signal.value == "unknown"_L1)
        parts.append(lookUp(kUnknowns, signal.name, {}));
    parts.removeAll(QString());
    return parts.join(u' ');
}

QString ruleText(const FiredRule& rule) { return lookUp(kSignals, rule.signal, lookUp(kRules, rule.code, rule.signal)); }
QString ruleAction(const QString& action) { return lookUp(kActions, action, action); }
QString limitText(const QString& wire) { return lookUp(kRestrictions, wire, wire); }

QString auditRoleText(const QString& wireRole)
{
    static constexpr std::pair<const char*, Role> roles[] = {{"staff", Role::Staff}, {"vendor_manager", Role::VendorManager}, {"vendor_member", Role::VendorMember},
        {"support_agent", Role::SupportAgent}, {"admin", Role::Admin}, {"channel", Role::Channel}};
    for (const auto& [wire, role] : roles)
        if (wireRole == QLatin1StringView(wire))
            return roleText(role);
    return wireRole == "system"_L1 || wireRole.isEmpty() ? say(QT_TRANSLATE_NOOP("SecurityWords", "System")) : wireRole;
}

QString storageText(KeyStorage storage)
{
    switch (storage) {
    case KeyStorage::Memory: return say(QT_TRANSLATE_NOOP("SecurityWords", "key in memory only"));
    case KeyStorage::Keychain: return say(QT_TRANSLATE_NOOP("SecurityWords", "key in the keyring"));
    case KeyStorage::Hardware: return say(QT_TRANSLATE_NOOP("SecurityWords", "key in hardware"));
    }
    return {};
}

QString secondsText(int seconds) { return shortSpan(std::chrono::seconds(std::max(0, seconds))); }

QString ago(Instant at, Instant now)
{
    const auto gone = std::chrono::duration_cast<std::chrono::seconds>(now - at);
    if (gone >= kMonths)
        return say(QT_TRANSLATE_NOOP("SecurityWords", "%1 months")).arg(gone / kMonth);
    return shortSpan(std::max(gone, std::chrono::seconds(0)));
}

QString clockText(Instant t)
{
    static const QTimeZone seoul("Asia/Seoul");
    const auto at = seoul.isValid() ? QDateTime::fromMSecsSinceEpoch(toUnixMs(t), seoul) : QDateTime::fromMSecsSinceEpoch(toUnixMs(t), Qt::OffsetFromUTC, 9 * 3600);
    return at.toString(u"HH:mm:ss"_s);
}

} // namespace naru::ui
