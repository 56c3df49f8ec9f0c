// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/drafts/DraftRecord.h"

#include <map>
#include <memory>
#include <vector>

namespace naru::backend {

// The drafts of one person as a log on the disk: sealed records, each a draft or its end, behind each other. The last whole record of a key
// counts; a torn tail is cut off. Exactly one process has the file open. POSIX. Owned by DraftStore.
class DraftFile {
public:
    using Content = std::map<DraftKey, Draft>;
    using Changes = std::vector<std::pair<DraftKey, const Draft*>>; // null: ended

    // Null when another process has it; a system error otherwise.
    static Result<std::unique_ptr<DraftFile>> open(const QString& path, const DraftSeal& seal);
    ~DraftFile();
    DraftFile(const DraftFile&) = delete;
    DraftFile& operator=(const DraftFile&) = delete;

    // What was found at opening.
    const Content& found() const { return m_found; }
    qint64 damaged() const { return m_damaged; } // bytes that did not open; kept aside in <path>.damaged

    std::optional<Error> append(const Changes& changes); // written when this returns, and outlives the program; after an error as before
    std::optional<Error> flush(); // on the disk when this returns
    QByteArray name() const; // as the system has it
    std::optional<Error> rewrite(const Content& content); // the same in a new file, on the disk and in place of the old one
    // The same without waiting for the disk: written beside the old one, which goes on until the new one takes its place with all that was appended
    // since. In between, and then of the folder, too, the caller sees to it that it reaches the disk.
    std::optional<Error> beginRewrite(const Content& content);
    std::optional<Error> finishRewrite();
    QByteArray newName() const { return name() + ".new"; }
    qint64 newSize() const { return m_newSize; }
    std::optional<Error> remove(); // the file; its content is elsewhere now
    qint64 size() const { return m_size; }

private:
    DraftFile(QString path, const DraftSeal& seal, int handle);
    std::optional<Error> read();
    qint64 take(const QByteArray& all, qint64 at); // one record; its length, or 0: none opens here
    std::optional<Error> setAside(const QByteArray& bytes);
    QByteArray record(const DraftKey& key, const Draft* draft);
    void dropRewrite();

    const QString m_path;
    const DraftSeal& m_seal;
    int m_handle = -1;
    int m_newHandle = -1; // of the file that is to take its place
    qint64 m_newSize = 0;
    QByteArray m_since; // what was appended since the new file was begun
    qint64 m_size = 0; // of whole records
    quint64 m_sequence = 0; // of the last record
    Content m_found;
    qint64 m_damaged = 0;
};

} // namespace naru::backend
