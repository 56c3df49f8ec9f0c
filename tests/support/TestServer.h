// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Txn.h"
#include "support/FakeClock.h"
#include "support/RestSession.h"

#include <QTemporaryDir>
#include <memory>

namespace naru::server {
class Node;
}

namespace naru::test {

// What the tiny data set holds. Everything is approved and active; prices in KRW.
struct SmallData {
    VendorId operatorVendor; // "NARU"
    VendorId teaVendor; // "NAMSAN" 남산 티룸: goods
    VendorId yachtVendor; // "HANGANG" 한강 요트: reservations
    CustomerId customer; // 김하늘
    CustomerId otherCustomer;
    ProductId tea; // sale, two variants
    std::vector<VariantId> teaVariants;
    std::vector<OfferId> teaOffers; // 12,000 and 18,000
    std::vector<ItemId> teaStock; // 100 and 10 pieces
    ProductId cup; // sale of the yacht vendor, one variant: for orders over two vendors
    VariantId cupVariant;
    OfferId cupOffer; // 9,000
    ItemId cupStock; // 50
    ProductId yacht; // reservation, one variant
    VariantId yachtVariant;
    OfferId yachtOffer; // 45,000 a seat
    std::vector<SlotId> slots; // days 1, 2, 3 from the start, 17:30 in Seoul
    std::vector<ItemId> slotItems; // 100, 8 and 1 seats
};

// Accounts of the tiny data set; the password of all is naru-demo-2026.
//   staff1 staff2   staff              tea      vendor_manager of teaVendor      teamember  vendor_member of teaVendor
//   yacht           vendor_manager of yachtVendor      support1  support_agent   admin1  admin
//   store1 store2 store3 store4   channel              vendor-namsan, vendor-hangang   more managers, for `narud simulate`

// The whole server inside the test process, on a free port of loopback, over files in a temporary folder. Test thread.
class TestServer {
public:
    struct Options {
        bool fakeClock = false;
        bool smallData = true;
    };
    TestServer() : TestServer(Options{}) {}
    explicit TestServer(Options options);
    ~TestServer();

    QString host() const { return QStringLiteral("127.0.0.1"); }
    quint16 port() const;
    FakeClock& clock(); // only with fakeClock
    const Clock& time() const;
    const SmallData& data() const;
    server::Node& node();
    QString dataDir() const;

    RestSession session() const { return RestSession(host(), port()); }
    // Signed in; stops the test with the reason when that fails.
    RestSession signedIn(const QString& login) const;

    // Straight to the store, past the interface.
    void write(const std::function<void(server::Txn&)>& work);
    server::Rows query(const QString& sql, const server::Params& params = {});
    // The texts of all broken invariants; empty is good.
    QStringList violations();

    void stop();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// Fills an empty store with the data above; also for NarudProcess tests through their own connection.
SmallData makeSmallData(server::Txn& txn);

} // namespace naru::test
