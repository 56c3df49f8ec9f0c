// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/FuzzyMatch.h"

namespace naru::ui {
namespace {

constexpr char16_t kFirstSyllable = 0xAC00, kLastSyllable = 0xD7A3;
constexpr int kSyllablesPerInitial = 588;

bool fits(QChar wanted, QChar have)
{
    if (wanted == have)
        return true;
    const char16_t c = have.unicode();
    if (c < kFirstSyllable || c > kLastSyllable)
        return false;
    static constexpr char16_t initials[] = u"ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    return initials[(c - kFirstSyllable) / kSyllablesPerInitial] == wanted.unicode();
}

} // namespace

std::optional<int> fuzzyScore(const QString& pattern, const QString& text)
{
    const QString p = pattern.toLower();
    const QString t = text.toLower();
    int score = 0;
    qsizetype at = 0;
    qsizetype last = -1;
    for (const QChar wanted : p) {
        if (wanted.isSpace())
            continue;
        const qsizetype from = at;
        while (at < t.size() && !fits(wanted, t[at]))
            ++at;
        if (at == t.size())
            return std::nullopt;
        if (last >= 0 && at == last + 1)
            score += 8;
        if (at == 0 || t[at - 1].isSpace() || t[at - 1].isPunct())
            score += 6;
        score -= static_cast<int>(qMin<qsizetype>(at - from, 5));
        last = at++;
    }
    return score - static_cast<int>(t.size() / 12);
}

} // namespace naru::ui
