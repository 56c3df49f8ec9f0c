// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ErrorText.h"

#include "ui/text/StateText.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

QString say(const char* source, int n = -1) { return QCoreApplication::translate("ErrorText", source, nullptr, n); }

constexpr std::pair<const char*, const char*> kByCode[] = {
    {"invalid-credentials", QT_TRANSLATE_NOOP("ErrorText", "Wrong ID or password.")},
    {"session-exists", QT_TRANSLATE_NOOP("ErrorText", "This account can be used in one place. Sign out there first.")},
    {"session-confirm", QT_TRANSLATE_NOOP("ErrorText", "This account is already signed in elsewhere.")},
    {"version-mismatch", QT_TRANSLATE_NOOP("ErrorText", "Somebody else was faster. The newest state is shown; your change was not made.")},
    {"transition-not-allowed", QT_TRANSLATE_NOOP("ErrorText", "This move is not allowed from the present state. Nothing was changed.")},
    {"scope-missing", QT_TRANSLATE_NOOP("ErrorText", "Your role may not do this. Nothing was changed.")},
    {"sold_out", QT_TRANSLATE_NOOP("ErrorText", "Sold out. Nothing was booked.")},
    {"held_by_others", QT_TRANSLATE_NOOP("ErrorText", "Others hold the rest at the moment. Nothing was booked.")},
    {"price_changed", QT_TRANSLATE_NOOP("ErrorText", "The price has changed. Nothing was booked.")},
    {"session-expired-idle", QT_TRANSLATE_NOOP("ErrorText", "Your session has expired. Please sign in again.")},
    {"session-expired-absolute", QT_TRANSLATE_NOOP("ErrorText", "Your session has expired. Please sign in again.")},
    {"session-displaced", QT_TRANSLATE_NOOP("ErrorText", "This session ended because the account signed in elsewhere.")},
    {"session-revoked", QT_TRANSLATE_NOOP("ErrorText", "An administrator ended this session.")},
    {"hold-not-active", QT_TRANSLATE_NOOP("ErrorText", "This hold has already ended. Nothing was changed.")},
    {"hold-expired", QT_TRANSLATE_NOOP("ErrorText", "This hold has already ended. Nothing was changed.")},
    {"hold-at-limit", QT_TRANSLATE_NOOP("ErrorText", "This hold cannot be extended any further. Nothing was changed.")},
    {"hold-of-order", QT_TRANSLATE_NOOP("ErrorText", "This hold belongs to an order; cancel the order instead. Nothing was changed.")},
    {"stock-below-commitments", QT_TRANSLATE_NOOP("ErrorText", "More is already promised than would be left. The stock was not changed.")},
    {"offer-closed", QT_TRANSLATE_NOOP("ErrorText", "This price is no longer in force. The newest one is shown; nothing was changed.")},
    {"already-shipped", QT_TRANSLATE_NOOP("ErrorText", "This order has already been shipped. Nothing was changed.")},
    {"code-taken", QT_TRANSLATE_NOOP("ErrorText", "This code is already in use. Nothing was changed.")},
    {"account-closed", QT_TRANSLATE_NOOP("ErrorText", "This account is closed. Please ask an administrator.")},
    {"tls-untrusted", QT_TRANSLATE_NOOP("ErrorText", "The server's certificate is not trusted. Nothing was sent.")},
    {"tls-failed", QT_TRANSLATE_NOOP("ErrorText", "No secure connection could be made. Nothing was sent.")},
    {"server-address", QT_TRANSLATE_NOOP("ErrorText", "The server address is wrong. Please check it in the settings.")},
    {"server-insecure", QT_TRANSLATE_NOOP("ErrorText", "A server elsewhere needs a secure address (https). Nothing was sent.")},
    {"account-locked", QT_TRANSLATE_NOOP("ErrorText", "This account is locked. Please ask support or an administrator.")},
    {"device-revoked", QT_TRANSLATE_NOOP("ErrorText", "This computer may no longer sign in. Please ask support or an administrator.")},
    {"auth-session-over", QT_TRANSLATE_NOOP("ErrorText", "Too much time went by. Please begin with the password again.")},
    {"factor-invalid", QT_TRANSLATE_NOOP("ErrorText", "This is not right, or it was used before. Please try again.")},
    {"device-approval-required", QT_TRANSLATE_NOOP("ErrorText", "This new device needs approval.")},
    {"step-up-required", QT_TRANSLATE_NOOP("ErrorText", "This action needs extra verification. Nothing was changed.")},
    {"session-restricted", QT_TRANSLATE_NOOP("ErrorText", "Read-only until verified. Nothing was changed.")},
    {"auth-view-stale", QT_TRANSLATE_NOOP("ErrorText", "This is paused while the sign-in service is unreachable. Nothing was changed.")},
    {"dpop-invalid", QT_TRANSLATE_NOOP("ErrorText", "Something went wrong during authentication. Please try again.")},
    {"auth-mismatch", QT_TRANSLATE_NOOP("ErrorText", "Something went wrong during authentication. Please try again.")},
    {"invalid-grant", QT_TRANSLATE_NOOP("ErrorText", "Something went wrong during authentication. Please try again.")},
    {"stale-decision", QT_TRANSLATE_NOOP("ErrorText", "Somebody else was faster. The newest state is shown; your change was not made.")},
    {"nothing-displaced", QT_TRANSLATE_NOOP("ErrorText", "This can no longer be reported from here. Please ask support.")},
    {"idempotency-key-reused", QT_TRANSLATE_NOOP("ErrorText", "The same request was sent twice with other content. Nothing was changed.")},
};

QString byKind(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled: return say(QT_TRANSLATE_NOOP("ErrorText", "Cancelled. Nothing was changed."));
    case ErrorKind::Offline: return say(QT_TRANSLATE_NOOP("ErrorText", "The server cannot be reached. Nothing was changed."));
    case ErrorKind::Timeout: return say(QT_TRANSLATE_NOOP("ErrorText", "The server did not answer in time. Check the newest state before you try again."));
    case ErrorKind::Unauthorized: return say(QT_TRANSLATE_NOOP("ErrorText", "You are not signed in. Nothing was changed."));
    case ErrorKind::Forbidden: return say(QT_TRANSLATE_NOOP("ErrorText", "Your role may not do this. Nothing was changed."));
    case ErrorKind::NotFound: return say(QT_TRANSLATE_NOOP("ErrorText", "This record does not exist or is not yours to see."));
    case ErrorKind::Conflict: return say(QT_TRANSLATE_NOOP("ErrorText", "This contradicts the present state. Nothing was changed."));
    case ErrorKind::Invalid: return say(QT_TRANSLATE_NOOP("ErrorText", "The server did not accept the values. Nothing was changed."));
    case ErrorKind::RateLimited: return say(QT_TRANSLATE_NOOP("ErrorText", "Too many requests. Try again shortly; nothing was changed."));
    case ErrorKind::Server: return say(QT_TRANSLATE_NOOP("ErrorText", "The server had a problem. Check the newest state before you try again."));
    case ErrorKind::Protocol: return say(QT_TRANSLATE_NOOP("ErrorText", "The server's answer could not be read. Console and server may be of different versions."));
    case ErrorKind::Storage: return say(QT_TRANSLATE_NOOP("ErrorText", "The local store could not be read or written. Is the disk full?"));
    case ErrorKind::Keychain: return say(QT_TRANSLATE_NOOP("ErrorText", "This device's keyring is locked or missing. Sign-in is forgotten when you quit."));
    case ErrorKind::Busy: return say(QT_TRANSLATE_NOOP("ErrorText", "Too much is going on at once. Try again shortly; nothing was changed."));
    case ErrorKind::ShuttingDown: return say(QT_TRANSLATE_NOOP("ErrorText", "The program is closing. Nothing was changed."));
    case ErrorKind::Internal: return say(QT_TRANSLATE_NOOP("ErrorText", "The program made a mistake. Please report the code."));
    }
    return {};
}

// The server names the move it refused: "vendor_order: shipped → accepted is not open to staff". Said with the words of the screen.
QString refusedMove(const QString& detail)
{
    static const QRegularExpression form(u"^[a-z_]+: ([a-z_]+) → ([a-z_]+) "_s);
    const auto match = form.match(detail);
    if (!match.hasMatch())
        return {};
    return say(QT_TRANSLATE_NOOP("ErrorText", "Your role may not move this from “%1” to “%2”. Nothing was changed."))
        .arg(stateWord(match.captured(1)), stateWord(match.captured(2)));
}

} // namespace

QString errorText(const Error& error)
{
    if (error.code == "sign-in-throttled"_L1)
        return say(QT_TRANSLATE_NOOP("ErrorText", "Too many attempts. Try again in %n s."), qMax(1, error.retryAfterSeconds));
    if (error.code == "sign-in-busy"_L1)
        return say(QT_TRANSLATE_NOOP("ErrorText", "Many people are signing in. Try again in %n s."), qMax(1, error.retryAfterSeconds));
    if (error.code == "transition-not-allowed"_L1)
        if (const QString named = refusedMove(error.detail); !named.isEmpty())
            return named;
    for (const auto& known : kByCode)
        if (error.code == QLatin1StringView(known.first))
            return say(known.second);
    return byKind(error.kind);
}

QString stepUpErrorText(const Error& error)
{
    // Here a 401 speaks of the code, not of the session.
    if (error.kind == ErrorKind::RateLimited)
        return say(QT_TRANSLATE_NOOP("ErrorText", "Too many attempts. Try again in %n s."), qMax(1, error.retryAfterSeconds));
    if (error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Invalid)
        return say(QT_TRANSLATE_NOOP("ErrorText", "This is not right, or it was used before. Please try again."));
    return errorText(error);
}

bool isMismatch(const Error& error)
{
    return error.kind == ErrorKind::Protocol || error.code == "dpop-invalid"_L1 || error.code == "auth-mismatch"_L1 || error.code == "invalid-grant"_L1
        || error.code == "use-dpop-nonce"_L1;
}

QString errorCode(const Error& error)
{
    const QString code = !error.code.isEmpty() ? error.code : error.httpStatus > 0 ? u"http-%1"_s.arg(error.httpStatus) : QString();
    return error.requestId.isEmpty() ? code : u"%1 · %2"_s.arg(code, error.requestId);
}

} // namespace naru::ui
