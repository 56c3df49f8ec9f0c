// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of the audit log while it scrolls through ten thousand lines, and while lines come in on top of them.
#include "models/security/AuditModel.h"
#include "resources/Resources.h"
#include "ui/security/AuditTableView.h"
#include "ui/security/AuditWords.h"
#include "ui/security/SecurityWords.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QScrollBar>
#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace naru;
using namespace Qt::StringLiterals;

namespace {

AuditLine line(std::int64_t seq)
{
    AuditLine l;
    l.seq = seq;
    l.at = fromUnixMs(1'772'409'600'000 + seq * 1000);
    l.actorName = u"윤서영"_s;
    l.actorRole = u"vendor_manager"_s;
    l.vendorName = u"남산 티룸"_s;
    l.action = seq % 3 == 0 ? u"offer.changed"_s : seq % 3 == 1 ? u"auth.signin.failed"_s : u"vendor_order.accepted"_s;
    l.entityType = u"vendor_order"_s;
    l.entityText = u"VO-%1"_s.arg(seq);
    l.detail = u"{\"price_minor\":{\"from\":12000,\"to\":13200},\"reason\":\"고객 요청\"}"_s;
    return l;
}

void report(const char* what, std::vector<double> ms)
{
    std::sort(ms.begin(), ms.end());
    const auto over = std::count_if(ms.begin(), ms.end(), [](double m) { return m > 33; });
    std::printf("%s: %zu frames (CPU), median %.1f ms, p99 %.1f ms, longest %.1f ms, over 33 ms: %td\n", what, ms.size(), ms[ms.size() / 2], ms[ms.size() * 99 / 100], ms.back(), over);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    registerResources();
    ui::Theme theme(app);
    models::AuditModel model;
    model.setWords(
        [](const AuditLine& l, int column) {
            switch (column) {
            case models::AuditModel::Time: return ui::clockText(l.at);
            case models::AuditModel::Actor: return ui::auditActor(l);
            case models::AuditModel::RoleName: return ui::auditRoleText(l.actorRole);
            case models::AuditModel::Vendor: return l.vendorName;
            case models::AuditModel::Action: return ui::auditAction(l);
            case models::AuditModel::Entity: return ui::auditEntity(l);
            default: return ui::auditChange(l);
            }
        },
        [](int column) { return QString::number(column); });
    std::vector<AuditLine> all;
    for (std::int64_t seq = 10'000; seq > 0; --seq)
        all.push_back(line(seq));
    model.assign(std::move(all));
    ui::AuditTableView view(model);
    view.resize(1400, 900);
    view.show();
    QCoreApplication::processEvents();
    const auto frame = [&](auto&& step) {
        const std::clock_t begun = std::clock(); // CPU time: others may be using the machine
        step();
        view.viewport()->repaint();
        return 1000.0 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    };
    std::vector<double> scrolled, grown;
    QScrollBar* bar = view.verticalScrollBar();
    for (int i = 0; i < 2000; ++i)
        scrolled.push_back(frame([&] { bar->setValue((i * 977) % std::max(1, bar->maximum())); }));
    bar->setValue(0);
    for (std::int64_t seq = 10'001; seq < 10'401; ++seq)
        grown.push_back(frame([&] { model.prepend({line(seq)}); }));
    report("scrolling 10,000 lines", scrolled);
    report("a line on top of 10,000", grown);
    report("fifty lines on top at once", {frame([&] {
        std::vector<AuditLine> many;
        for (std::int64_t seq = 10'450; seq > 10'400; --seq)
            many.push_back(line(seq));
        model.prepend(std::move(many));
    })});
    report("another list of a hundred", {frame([&] {
        std::vector<AuditLine> other;
        for (std::int64_t seq = 20'100; seq > 20'000; --seq)
            other.push_back(line(seq));
        model.assign(std::move(other));
    })});
    return 0;
}
