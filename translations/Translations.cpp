// SPDX-License-Identifier: GPL-3.0-or-later
#include "translations/Translations.h"

#include <QDir>

static void initialiseResource() { Q_INIT_RESOURCE(translations); }

namespace naru {

void registerTranslations() { initialiseResource(); }

QString translationPath(const QString& language) { return QStringLiteral(":/i18n/naru_%1.qm").arg(language); }

} // namespace naru
