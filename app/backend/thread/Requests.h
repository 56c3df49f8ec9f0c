// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/engine/Request.h"

// How the services' methods make their requests. Plain functions, UI thread.
namespace naru::backend::requests {

template <class T> Request get(const QString& path, QueryItems query = {}, CacheUse use = {})
{
    Request r;
    r.path = path;
    r.query = std::move(query);
    r.codec = codecOf<T>();
    r.cache = use;
    return r;
}

template <class T, class Body>
Request write(Verb verb, const QString& path, const Body& body, std::optional<std::int64_t> ifMatch, CacheUse use = {}, const QString& detailPath = {})
{
    Request r;
    r.verb = verb;
    r.path = path;
    r.body = protocol::json::serialize(protocol::toJson(body));
    r.ifMatch = ifMatch;
    r.codec = codecOf<T>();
    r.cache = use;
    if (!detailPath.isEmpty())
        r.cacheKey = detailPath + u'?'; // the key of the read
    else
        r.cache = {};
    return r;
}

// A write that needs no words.
template <class T> Request bare(const QString& path, std::int64_t ifMatch)
{
    Request r;
    r.verb = Verb::Post;
    r.path = path;
    r.body = "{}";
    r.ifMatch = ifMatch;
    r.codec = codecOf<T>();
    return r;
}

// Only what is asked for goes on the wire.
class QueryBuilder {
public:
    QueryBuilder& text(const char* name, const QString& value)
    {
        if (!value.isEmpty())
            m_items.emplace_back(QString::fromLatin1(name), value);
        return *this;
    }
    QueryBuilder& number(const char* name, int value) { return text(name, QString::number(value)); }
    template <protocol::Named E> QueryBuilder& word(const char* name, const std::optional<E>& value) { return value ? text(name, protocol::wireText(*value)) : *this; }
    template <class Tag> QueryBuilder& id(const char* name, const std::optional<Id<Tag>>& value) { return value ? text(name, value->toString()) : *this; }
    QueryItems take() { return std::move(m_items); }

private:
    QueryItems m_items;
};

inline CacheUse listOf(EntityKind kind, bool takesNew, int most)
{
    CacheUse use;
    use.shape = CacheUse::Shape::List;
    use.kind = kind;
    use.takesNew = takesNew;
    use.most = most;
    return use;
}

inline CacheUse detailOf(EntityKind kind, const char* card)
{
    CacheUse use;
    use.shape = CacheUse::Shape::Detail;
    use.kind = kind;
    use.card = card;
    return use;
}

inline CacheUse whole()
{
    CacheUse use;
    use.shape = CacheUse::Shape::Whole;
    return use;
}

template <class AnyId> QString at(const char16_t* folder, const AnyId& id) { return QString::fromUtf16(folder) + id.toString(); }

} // namespace naru::backend::requests
