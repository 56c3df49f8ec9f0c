// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace naru::ui {

// How well `pattern` fits `text`: its letters must appear in order; starts of words and neighbours count more, gaps less.
// Blanks in the pattern are skipped, case is ignored, and a Korean initial consonant fits its syllable ("ㅈㅁ" finds "주문").
std::optional<int> fuzzyScore(const QString& pattern, const QString& text);

} // namespace naru::ui
