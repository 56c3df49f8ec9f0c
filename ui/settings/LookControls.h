// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/Preferences.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

// Language and theme as two rows of segments: on the sign-in screen and in the settings sheet.
class LanguageSegments : public Segments {
    Q_OBJECT
public:
    explicit LanguageSegments(Preferences& preferences, QWidget* parent = nullptr);
};

class ThemeSegments : public Segments {
    Q_OBJECT
public:
    explicit ThemeSegments(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* e) override;

private:
    void retranslate();
};

} // namespace naru::ui
