// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Overlay.h"
#include "ui/settings/Preferences.h"
#include "ui/widgets/Widgets.h"

namespace naru::ui {

// Theme, language, row height, server address, account. Slides over the right side; takes effect at once.
class SettingsSheet : public Overlay {
    Q_OBJECT
public:
    SettingsSheet(Preferences& preferences, QWidget* parent);
    void open() override;

Q_SIGNALS:
    void signOutWanted();

protected:
    void changeEvent(QEvent* e) override;

private:
    void retranslate();
    void applyServer();
    Preferences& m_preferences;
    TextLabel* m_title;
    TextLabel* m_themeText;
    TextLabel* m_languageText;
    TextLabel* m_rowsText;
    TextLabel* m_serverText;
    TextLabel* m_serverHint;
    TextLabel* m_version;
    Segments* m_rows;
    QLineEdit* m_server;
    KeyButton* m_apply;
    KeyButton* m_signOut;
    KeyButton* m_close;
};

} // namespace naru::ui
