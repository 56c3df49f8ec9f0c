// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/MainWindow.h"

#include "ui/frame/Rail.h"
#include "ui/settings/SettingsSheet.h"
#include "ui/theme/Icons.h"

#include <QMenu>

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::LinkState;

std::vector<Command> MainWindow::windowCommands()
{
    std::vector<Command> all;
    for (std::size_t i = 0; i < m_screens.size(); ++i) {
        const Screen& screen = m_screens[i];
        if (!isAllowed(static_cast<int>(i)))
            continue;
        all.push_back({u"go."_s + screen.id, tr("Go to %1").arg(screen.page->title()), u"G %1"_s.arg(QLatin1Char(screen.letter)), {},
            [this, i] { enterScreen(static_cast<int>(i)); }, screen.icon});
    }
    const Theme& theme = Theme::of();
    all.push_back({u"palette"_s, tr("Find a command or a record"), u"Ctrl+K"_s, {}, [this] { openPalette(false); }, "command"});
    all.push_back({u"record"_s, tr("Go to a record"), u"Ctrl+P"_s, {}, [this] { openPalette(true); }, "arrow-up-right"});
    all.push_back({u"search"_s, tr("Search in this screen"), u"/"_s, {}, [this] { currentPage()->focusSearch(); }, "search"});
    all.push_back({u"keys"_s, tr("Show the keys"), u"?"_s, {}, [this] { openKeySheet(); }, "keyboard"});
    all.push_back({u"rail"_s, tr("Fold or unfold the rail"), u"Ctrl+B"_s, {}, [this] { Q_EMIT m_rail->collapseToggled(); }, "layout-sidebar"});
    all.push_back({u"settings"_s, tr("Settings"), {}, {}, [this] { m_settings->open(); }, "gear"});
    all.push_back({u"theme"_s, theme.tokens().dark ? tr("Use the light theme") : tr("Use the dark theme"), {}, {},
        [] { Theme::of().choose(Theme::of().tokens().dark ? ThemeChoice::Light : ThemeChoice::Dark); }, theme.tokens().dark ? "sun" : "moon"});
    all.push_back({u"language"_s, m_preferences.language() == "ko"_L1 ? u"Use English"_s : u"한국어로 보기"_s, {}, {},
        [this] { m_preferences.setLanguage(m_preferences.language() == "ko"_L1 ? u"en"_s : u"ko"_s); }, "translate"});
    all.push_back({u"reconnect"_s, tr("Connect to the server now"), {}, [this] { return m_backend.connection().state != LinkState::Live; },
        [this] { m_backend.reconnectNow(); }, "wifi"});
    all.push_back({u"signout"_s, tr("Sign out"), {}, {}, [this] { signOut(); }, "box-arrow-right"});
    return all;
}

void MainWindow::openSettings() { m_settings->open(); }

void MainWindow::openAccountMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto& info = m_backend.session().info()) {
        const QString where = info->vendorName.isEmpty() ? info->login : u"%1 · %2"_s.arg(info->login, info->vendorName);
        menu->addAction(themedIcon("person"), where)->setEnabled(false);
        menu->addSeparator();
    }
    if (mayGoTo(u"security"_s))
        menu->addAction(themedIcon("shield-lock"), tr("Own sessions and devices"), this, [this] { goTo(u"security"_s); });
    menu->addAction(themedIcon("gear"), tr("Settings"), m_settings, &SettingsSheet::open);
    menu->addAction(themedIcon("keyboard"), tr("Show the keys"), this, &MainWindow::openKeySheet);
    menu->addAction(themedIcon("box-arrow-right"), tr("Sign out"), this, &MainWindow::signOut);
    const QWidget& chip = m_rail->account();
    menu->popup(chip.mapToGlobal(QPoint(0, -menu->sizeHint().height() - kSpace1)));
}

} // namespace naru::ui
