// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that differ from a good one in one thing. Everything is made with jose and Web Crypto, nothing with our own code: what is signed
// again is signed with the server's and the device's real keys, so that a change is not hidden behind a broken signature.
import { createHash, createHmac, createPrivateKey, createPublicKey, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';

const b64u = (x) => Buffer.from(x).toString('base64url');
const sha256 = (text) => createHash('sha256').update(text).digest();

function sign(data, key, hash = 'sha256') {
    return createSign(hash).update(data).sign({ key, dsaEncoding: 'ieee-p1363' });
}
function jws(header, payload, key) {
    const text = (x) => (typeof x === 'string' ? x : JSON.stringify(x));
    const data = `${b64u(text(header))}.${b64u(text(payload))}`;
    return `${data}.${b64u(typeof key === 'function' ? key(data) : sign(data, key))}`;
}

export function makeRequests(c) {
    const serverKey = createPrivateKey({ key: Buffer.from(c.signingKey, 'base64'), format: 'der', type: 'pkcs8' });
    const deviceKey = createPrivateKey({ key: Buffer.from(c.deviceKey, 'base64'), format: 'der', type: 'pkcs8' });
    const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const publicOf = (key) => {
        const { kty, crv, x, y } = createPublicKey(key).export({ format: 'jwk' });
        return { kty, crv, x, y };
    };
    const jwk = publicOf(deviceKey);
    const htu = c.origin + c.path;
    const now = Math.floor(Date.now() / 1000);
    const tokenHead = decodeProtectedHeader(c.token);
    const tokenClaims = decodeJwt(c.token);
    const list = [];
    let mark = 0;

    const proofHead = { typ: 'dpop+jwt', alg: 'ES256', jwk };
    const proofClaims = (token, over = {}) => ({ htm: c.method, htu, jti: `judge-${++mark}-${b64u(randomBytes(9))}`, iat: now, nonce: c.nonce, ath: b64u(sha256(token)), ...over });
    const proofFor = (token) => jws(proofHead, proofClaims(token), deviceKey);
    // `askedUrl` and `skew` choose what the judges are asked; see judge.mjs.
    const headersOf = (token, proof) => [['Authorization', `DPoP ${token}`], ['DPoP', proof]];
    const add = (name, token, proof, extra = {}) => list.push({ name, headers: headersOf(token, proof), token, proof, ...extra });
    const without = (o, name) => Object.fromEntries(Object.entries(o).filter(([k]) => k !== name));

    add('good', c.token, proofFor(c.token));
    add('good again', c.token, proofFor(c.token));

    // A changed character anywhere, of the token (with a proof made for it) and of the proof.
    const flips = (text, step) => {
        const out = [];
        for (let i = 0; i < text.length; i += step) {
            const from = text[i];
            const to = from === '.' ? '_' : from === 'A' ? 'B' : 'A';
            out.push([i, text.slice(0, i) + to + text.slice(i + 1)]);
        }
        return out;
    };
    for (const [i, t] of flips(c.token, 5)) add(`token, character ${i}`, t, proofFor(t));
    const whole = proofFor(c.token);
    for (const [i, p] of flips(whole, 4)) add(`proof, character ${i}`, c.token, p);

    // Encodings.
    const encodings = (text) => {
        const [h, p, s] = text.split('.');
        const slack = s.slice(0, -1) + String.fromCharCode(s.charCodeAt(s.length - 1) + 1);
        return {
            'padded signature': `${h}.${p}.${s}==`, 'padded header': `${h}=.${p}.${s}`, 'padded payload': `${h}.${p}=.${s}`, 'unused bits of the signature': `${h}.${p}.${slack}`,
            'no signature': `${h}.${p}.`, 'two parts': `${h}.${p}`, 'one part': h, 'four parts': `${h}.${p}.${s}.${s}`, 'five parts': `${h}.${p}.${s}.${s}.${s}`, 'no header': `.${p}.${s}`,
            'no payload': `${h}..${s}`, 'short signature': `${h}.${p}.${s.slice(0, 40)}`, 'long signature': `${h}.${p}.${s}AAAA`, 'signature of zeros': `${h}.${p}.${b64u(Buffer.alloc(64))}`,
            'signature in DER': `${h}.${p}.${b64u(createSign('sha256').update(`${h}.${p}`).sign(otherKey))}`, 'standard alphabet': `${h}.${p}.${Buffer.from(s, 'base64url').toString('base64').replace(/=+$/, '')}+/`,
            'halves swapped': `${h}.${p}.${b64u(Buffer.concat([Buffer.from(s, 'base64url').subarray(32), Buffer.from(s, 'base64url').subarray(0, 32)]))}`,
            'a line break': `${h}.${p}.${s.slice(0, 10)}%0A${s.slice(10)}`, 'parts swapped': `${p}.${h}.${s}`, 'twice the header': `${h}.${h}.${s}`, 'behind it a tilde': `${h}.${p}.${s}~`,
        };
    };
    for (const [name, t] of Object.entries(encodings(c.token))) add(`token, ${name}`, t, proofFor(t));
    for (const [name, p] of Object.entries(encodings(proofFor(c.token)))) add(`proof, ${name}`, c.token, p);
    // The other signature of the same words (s and n - s are both valid): good in every book, and good here.
    const twin = (text) => {
        const [h, p, s] = text.split('.');
        const raw = Buffer.from(s, 'base64url');
        const n = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
        const other = (n - BigInt('0x' + raw.subarray(32).toString('hex'))).toString(16).padStart(64, '0');
        return `${h}.${p}.${b64u(Buffer.concat([raw.subarray(0, 32), Buffer.from(other, 'hex')]))}`;
    };
    const twinToken = twin(c.token);
    add('token, its twin signature', twinToken, proofFor(twinToken));
    add('proof, its twin signature', c.token, twin(proofFor(c.token)));

    // Heads of the token, signed with the server's own key.
    const heads = {
        'typ JWT': { ...tokenHead, typ: 'JWT' }, 'typ application/at+jwt': { ...tokenHead, typ: 'application/at+jwt' }, 'typ AT+JWT': { ...tokenHead, typ: 'AT+JWT' }, 'typ dpop+jwt': { ...tokenHead, typ: 'dpop+jwt' },
        'typ naru-outage+jwt': { ...tokenHead, typ: 'naru-outage+jwt' }, 'typ logout+jwt': { ...tokenHead, typ: 'logout+jwt' }, 'typ empty': { ...tokenHead, typ: '' }, 'typ null': { ...tokenHead, typ: null }, 'typ a number': { ...tokenHead, typ: 1 },
        'no typ': without(tokenHead, 'typ'), 'alg none': { ...tokenHead, alg: 'none' }, 'alg HS256': { ...tokenHead, alg: 'HS256' }, 'alg ES384': { ...tokenHead, alg: 'ES384' }, 'alg RS256': { ...tokenHead, alg: 'RS256' },
        'alg EdDSA': { ...tokenHead, alg: 'EdDSA' }, 'alg es256': { ...tokenHead, alg: 'es256' }, 'alg empty': { ...tokenHead, alg: '' }, 'alg null': { ...tokenHead, alg: null }, 'no alg': without(tokenHead, 'alg'),
        'no kid': without(tokenHead, 'kid'), 'kid unknown': { ...tokenHead, kid: 'unknown' }, 'kid a number': { ...tokenHead, kid: 7 }, 'kid null': { ...tokenHead, kid: null }, 'kid of the device': { ...tokenHead, kid: tokenClaims.cnf.jkt },
        'crit': { ...tokenHead, crit: ['exp'] }, 'crit empty': { ...tokenHead, crit: [] }, 'b64 false': { ...tokenHead, b64: false, crit: ['b64'] }, 'a jwk of its own': { ...tokenHead, jwk: publicOf(otherKey) }, 'the device as jwk': { ...tokenHead, jwk },
        'jku': { ...tokenHead, jku: 'https://evil.example/jwks.json' }, 'x5u': { ...tokenHead, x5u: 'https://evil.example/cert.pem' }, 'zip': { ...tokenHead, zip: 'DEF' }, 'cty': { ...tokenHead, cty: 'JWT' },
        'one member more': { ...tokenHead, naru: 1 }, 'members in another order': Object.fromEntries(Object.entries(tokenHead).reverse()), 'with blanks': JSON.stringify(tokenHead, null, 1), 'an array': [tokenHead], 'a text': '"at+jwt"', 'no JSON': '{',
        'alg twice': `{"alg":"none",${JSON.stringify(tokenHead).slice(1)}`,
    };
    for (const [name, head] of Object.entries(heads)) {
        const t = jws(head, tokenClaims, serverKey);
        add(`token head, ${name}`, t, proofFor(t));
    }
    const serverPublic = createPublicKey(serverKey);
    const confusions = {
        'none without a signature': jws({ ...tokenHead, alg: 'none' }, tokenClaims, () => ''),
        'HS256 with the public key in PEM': jws({ ...tokenHead, alg: 'HS256' }, tokenClaims, (d) => createHmac('sha256', serverPublic.export({ format: 'pem', type: 'spki' })).update(d).digest()),
        'HS256 with the public key in DER': jws({ ...tokenHead, alg: 'HS256' }, tokenClaims, (d) => createHmac('sha256', serverPublic.export({ format: 'der', type: 'spki' })).update(d).digest()),
        'HS256 with x': jws({ ...tokenHead, alg: 'HS256' }, tokenClaims, (d) => createHmac('sha256', Buffer.from(publicOf(serverKey).x, 'base64url')).update(d).digest()),
        'HS256 with nothing': jws({ ...tokenHead, alg: 'HS256' }, tokenClaims, (d) => createHmac('sha256', '').update(d).digest()),
        'signed by a stranger': jws(tokenHead, tokenClaims, otherKey), 'signed by the device': jws(tokenHead, tokenClaims, deviceKey),
        'signed by the jwk it brings': jws({ ...tokenHead, jwk: publicOf(otherKey) }, tokenClaims, otherKey), 'signed with SHA-384': jws(tokenHead, tokenClaims, (d) => sign(d, serverKey, 'sha384')),
        'a proof in its place': proofFor(c.token), 'signed anew': jws(tokenHead, tokenClaims, serverKey),
    };
    for (const [name, t] of Object.entries(confusions)) add(`token, ${name}`, t, proofFor(t));

    // Claims of the token, signed with the server's own key.
    const odd = { missing: undefined, null: null, 'a number': 7, 'a text': 'x', empty: '', 'an array': [], 'an object': {}, true: true };
    const claim = (name, value) => (value === undefined ? without(tokenClaims, name) : { ...tokenClaims, [name]: value });
    for (const name of ['iss', 'aud', 'sub', 'client_id', 'jti', 'iat', 'exp', 'cnf', 'sid', 'sv', 'did', 'scope', 'role'])
        for (const [word, value] of Object.entries(odd)) {
            if ((name === 'jti' || name === 'client_id') && value !== undefined && typeof value === 'string') continue; // any text is as good as another
            const t = jws(tokenHead, claim(name, value), serverKey);
            add(`token, ${name} ${word}`, t, proofFor(t));
        }
    const claims = {
        'iss with a slash': claim('iss', tokenClaims.iss + '/'), 'iss of another': claim('iss', 'https://evil.example'), 'iss in capitals': claim('iss', tokenClaims.iss.toUpperCase()), 'iss a list': claim('iss', [tokenClaims.iss]),
        'aud of another': claim('aud', 'other-api'), 'aud a list': claim('aud', [tokenClaims.aud]), 'aud a list of two': claim('aud', ['other-api', tokenClaims.aud]), 'aud longer': claim('aud', tokenClaims.aud + '2'),
        'exp long ago': claim('exp', now - 3600), 'exp a minute ago': claim('exp', now - 60), 'exp zero': claim('exp', 0), 'exp negative': claim('exp', -1), 'exp as text': claim('exp', String(tokenClaims.exp)), 'exp far away': claim('exp', now + 86400),
        'exp in milliseconds': claim('exp', (now + 300) * 1000), 'exp beyond all numbers': claim('exp', 1e15), 'exp with a fraction': claim('exp', now + 100.5), 'iat tomorrow': { ...tokenClaims, iat: now + 86400, exp: now + 90000 },
        'iat in a minute': claim('iat', now + 60), 'iat an hour ago': claim('iat', now - 3600), 'iat as text': claim('iat', String(tokenClaims.iat)), 'iat after exp': { ...tokenClaims, iat: now + 200, exp: now + 100 }, 'iat with a fraction': claim('iat', now - 10.5),
        'cnf of another key': claim('cnf', { jkt: b64u(sha256('another')) }), 'cnf of a stranger': claim('cnf', { jkt: b64u(sha256(JSON.stringify(publicOf(otherKey)))) }), 'cnf jkt shortened': claim('cnf', { jkt: tokenClaims.cnf.jkt.slice(0, 42) }),
        'cnf jkt padded': claim('cnf', { jkt: tokenClaims.cnf.jkt + '=' }), 'cnf jkt a number': claim('cnf', { jkt: 7 }), 'cnf x5t': claim('cnf', { 'x5t#S256': tokenClaims.cnf.jkt }), 'cnf with a jwk': claim('cnf', { jwk }),
        'sv lower': claim('sv', tokenClaims.sv - 1), 'sv as text': claim('sv', String(tokenClaims.sv)), 'sid of nobody': claim('sid', '01AAAAAAAAAAAAAAAAAAAAAAAA'), 'sub as mail': claim('sub', 'staff1@naru.example'),
        'one claim more': claim('naru', { deep: [1, 2, 3] }), 'payload an array': [tokenClaims], 'payload a text': '"x"', 'payload null': 'null', 'payload no JSON': '{"iss":', 'payload with text behind': JSON.stringify(tokenClaims) + 'x',
        'payload with blanks': JSON.stringify(tokenClaims, null, 2), 'iss twice, the last good': `{"iss":"https://evil.example",${JSON.stringify(tokenClaims).slice(1)}`, 'iss twice, the last bad': `${JSON.stringify(tokenClaims).slice(0, -1)},"iss":"https://evil.example"}`,
    };
    for (const [name, payload] of Object.entries(claims)) {
        const t = jws(tokenHead, payload, serverKey);
        add(`token, ${name}`, t, proofFor(t));
    }

    // Heads of the proof, signed with the device's own key.
    const { x, y } = jwk;
    const off = Buffer.from(y, 'base64url');
    off[31] ^= 1;
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const okp = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    const proofHeads = {
        'typ JWT': { ...proofHead, typ: 'JWT' }, 'typ at+jwt': { ...proofHead, typ: 'at+jwt' }, 'typ DPOP+JWT': { ...proofHead, typ: 'DPOP+JWT' }, 'typ application/dpop+jwt': { ...proofHead, typ: 'application/dpop+jwt' }, 'typ empty': { ...proofHead, typ: '' },
        'typ null': { ...proofHead, typ: null }, 'typ a list': { ...proofHead, typ: ['dpop+jwt'] }, 'no typ': without(proofHead, 'typ'), 'alg none': { ...proofHead, alg: 'none' }, 'alg HS256': { ...proofHead, alg: 'HS256' }, 'alg ES384': { ...proofHead, alg: 'ES384' },
        'alg RS256': { ...proofHead, alg: 'RS256' }, 'alg EdDSA': { ...proofHead, alg: 'EdDSA' }, 'alg es256': { ...proofHead, alg: 'es256' }, 'no alg': without(proofHead, 'alg'), 'crit': { ...proofHead, crit: ['jwk'] }, 'crit empty': { ...proofHead, crit: [] },
        'a kid': { ...proofHead, kid: 'device' }, 'one member more': { ...proofHead, naru: true }, 'members in another order': Object.fromEntries(Object.entries(proofHead).reverse()), 'with blanks': JSON.stringify(proofHead, null, 1),
        'no jwk': without(proofHead, 'jwk'), 'jwk null': { ...proofHead, jwk: null }, 'jwk a text': { ...proofHead, jwk: JSON.stringify(jwk) }, 'jwk a list': { ...proofHead, jwk: [jwk] }, 'jwk of a stranger': { ...proofHead, jwk: publicOf(otherKey) },
        'jwk with d': { ...proofHead, jwk: deviceKey.export({ format: 'jwk' }) }, 'jwk kty OKP': { ...proofHead, jwk: { ...jwk, kty: 'OKP' } }, 'jwk kty ec': { ...proofHead, jwk: { ...jwk, kty: 'ec' } }, 'jwk no kty': { ...proofHead, jwk: without(jwk, 'kty') },
        'jwk crv P-384': { ...proofHead, jwk: { ...jwk, crv: 'P-384' } }, 'jwk crv secp256k1': { ...proofHead, jwk: { ...jwk, crv: 'secp256k1' } }, 'jwk no crv': { ...proofHead, jwk: without(jwk, 'crv') }, 'jwk no x': { ...proofHead, jwk: without(jwk, 'x') },
        'jwk no y': { ...proofHead, jwk: without(jwk, 'y') }, 'jwk x and y swapped': { ...proofHead, jwk: { ...jwk, x: y, y: x } }, 'jwk off the curve': { ...proofHead, jwk: { ...jwk, y: b64u(off) } }, 'jwk x short': { ...proofHead, jwk: { ...jwk, x: x.slice(0, 42) } },
        'jwk x long': { ...proofHead, jwk: { ...jwk, x: 'AA' + x } }, 'jwk x empty': { ...proofHead, jwk: { ...jwk, x: '' } }, 'jwk x a number': { ...proofHead, jwk: { ...jwk, x: 7 } }, 'jwk x padded': { ...proofHead, jwk: { ...jwk, x: x + '=' } },
        'jwk ed25519': { ...proofHead, jwk: okp }, 'jwk of P-384': { ...proofHead, alg: 'ES384', jwk: publicOf(p384) }, 'jwk symmetric': { ...proofHead, jwk: { kty: 'oct', k: b64u('secret') } }, 'jku in its place': { ...without(proofHead, 'jwk'), jku: 'https://evil.example' },
        'jwk with a name': { ...proofHead, jwk: { ...jwk, naru: 'x' } }, 'an array': [proofHead], 'no JSON': '{"typ"',
    };
    for (const [name, head] of Object.entries(proofHeads)) add(`proof head, ${name}`, c.token, jws(head, proofClaims(c.token), deviceKey));
    add('proof, none without a signature', c.token, jws({ ...proofHead, alg: 'none' }, proofClaims(c.token), () => ''));
    add('proof, HS256 with its own public key', c.token, jws({ ...proofHead, alg: 'HS256' }, proofClaims(c.token), (d) => createHmac('sha256', JSON.stringify(jwk)).update(d).digest()));
    add('proof, of a stranger, whole', c.token, jws({ ...proofHead, jwk: publicOf(otherKey) }, proofClaims(c.token), otherKey));
    add('proof, signed by a stranger', c.token, jws(proofHead, proofClaims(c.token), otherKey));
    add('proof, signed by the server', c.token, jws(proofHead, proofClaims(c.token), serverKey));
    add('proof, the token in its place', c.token, c.token);

    // Claims of the proof, signed with the device's own key.
    const said = (over) => jws(proofHead, JSON.parse(JSON.stringify(proofClaims(c.token, over))), deviceKey);
    for (const name of ['htm', 'htu', 'jti', 'iat', 'nonce', 'ath'])
        for (const [word, value] of Object.entries(odd)) {
            if (name === 'jti' && value === 'x') continue; // any text is as good as another
            if (name === 'iat' && value === 7) continue; // among the clocks below
            add(`proof, ${name} ${word}`, c.token, said({ [name]: value }));
        }
    const host = new URL(c.origin).host;
    const ways = {
        'htm lower case': { htm: c.method.toLowerCase() }, 'htm POST': { htm: 'POST' }, 'htm HEAD': { htm: 'HEAD' }, 'htm with a blank': { htm: c.method + ' ' }, 'htm a list': { htm: [c.method] },
        'htu with a query': { htu: htu + '?a=1' }, 'htu with a fragment': { htu: htu + '#a' }, 'htu with a slash': { htu: htu + '/' }, 'htu of another path': { htu: c.origin + '/v1/orders' }, 'htu shorter': { htu: htu.slice(0, -1) }, 'htu without the path': { htu: c.origin },
        'htu of another host': { htu: 'http://evil.example' + c.path }, 'htu of another port': { htu: `http://${host.split(':')[0]}:1${c.path}` }, 'htu without the port': { htu: `http://${host.split(':')[0]}${c.path}` }, 'htu the path alone': { htu: c.path }, 'htu with a user': { htu: `http://naru@${host}${c.path}` },
        'htu ftp': { htu: `ftp://${host}${c.path}` }, 'htu scheme in capitals': { htu: `HTTP://${host}${c.path}` }, 'htu escaped': { htu: `${c.origin}/v1/s%65ssion` }, 'htu with dots': { htu: `${c.origin}/v1/./session` }, 'htu with two slashes': { htu: `${c.origin}//v1/session` },
        'htu path in capitals': { htu: `${c.origin}/V1/SESSION` }, 'htu with a blank': { htu: htu + ' ' },
        'ath of another token': { ath: b64u(sha256(c.token + 'x')) }, 'ath padded': { ath: b64u(sha256(c.token)) + '=' }, 'ath in hex': { ath: sha256(c.token).toString('hex') }, 'ath of SHA-1': { ath: b64u(createHash('sha1').update(c.token).digest()) }, 'ath in standard letters': { ath: sha256(c.token).toString('base64') }, 'ath shortened': { ath: b64u(sha256(c.token)).slice(0, 42) },
        'ath of the payload': { ath: b64u(sha256(c.token.split('.')[1])) }, 'nonce of another server': { nonce: b64u(randomBytes(24)) }, 'nonce shortened': { nonce: c.nonce.slice(0, -1) }, 'nonce longer': { nonce: c.nonce + 'A' }, 'nonce in capitals': { nonce: c.nonce.toUpperCase() }, 'nonce three minutes old': { nonce: c.oldNonce },
        'nonce of tomorrow': { nonce: c.futureNonce }, 'jti of 128 characters': { jti: 'j'.repeat(115) + '-' + randomBytes(6).toString('hex') }, 'jti of 129 characters': { jti: 'k'.repeat(116) + '-' + randomBytes(6).toString('hex') }, 'one claim more': { naru: [1] }, 'iat with a fraction': { iat: now - 0.5 }, 'iat negative': { iat: -1 },
    };
    for (const [name, over] of Object.entries(ways)) add(`proof, ${name}`, c.token, said(over));
    add('proof, htu by https', c.token, said({ htu: htu.replace('http:', 'https:') }), { askedUrl: htu.replace('http:', 'https:') });
    add('proof, host in capitals', c.token, said({ htu: htu.replace('127.0.0.1', '127.0.0.1').toUpperCase().replace('HTTP:', 'http:').replace(c.path.toUpperCase(), c.path) }));
    add('proof, payload no JSON', c.token, jws(proofHead, '{"htm":', deviceKey));
    add('proof, payload an array', c.token, jws(proofHead, [proofClaims(c.token)], deviceKey));
    add('proof, htm twice, the last good', c.token, jws(proofHead, `{"htm":"POST",${JSON.stringify(proofClaims(c.token)).slice(1)}`, deviceKey));
    add('proof, htm twice, the last bad', c.token, jws(proofHead, `${JSON.stringify(proofClaims(c.token)).slice(0, -1)},"htm":"POST"}`, deviceKey));
    // A clock that is wrong by so much. The token lives longer than that, and the judges are asked as if their clock were the caller's.
    for (const skew of [-2 * 86400, -86400, -3600, -600, -301, -299, -60, 60, 299, 301, 600, 3600, 86400]) {
        const t = jws(tokenHead, { ...tokenClaims, iat: now - 10, exp: now + 3 * 86400 }, serverKey);
        add(`proof, its clock off by ${skew} s`, t, jws(proofHead, proofClaims(t, { iat: now + skew }), deviceKey), { skew });
    }
    const once = proofFor(c.token);
    add('proof, shown for the first time', c.token, once);
    add('proof, shown again', c.token, once);
    add('proof, its twin shown again', c.token, twin(once));
    add('proof, its jti again in another proof', c.token, said({ jti: decodeJwt(once).jti }));

    // What is around them.
    const around = (name, headers, extra = {}) => list.push({ name, headers, token: c.token, proof: headers.find(([k]) => k === 'DPoP')?.[1] ?? '', ...extra });
    const p = () => proofFor(c.token);
    around('no proof', [['Authorization', `DPoP ${c.token}`]]);
    around('no token', [['DPoP', p()]]);
    around('neither', []);
    around('as a bearer token, with a proof', [['Authorization', `Bearer ${c.token}`], ['DPoP', p()]]);
    around('as a bearer token', [['Authorization', `Bearer ${c.token}`]]);
    around('as Basic', [['Authorization', `Basic ${c.token}`], ['DPoP', p()]]);
    around('scheme in small letters', [['Authorization', `dpop ${c.token}`], ['DPoP', p()]]);
    around('scheme in capitals', [['Authorization', `DPOP ${c.token}`], ['DPoP', p()]]);
    around('no scheme', [['Authorization', c.token], ['DPoP', p()]]);
    around('scheme alone', [['Authorization', 'DPoP'], ['DPoP', p()]]);
    around('two tokens', [['Authorization', `DPoP ${c.token} ${c.token}`], ['DPoP', p()]]);
    around('token in quotes', [['Authorization', `DPoP "${c.token}"`], ['DPoP', p()]]);
    around('two proofs', [['Authorization', `DPoP ${c.token}`], ['DPoP', p()], ['DPoP', p()]]);
    around('two proofs in one field', [['Authorization', `DPoP ${c.token}`], ['DPoP', `${p()}, ${p()}`]]);
    around('an empty proof', [['Authorization', `DPoP ${c.token}`], ['DPoP', '']]);
    around('proof with a scheme', [['Authorization', `DPoP ${c.token}`], ['DPoP', `DPoP ${p()}`]]);
    around('the two swapped', [['Authorization', `DPoP ${p()}`], ['DPoP', c.token]]);
    return list;
}
