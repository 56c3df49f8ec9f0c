// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace naru::models {

// What changed while nobody looked: the last value of each key, up to a bound. Beyond it the values are let go and the whole
// is stale: reading anew is cheaper than catching up. Plain value; belongs to whoever shows the rows.
template <class Key, class Value> class Backlog {
public:
    explicit Backlog(std::size_t most) : m_most(most) {}

    void add(const Key& key, Value value)
    {
        if (m_stale)
            return;
        m_last.insert_or_assign(key, std::move(value));
        if (m_last.size() > m_most)
            markStale();
    }
    void markStale()
    {
        m_stale = true;
        m_last.clear();
    }
    bool isStale() const { return m_stale; }
    std::size_t size() const { return m_last.size(); }
    const Value* find(const Key& key) const
    {
        const auto at = m_last.find(key);
        return at == m_last.end() ? nullptr : &at->second;
    }
    std::vector<Value> take()
    {
        std::vector<Value> all;
        all.reserve(m_last.size());
        for (auto& entry : m_last)
            all.push_back(std::move(entry.second));
        clear();
        return all;
    }
    void clear()
    {
        m_last.clear();
        m_stale = false;
    }

private:
    std::size_t m_most;
    std::map<Key, Value> m_last;
    bool m_stale = false;
};

} // namespace naru::models
