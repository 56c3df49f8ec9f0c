// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "console/DesktopScheme.h"
#include "console/Languages.h"
#include "console/Options.h"
#include "console/StartTiming.h"
#include "ui/frame/MainWindow.h"
#include "ui/theme/Theme.h"
#include "ui/workspace/Workspace.h"

#include <memory>

namespace naru::console {

// The composition root: the only place that knows backend and windows. UI thread; lives in main.
class ConsoleApp : public QObject {
    Q_OBJECT
public:
    ConsoleApp(QApplication& app, Options options);
    ~ConsoleApp() override;
    void run(); // shows the window; the event loop does the rest

private:
    void open();
    void reopen();
    std::vector<ui::Screen> makeScreens();
    std::unique_ptr<backend::Backend> makeBackend();
    void walk();
    Options m_options;
    std::unique_ptr<StartTiming> m_timing; // first: its figures start with main
    ui::Theme m_theme;
    Languages m_languages;
    DesktopScheme m_scheme;
    ui::Preferences m_preferences;
    std::unique_ptr<backend::Backend> m_backend;
    std::unique_ptr<ui::MainWindow> m_window; // after the backend: it goes first
    std::unique_ptr<ui::Workspace> m_workspace;
};

} // namespace naru::console
