// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/MainWindow.h"

#include <QDir>

namespace naru::console {

// Walks the window through the screens open to the person who is signed in, in both themes and languages, waits until each shows its data,
// saves a picture of each, then says it is done. UI thread; owned by the composition root.
class ShotWalk : public QObject {
    Q_OBJECT
public:
    ShotWalk(ui::MainWindow& window, ui::Preferences& preferences, const QDir& folder, QString demoLogin, QObject* parent = nullptr);
    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    struct Step {
        QString screen; // "signin", "palette", "keys", "settings", or the id of a screen
        QString theme;
        QString language;
        QString name; // of the picture
        QStringList commands; // of the screen, run one after the other before the picture
    };
    void look();
    void enterStep();
    void nextStep();
    bool isShut() const; // the screen is not open to this person
    bool isReady() const;
    bool runNext(); // false: nothing left to run
    void addSteps(const QString& screen, const QString& name, const QStringList& commands);
    void take();
    ui::MainWindow& m_window;
    ui::Preferences& m_preferences;
    QDir m_folder;
    QString m_demoLogin;
    std::vector<Step> m_steps;
    std::size_t m_at = 0;
    bool m_entered = false;
    qsizetype m_ran = 0; // commands of the step
    bool m_signedIn = false;
    int m_quiet = 0; // looks in a row that found the screen ready
    int m_looks = 0;
    int m_failed = 0;
    int m_taken = 0;
    QTimer m_timer;
};

} // namespace naru::console
