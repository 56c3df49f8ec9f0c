// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Url.h"

namespace naru::server {
namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool decode(std::string_view in, bool form, std::string& out)
{
    out.clear();
    out.reserve(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) {
        if (in[i] == '+' && form) {
            out += ' ';
        } else if (in[i] != '%') {
            out += in[i];
        } else {
            const int hi = i + 2 < in.size() ? hexDigit(in[i + 1]) : -1;
            const int lo = i + 2 < in.size() ? hexDigit(in[i + 2]) : -1;
            if (hi < 0 || lo < 0)
                return false;
            out += static_cast<char>(hi * 16 + lo);
            i += 2;
        }
    }
    return true;
}

// Well-formed UTF-8 without control characters.
bool isCleanText(std::string_view s)
{
    for (std::size_t i = 0; i < s.size();) {
        const auto c = static_cast<unsigned char>(s[i]);
        if (c < 0x20 || c == 0x7F)
            return false;
        std::size_t more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : (c & 0xF0) == 0xE0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : 99;
        if (more > s.size() - i - 1)
            return false;
        const auto next = more ? static_cast<unsigned char>(s[i + 1]) : 0;
        if ((c == 0xE0 && next < 0xA0) || (c == 0xED && next > 0x9F) || (c == 0xF0 && next < 0x90) || (c == 0xF4 && next > 0x8F))
            return false;
        for (++i; more > 0; --more, ++i) {
            if ((static_cast<unsigned char>(s[i]) & 0xC0) != 0x80)
                return false;
        }
    }
    return true;
}

} // namespace

std::optional<std::map<std::string, std::string>> parseForm(std::string_view text, std::string& why)
{
    std::map<std::string, std::string> out;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        std::string key;
        std::string value;
        if (!decode(pair.substr(0, equals), true, key) || (equals != std::string_view::npos && !decode(pair.substr(equals + 1), true, value))) {
            why = "a percent escape is incomplete";
            return std::nullopt;
        }
        if (!isCleanText(key) || !isCleanText(value)) {
            why = "control characters or invalid UTF-8";
            return std::nullopt;
        }
        if (!out.emplace(std::move(key), std::move(value)).second) {
            why = "a name is given twice";
            return std::nullopt;
        }
        if (out.size() > 64) {
            why = "more than 64 names";
            return std::nullopt;
        }
    }
    return out;
}

std::optional<Target> parseTarget(std::string_view target, std::string& why)
{
    for (const std::string_view scheme : {"http://", "https://"}) { // absolute form: the authority does not decide anything here
        if (target.substr(0, scheme.size()) == scheme) {
            const std::size_t slash = target.find('/', scheme.size());
            target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
        }
    }
    if (target.empty() || target.front() != '/') {
        why = "the target is not a path";
        return std::nullopt;
    }
    const std::size_t question = target.find('?');
    const std::string_view rawPath = target.substr(0, question);
    Target out;
    if (rawPath.find("%2F") != std::string_view::npos || rawPath.find("%2f") != std::string_view::npos || rawPath.find('#') != std::string_view::npos
        || !decode(rawPath, false, out.path) || !isCleanText(out.path)) {
        why = "the path is malformed";
        return std::nullopt;
    }
    if (question != std::string_view::npos) {
        auto query = parseForm(target.substr(question + 1), why);
        if (!query)
            return std::nullopt;
        out.query = std::move(*query);
    }
    return out;
}

std::string percentEncode(std::string_view text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if ((u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '-' || u == '.' || u == '_' || u == '~')
            out += c;
        else
            out += {'%', digits[u >> 4], digits[u & 15]};
    }
    return out;
}

} // namespace naru::server
