// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/cache/CacheUse.h"
#include "backend/engine/Limits.h"
#include "backend/net/Http.h"
#include "core/Page.h"
#include "protocol/CatalogueFields.h"

#include <any>
#include <type_traits>

namespace naru::backend {

// How an answer becomes the value the caller asked for. The any always holds a Result<T> of the caller's T.
struct Codec {
    std::any (*decode)(const protocol::json::value& body) = nullptr;
    std::any (*fail)(Error error) = nullptr;
    // A refusal that the caller wants as a value: its problem document is read. Empty any: an ordinary error.
    std::any (*refused)(const Error& error, const protocol::json::value& problem) = nullptr;
};

// What a call wants from the server. A value: made on the UI thread, carried out by a job in the backend thread.
struct Request {
    Verb verb = Verb::Get;
    QString path;
    QueryItems query;
    std::string body;
    std::optional<std::int64_t> ifMatch;
    bool authorized = true; // needs a session
    Codec codec;
    CacheUse cache;
    QString cacheKey; // empty: path and query; writes name the detail they answer with

    bool isWrite() const { return verb != Verb::Get; }
    QString key() const { return cacheKey.isEmpty() ? path + u'?' + QString::fromLatin1(encodedQuery(query)) : cacheKey; }
};

namespace detail {

inline Error misfit(Error e)
{
    e.kind = ErrorKind::Protocol; // the server's body, not ours
    e.code = QStringLiteral("answer-invalid");
    e.detail = QStringLiteral("the server's answer does not fit the interface");
    for (const FieldError& f : e.fields)
        e.detail += u' ' + f.field + QStringLiteral(": ") + f.message + u';';
    e.fields.clear();
    return e;
}

template <class T> struct IsPage : std::false_type {};
template <class T> struct IsPage<Page<T>> : std::true_type {};

template <class T> Result<T> read(const protocol::json::value& body)
{
    Result<T> r = protocol::fromJson<T>(body, false);
    if (!r)
        return misfit(r.error());
    if constexpr (IsPage<T>::value) {
        if (r->items.size() > Limits{}.pageRows) {
            Error e;
            e.kind = ErrorKind::Protocol;
            e.code = QStringLiteral("page-too-large");
            e.detail = QStringLiteral("the server sent more rows than a page may have");
            return e;
        }
    }
    return r;
}

template <class T> std::any failAs(Error e) { return Result<T>(std::move(e)); }
template <class T> std::any decodeAs(const protocol::json::value& body) { return read<T>(body); }
template <class T> std::any decodeItems(const protocol::json::value& body)
{
    Result<Page<T>> page = read<Page<T>>(body);
    if (!page)
        return Result<std::vector<T>>(page.error());
    return Result<std::vector<T>>(std::move(page->items));
}

} // namespace detail

template <class T> Codec codecOf() { return {&detail::decodeAs<T>, &detail::failAs<T>}; }
// For writes that are answered with nothing but 204.
inline Codec doneCodec()
{
    return {[](const protocol::json::value&) -> std::any { return Result<Done>(Done{}); }, &detail::failAs<Done>};
}
// The interface answers lists as pages; some callers only want the rows.
template <class T> Codec itemsCodecOf() { return {&detail::decodeItems<T>, &detail::failAs<std::vector<T>>}; }

} // namespace naru::backend
