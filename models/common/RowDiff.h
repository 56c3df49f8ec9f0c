// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <vector>

namespace naru::models {

// One structural step of a list. Remove: rows [at, at + count). Insert: `count` rows before `at`, taken from the wanted list
// at the same place. Move: the row `from` ends at `at`.
struct RowStep {
    enum Kind { Remove, Insert, Move } kind = Remove;
    int at = 0;
    int count = 1;
    int from = 0;
    friend bool operator==(const RowStep&, const RowStep&) = default;
};

// Positions of a longest increasing run in `values` (entries < 0 are skipped): the rows that may stay where they are.
inline std::vector<bool> stayingRows(const std::vector<int>& values)
{
    std::vector<int> tails; // index into values of the smallest end of a run of each length
    std::vector<int> before(values.size(), -1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] < 0)
            continue;
        const auto place = std::lower_bound(tails.begin(), tails.end(), values[i],
            [&values](int index, int value) { return values[static_cast<std::size_t>(index)] < value; });
        if (place != tails.begin())
            before[i] = *std::prev(place);
        if (place == tails.end())
            tails.push_back(static_cast<int>(i));
        else
            *place = static_cast<int>(i);
    }
    std::vector<bool> stays(values.size(), false);
    for (int i = tails.empty() ? -1 : tails.back(); i >= 0; i = before[static_cast<std::size_t>(i)])
        stays[static_cast<std::size_t>(i)] = true;
    return stays;
}

// The steps that turn the list `have` into the list `want`, in the order in which they are to be done. Keys are unique in
// each list. Rows that keep their relative order are not touched, so selection and scroll position survive.
template <class Key> std::vector<RowStep> planRows(std::vector<Key> have, const std::vector<Key>& want)
{
    std::vector<RowStep> steps;
    std::unordered_map<Key, int> target;
    target.reserve(want.size());
    for (std::size_t i = 0; i < want.size(); ++i)
        target.emplace(want[i], static_cast<int>(i));

    for (int i = static_cast<int>(have.size()) - 1; i >= 0;) { // from the back, in runs
        int first = i;
        while (first >= 0 && !target.contains(have[static_cast<std::size_t>(first)]))
            --first;
        if (first < i) {
            steps.push_back({RowStep::Remove, first + 1, i - first, 0});
            have.erase(have.begin() + first + 1, have.begin() + i + 1);
        }
        i = first - 1;
    }

    std::vector<int> places;
    places.reserve(have.size());
    for (const Key& key : have)
        places.push_back(target.at(key));
    const std::vector<bool> stays = stayingRows(places);
    std::unordered_map<Key, bool> settled; // key → stays in place
    settled.reserve(have.size());
    for (std::size_t i = 0; i < have.size(); ++i)
        settled.emplace(have[i], stays[i]);

    for (std::size_t i = 0; i < want.size(); ++i) {
        if (i < have.size() && have[i] == want[i])
            continue;
        const auto known = settled.find(want[i]);
        if (known == settled.end()) {
            std::size_t end = i + 1;
            while (end < want.size() && !settled.contains(want[end]))
                ++end;
            steps.push_back({RowStep::Insert, static_cast<int>(i), static_cast<int>(end - i), 0});
            have.insert(have.begin() + static_cast<std::ptrdiff_t>(i), want.begin() + static_cast<std::ptrdiff_t>(i),
                want.begin() + static_cast<std::ptrdiff_t>(end));
            i = end - 1;
        } else if (known->second) { // it stays; what stands before it belongs further down
            const Key waiting = have[i];
            have.erase(have.begin() + static_cast<std::ptrdiff_t>(i));
            have.push_back(waiting);
            steps.push_back({RowStep::Move, static_cast<int>(have.size()) - 1, 1, static_cast<int>(i)});
            --i; // look at this place again
        } else {
            const auto at = std::find(have.begin() + static_cast<std::ptrdiff_t>(i), have.end(), want[i]);
            const int from = static_cast<int>(at - have.begin());
            have.erase(at);
            have.insert(have.begin() + static_cast<std::ptrdiff_t>(i), want[i]);
            known->second = true;
            steps.push_back({RowStep::Move, static_cast<int>(i), 1, from});
        }
    }
    return steps;
}

} // namespace naru::models
