// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

class QApplication;

namespace naru::ui {

// The one set of visual tokens (console.md §1). Every colour, size, radius and spacing of the program comes from here.
struct Tokens {
    QColor window, surface, raised, border;
    QColor text, textMuted, textFaint;
    QColor accent, accentSoft, onAccent;
    QColor success, warning, danger, info;
    QColor successSoft, warningSoft, dangerSoft, infoSoft, neutralSoft; // grounds of chips
    QColor staged;
    QColor hover; // row under the pointer
    QColor shadow;
    bool dark = false;
};

enum class TextSize { Meta = 11, Body = 13, Section = 15, Title = 20, Figure = 24 }; // logical px at 96 dpi
enum class ThemeChoice { System, Light, Dark };
enum class Tone { Neutral, Accent, Success, Warning, Danger, Info }; // of chips, rings, bars

inline constexpr int kSpace1 = 4, kSpace2 = 8, kSpace3 = 12, kSpace4 = 16, kSpace5 = 24;
inline constexpr int kRow = 32, kRowCompact = 26, kRadius = 6, kCardRadius = 10, kRailWidth = 212, kIcon = 16;
inline constexpr int kControl = 34; // height of buttons and fields

// Owns the tokens in force and applies them: QProxyStyle over Fusion, palette, fonts. One instance, made by the composition
// root before the first window; UI thread.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QApplication& app);
    ~Theme() override;
    static Theme& of(); // the instance of this program (widgets are made deep inside; asserts that it exists)

    const Tokens& tokens() const { return m_tokens; }
    ThemeChoice choice() const { return m_choice; }
    void choose(ThemeChoice choice); // applies at once, remembers
    void show(ThemeChoice choice); // for this run only
    bool compactRows() const { return m_compact; }
    void setCompactRows(bool compact); // remembers
    int rowHeight() const { return m_compact ? kRowCompact : kRow; }
    void setSystemDark(bool dark); // what the desktop asks for; counts while the choice is System
    QFont font(TextSize size, bool strong = false) const; // tabular digits
    QFont mono(TextSize size) const; // record codes
    QColor tone(Tone tone) const;
    QColor toneSoft(Tone tone) const;
    static Tokens lightTokens();
    static Tokens darkTokens();

Q_SIGNALS:
    void changed(); // tokens are already the new ones

private:
    void apply();
    QApplication& m_app;
    Tokens m_tokens;
    ThemeChoice m_choice = ThemeChoice::System;
    bool m_systemDark = false;
    bool m_compact = false;
};

} // namespace naru::ui
