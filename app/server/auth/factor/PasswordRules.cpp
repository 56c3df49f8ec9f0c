// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/factor/PasswordRules.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace naru::server {

using namespace Qt::StringLiterals;

namespace {

// What is tried first everywhere, and in Korea (words of the Korean layout typed on Latin keys). Short on purpose: what it does not know, the
// length has to make up for.
constexpr QStringView kCommon[] = {u"password", u"passw0rd", u"p@ssw0rd", u"p@ssword", u"passwort", u"motdepasse", u"contrasena", u"qwerty", u"qwertyuiop", u"qwerty123456",
    u"asdfghjkl", u"zxcvbnm", u"1q2w3e4r", u"1q2w3e4r5t", u"1q2w3e4r5t6y", u"q1w2e3r4", u"q1w2e3r4t5", u"qazwsx", u"qazwsxedc", u"1qaz2wsx", u"1qaz2wsx3edc", u"zaq12wsx",
    u"qweasdzxc", u"qweasd", u"asdf1234", u"abcd1234", u"abc123", u"iloveyou", u"sunshine", u"princess", u"football", u"baseball", u"basketball", u"superman", u"batman", u"pokemon",
    u"starwars", u"letmein", u"welcome", u"trustno1", u"whatever", u"dragon", u"monkey", u"master", u"shadow", u"michael", u"jennifer", u"jordan", u"charlie", u"hello", u"helloworld",
    u"freedom", u"computer", u"internet", u"samsung", u"google", u"facebook", u"liverpool", u"chelsea", u"arsenal", u"barcelona", u"christmas", u"summer", u"winter", u"spring", u"autumn",
    u"monday", u"january", u"administrator", u"admin", u"root", u"toor", u"guest", u"user", u"test", u"testtest", u"demo", u"default", u"changeme", u"secret", u"topsecret", u"login",
    u"temp", u"temporary", u"korea", u"seoul", u"naru", u"marketplace", u"dkssudgktpdy", u"dkssud", u"qlalfqjsgh", u"qlalf", u"tkfkdgo", u"tkfkdgody", u"rhksflwk", u"eogksalsrnr",
    u"tjdnf", u"gksrnr", u"안녕하세요", u"비밀번호", u"사랑해", u"사랑합니다", u"대한민국", u"관리자", u"나루"};

// Rows of keys and of the alphabet, there and back.
constexpr QStringView kRows[] = {u"01234567890123456789", u"abcdefghijklmnopqrstuvwxyz", u"qwertyuiopqwertyuiop", u"asdfghjklasdfghjkl", u"zxcvbnmzxcvbnm"};

bool isRow(const QString& text)
{
    QString back = text;
    std::reverse(back.begin(), back.end());
    return std::any_of(std::begin(kRows), std::end(kRows), [&](QStringView row) { return row.contains(text) || row.contains(back); });
}

// "abcabcabca", "1111111111", "가나가나가나가나가나"
bool repeats(const QString& text)
{
    for (qsizetype period = 1; period <= 4; ++period) {
        bool same = true;
        for (qsizetype i = period; same && i < text.size(); ++i)
            same = text[i] == text[i - period];
        if (same)
            return true;
    }
    return false;
}

bool isCommon(const QString& lower)
{
    // "password2026!" is "password": whoever guesses tries that at once.
    qsizetype from = 0;
    qsizetype to = lower.size();
    while (to > 0 && !lower[to - 1].isLetter())
        --to;
    while (from < to && !lower[from].isLetter())
        ++from;
    const QString stem = lower.mid(from, to - from);
    const QString fromStart = lower.left(to);
    return std::any_of(std::begin(kCommon), std::end(kCommon), [&](QStringView c) { return c == lower || c == stem || c == fromStart; });
}

bool isName(const QString& lower, const QString& name)
{
    return name.size() >= 3 && lower.contains(name) && lower.size() - name.size() < kShortestPassword - 2;
}

} // namespace

QStringList passwordFaults(const QString& password, const QString& login, const QString& displayName)
{
    QStringList out;
    const QString lower = password.normalized(QString::NormalizationForm_KC).toLower();
    if (lower.size() < kShortestPassword)
        out << u"too-short"_s;
    if (isName(lower, login.toLower()) || isName(lower, displayName.toLower()))
        out << u"is-login"_s;
    const std::set<QChar> different(lower.begin(), lower.end());
    if (!lower.isEmpty() && (different.size() < 4 || isRow(lower) || repeats(lower) || isCommon(lower)))
        out << u"too-common"_s;
    return out;
}

} // namespace naru::server
