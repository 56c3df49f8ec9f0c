// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Home.h"
#include "core/Session.h"
#include "protocol/CatalogueFields.h"

// Wire form of core/Session.h and core/Home.h, and of the sign-in exchange (which the console keeps in its backend).
namespace naru::protocol {

// POST /oauth/authorize-challenge, under a proof without a token: its key is the device.
struct ChallengeRequest {
    QString login;
    QString secret; // or auth_session
    QString authSession; // of a 403 step-up-required: the password was right, what is missing is the factor
    QString factor; // "totp", "recovery"
    QString factorCode;
    QString codeChallenge; // PKCE S256, 43 characters
    QString deviceName;
    QString platform; // "linux", "windows", "macos"
    QString appVersion;
    QString storage; // of the device key: "keychain", "memory"
    std::optional<std::int64_t> expectedSv; // "ask" policy: the session the person agreed to end
};

struct ChallengeAnswer {
    QString authorizationCode;
};

// POST /oauth/token answers this (the request is a form, RFC 6749).
struct TokenAnswer {
    QString accessToken;
    QString tokenType;
    int expiresIn = 0;
    QString refreshToken;
    QString scope;
    SessionId sid;
    std::int64_t sv = 0;
    int idleExpiresIn = 0;
    int absExpiresIn = 0;
    QString draftKey; // 32 bytes, base64url: opens what this person left on this device
};

template <class V> void fields(V& v, ChallengeRequest& x)
{
    v("login", x.login, Bounds{1, 100});
    v.opt("secret", x.secret, Bounds{0, 256});
    v.opt("auth_session", x.authSession, Bounds{0, 100});
    v.opt("factor", x.factor, Bounds{0, 20});
    v.opt("factor_code", x.factorCode, Bounds{0, 40});
    v("code_challenge", x.codeChallenge, Bounds{43, 43});
    v.opt("device_name", x.deviceName, Bounds{0, 100});
    v.opt("platform", x.platform, Bounds{0, 40});
    v.opt("app_version", x.appVersion, Bounds{0, 40});
    v.opt("storage", x.storage, Bounds{0, 20});
    v("expected_sv", x.expectedSv);
}

template <class V> void fields(V& v, ChallengeAnswer& x) { v("authorization_code", x.authorizationCode); }

template <class V> void fields(V& v, TokenAnswer& x)
{
    v("access_token", x.accessToken);
    v("token_type", x.tokenType);
    v("expires_in", x.expiresIn);
    v("refresh_token", x.refreshToken);
    v("scope", x.scope);
    v("sid", x.sid);
    v("sv", x.sv);
    v("idle_expires_in", x.idleExpiresIn);
    v("abs_expires_in", x.absExpiresIn);
    v.opt("draft_key", x.draftKey);
}

template <class V> void fields(V& v, SessionInfo& x)
{
    v("sid", x.sid);
    v("sv", x.sv);
    v("user_id", x.userId);
    v("login", x.login);
    v("display_name", x.displayName);
    v("role", x.role);
    v("vendor_id", x.vendorId);
    v("vendor_name", x.vendorName);
    v("scopes", x.scopes);
    v("idle_expires_in", x.idleExpiresIn);
    v("abs_expires_in", x.absExpiresIn);
    v("device_id", x.deviceId);
    v.opt("device_name", x.deviceName);
    v.opt("tier", x.tier);
    v.opt("restricted", x.restricted);
    v.opt("step_up_expires_in", x.stepUpExpiresIn);
    v.opt("factors", x.factors);
}

template <class V> void fields(V& v, SessionEnded& x)
{
    v("reason", x.reason);
    v("at", x.at);
    v("by_device", x.byDevice);
    v("by_place", x.byPlace);
    v.opt("detail", x.detail);
}

template <class V> void fields(V& v, DemoAccount& x)
{
    v("login", x.login);
    v("display_name", x.displayName);
    v("role", x.role);
    v("vendor_name", x.vendorName);
    v("secret", x.secret);
}

template <class V> void fields(V& v, ServerInfo& x)
{
    v("name", x.name);
    v("version", x.version);
    v("demo", x.demo);
    v("demo_accounts", x.demoAccounts);
}

template <class V> void fields(V& v, Attention& x)
{
    v("kind", x.kind);
    v("severity", x.severity);
    v("title", x.title);
    v("detail", x.detail);
    v("entity_type", x.entityType);
    v("entity_id", x.entityId);
    v("due_at", x.dueAt);
}

template <class V> void fields(V& v, SeriesPoint& x)
{
    v("label", x.label);
    v("value", x.value);
}

template <class V> void fields(V& v, HomeSummary& x)
{
    v("attention", x.attention);
    v("attention_total", x.attentionTotal);
    v("orders_today", x.ordersToday);
    v("orders_yesterday_by_now", x.ordersYesterdayByNow);
    v("revenue_today", x.revenueToday);
    v("revenue_yesterday_by_now_minor", x.revenueYesterdayByNowMinor);
    v("reservations_today", x.reservationsToday);
    v("open_holds", x.openHolds);
    v("awaiting_acceptance", x.awaitingAcceptance);
    v("active_products", x.activeProducts);
    v("orders_by_hour", x.ordersByHour);
    v("revenue_by_day", x.revenueByDay);
    v("occupancy_by_day", x.occupancyByDay);
}

template <class V> void fields(V& v, SearchHit& x)
{
    v("entity_type", x.entityType);
    v("entity_id", x.entityId);
    v("code", x.code);
    v("title", x.title);
    v("detail", x.detail);
}

} // namespace naru::protocol
