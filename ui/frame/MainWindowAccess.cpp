// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/MainWindow.h"

#include "ui/frame/Rail.h"
#include "ui/frame/SessionCover.h"
#include "ui/frame/StatusLine.h"

#include <algorithm>

// Which screens are open to whom. That spares people doors that stay shut; what somebody may read and do is the server's to say.
namespace naru::ui {

bool MainWindow::isAllowed(int index) const
{
    if (index < 0)
        return false;
    const QString& scope = m_screens[static_cast<std::size_t>(index)].scope;
    return scope.isEmpty() || m_scopes.contains(scope);
}

bool MainWindow::mayGoTo(const QString& screenId) const { return isAllowed(screenAt(screenId)); }

void MainWindow::setScopes(const QStringList& scopes)
{
    m_scopes = scopes;
    for (int i = 0; i < static_cast<int>(m_screens.size()); ++i)
        m_rail->setScreenShown(i, isAllowed(i));
}

bool MainWindow::enterScreen(int index)
{
    if (isAllowed(index)) {
        showScreen(index);
        return true;
    }
    m_rail->setCurrent(m_current);
    sayRefused(index);
    return false;
}

// The right to the screen at hand was taken. Below a cover it waits: the cover has the focus, and says who comes next.
void MainWindow::leaveRefused()
{
    if (m_current < 0 || isAllowed(m_current) || !isSignedInView() || m_cover->isOpen())
        return;
    closeOverlays();
    sayRefused(m_current);
    showScreen(0);
}

void MainWindow::sayRefused(int index) { m_status->say(tr("“%1” is not open to your role.").arg(m_screens[static_cast<std::size_t>(index)].page->title())); }

// A type that no screen knows is let through: the window says that there is none.
bool MainWindow::mayOpenRecord(const QString& entityType) const
{
    const auto opens = [&](const Screen& screen) { return screen.recordTypes.contains(entityType); };
    const auto at = std::find_if(m_screens.begin(), m_screens.end(), opens);
    return at == m_screens.end() || isAllowed(static_cast<int>(at - m_screens.begin()));
}

} // namespace naru::ui
