// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/thread/DraftFacade.h"

namespace naru::backend {

void DraftFacade::keep(const Draft&) {}
void DraftFacade::drop(const QString&, const QString&) {}
void DraftFacade::dropAll() {}
CallId DraftFacade::all(Reply<std::vector<Draft>>) { return 0; }

} // namespace naru::backend
