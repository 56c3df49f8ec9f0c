// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Page.h"
#include "server/domain/View.h"

// Vendors (sellers, the operator among them) and customers. Reads: any connection; writes: writer thread.
namespace naru::server {

std::optional<Vendor> vendorById(Connection& db, const View& view, VendorId id); // empty when it is not the tenant's own
Page<Vendor> listVendors(Connection& db, const View& view, const QString& after, int limit);
// Approved at once, with its default location. `kind`: "marketplace", or "operator" (exactly one).
Vendor createVendor(Txn& txn, const NewVendor& wanted, const QString& kind = QStringLiteral("marketplace"));
// Of a company (as stored) that may not work here: nor may its people.
bool isShut(const QString& vendorStatus);
// From now on its people do not sign in (their sessions are the caller's to end). Of one that is neither suspended nor closed.
void suspendVendor(Txn& txn, const VendorId& id, const QString& reason);
// Its people may sign in again. Refuses (404, 409) one that is not known or not suspended.
Vendor reinstateVendor(Txn& txn, const VendorId& id, const QString& reason);

std::optional<Customer> customerById(Connection& db, CustomerId id);
Page<Customer> listCustomers(Connection& db, const QString& externalRef, const QString& after, int limit);
Customer createCustomer(Txn& txn, const NewCustomer& wanted);

// Refuses (422) what is no three upper-case letters, or no IANA zone this machine knows.
void checkCurrency(const QString& field, const QString& currency);
void checkZone(const QString& field, const QString& tz);

} // namespace naru::server
