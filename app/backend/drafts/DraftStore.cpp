// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/drafts/DraftStore.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <algorithm>

#include "proof/Encoding.h"

namespace naru::backend {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcDrafts, "naru.backend.drafts", QtInfoMsg)

constexpr int kFiles = 4; // consoles of one person at once
constexpr qint64 kRewriteFrom = 256 << 10; // bytes
constexpr qint64 kGrowth = 4; // times what it was after the last rewriting

QByteArray digestOf(const Draft& draft)
{
    const QByteArray text = QByteArray::number(qlonglong(draft.baseVersion)) + '\n' + draft.content;
    return QByteArray::fromStdString(proof::sha256({text.constData(), static_cast<std::size_t>(text.size())}));
}

QString pathOf(const QString& first, int n) { return n == 1 ? first + u".drafts"_s : u"%1-%2.drafts"_s.arg(first).arg(n); }

} // namespace

DraftStore::DraftStore(QString folder, Faulted faulted) : m_folder(std::move(folder)), m_faulted(std::move(faulted)) {}

DraftStore::~DraftStore() { seal(); }

void DraftStore::open(const QString& server, const QString& userId, const QByteArray& key)
{
    if (m_seal && m_owner == userId && m_seal->isMadeOf(key) && m_path.endsWith(m_seal->fileName(server, userId)))
        return;
    seal();
    m_owner = userId;
    if (key.size() != DraftSeal::kKeySize)
        return; // said as soon as something is to be kept
    m_seal = std::make_unique<DraftSeal>(key);
    m_path = m_folder + u'/' + m_seal->fileName(server, userId);
    takeFile();
}

void DraftStore::seal()
{
    if (!isOpen())
        return;
    if (!flush())
        qCWarning(lcDrafts) << "drafts could not be written before they were sealed:" << (m_doubtful ? m_live.size() : m_unsaved.size());
    m_file.reset();
    m_seal.reset();
    m_live.clear();
    m_from.clear();
    m_unsaved.clear();
    m_owner.clear();
    m_doubtful = m_said = false;
    m_compacting = 0;
}

// The first file nobody else has open; what dead consoles left in the others comes into it.
bool DraftStore::takeFile()
{
    if (m_file || m_folder.isEmpty())
        return bool(m_file);
    if (!m_seal) {
        Error e;
        e.kind = ErrorKind::Storage;
        e.code = u"drafts-no-key"_s;
        e.detail = u"the server gave no key for drafts"_s;
        say(e);
        return false;
    }
    if (!QDir().mkpath(m_folder)) {
        Error e;
        e.kind = ErrorKind::Storage;
        e.code = u"drafts-not-kept"_s;
        e.detail = u"cannot make the folder %1"_s.arg(m_folder);
        e.retryable = true;
        say(e);
        return false;
    }
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    for (int n = 1; n <= kFiles && !m_file; ++n) {
        auto file = DraftFile::open(pathOf(m_path, n), *m_seal);
        if (!file) {
            say(file.error());
            return false;
        }
        if (!*file)
            continue;
        m_file = std::move(*file);
        merge(*m_file);
        m_compact = m_file->size();
        takeOver(n);
    }
    if (m_file)
        return true;
    Error e;
    e.kind = ErrorKind::Storage;
    e.code = u"drafts-not-kept"_s;
    e.detail = u"too many consoles of one person are open"_s;
    e.retryable = true;
    say(e);
    return false;
}

void DraftStore::takeOver(int own)
{
    for (int n = 1; n <= kFiles; ++n) {
        const QString path = pathOf(m_path, n);
        if (n == own || !QFile::exists(path))
            continue;
        auto other = DraftFile::open(path, *m_seal);
        if (!other || !*other)
            continue; // in use, or not to be read now: it stays where it is
        const DraftFile::Content before = m_live;
        merge(**other);
        if (m_live != before && m_file->rewrite(m_live)) {
            m_live = before;
            continue;
        }
        (*other)->remove();
    }
}

// Of two drafts of one editor the newer one counts; what was typed since the opening is always newer.
void DraftStore::merge(const DraftFile& file)
{
    for (const auto& [key, draft] : file.found()) {
        const auto at = m_live.find(key);
        if (!m_unsaved.contains(key) && (at == m_live.end() || at->second.changedAt < draft.changedAt))
            m_live[key] = draft;
    }
    if (file.damaged() > 0) {
        Error e;
        e.kind = ErrorKind::Storage;
        e.code = u"drafts-damaged"_s;
        e.detail = u"%1 bytes of kept changes do not open; they were put aside"_s.arg(file.damaged());
        qCWarning(lcDrafts).noquote() << e.detail;
        m_faulted(e);
    }
}

void DraftStore::keep(const Draft& draft)
{
    if (!isOpen())
        return;
    const DraftKey key{draft.place, draft.entityId};
    m_live[key] = draft;
    m_unsaved.insert(key);
}

std::optional<ArrivedDraft> DraftStore::drop(const QString& place, const QString& entityId)
{
    DraftKey key{place, entityId};
    m_from.erase(key);
    if (m_live.erase(key) > 0)
        m_unsaved.insert(key);
    std::optional<ArrivedDraft> next;
    for (DraftKey beside{placeBeside(place), entityId}; m_live.contains(beside); beside.place = placeBeside(key.place)) {
        Draft draft = std::move(m_live.extract(beside).mapped());
        draft.place = key.place;
        m_from.erase(beside);
        m_from[key] = digestOf(draft);
        m_unsaved.insert({beside, key});
        if (!next)
            next = ArrivedDraft{draft, {}};
        m_live[key] = std::move(draft);
        key.place = beside.place;
    }
    return next;
}

void DraftStore::dropAll()
{
    for (auto at = m_live.begin(); at != m_live.end();) {
        if (at->second.changes <= 0) {
            ++at;
            continue;
        }
        m_unsaved.insert(at->first);
        m_from.erase(at->first);
        at = m_live.erase(at);
    }
}

DraftStore::Handout DraftStore::handout(const DraftSeal& seal, qsizetype most) const
{
    std::vector<Draft> newest = all();
    std::reverse(newest.begin(), newest.end());
    Handout out;
    for (const Draft& draft : newest) {
        if (draft.changes <= 0)
            continue; // where the person was on this computer
        const DraftKey key{draft.place, draft.entityId};
        const auto from = m_from.find(key);
        const QByteArray record = sealedRecord(seal, static_cast<quint64>(out.drafts) + 1, key, &draft, from == m_from.end() ? QByteArray() : from->second);
        if (record.isEmpty() || out.sealed.size() + record.size() > most)
            continue;
        out.sealed += record;
        ++out.drafts;
    }
    return out;
}

std::optional<std::vector<ArrivedDraft>> DraftStore::takeIn(const DraftSeal& seal, const QByteArray& sealed)
{
    if (!isOpen())
        return std::nullopt;
    std::vector<ArrivedDraft> arrived;
    qint64 at = 0;
    quint64 last = 0;
    while (const auto record = openedRecord(seal, sealed, at, last)) {
        at += record->length;
        last = record->sequence;
        if (auto kept = record->draft ? takeIn(*record) : std::nullopt)
            arrived.push_back(std::move(*kept));
    }
    if (at < sealed.size())
        qCWarning(lcDrafts) << "of what was handed over" << sealed.size() - at << "bytes do not open";
    return last > 0 ? std::optional(std::move(arrived)) : std::nullopt;
}

std::optional<ArrivedDraft> DraftStore::takeIn(const DraftRecord& record)
{
    Draft draft = *record.draft;
    for (;; draft.place = placeBeside(draft.place)) {
        const DraftKey key{draft.place, draft.entityId};
        const auto here = m_live.find(key);
        std::optional<QByteArray> over;
        if (here != m_live.end()) {
            const QByteArray digest = digestOf(here->second);
            const QByteArray coming = digestOf(draft);
            if (digest == coming)
                return std::nullopt;
            if (digest != record.from) {
                const auto from = m_from.find(key);
                if (from != m_from.end() && from->second == coming)
                    return std::nullopt; // offered twice, and typed on in between
                continue; // both were typed
            }
            over = here->second.content;
        }
        m_live[key] = draft;
        m_from[key] = digestOf(draft);
        m_unsaved.insert(key);
        return ArrivedDraft{std::move(draft), std::move(over)};
    }
}

void DraftStore::sync()
{
    m_doubtful = m_flush.takeFailure() || m_doubtful;
    if (isSynced()) {
        compact();
        return;
    }
    if (m_folder.isEmpty()) {
        m_unsaved.clear();
        return;
    }
    if (!takeFile())
        return;
    if (m_doubtful) {
        rewrite();
        return;
    }
    DraftFile::Changes changes;
    for (const DraftKey& key : m_unsaved) {
        const auto at = m_live.find(key);
        changes.emplace_back(key, at == m_live.end() ? nullptr : &at->second);
    }
    if (const auto why = m_file->append(changes)) {
        say(*why);
        return;
    }
    m_flush.request(m_file->name());
    m_unsaved.clear();
    m_said = false;
    compact();
}

void DraftStore::compact()
{
    if (!m_file)
        return;
    std::optional<Error> why;
    if (m_compacting > 0) {
        if (m_flush.done() < m_compacting)
            return;
        m_compacting = 0;
        why = m_file->finishRewrite();
        if (!why)
            m_flush.request(m_file->name(), true);
    } else if (m_file->size() > kRewriteFrom && m_file->size() > kGrowth * m_compact) {
        why = m_file->beginRewrite(m_live);
        m_compact = m_file->newSize(); // not with what comes until it takes its place
        if (!why)
            m_compacting = m_flush.request(m_file->newName());
    }
    if (why) {
        m_compact = m_file->size(); // tried again when it is much longer
        qCInfo(lcDrafts).noquote() << "the file of drafts stays long:" << why->detail;
    }
}

void DraftStore::rewrite()
{
    if (const auto why = m_file->rewrite(m_live)) {
        say(*why);
        return;
    }
    m_unsaved.clear();
    m_doubtful = m_said = false;
    m_compacting = 0;
    m_compact = m_file->size();
}

bool DraftStore::flush()
{
    sync();
    if (!isSynced() || !m_file)
        return isSynced();
    if (const auto why = m_file->flush()) {
        m_doubtful = true;
        say(*why);
        return false;
    }
    return true;
}

void DraftStore::say(const Error& why)
{
    if (std::exchange(m_said, true))
        return;
    qCWarning(lcDrafts).noquote() << why.detail;
    m_faulted(why);
}

std::vector<Draft> DraftStore::all() const
{
    std::vector<Draft> drafts;
    for (const auto& [key, draft] : m_live)
        drafts.push_back(draft);
    std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) { return a.changedAt < b.changedAt; });
    return drafts;
}

int DraftStore::count() const
{
    int n = 0;
    for (const auto& [key, draft] : m_live)
        n += draft.changes;
    return n;
}

} // namespace naru::backend
