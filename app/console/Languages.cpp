// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/Languages.h"

#include "translations/Translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QLoggingCategory>

namespace naru::console {
using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcLanguage, "naru.console.language")

void Languages::use(const QString& language)
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    QLocale::setDefault(language == "ko"_L1 ? QLocale(QLocale::Korean, QLocale::SouthKorea) : QLocale(QLocale::English, QLocale::UnitedStates));
    if (m_qt.load(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(translationPath(language)))
        QCoreApplication::installTranslator(&m_own);
    else
        qCWarning(lcLanguage) << "no catalogue for" << language;
}

} // namespace naru::console
