// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/naru_bench/Report.h"

#include <QDateTime>
#include <cmath>

namespace naru::bench {

using namespace Qt::StringLiterals;

namespace {

QString number(double v, int decimals = 0)
{
    QString text = QString::number(v, 'f', decimals);
    qsizetype point = text.indexOf(u'.');
    for (qsizetype i = (point < 0 ? text.size() : point) - 3; i > 0; i -= 3)
        text.insert(i, u',');
    return text;
}

QString ms(std::int64_t micros)
{
    const double v = static_cast<double>(micros) / 1000;
    return number(v, v < 10 ? 2 : v < 100 ? 1 : 0);
}

QString figure(const Goal& g, double v)
{
    return number(v, std::abs(v) < 10 ? 2 : std::abs(v) < 100 ? 1 : 0) + (g.unit.isEmpty() ? QString() : u' ' + g.unit);
}

QString goalTable(const Findings& f)
{
    QString out = u"| | claim | this run (median) | range | asked | |\n|---|---|---:|---:|---:|---|\n"_s;
    for (const Goal& g : goals(f))
        out += u"| %1 | %2 | **%3** | %4 | %5 %6 | %7%8 |\n"_s.arg(g.id, g.words, figure(g, g.value),
            g.low == g.high ? QString() : figure(g, g.low) + u" – "_s + figure(g, g.high), g.atLeast ? u"≥"_s : u"≤"_s, figure(g, g.floor), g.met() ? u"met"_s : u"**missed**"_s,
            g.more.isEmpty() ? QString() : u"; "_s + g.more);
    return out;
}

QString groupTable(const GroupResult& g)
{
    QString out = u"### %1\n\n| side / callers | decided/s | p50 ms | p90 | p99 | p99.9 | max | CPU µs each: server + database (generator) | per commit | others on the machine |\n"
                  "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"_s.arg(g.title);
    for (const Series& s : g.series) {
        const Histogram h = s.latency();
        const double foreign = (s.median(&Measured::foreign).value_or(0) + s.median(&Measured::stolen).value_or(0)) * 100;
        const double perCommit = s.median(&Measured::perCommit).value_or(0);
        out += u"| %1 | **%2** | %3 | %4 | %5 | %6 | %7 | %8 + %9 (%10) | %11 | %12 % |\n"_s.arg(s.key, number(s.rate()), ms(h.quantile(.5)), ms(h.quantile(.9)), ms(h.quantile(.99)),
            ms(h.quantile(.999)), ms(h.max()), number(s.median(&Measured::serverUs).value_or(0)), number(s.median(&Measured::databaseUs).value_or(0)))
            .arg(number(s.median(&Measured::driverUs).value_or(0), 1), perCommit > 0 ? number(perCommit, 1) : u"–"_s, number(foreign));
    }
    out += u"\n%1 rounds. One durable write (8 kB, fdatasync) took p50 %2, p99 %3 ms before and p50 %4, p99 %5 ms after. %6\n"_s.arg(g.series.empty() ? 0 : g.series.front().runs.size())
               .arg(ms(g.syncBefore.quantile(.5)), ms(g.syncBefore.quantile(.99)), ms(g.syncAfter.quantile(.5)), ms(g.syncAfter.quantile(.99)),
                   g.sound ? u"Every granted request is in the ledger once; I01–I05 hold on both stores."_s : u"**These figures are void:**"_s);
    for (const QString& note : g.notes)
        out += u"- %1\n"_s.arg(note);
    return out + u'\n';
}

QString openTable(const Findings& f)
{
    if (f.open.empty())
        return {};
    QString out = u"### Latency at a given rate\n\nOpen loop, Poisson arrivals on one hot inventory, counted from the intended moment.\n\n"
                  "| server on | asked/s | decided | p50 ms | p90 | p99 | p99.9 | max | generator: late p99, share of a core |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"_s;
    for (const OpenRun& o : f.open) {
        const Measured& m = o.measured;
        out += u"| %1 | %2 | %3 | %4 | %5 | %6 | %7 | %8 | %9 ms, %10 % |\n"_s.arg(o.side, number(o.perSecond), number(static_cast<double>(m.granted + m.refused)), ms(m.latency.quantile(.5)),
            ms(m.latency.quantile(.9)), ms(m.latency.quantile(.99)), ms(m.latency.quantile(.999)), ms(m.latency.max()), ms(m.lateness.quantile(.99)))
            .arg(number(m.driverShare * 100));
        if (!m.trouble.isEmpty())
            out += u"\n%1\n"_s.arg(m.trouble);
    }
    return out + u'\n';
}

} // namespace

QString pageName(Layer layer) { return layer == Layer::Session ? u"reservations"_s : u"contention"_s; }

QString markdown(const Findings& f)
{
    QString out = u"<!-- Written by naru-bench; run it again instead of editing. -->\n# Reservations, measured\n\n"
                  "![Throughput by callers](%2.svg)\n\n"
                  "One run of `naru-bench` on %1 UTC. Sides of a table were measured in turn, forwards and backwards; a ratio is taken round by round, and its median and range are given. "
                  "“textbook” is `BEGIN; SELECT … FOR UPDATE; INSERT; UPDATE … version; COMMIT` straight on the same PostgreSQL, with as many connections as callers, at most 64. "
                  "“pg” and “sqlite” are `narud` over HTTP with %3 checked on every request, ledger, transition, audit chain, outbox and idempotency key written; "
                  "“L1” is its engine without HTTP. “×2” are two nodes on one database.\n\n"_s.arg(QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd HH:mm"_s), pageName(f.layer),
                      f.layer == Layer::Proof ? u"token, session and a proof of the device’s key (RFC 9449, signed beforehand by the generator)"_s
                                              : u"token and session (not the proof of the device’s key that a real server asks for: a build with failpoints, `--layer session`)"_s);
    out += u"- Machine: %1. Server, database and generator share it.\n- Settings: %2.\n- Run: %3.\n"_s.arg(f.machine, f.settings, f.how);
    out += u"- The generator proves itself on a server that is stopped 200 ms of each second: p90 %1 ms (asked ≥ 90), p99 %2 ms (asked ≥ 180), its own lateness p99 %3 ms.\n"_s
               .arg(ms(f.honesty.latency.quantile(.9)), ms(f.honesty.latency.quantile(.99)), ms(f.honesty.lateness.quantile(.99)));
    if (f.checked)
        out += f.checks.isEmpty() ? u"- `narud check` holds every rule on both stores at the end.\n"_s : u"- **%1**\n"_s.arg(f.checks.join(u"; "_s));
    out += u"- Others that use the machine flatter the ratios (they slow each durable write, and the textbook pays one per request), so a round in which they used more than a tenth "
           "of it was measured again, at most twice a table.\n\n## Claims\n\n"_s;
    out += goalTable(f) + u"\n## Figures\n\nLatency is of all rounds together, the other figures are medians of the rounds.\n\n"_s;
    for (const GroupResult& g : f.groups)
        out += groupTable(g);
    return out + openTable(f);
}

namespace {

constexpr double kLeft = 70;
constexpr double kRight = 560;
constexpr double kTop = 50;
constexpr double kBottom = 340;

struct Axes {
    double x0, x1, y0, y1; // logarithms
    double x(double v) const { return kLeft + (std::log10(v) - x0) / (x1 - x0) * (kRight - kLeft); }
    double y(double v) const { return kBottom - (std::log10(v) - y0) / (y1 - y0) * (kBottom - kTop); }
};

QString text(double x, double y, const QString& what, const char* anchor, const QString& colour, int size = 12)
{
    return u"<text x=\"%1\" y=\"%2\" text-anchor=\"%3\" fill=\"%4\" font-size=\"%5\">%6</text>\n"_s.arg(x, 0, 'f', 1).arg(y, 0, 'f', 1)
        .arg(QString::fromLatin1(anchor), colour).arg(size).arg(what.toHtmlEscaped());
}

QString grid(const Axes& a)
{
    QString out;
    for (double v = std::pow(10, a.y0); v <= std::pow(10, a.y1) * 1.001; v *= 10) {
        out += u"<line x1=\"%1\" y1=\"%3\" x2=\"%2\" y2=\"%3\" stroke=\"#d5d9de\"/>\n"_s.arg(kLeft).arg(kRight).arg(a.y(v), 0, 'f', 1);
        out += text(kLeft - 8, a.y(v) + 4, number(v), "end", u"#5b6470"_s);
    }
    for (const double v : {1.0, 8.0, 32.0, 64.0, 256.0, 1024.0}) {
        out += u"<line x1=\"%1\" y1=\"%2\" x2=\"%1\" y2=\"%3\" stroke=\"#eceef1\"/>\n"_s.arg(a.x(v), 0, 'f', 1).arg(kTop).arg(kBottom);
        out += text(a.x(v), kBottom + 18, number(v), "middle", u"#5b6470"_s);
    }
    return out + text((kLeft + kRight) / 2, kBottom + 38, u"callers at once"_s, "middle", u"#5b6470"_s);
}

} // namespace

QString chart(const QString& title, const std::vector<Line>& lines)
{
    double most = 1000;
    for (const Line& l : lines)
        for (const auto& p : l.points)
            most = std::max(most, p.second);
    const Axes a{0, std::log10(1400.0), 2, std::ceil(std::log10(most))};
    QString out = u"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 390\" font-family=\"sans-serif\">\n<rect width=\"760\" height=\"390\" fill=\"#ffffff\"/>\n"_s;
    out += text(kLeft, 26, title, "start", u"#1d232b"_s, 15) + grid(a);
    std::vector<double> labels;
    for (const Line& l : lines) {
        if (l.points.empty())
            continue;
        QStringList way;
        for (const auto& [callers, rate] : l.points) {
            const double v = std::max(rate, 100.0);
            way << u"%1,%2"_s.arg(a.x(callers), 0, 'f', 1).arg(a.y(v), 0, 'f', 1);
            out += u"<circle cx=\"%1\" cy=\"%2\" r=\"3.5\" fill=\"%3\"/>\n"_s.arg(a.x(callers), 0, 'f', 1).arg(a.y(v), 0, 'f', 1).arg(l.colour);
        }
        out += u"<polyline points=\"%1\" fill=\"none\" stroke=\"%2\" stroke-width=\"2\"/>\n"_s.arg(way.join(u' '), l.colour);
        double at = a.y(std::max(l.points.back().second, 100.0)) + 4;
        for (std::size_t tries = 0; tries < 8 && std::any_of(labels.begin(), labels.end(), [&](double y) { return std::abs(y - at) < 15; }); ++tries)
            at += 15; // labels do not lie on each other
        labels.push_back(at);
        out += text(kRight + 12, at, l.label + u" · "_s + number(l.points.back().second) + u"/s"_s, "start", l.colour);
    }
    return out + u"</svg>\n"_s;
}

std::vector<Line> throughputLines(const Findings& f)
{
    std::vector<Line> out{{u"Naru on PostgreSQL"_s, u"#1f6feb"_s, {}}, {u"Naru on SQLite"_s, u"#1a7f5a"_s, {}}, {u"textbook"_s, u"#b3541e"_s, {}}};
    const QStringList ways{u"pg"_s, u"sqlite"_s, u"textbook"_s};
    const std::pair<int, const char*> places[] = {{1, "one"}, {8, "few"}, {32, "few"}, {64, "hot64"}, {256, "hot256"}, {1024, "many"}};
    for (const auto& [callers, group] : places) {
        const GroupResult* g = f.find(QString::fromLatin1(group));
        for (int i = 0; g && i < ways.size(); ++i)
            if (const Series* s = g->find(u"%1/%2"_s.arg(ways[i]).arg(callers)))
                out[static_cast<std::size_t>(i)].points.emplace_back(callers, s->rate());
    }
    return out;
}

} // namespace naru::bench
