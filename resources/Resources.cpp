// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/Resources.h"

#include <QDir>

static void initialiseResources()
{
    Q_INIT_RESOURCE(icons);
    Q_INIT_RESOURCE(brand);
}

namespace naru {

void registerResources() { initialiseResources(); }

} // namespace naru
