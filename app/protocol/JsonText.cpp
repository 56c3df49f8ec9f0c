// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/JsonText.h"

namespace naru::protocol {
namespace {

// What may not stand in a JSON string as it is (RFC 8259 §7).
void appendEscaped(std::string& out, char c)
{
    static constexpr char kHex[] = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    out += "\\u00";
    out += kHex[(c >> 4) & 15];
    out += kHex[c & 15];
}

constexpr bool isPlain(unsigned c) { return c >= 0x20 && c != '"' && c != '\\'; }

void appendCodePoint(std::string& out, char32_t c)
{
    if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
    } else {
        if (c < 0x10000) {
            out += static_cast<char>(0xE0 | (c >> 12));
        } else {
            out += static_cast<char>(0xF0 | (c >> 18));
            out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        }
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    }
    out += static_cast<char>(0x80 | (c & 0x3F));
}

} // namespace

void appendQuoted(std::string& out, std::string_view utf8)
{
    out += '"';
    for (const char c : utf8) {
        if (isPlain(static_cast<unsigned char>(c)))
            out += c;
        else
            appendEscaped(out, c);
    }
    out += '"';
}

void appendQuoted(std::string& out, QStringView text)
{
    out += '"';
    const qsizetype size = text.size();
    for (qsizetype i = 0; i < size; ++i) {
        const char16_t c = text[i].unicode();
        if (c < 0x80) {
            if (isPlain(c))
                out += static_cast<char>(c);
            else
                appendEscaped(out, static_cast<char>(c));
        } else if (!QChar::isSurrogate(c)) {
            appendCodePoint(out, c);
        } else if (QChar::isHighSurrogate(c) && i + 1 < size && text[i + 1].isLowSurrogate()) {
            appendCodePoint(out, QChar::surrogateToUcs4(c, text[++i].unicode()));
        } else {
            out += '?'; // half a character, as QString::toUtf8 has it
        }
    }
    out += '"';
}

} // namespace naru::protocol
