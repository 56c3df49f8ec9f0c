// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"

#include <QWidget>

namespace naru::console {

// Prints how long after the start of the process the first rows stood painted: from the cache, and fresh from the server.
// Rows are seen by StartProbe; painted is the first frame of the window after that. UI thread; owned by the composition root.
class StartTiming : public QObject {
    Q_OBJECT
public:
    explicit StartTiming(QObject* parent = nullptr);
    void setWindow(QWidget* window);
    void rowsCame(bool fresh);

Q_SIGNALS:
    void freshPainted();

protected:
    bool eventFilter(QObject* watched, QEvent* e) override;

private:
    void print(const char* what) const;
    bool m_cachePending = false;
    bool m_freshPending = false;
    bool m_cacheDone = false;
    bool m_freshDone = false;
};

// A backend in front of the real one that tells StartTiming of the first answers to the lists the screens open with.
std::unique_ptr<backend::Backend> makeStartProbe(std::unique_ptr<backend::Backend> real, StartTiming& timing);

} // namespace naru::console
