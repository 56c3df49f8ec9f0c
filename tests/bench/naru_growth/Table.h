// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>
#include <map>
#include <optional>
#include <vector>

namespace naru::bench {

struct Sizes {
    int itemsFew = 100, itemsMany = 10'000;
    int depth = 10'000;
    int holdsFew = 1'200, holdsMany = 10'000;
    int consoles = 8'000;
    int historyShort = 10'000, historyLong = 200'000; // reservations
    int lines = 16;
    double slow = 10, fast = 2'000; // reservations a second, for C7
    int opsFew = 256, opsMany = 1024; // what the instructions of one are computed from
    static Sizes full();
};

struct RowOfTable {
    QString id; // "C1"
    QString costOf;
    QString against; // "inventories 100 → 10,000"
    double few = 0; // instructions each, or another unit
    double many = 0;
    QString unit;
    double ratio = 0;
    double bound = 0;
    bool met() const { return ratio <= bound; }
};

// What must not cost more when there is more: instructions, counted by callgrind on the engine over SQLite, so that a busy machine
// does not matter. Fills stores natively, copies them and runs this program on the copies. Throws std::runtime_error.
class Growth {
public:
    explicit Growth(Sizes sizes);
    std::vector<RowOfTable> run(const QStringList& only);
    static QString text(const std::vector<RowOfTable>& rows, const Sizes& sizes); // Markdown

private:
    struct Count {
        double instructions = 0; // of the first thread
        double milliseconds = 0;
    };
    QString store(const QString& name); // makes it the first time; answers its file
    QString copyOf(const QString& file);
    void natively(const QString& step, const QString& file, int param, int ops);
    Count counted(const QString& step, const QString& from, int param, int ops);
    double each(const QString& step, const QString& from, int param = 0); // instructions of one more
    void compare(const char* id, const QString& costOf, const QString& against, double few, double many, double bound, const QString& unit = {});
    void contention(const QStringList& only);
    void history(const QStringList& only);
    void fanOut();

    const Sizes m_sizes;
    QTemporaryDir m_folder;
    std::map<QString, QString> m_stores;
    std::map<QString, double> m_known; // what was counted once is not counted again
    int m_copies = 0;
    std::vector<RowOfTable> m_rows;
};

// Writes to one event stream a second while so many reservations a second are made over HTTP on the store.
double streamWritesPerSecond(const QString& folder, double reservationsPerSecond, double seconds);

} // namespace naru::bench
