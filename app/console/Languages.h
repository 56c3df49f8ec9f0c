// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace naru::console {

// Loads the program's catalogue and Qt's own for one language; installing tells every widget to speak anew. UI thread.
class Languages {
public:
    void use(const QString& language);

private:
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace naru::console
