// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_auth/Report.h"

#include <QDateTime>
#include <cmath>
#include <stdexcept>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

QString number(double v, int digits) { return QString::number(v, 'f', digits); }
QString range(const Series& s, int digits, double factor = 1) { return number(s.median() * factor, digits) + u" ("_s + number(s.low() * factor, digits) + u"–"_s + number(s.high() * factor, digits) + u')'; }
QString ms(std::int64_t micros) { return number(static_cast<double>(micros) / 1000, 2); }

const StormSide& side(const StormResult& r, const char* name)
{
    for (const StormSide& s : r.sides)
        if (s.name == QLatin1String(name))
            return s;
    throw std::runtime_error("a side is missing");
}

// Of all rounds together: what the storm adds to what is late anyway.
double delayed(const StormSide& s)
{
    double sum = 0;
    for (const double v : s.delayed.values)
        sum += v;
    return s.delayed.values.empty() ? 0 : sum / static_cast<double>(s.delayed.values.size());
}

double withinOneSecond(const StormSide& s)
{
    const auto all = static_cast<double>(s.known.count());
    if (all == 0)
        return 0;
    double part = 1; // the largest part that is not over a second
    while (part > 0 && s.known.quantile(part) > 1'000'000)
        part -= 1 / all;
    return part - static_cast<double>(s.knownRefused) / all;
}

} // namespace

std::vector<AuthGoal> goals(const AuthFindings& f)
{
    std::vector<AuthGoal> out;
    const double known = f.verify.known.median();
    const double fresh = f.verify.fresh.median();
    out.push_back({u"G4"_s, u"letting a request in, known token, processor time"_s, number(known, 1) + u" µs"_s, u"≤ 150 µs"_s, known <= 150});
    out.push_back({u"G4"_s, u"letting a request in, token seen for the first time"_s, number(fresh, 1) + u" µs"_s, u"≤ 300 µs"_s, fresh <= 300});
    out.push_back({u"G4"_s, u"verifications a second a core"_s, number(1e6 / known, 0), u"≥ 6,000"_s, 1e6 / known >= 6'000});
    const double ratio = f.signIns.ratio.median();
    out.push_back({u"G5"_s, u"sign-ins / bare hashes of as many threads"_s, number(100 * ratio, 1) + u" %"_s, u"≥ 85 %"_s, ratio >= .85});
    out.push_back({u"T18"_s, u"refusals of names that exist and that do not, by their time alone (rank test, |z|)"_s, number(std::abs(f.discovery.z), 2), u"≤ 3.3"_s, std::abs(f.discovery.z) <= 3.3});
    const double calm = delayed(side(f.storm, "calm"));
    const double bounded = std::max(0.0, delayed(side(f.storm, "bounded")) - calm);
    const double unbounded = std::max(0.0, delayed(side(f.storm, "unbounded")) - calm);
    out.push_back({u"G6"_s, u"requests delayed by more than 5 ms by a storm of ten times what can be hashed"_s, number(100 * bounded, 3) + u" %"_s, u"≤ 0.1 %"_s, bounded <= .001});
    out.push_back({u"G6"_s, u"the same without the pool (the control: it must show)"_s, number(100 * unbounded, 1) + u" %"_s, u"≥ 10 %"_s, unbounded >= .1});
    const double inTime = withinOneSecond(side(f.storm, "bounded"));
    out.push_back({u"G6"_s, u"sign-ins of known devices within 1 s, in the storm"_s, number(100 * inTime, 1) + u" %"_s, u"≥ 99.9 %"_s, inTime >= .999});
    return out;
}

QString markdown(const AuthFindings& f)
{
    QString t = u"<!-- Written by naru-auth; run it again instead of editing. -->\n# Proofs, tokens and sign-ins, measured\n\n"_s;
    t += u"One run of `naru-auth` on %1 UTC, a whole server inside one process, SQLite on disk. Medians of the rounds, and their range.\n\n"_s.arg(QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd HH:mm"_s));
    t += u"- Machine: %1. Server and generator share it.\n- Run: %2 rounds%3.\n\n"_s.arg(f.machine).arg(f.rounds).arg(f.quick ? u"; **a quick run: it shows that everything works, not how fast it is**"_s : QString());
    t += u"## Goals\n\n| | goal | this run | asked | |\n|---|---|---:|---:|---|\n"_s;
    for (const AuthGoal& g : goals(f))
        t += u"| %1 | %2 | **%3** | %4 | %5 |\n"_s.arg(g.id, g.words, g.value, g.asked, g.met ? u"met"_s : u"**missed**"_s);
    t += u"\n## Letting a request in\n\nProcessor time of one thread, in µs. A proof is one ES256 signature (OpenSSL), its nonce, address, token hash and one look whether it was seen before; a token "
          "seen before costs a look-up, a new one another signature.\n\n| | µs each | a second a core |\n|---|---:|---:|\n"_s;
    const auto row = [&t](const QString& name, const Series& s) { t += u"| %1 | %2 | %3 |\n"_s.arg(name, range(s, 1), number(1e6 / std::max(1e-9, s.median()), 0)); };
    row(u"proof alone"_s, f.verify.proof);
    row(u"proof and a known token"_s, f.verify.known);
    row(u"proof and a new token"_s, f.verify.fresh);
    t += u"\n## Sign-ins\n\nWhole ones: limits, Argon2id (19 MiB, two passes), device, code, session; two durable commits each. The limit is bare hashes of one thread, before and after each "
          "round.\n\n| | a second |\n|---|---:|\n| bare hashes, one thread | %1 |\n| sign-ins | %2 |\n| sign-ins / limit of the hashing threads | %3 % |\n"_s
             .arg(range(f.signIns.limit, 1), range(f.signIns.signIns, 1), range(f.signIns.ratio, 1, 100));
    t += u"\n## Whether a name exists\n\nA wrong password for a name that exists and for one that does not, in turn, %1 times each: median %2 and %3 ms; the rank test (Mann–Whitney) says z = %4, so %5.\n"_s
             .arg(f.discovery.times).arg(ms(f.discovery.existing.quantile(.5)), ms(f.discovery.unknown.quantile(.5)), number(f.discovery.z, 2),
                 std::abs(f.discovery.z) <= 3.3 ? u"the time tells nothing"_s : u"**the time tells them apart**"_s);
    t += u"\n## A storm of sign-ins beside the work\n\n200 requests of the interface a second, each under a proof, at fixed moments; latency counts from the moment a request was due. Beside them %1 "
          "sign-ins a second from devices nobody knows, ten times what one thread can hash, nine of ten for names that do not exist; and four a second from known devices. “unbounded” hashes each "
          "as it comes on a thread of its own, as a server without a pool does, at most 100 at a time to keep the machine alive.\n\n"_s.arg(number(f.storm.offeredPerSecond, 0));
    t += u"| side | requests | p50 ms | p99 | p99.9 | max | over 5 ms | failed | storm: offered / hashed | known devices: p50 / p99 / max ms, refused | memory MiB |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"_s;
    for (const StormSide& s : f.storm.sides)
        t += u"| %1 | %2 | %3 | %4 | %5 | %6 | %7 % | %8 | %9 | %10 | %11 |\n"_s.arg(s.name).arg(s.latency.count()).arg(ms(s.latency.quantile(.5)), ms(s.latency.quantile(.99)), ms(s.latency.quantile(.999)), ms(s.latency.max()))
                 .arg(range(s.delayed, 3, 100)).arg(s.failed).arg(s.offered == 0 ? u"–"_s : u"%1 / %2"_s.arg(s.offered).arg(s.served))
                 .arg(s.known.count() == 0 ? u"–"_s : u"%1 / %2 / %3, %4"_s.arg(ms(s.known.quantile(.5)), ms(s.known.quantile(.99)), ms(s.known.max())).arg(s.knownRefused)).arg(number(s.residentMiB, 0));
    return t;
}

} // namespace naru::bench
