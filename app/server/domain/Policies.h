// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Cancellation.h"
#include "server/domain/View.h"

// Cancellation policies: revisions that are never changed. A product says the code it sells under; what is bought keeps the
// revision that was newest at that moment. Reads: any connection; writes: writer thread.
namespace naru::server {

std::optional<CancellationPolicy> readPolicy(Connection& db, const PolicyId& id);
// The newest revision of each code; with a code, all revisions of that one, the newest first.
Page<CancellationPolicy> listPolicies(Connection& db, const QString& code);
// The next revision of its code. 422 body-invalid, 409 revision-exists when it was edited from an older one.
CancellationPolicy createPolicyRevision(Txn& txn, const NewPolicy& wanted);

// What a product sells under now: the newest revision of its code; the standard policy when it chose none.
CancellationPolicy policyOfProduct(Connection& db, const View& view, ProductId id);
// Another code for what is bought from now on. 404, 412, 422 body-invalid.
CancellationPolicy choosePolicy(Txn& txn, const View& view, ProductId id, std::int64_t version, const PolicyChoice& choice);

} // namespace naru::server
