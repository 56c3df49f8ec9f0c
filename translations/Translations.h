// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace naru {

// Keeps the linker from dropping the compiled-in catalogues; call once before the first translator is loaded.
void registerTranslations();
// Where the catalogue of a language stands: ":/i18n/naru_ko.qm".
QString translationPath(const QString& language);

} // namespace naru
