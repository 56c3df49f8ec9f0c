// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/Server.h"

namespace naru::server {

const std::vector<Route>& allRoutes()
{
    static const std::vector<Route> list = [] {
        std::vector<Route> all;
        for (const auto& part : {systemRoutes(), authRoutes(), homeRoutes(), catalogueRoutes(), orderRoutes(), reservationRoutes(), ticketBatchRoutes(), slotRoutes(), stockRoutes(), cancellationRoutes(), waitlistRoutes(), securityRoutes(), conflictRoutes(), handoverRoutes(), auditRoutes(), credentialRoutes()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return list;
}

} // namespace naru::server
