// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/Theme.h"

#include "ui/theme/NaruStyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QSettings>
#include <QWidget>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

Theme* s_theme = nullptr;

QColor rgb(const char* name) { return QColor(QLatin1StringView(name)); }

QString firstFamily(std::initializer_list<const char*> wanted)
{
    const QStringList all = QFontDatabase::families();
    for (const char* name : wanted) {
        QString family = QString::fromLatin1(name);
        if (all.contains(family))
            return family;
    }
    return {};
}

// One family for everything: otherwise Latin digits and Hangul come from different faces row by row.
const QString& uiFamily()
{
    static const QString family = firstFamily({"Noto Sans CJK KR", "Noto Sans KR", "NanumGothic", "DejaVu Sans"});
    return family;
}

const QString& monoFamily()
{
    static const QString family = firstFamily({"Noto Sans Mono CJK KR", "NanumGothicCoding", "DejaVu Sans Mono"});
    return family;
}

QPalette paletteOf(const Tokens& t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.surface);
    p.setColor(QPalette::AlternateBase, t.window);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.textMuted);
    p.setColor(QPalette::Button, t.surface);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.danger);
    p.setColor(QPalette::Highlight, t.accentSoft);
    p.setColor(QPalette::HighlightedText, t.text);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Light, t.raised);
    p.setColor(QPalette::Midlight, t.border);
    p.setColor(QPalette::Mid, t.border);
    p.setColor(QPalette::Dark, t.textFaint);
    p.setColor(QPalette::Shadow, t.shadow);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, t.textFaint);
    return p;
}

} // namespace

Theme::Theme(QApplication& app) : m_app(app)
{
    Q_ASSERT(!s_theme);
    s_theme = this;
    m_systemDark = app.palette().color(QPalette::Window).lightness() < 128;
    const QSettings settings;
    m_choice = static_cast<ThemeChoice>(std::clamp(settings.value(u"window/theme"_s, 0).toInt(), 0, 2));
    m_compact = settings.value(u"window/compactRows"_s, false).toBool();
    app.setStyle(new NaruStyle(*this)); // the application owns its style
    apply();
}

Theme::~Theme()
{
    m_app.setStyle(u"Fusion"_s); // ours reads this object
    s_theme = nullptr;
}

Theme& Theme::of()
{
    Q_ASSERT(s_theme);
    return *s_theme;
}

void Theme::choose(ThemeChoice choice)
{
    QSettings().setValue(u"window/theme"_s, static_cast<int>(choice));
    show(choice);
}

void Theme::show(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

void Theme::setCompactRows(bool compact)
{
    if (m_compact == compact)
        return;
    m_compact = compact;
    QSettings().setValue(u"window/compactRows"_s, compact);
    apply();
}

void Theme::setSystemDark(bool dark)
{
    if (m_systemDark == dark)
        return;
    m_systemDark = dark;
    if (m_choice == ThemeChoice::System)
        apply();
}

void Theme::apply()
{
    const bool dark = m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_systemDark);
    m_tokens = dark ? darkTokens() : lightTokens();
    QApplication::setPalette(paletteOf(m_tokens));
    QApplication::setFont(font(TextSize::Body));
    QApplication::setFont(font(TextSize::Meta), "QHeaderView");
    QApplication::setFont(font(TextSize::Body), "QToolTip");
    Q_EMIT changed();
    const QList<QWidget*> all = QApplication::allWidgets();
    for (QWidget* w : all)
        w->update();
}

QFont Theme::font(TextSize size, bool strong) const
{
    QFont f(uiFamily());
    f.setPixelSize(static_cast<int>(size));
    f.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    f.setHintingPreference(QFont::PreferNoHinting);
    return f;
}

QFont Theme::mono(TextSize size) const
{
    QFont f(monoFamily());
    f.setPixelSize(static_cast<int>(size));
    f.setStyleHint(QFont::Monospace);
    f.setHintingPreference(QFont::PreferNoHinting);
    return f;
}

QColor Theme::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral: return m_tokens.textMuted;
    case Tone::Accent: return m_tokens.accent;
    case Tone::Success: return m_tokens.success;
    case Tone::Warning: return m_tokens.warning;
    case Tone::Danger: return m_tokens.danger;
    case Tone::Info: return m_tokens.info;
    }
    return m_tokens.textMuted;
}

QColor Theme::toneSoft(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral: return m_tokens.neutralSoft;
    case Tone::Accent: return m_tokens.accentSoft;
    case Tone::Success: return m_tokens.successSoft;
    case Tone::Warning: return m_tokens.warningSoft;
    case Tone::Danger: return m_tokens.dangerSoft;
    case Tone::Info: return m_tokens.infoSoft;
    }
    return m_tokens.neutralSoft;
}

// Every word on every ground it stands on has 4.5:1 (tst_Theme); the soft grounds are as strong as that lets them be.
Tokens Theme::lightTokens()
{
    Tokens t;
    t.window = rgb("#F5F6F8");
    t.surface = rgb("#FFFFFF");
    t.raised = rgb("#FFFFFF");
    t.border = rgb("#E2E5EA");
    t.text = rgb("#1A1E24");
    t.textMuted = rgb("#535C69");
    t.textFaint = rgb("#656E7B");
    t.accent = rgb("#0B7A75");
    t.accentSoft = rgb("#E3F4F2");
    t.onAccent = rgb("#FFFFFF");
    t.success = rgb("#187A48");
    t.warning = rgb("#9E5E00");
    t.danger = rgb("#C0343B");
    t.info = rgb("#2563C9");
    t.successSoft = rgb("#E7F7EE");
    t.warningSoft = rgb("#FFFAF1");
    t.dangerSoft = rgb("#FDECED");
    t.infoSoft = rgb("#E7F0FD");
    t.neutralSoft = rgb("#EEF0F3");
    t.staged = rgb("#FFF6DB");
    t.hover = rgb("#F5F7F9");
    t.shadow = QColor(20, 28, 40, 34);
    t.dark = false;
    return t;
}

Tokens Theme::darkTokens()
{
    Tokens t;
    t.window = rgb("#14171B");
    t.surface = rgb("#1B1F25");
    t.raised = rgb("#232830");
    t.border = rgb("#2E343D");
    t.text = rgb("#E8EAED");
    t.textMuted = rgb("#ABB4C0");
    t.textFaint = rgb("#929CAA");
    t.accent = rgb("#3CB8B0");
    t.accentSoft = rgb("#17332F");
    t.onAccent = rgb("#06201E");
    t.success = rgb("#4CC38A");
    t.warning = rgb("#E2A336");
    t.danger = rgb("#F2757B");
    t.info = rgb("#6EA8FE");
    t.successSoft = rgb("#14301F");
    t.warningSoft = rgb("#3A2A0C");
    t.dangerSoft = rgb("#3A181B");
    t.infoSoft = rgb("#172B4D");
    t.neutralSoft = rgb("#2A3038");
    t.staged = rgb("#3A3212");
    t.hover = rgb("#20252C");
    t.shadow = QColor(0, 0, 0, 110);
    t.dark = true;
    return t;
}

} // namespace naru::ui
