// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/PaletteModel.h"

#include "ui/palette/FuzzyMatch.h"

#include <algorithm>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

const char* iconOf(const QString& entityType)
{
    if (entityType == "product"_L1)
        return "box-seam";
    if (entityType == "vendor"_L1)
        return "shop";
    if (entityType == "reservation"_L1 || entityType == "ticket"_L1 || entityType == "hold"_L1)
        return "calendar-week";
    return "journal-text";
}

} // namespace

void PaletteModel::setCommands(std::vector<Command> commands)
{
    m_commands = std::move(commands);
    m_hits.clear();
    rebuild();
}

void PaletteModel::setText(const QString& text, bool recordsOnly)
{
    m_text = text;
    m_recordsOnly = recordsOnly;
    rebuild();
}

void PaletteModel::setHits(std::vector<SearchHit> hits)
{
    m_hits = std::move(hits);
    rebuild();
}

void PaletteModel::rebuild()
{
    std::vector<std::pair<int, int>> found; // score, command
    if (!m_recordsOnly) {
        for (int i = 0; i < static_cast<int>(m_commands.size()); ++i)
            if (const auto score = fuzzyScore(m_text, m_commands[static_cast<std::size_t>(i)].text))
                found.emplace_back(m_text.isEmpty() ? 0 : *score, i);
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    }
    beginResetModel();
    m_rows.clear();
    for (const auto& f : found)
        m_rows.push_back({f.second, -1});
    for (int i = 0; i < static_cast<int>(m_hits.size()); ++i)
        m_rows.push_back({-1, i});
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& r = row(index.row());
    const bool isCommand = r.command >= 0;
    switch (role) {
    case Qt::DisplayRole: return isCommand ? command(r.command).text : hit(r.hit).title;
    case Qt::AccessibleTextRole:
        return isCommand ? u"%1 %2"_s.arg(command(r.command).text, command(r.command).key) : u"%1 %2 %3"_s.arg(hit(r.hit).code, hit(r.hit).title, hit(r.hit).detail);
    case DetailRole: return isCommand ? QString() : hit(r.hit).detail.isEmpty() ? hit(r.hit).code : u"%1 · %2"_s.arg(hit(r.hit).code, hit(r.hit).detail);
    case KeyRole: return isCommand ? command(r.command).key : QString();
    case IconRole: return isCommand ? QByteArray(command(r.command).icon) : QByteArray(iconOf(hit(r.hit).entityType));
    case EnabledRole: return !isCommand || !command(r.command).enabled || command(r.command).enabled();
    default: return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    return index.data(EnabledRole).toBool() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace naru::ui
