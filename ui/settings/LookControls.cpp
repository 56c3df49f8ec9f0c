// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/LookControls.h"

#include <QEvent>

namespace naru::ui {
using namespace Qt::StringLiterals;

// Each language is named in itself, so there is nothing to translate.
LanguageSegments::LanguageSegments(Preferences& preferences, QWidget* parent) : Segments({u"한국어"_s, u"English"_s}, parent)
{
    setCurrent(preferences.language() == "en"_L1 ? 1 : 0);
    connect(this, &Segments::currentChanged, &preferences, [&preferences](int index) {
        const QString language = index == 1 ? u"en"_s : u"ko"_s;
        if (preferences.language() != language)
            preferences.setLanguage(language);
    });
    connect(&preferences, &Preferences::languageChanged, this, [this](const QString& language) { setCurrent(language == "en"_L1 ? 1 : 0); });
}

ThemeSegments::ThemeSegments(QWidget* parent) : Segments({QString(), QString(), QString()}, parent)
{
    retranslate();
    setCurrent(static_cast<int>(Theme::of().choice()));
    connect(this, &Segments::currentChanged, this, [](int index) {
        if (static_cast<int>(Theme::of().choice()) != index)
            Theme::of().choose(static_cast<ThemeChoice>(index));
    });
    connect(&Theme::of(), &Theme::changed, this, [this] { setCurrent(static_cast<int>(Theme::of().choice())); });
}

void ThemeSegments::retranslate() { setTexts({tr("System"), tr("Light"), tr("Dark")}); }

void ThemeSegments::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
    Segments::changeEvent(e);
}

} // namespace naru::ui
