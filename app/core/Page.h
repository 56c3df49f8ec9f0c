// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

namespace naru {

// One keyset page of a list. `next` is an opaque cursor, empty on the last page; `total` counts up to 10,000 and is then
// `totalIsLowerBound` ("10,000+").
template <class T> struct Page {
    std::vector<T> items;
    QString next;
    int total = 0;
    bool totalIsLowerBound = false;
};

} // namespace naru
