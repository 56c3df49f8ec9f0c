// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Security.h"
#include "models/common/RecordsModel.h"

#include <optional>
#include <set>

namespace naru::models {

struct ConflictTraits {
    using Key = ConflictId;
    static Key key(const Conflict& c) { return c.id; }
};

inline bool isOpen(const Conflict& c) { return c.state == ConflictState::Open || c.state == ConflictState::Taken; }

// Why a conflict stands where it does in the queue, as far as its row tells (auth.md §2.18).
enum class RiskMark { Reported, NewDevice, OtherNetwork, JustActive };
std::vector<RiskMark> riskMarks(const Conflict& c);

// The conflicts of sessions that wait for a decision, by score, then the oldest first; below them what has been decided since. A text leaves
// only those that bear it. UI thread; owned by the controller of the review.
class ConflictQueueModel : public RecordsModel<Conflict, ConflictTraits> {
    Q_OBJECT
public:
    using RecordsModel::RecordsModel;

    void addPage(std::vector<Conflict> more);
    void keepOnly(const std::set<ConflictId>& ids); // the others go
    // Newer only; false: an older state than the one known.
    bool put(const Conflict& c);
    void setText(const QString& text);
    const Conflict* known(ConflictId id) const; // also one that the text leaves out
    // Whether a conflict that is not in the list yet would come before that one.
    bool wouldPrecede(const Conflict& c, ConflictId id) const;
    int openCount() const;
    int openCountOf(const std::set<ConflictId>& ids) const;
    // The next one to decide: below `id`, then from the top; none when nothing else is open.
    std::optional<ConflictId> nextOpen(ConflictId id) const;

private:
    void show();
    bool fits(const Conflict& c) const;
    std::vector<Conflict> m_all;
    QString m_text;
};

} // namespace naru::models
