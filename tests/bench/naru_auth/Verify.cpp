// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_auth/Parts.h"

#include "proof/Encoding.h"
#include "server/auth/token/TokenKeys.h"

#include <algorithm>
#include <future>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;
using namespace naru::server;

double Series::median() const
{
    if (values.empty())
        return 0;
    std::vector<double> v = values;
    std::sort(v.begin(), v.end());
    return v.size() % 2 == 1 ? v[v.size() / 2] : (v[v.size() / 2 - 1] + v[v.size() / 2]) / 2;
}
double Series::low() const { return values.empty() ? 0 : *std::min_element(values.begin(), values.end()); }
double Series::high() const { return values.empty() ? 0 : *std::max_element(values.begin(), values.end()); }

namespace {

const std::string kHost = "127.0.0.1:7420";
const std::string kPath = "/v1/session";

// Tokens of the same session, each with an id of its own: as many first sights as are wanted.
std::vector<std::string> tokensOf(AuthWorld& world, const AuthWorld::SignedIn& person, int count)
{
    std::vector<SigningKey> keys;
    std::promise<void> read;
    world.server().reads.submit([&](Connection& db) {
        keys = readSigningKeys(db, world.auth().seal());
        read.set_value();
    });
    read.get_future().get();
    const Instant now = world.server().clock.now();
    TokenKeys signer(world.auth().options().issuer);
    signer.take(std::move(keys), now);
    Claims c;
    c.userId = person.user;
    c.sid = person.grant.sid;
    c.sv = person.grant.sv;
    c.deviceId = world.query(u"SELECT device_id FROM auth_session WHERE sid = ?"_s, {c.sid}).front().id<DeviceId>(0);
    c.scope = person.grant.scopes.join(u' ').toStdString();
    c.jkt = world.device()->thumbprint();
    c.authTime = c.issuedAt = now;
    c.expiresAt = now + Millis{300'000};
    std::vector<std::string> out;
    for (int i = 0; i < count; ++i) {
        c.jti = "bench-" + std::to_string(i);
        out.push_back(signer.mint(c, now));
    }
    return out;
}

struct Pass {
    const std::string* token;
    std::string proof;
};

std::vector<Pass> passesFor(AuthWorld& world, const std::vector<std::string>& tokens, int count)
{
    world.device()->noteNonce(world.auth().door().nonce());
    std::vector<Pass> out;
    for (int i = 0; i < count; ++i) {
        const std::string& token = tokens[static_cast<std::size_t>(i) % tokens.size()];
        out.push_back({&token, world.device()->proof("GET", "http://" + kHost + kPath, token)});
    }
    return out;
}

// Microseconds each. Refused ones would make the figure void.
double microsEach(AuthWorld& world, const std::vector<Pass>& passes, bool tokenToo)
{
    const double from = threadMicros();
    for (const Pass& p : passes) {
        const auto shown = world.auth().checkProof({"GET", kPath, kHost, p.proof, *p.token});
        const auto* admitted = std::get_if<ProofDoor::Admitted>(&shown);
        if (!admitted)
            throw std::runtime_error("a good proof was refused");
        if (tokenToo && !std::holds_alternative<Principal>(world.auth().verify(*p.token, admitted->thumbprint)))
            throw std::runtime_error("a good token was refused");
    }
    return (threadMicros() - from) / static_cast<double>(passes.size());
}

} // namespace

void measureVerify(AuthWorld& world, int rounds, int times, VerifyResult& out)
{
    const auto person = world.signIn(0);
    for (int round = 0; round < rounds; ++round) {
        const std::vector<std::string> fresh = tokensOf(world, person, times); // jti as in the round before, another signature
        const std::vector<std::string> one{fresh.front()};
        microsEach(world, passesFor(world, one, 200), true); // warm, and the token is known
        out.proof.values.push_back(microsEach(world, passesFor(world, one, times), false));
        out.known.values.push_back(microsEach(world, passesFor(world, one, times), true));
        const std::vector<std::string> unseen(fresh.begin() + 1, fresh.end());
        out.fresh.values.push_back(microsEach(world, passesFor(world, unseen, times - 1), true));
    }
}

} // namespace naru::bench
