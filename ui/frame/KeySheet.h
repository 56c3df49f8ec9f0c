// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Overlay.h"
#include "ui/frame/Page.h"
#include "ui/widgets/Widgets.h"

class QVBoxLayout;

namespace naru::ui {

// "?": the keys of the window and of the screen at hand.
class KeySheet : public Overlay {
    Q_OBJECT
public:
    explicit KeySheet(QWidget* parent);
    void openWith(const QString& screen, const std::vector<Command>& screenCommands, const std::vector<Command>& windowCommands);

protected:
    bool event(QEvent* e) override;

private:
    QVBoxLayout* m_column;
};

} // namespace naru::ui
