// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Session.h"

#include <QAbstractButton>
#include <vector>

class QVBoxLayout;

namespace naru::ui {

// One line of the rail: icon, text, badge. Shows only the icon when the rail is collapsed.
class RailItem : public QAbstractButton {
    Q_OBJECT
public:
    RailItem(const char* icon, QWidget* parent);
    void setBadge(const QString& text, bool urgent);
    void setCollapsed(bool collapsed);
    void setShortcutText(const QString& keys); // in the tool tip
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    void drawBadge(QPainter& p) const;
    const char* m_icon;
    QString m_badge;
    QString m_keys;
    bool m_urgent = false;
    bool m_collapsed = false;
};

// Who is signed in, with the ring of the session's time.
class AccountChip : public QAbstractButton {
    Q_OBJECT
public:
    explicit AccountChip(QWidget* parent);
    void setAccount(const SessionInfo& info);
    void setSecondsLeft(int seconds, int whole);
    void setCollapsed(bool collapsed);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent* e) override;

private:
    void rename();
    QString secondLine(int width) const;
    SessionInfo m_info;
    int m_left = -1;
    int m_whole = 1800;
    bool m_collapsed = false;
};

// Left edge of the window: brand, screens, settings, account. UI thread; child of the window.
class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);
    int addScreen(const char* icon, const QString& keys);
    void setScreenText(int index, const QString& text);
    void setScreenBadge(int index, const QString& text, bool urgent);
    void setScreenShown(int index, bool shown);
    void setCurrent(int index);
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }
    AccountChip& account() { return *m_account; }

Q_SIGNALS:
    void screenChosen(int index);
    void settingsWanted();
    void accountWanted();
    void collapseToggled();

protected:
    void paintEvent(QPaintEvent*) override;
    void changeEvent(QEvent* e) override;

private:
    void retranslate();
    QVBoxLayout* m_screens;
    std::vector<RailItem*> m_items;
    class Brand* m_brand;
    RailItem* m_settings;
    AccountChip* m_account;
    int m_current = -1;
    bool m_collapsed = false;
};

} // namespace naru::ui
