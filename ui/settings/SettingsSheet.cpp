// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/SettingsSheet.h"

#include "ui/settings/LookControls.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;

SettingsSheet::SettingsSheet(Preferences& preferences, QWidget* parent) : Overlay(parent, Place::Right, 380), m_preferences(preferences)
{
    auto* column = new QVBoxLayout(panel());
    const int edge = RaisedPanel::kReach + kSpace5;
    column->setContentsMargins(edge, edge - kSpace1, edge, edge);
    column->setSpacing(kSpace2);
    m_title = new TextLabel({}, TextSize::Title, true);
    m_themeText = new TextLabel({}, TextSize::Meta, true, TextLabel::Muted);
    m_languageText = new TextLabel({}, TextSize::Meta, true, TextLabel::Muted);
    m_rowsText = new TextLabel({}, TextSize::Meta, true, TextLabel::Muted);
    m_serverText = new TextLabel({}, TextSize::Meta, true, TextLabel::Muted);
    m_serverHint = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted);
    m_serverHint->setWordWrap(true);
    m_version = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted);
    m_rows = new Segments({QString(), QString()});
    m_server = new QLineEdit;
    m_apply = new KeyButton({}, {});
    m_signOut = new KeyButton({}, {}, KeyButton::Destructive);
    m_close = new KeyButton({}, u"Esc"_s);
    column->addWidget(m_title);
    const auto section = [&](TextLabel* label, QWidget* control) {
        column->addSpacing(kSpace3);
        column->addWidget(label);
        column->addWidget(control, 0, qobject_cast<Segments*>(control) ? Qt::AlignLeft : Qt::Alignment());
    };
    section(m_themeText, new ThemeSegments);
    section(m_languageText, new LanguageSegments(preferences));
    section(m_rowsText, m_rows);
    auto* serverRow = new QWidget;
    auto* row = new QHBoxLayout(serverRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpace2);
    row->addWidget(m_server, 1);
    row->addWidget(m_apply);
    section(m_serverText, serverRow);
    column->addWidget(m_serverHint);
    column->addStretch(1);
    column->addWidget(m_version);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_signOut);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    column->addLayout(buttons);
    retranslate();
    connect(m_rows, &Segments::currentChanged, this, [](int index) { Theme::of().setCompactRows(index == 1); });
    connect(m_apply, &QAbstractButton::clicked, this, &SettingsSheet::applyServer);
    connect(m_server, &QLineEdit::returnPressed, this, &SettingsSheet::applyServer);
    connect(m_signOut, &QAbstractButton::clicked, this, &SettingsSheet::signOutWanted);
    connect(m_close, &QAbstractButton::clicked, this, &Overlay::close);
}

void SettingsSheet::open()
{
    m_server->setText(m_preferences.server());
    m_rows->setCurrent(Theme::of().compactRows() ? 1 : 0);
    retranslate();
    Overlay::open();
    m_close->setFocus(Qt::OtherFocusReason);
}

void SettingsSheet::applyServer()
{
    if (m_preferences.setServer(m_server->text().trimmed()))
        return;
    m_serverHint->setLevel(TextLabel::Danger);
    m_serverHint->setText(tr("This is not a server address. Example: https://naru.example.com"));
}

void SettingsSheet::retranslate()
{
    m_title->setText(tr("Settings"));
    m_themeText->setText(tr("Appearance"));
    m_languageText->setText(tr("Language"));
    m_rowsText->setText(tr("Row height"));
    m_rows->setTexts({tr("Comfortable"), tr("Compact")});
    m_serverText->setText(tr("Server address"));
    m_server->setAccessibleName(tr("Server address"));
    m_serverHint->setLevel(TextLabel::Muted);
    m_serverHint->setText(tr("A new address signs you out and opens the window anew."));
    m_apply->setText(tr("Use"));
    m_signOut->setText(tr("Sign out"));
    m_close->setText(tr("Close"));
    m_version->setText(tr("Naru %1").arg(QLatin1StringView(NARU_VERSION)));
    for (QWidget* w : {static_cast<QWidget*>(m_apply), static_cast<QWidget*>(m_signOut), static_cast<QWidget*>(m_close)})
        w->updateGeometry();
}

void SettingsSheet::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
    Overlay::changeEvent(e);
}

} // namespace naru::ui
