// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/drafts/DiskFlush.h"
#include "backend/drafts/DraftFile.h"

#include <functional>
#include <set>

namespace naru::backend {

// The unsaved work of whoever is signed in, or was until the end of the session: in memory, and sealed on the disk. One file for each server
// and person, in the profile's data folder; several consoles of one person have one each, and what a dead one left is taken over. When the
// disk refuses, everything stays in memory and is tried again. What comes from the person's other computer is kept with it. Owned by DraftDesk, and used under its lock.
class DraftStore {
public:
    using Faulted = std::function<void(const Error& why)>;

    DraftStore(QString folder, Faulted faulted); // empty folder: in memory only
    ~DraftStore();

    // The person's drafts from now on. The same person again: nothing changes. Another: the one before is sealed first.
    void open(const QString& server, const QString& userId, const QByteArray& key);
    void seal(); // everything on the disk, the key wiped; nothing is kept until open()
    bool isOpen() const { return !m_owner.isEmpty(); }
    const QString& owner() const { return m_owner; } // user id; empty when sealed

    void keep(const Draft& draft);
    // What waited beside it has its place now.
    std::optional<ArrivedDraft> drop(const QString& place, const QString& entityId);
    void dropAll(); // what is counted to the person; screen and caret stay
    // What was kept since is written when this returns, so that it outlives the program, and on its way to the disk, so that it outlives a loss of
    // power soon; or faulted was told. What the disk refuses afterwards is written anew by a later call.
    void sync();
    bool isSynced() const { return m_unsaved.empty() && !m_doubtful; }
    bool flush(); // sync(), and waits for the disk

    // For the person's other computer: what is counted to the person as sealed records, the newest first, as many as `most` bytes hold.
    struct Handout {
        QByteArray sealed;
        int drafts = 0;
    };
    Handout handout(const DraftSeal& seal, qsizetype most) const;
    // What the other computer handed out. A draft nobody has here is kept; one that goes on from the draft that is here takes its place; the same one,
    // or one that the draft here goes on from, changes nothing; and where both were typed, both stay: the one that came waits beside the one that is
    // here. Which are kept now, as they are kept; nothing: none of it opens.
    std::optional<std::vector<ArrivedDraft>> takeIn(const DraftSeal& seal, const QByteArray& sealed);

    std::vector<Draft> all() const; // oldest first
    int count() const; // edits

private:
    bool takeFile();
    void takeOver(int own);
    void merge(const DraftFile& file);
    std::optional<ArrivedDraft> takeIn(const DraftRecord& record);
    void rewrite();
    void compact(); // the file, when it has become long; without waiting for the disk
    void say(const Error& why);

    const QString m_folder;
    const Faulted m_faulted;
    QString m_owner;
    QString m_path; // of the first file
    std::unique_ptr<DraftSeal> m_seal;
    std::unique_ptr<DraftFile> m_file; // before the seal
    DraftFile::Content m_live;
    std::map<DraftKey, QByteArray> m_from; // digests of drafts as they came from another computer: what is typed here goes on from them
    std::set<DraftKey> m_unsaved; // the disk does not know yet what became of them
    bool m_doubtful = false; // the disk refused what was written: the whole file is to be written anew
    DiskFlush m_flush;
    quint64 m_compacting = 0; // the flush that the new file waits for; 0: none is under way
    qint64 m_compact = 0; // size after the last rewriting
    bool m_said = false;
};

} // namespace naru::backend
