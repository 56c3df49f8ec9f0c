// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Reply.h"
#include "core/Home.h"

namespace naru::backend {

// The first screen's figures, and the search behind the command palette. UI thread.
class HomeService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual CallId summary(Reply<HomeSummary> reply) = 0;
    virtual CallId search(const QString& text, Reply<std::vector<SearchHit>> reply) = 0;
};

} // namespace naru::backend
