// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace naru::bench {

// What is in a store.
struct Contents {
    int items = 100; // inventories
    int reservations = 0; // made before
    int holds = 0; // open
};

// The stores naru-growth measures on: made when first asked for, never changed afterwards; work is done on copies, which go away with
// their handle. In a temporary folder, or in one that is kept, so that another run finds them there. Throws std::runtime_error.
class Stores {
public:
    explicit Stores(const QString& kept = {});

    class Copy {
    public:
        explicit Copy(QString folder) : m_folder(std::move(folder)) {}
        ~Copy();
        Copy(const Copy&) = delete;
        Copy& operator=(const Copy&) = delete;
        QString folder() const { return m_folder; }
        QString file() const { return m_folder + QStringLiteral("/naru.sqlite"); }

    private:
        const QString m_folder;
    };
    Copy copyOf(const Contents& contents);

private:
    QString made(const Contents& contents); // its folder
    void make(const Contents& contents, const QString& folder);

    QTemporaryDir m_temporary;
    const QString m_folder;
    int m_copies = 0;
};

} // namespace naru::bench
