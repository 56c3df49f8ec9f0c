// SPDX-License-Identifier: GPL-3.0-or-later
// usage: node judge.mjs <context.json> <out.json>
// Makes the requests (mutations.mjs) and asks two verifiers that are not ours about each: oauth4webapi as a whole (a resource server by RFC
// 9068 and RFC 9449), and jose with the rules of those documents written out below. Prints and writes each decision; our server is
// asked by tst_Judges.
//
// Where our server is stricter than the documents on purpose, or looks at something a verifier of tokens cannot know, that is put to every
// request alike, and not by its name: `profile` below. Where it is more generous on purpose, the judges are asked another question:
//   - a proof's own clock is irrelevant here, the nonce says that it is fresh: they are asked with their clock set as the caller's (skew);
//   - a balancer may have taken the TLS off: they are asked with the address the caller used (askedUrl);
import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import * as jose from 'jose';
import * as oauth from 'oauth4webapi';
import { makeRequests } from './mutations.mjs';

const c = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const as = { issuer: c.issuer, jwks_uri: 'http://judged.invalid/jwks.json' };
const jwksFetch = async () => new Response(JSON.stringify(c.jwks), { headers: { 'content-type': 'application/json' } });
const keys = jose.createLocalJWKSet(c.jwks);
const url = c.origin + c.path;
const goodHead = c.token.split('.')[0];
const goodClaims = jose.decodeJwt(c.token);
const seen = new Set();

const id = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const whole = (x) => Number.isInteger(x);
const insist = (holds, why) => {
    if (!holds) throw new Error(`profile: ${why}`);
};
const canonical = (text) => text.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);

// What our server asks beyond the documents, read with jose's decoders.
function profile(r) {
    const authorization = r.headers.find(([k]) => k === 'Authorization')?.[1] ?? '';
    insist(/^dpop [^ ]+$/i.test(authorization), 'the scheme is DPoP, then one blank and the token'); // RFC 9449 §7.1: no downgrade to Bearer
    insist(r.headers.filter(([k]) => k === 'DPoP').length === 1, 'one proof');
    insist(canonical(r.token) && canonical(r.proof), 'one text per value in base64url');
    insist(r.token.split('.')[0] === goodHead, 'the head of a token is byte by byte the one the server writes');
    const t = jose.decodeJwt(r.token);
    insist(t.iss === c.issuer && t.aud === c.audience, 'one issuer, one audience, as texts');
    insist(['iat', 'exp', 'auth_time', 'sv', 'tier'].every((k) => whole(t[k])) && t.iat >= 0 && t.exp >= t.iat && t.exp <= 1e12, 'whole numbers in range');
    insist(t.iat <= Math.floor(Date.now() / 1000) + 5, 'not issued in the future');
    insist([t.sub, t.sid, t.did].every((x) => typeof x === 'string' && id.test(x)), 'ids of ours');
    insist(t.sid === goodClaims.sid && t.sv >= goodClaims.sv, 'a session that lives');
    insist(c.roles.includes(t.role), 'a role of ours');
    insist(typeof t.scope === 'string' && t.scope.split(' ').includes('session.own'), 'the scope this address needs');
    const h = jose.decodeProtectedHeader(r.proof);
    const p = jose.decodeJwt(r.proof);
    insist(h.typ === 'dpop+jwt', 'typ in its one form');
    insist(whole(p.iat) && p.iat >= 0, 'iat is a whole number');
    insist(typeof p.jti === 'string' && p.jti.length >= 1 && p.jti.length <= 128, 'jti has 1 to 128 characters');
    const m = /^(https?):\/\/([^/]+)(\/.*)$/.exec(p.htu);
    insist(m && m[2].toLowerCase() === new URL(c.origin).host && m[3] === c.path, 'htu exactly, without query and fragment');
    insist(h.jwk?.x?.length === 43 && h.jwk?.y?.length === 43, 'coordinates of full length');
    insist(p.nonce === c.nonce, "the server's nonce");
    insist(!seen.has(p.jti), 'jti for the first time');
}

async function byOauth4webapi(r) {
    const headers = new Headers();
    for (const [k, v] of r.headers) headers.append(k, v);
    const request = new Request(r.askedUrl ?? url, { method: c.method, headers });
    return oauth.validateJwtAccessToken(as, request, c.audience, {
        requireDPoP: true, signingAlgorithms: ['ES256'], [oauth.customFetch]: jwksFetch, [oauth.allowInsecureRequests]: true, [oauth.clockSkew]: r.skew ?? 0, [oauth.clockTolerance]: 0,
    });
}

async function byJose(r) {
    const fields = r.headers;
    const authorization = fields.find(([k]) => k === 'Authorization')?.[1] ?? '';
    const [scheme, token, ...rest] = authorization.split(' ');
    if (scheme.toLowerCase() !== 'dpop' || !token || rest.length) throw new Error('no DPoP token');
    const proofs = fields.filter(([k]) => k === 'DPoP').map(([, v]) => v);
    if (proofs.length !== 1) throw new Error('not one proof');
    const { payload } = await jose.jwtVerify(token, keys, { issuer: c.issuer, audience: c.audience, typ: 'at+jwt', algorithms: ['ES256'], requiredClaims: ['sub', 'client_id', 'exp', 'iat', 'jti', 'cnf'] });
    const asked = new Date(Date.now() + 1000 * (r.skew ?? 0));
    const proof = await jose.jwtVerify(proofs[0], jose.EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'], currentDate: asked, maxTokenAge: 300, clockTolerance: 300, requiredClaims: ['jti', 'htm', 'htu', 'ath', 'iat'] });
    const text = (x) => (typeof x === 'string' ? x : assertText());
    function assertText() {
        throw new Error('a text is missing');
    }
    const plain = (x) => Object.assign(new URL(text(x)), { search: '', hash: '' }).href;
    if (payload.client_id === undefined || [payload.client_id, payload.jti, payload.sub, proof.payload.jti].some((x) => typeof x !== 'string')) assertText();
    if (proof.payload.htm !== c.method) throw new Error('htm');
    if (plain(proof.payload.htu) !== plain(r.askedUrl ?? url)) throw new Error('htu');
    if (proof.payload.ath !== createHash('sha256').update(token).digest('base64url')) throw new Error('ath');
    if (payload.cnf?.jkt !== (await jose.calculateJwkThumbprint(proof.protectedHeader.jwk))) throw new Error('cnf');
}

const decide = async (question) => {
    try {
        await question();
        return { accepts: true, why: '' };
    } catch (e) {
        return { accepts: false, why: String(e?.message ?? e).slice(0, 120) };
    }
};

const requests = makeRequests(c);
let acceptedByJudgesAlone = 0;
for (const r of requests) {
    const ours = await decide(async () => profile(r));
    r.judges = {};
    for (const [name, judge] of [['oauth4webapi', byOauth4webapi], ['jose', byJose]]) {
        const said = await decide(() => judge(r));
        r.judges[name] = { accepts: said.accepts && ours.accepts, why: said.accepts ? ours.why : said.why, alone: said.accepts };
        acceptedByJudgesAlone += said.accepts && !ours.accepts ? 1 : 0;
    }
    if (Object.values(r.judges).some((j) => j.accepts)) seen.add(jose.decodeJwt(r.proof).jti);
    console.log(`${r.name}: ${Object.entries(r.judges).map(([n, j]) => `${n} ${j.accepts ? 'accepts' : `refuses (${j.why})`}`).join(' · ')}`);
}
writeFileSync(process.argv[3], JSON.stringify(requests));
console.log(`${requests.length} requests; ${acceptedByJudgesAlone} decisions rest on the profile alone`);
