// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/security/ConflictQueueModel.h"

#include <algorithm>

namespace naru::models {
namespace {

constexpr int kJustActiveSeconds = 120;

bool comesBefore(const Conflict& a, const Conflict& b)
{
    if (isOpen(a) != isOpen(b))
        return isOpen(a);
    if (a.score != b.score)
        return a.score > b.score;
    return a.at != b.at ? a.at < b.at : a.id < b.id;
}

} // namespace

std::vector<RiskMark> riskMarks(const Conflict& c)
{
    std::vector<RiskMark> marks;
    if (c.kind == ConflictKind::Reported)
        marks.push_back(RiskMark::Reported);
    if (c.kind == ConflictKind::NewDevice)
        marks.push_back(RiskMark::NewDevice);
    if (c.kind == ConflictKind::OtherNetwork || c.oldPlace != c.newPlace)
        marks.push_back(RiskMark::OtherNetwork);
    if (c.gapSeconds < kJustActiveSeconds)
        marks.push_back(RiskMark::JustActive);
    return marks;
}

bool ConflictQueueModel::fits(const Conflict& c) const
{
    if (m_text.isEmpty())
        return true;
    for (const QString* field : {&c.login, &c.displayName, &c.vendorName, &c.oldDevice, &c.newDevice, &c.oldPlace, &c.newPlace})
        if (field->contains(m_text, Qt::CaseInsensitive))
            return true;
    return false;
}

void ConflictQueueModel::show()
{
    std::vector<Conflict> wanted;
    wanted.reserve(m_all.size());
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(wanted), [this](const Conflict& c) { return fits(c); });
    std::stable_sort(wanted.begin(), wanted.end(), comesBefore);
    assign(std::move(wanted));
}

void ConflictQueueModel::keepOnly(const std::set<ConflictId>& ids)
{
    std::erase_if(m_all, [&](const Conflict& c) { return !ids.contains(c.id); });
    show();
}

void ConflictQueueModel::addPage(std::vector<Conflict> more)
{
    for (Conflict& c : more) {
        const auto at = std::find_if(m_all.begin(), m_all.end(), [&](const Conflict& known) { return known.id == c.id; });
        if (at == m_all.end())
            m_all.push_back(std::move(c));
        else if (at->version <= c.version)
            *at = std::move(c);
    }
    show();
}

bool ConflictQueueModel::put(const Conflict& c)
{
    const auto at = std::find_if(m_all.begin(), m_all.end(), [&](const Conflict& known) { return known.id == c.id; });
    if (at != m_all.end() && at->version > c.version)
        return false;
    if (at == m_all.end())
        m_all.push_back(c);
    else
        *at = c;
    show();
    return true;
}

void ConflictQueueModel::setText(const QString& text)
{
    m_text = text.trimmed();
    show();
}

const Conflict* ConflictQueueModel::known(ConflictId id) const
{
    const auto at = std::find_if(m_all.begin(), m_all.end(), [&](const Conflict& c) { return c.id == id; });
    return at == m_all.end() ? nullptr : &*at;
}

bool ConflictQueueModel::wouldPrecede(const Conflict& c, ConflictId id) const
{
    const Conflict* other = known(id);
    return other && comesBefore(c, *other);
}

int ConflictQueueModel::openCount() const
{
    return static_cast<int>(std::count_if(m_all.begin(), m_all.end(), [](const Conflict& c) { return isOpen(c); }));
}

int ConflictQueueModel::openCountOf(const std::set<ConflictId>& ids) const
{
    return static_cast<int>(std::count_if(m_all.begin(), m_all.end(), [&](const Conflict& c) { return isOpen(c) && ids.contains(c.id); }));
}

std::optional<ConflictId> ConflictQueueModel::nextOpen(ConflictId id) const
{
    const int count = rowCount();
    const int from = rowOf(id);
    for (int step = 1; step <= count; ++step) {
        const Conflict& c = row((from + step + count) % count);
        if (isOpen(c) && c.id != id)
            return c.id;
    }
    return std::nullopt;
}

} // namespace naru::models
