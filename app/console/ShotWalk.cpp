// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ShotWalk.h"

#include "ui/signin/SignInController.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Widgets.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace naru::console {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace {

constexpr int kQuietLooks = 5, kMaxLooks = 200;

} // namespace

ShotWalk::ShotWalk(ui::MainWindow& window, ui::Preferences& preferences, const QDir& folder, QString demoLogin, QObject* parent)
    : QObject(parent), m_window(window), m_preferences(preferences), m_folder(folder), m_demoLogin(std::move(demoLogin))
{
    // What opens within a screen, by its commands.
    const std::pair<QString, std::vector<std::pair<QString, QStringList>>> inside[] = {
        {u"reservations"_s, {{u"reservations-hours"_s, {u"reservations.hours"_s}}, {u"reservations-products"_s, {u"reservations.days"_s, u"reservations.rows"_s}},
            {u"reservations-waiting"_s, {u"reservations.rows"_s, u"reservations.waiting"_s}}, {u"reservations-ledger"_s, {u"reservations.explain"_s}},
            {u"reservations-capacity"_s, {u"reservations.capacity"_s}}}},
        {u"bookings"_s, {{u"bookings-detail"_s, {u"bookings.open"_s}}, {u"bookings-cancel"_s, {u"bookings.cancel"_s}}, {u"bookings-move"_s, {u"bookings.move"_s}}}},
        {u"rules"_s, {{u"rules-edit"_s, {u"rules.open"_s}}, {u"rules-new"_s, {u"rules.new"_s}}}},
    };
    for (const QString& screen : QStringList{u"signin"_s} + window.screenIds() + QStringList{u"palette"_s, u"keys"_s, u"settings"_s}) {
        addSteps(screen, screen, {});
        for (const auto& [of, parts] : inside)
            if (of == screen && window.screenIds().contains(screen))
                for (const auto& [name, commands] : parts)
                    addSteps(screen, name, commands);
    }
    m_timer.setInterval(100ms);
    connect(&m_timer, &QTimer::timeout, this, &ShotWalk::look);
}

// The commands run once, for the first of the four pictures; the others show the same in another dress.
void ShotWalk::addSteps(const QString& screen, const QString& name, const QStringList& commands)
{
    bool first = true;
    for (const QString& language : {u"ko"_s, u"en"_s})
        for (const QString& theme : {u"light"_s, u"dark"_s})
            m_steps.push_back({screen, theme, language, name, std::exchange(first, false) ? commands : QStringList{}});
}

bool ShotWalk::runNext()
{
    const Step& step = m_steps[m_at];
    if (m_ran >= step.commands.size())
        return false;
    const QString id = step.commands.at(m_ran++);
    for (const ui::Command& command : m_window.currentPage()->commands())
        if (command.id == id && (!command.enabled || command.enabled()))
            command.run();
    return true;
}

void ShotWalk::start()
{
    m_window.signInController().askServer();
    m_timer.start();
}

void ShotWalk::enterStep()
{
    const Step& step = m_steps[m_at];
    m_entered = true;
    m_quiet = m_looks = 0;
    m_ran = 0;
    m_preferences.useLanguage(step.language);
    ui::Theme::of().show(step.theme == "dark"_L1 ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    if (step.screen == "signin"_L1)
        return;
    if (!m_signedIn) {
        m_signedIn = true;
        m_window.start(m_demoLogin);
    }
    m_window.closeOverlays();
    if (step.screen == "palette"_L1)
        m_window.openPalette(false);
    else if (step.screen == "keys"_L1)
        m_window.openKeySheet();
    else if (step.screen == "settings"_L1)
        m_window.openSettings();
    else
        m_window.goTo(step.screen);
}

bool ShotWalk::isReady() const
{
    if (m_steps[m_at].screen == "signin"_L1)
        return m_window.signInController().isServerReachable();
    const ui::Page* page = m_window.currentPage();
    if (!m_window.isSignedInView() || !page)
        return false;
    const auto panes = page->findChildren<ui::StatePane*>();
    return std::none_of(panes.begin(), panes.end(), [](const ui::StatePane* pane) { return pane->isVisible() && pane->isLoading(); });
}

void ShotWalk::look()
{
    if (!m_entered) {
        isShut() ? nextStep() : enterStep();
        return;
    }
    m_quiet = isReady() ? m_quiet + 1 : 0;
    if (m_quiet < kQuietLooks && ++m_looks < kMaxLooks)
        return;
    if (m_quiet >= kQuietLooks && runNext()) {
        m_quiet = 0;
        return;
    }
    take();
    nextStep();
}

bool ShotWalk::isShut() const
{
    const QString& screen = m_steps[m_at].screen;
    return m_signedIn && m_window.screenIds().contains(screen) && !m_window.mayGoTo(screen);
}

void ShotWalk::nextStep()
{
    m_entered = false;
    if (++m_at < m_steps.size())
        return;
    m_timer.stop();
    std::printf("%d pictures in %s\n", m_taken, qPrintable(m_folder.absolutePath()));
    std::fflush(stdout);
    Q_EMIT finished(m_failed == 0 ? 0 : 3);
}

void ShotWalk::take()
{
    const Step& step = m_steps[m_at];
    const QString name = u"%1-%2-%3.png"_s.arg(step.name, step.theme, step.language);
    if (m_quiet < kQuietLooks) {
        ++m_failed;
        std::fprintf(stderr, "naru: %s did not get its data in time\n", qPrintable(name));
    }
    ++m_taken;
    if (!m_window.grab().save(m_folder.filePath(name))) {
        ++m_failed;
        std::fprintf(stderr, "naru: cannot write %s\n", qPrintable(m_folder.filePath(name)));
    }
}

} // namespace naru::console
