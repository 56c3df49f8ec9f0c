// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/AuditController.h"

#include <memory>

#include "ui/security/AuditExport.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using backend::Reply;

namespace {
constexpr int kPage = 100, kExportPage = 500, kMostExported = 200'000;
constexpr Millis kTail = 2s;
constexpr Millis kDay = 24h;
constexpr Millis kKorea = 9h;
} // namespace

AuditController::AuditController(backend::Backend& backend, const Clock& clock, QObject* parent) : QObject(parent), m_backend(backend), m_clock(clock), m_call(backend)
{
    m_tailTimer.setInterval(kTail);
    connect(&m_tailTimer, &QTimer::timeout, this, &AuditController::tail);
    connect(&backend, &backend::Backend::refreshWanted, this, [this] {
        if (m_asked != 0)
            read();
    });
    connect(&backend, &backend::Backend::connectionChanged, this, &AuditController::tailChanged);
}

AuditQuery AuditController::query() const
{
    AuditQuery q;
    q.text = m_text;
    q.entityType = m_entityType;
    q.entityId = m_entityId;
    q.limit = kPage;
    const Instant now = m_clock.now();
    switch (m_period) {
    case Period::Today: q.from = fromUnixMs((toUnixMs(now + kKorea) / kDay.count()) * kDay.count()) - kKorea; break; // the day in Seoul
    case Period::Week: q.from = now - 7 * kDay; break;
    case Period::Month: q.from = now - 30 * kDay; break;
    case Period::All: break;
    }
    return q;
}

void AuditController::setText(const QString& text)
{
    if (text.trimmed() == m_text)
        return;
    m_text = text.trimmed();
    read();
}

void AuditController::setPeriod(Period period)
{
    if (period == m_period)
        return;
    m_period = period;
    read();
}

void AuditController::setEntity(const QString& entityType, const QString& entityId)
{
    if (entityType == m_entityType && entityId == m_entityId)
        return;
    m_entityType = entityType;
    m_entityId = entityId;
    read();
}

void AuditController::read()
{
    ++m_asked;
    m_load = Load::Loading;
    m_error.reset();
    Reply<Page<AuditLine>> reply;
    reply.context = this;
    reply.done = [this](Result<Page<AuditLine>> answer) {
        m_load = answer ? Load::Ready : Load::Failed;
        if (answer) {
            m_next = answer->next;
            m_lines.assign(std::move(answer->items));
        } else {
            m_error = answer.error();
        }
        Q_EMIT linesChanged();
    };
    m_call.start(std::move(reply), [&](Reply<Page<AuditLine>> guarded) { return m_backend.security().audit(query(), std::move(guarded)); });
    Q_EMIT linesChanged();
}

void AuditController::readMore()
{
    if (m_next.isEmpty() || m_load == Load::Loading)
        return;
    AuditQuery q = query();
    q.after = std::exchange(m_next, QString());
    m_backend.security().audit(q, {this, [this, asked = m_asked, after = q.after](Result<Page<AuditLine>> answer) {
        if (asked != m_asked)
            return;
        m_next = answer ? answer->next : after; // may be asked again
        if (answer)
            m_lines.append(std::move(answer->items));
        Q_EMIT linesChanged();
    }});
}

bool AuditController::tailing() const { return m_visible && m_atTop && m_load == Load::Ready && m_backend.connection().state == backend::LinkState::Live; }

void AuditController::setAtTop(bool atTop)
{
    if (m_atTop == atTop)
        return;
    m_atTop = atTop;
    Q_EMIT tailChanged();
}

void AuditController::setVisible(bool visible)
{
    m_visible = visible;
    if (visible)
        m_tailTimer.start();
    else
        m_tailTimer.stop();
    Q_EMIT tailChanged();
}

void AuditController::tail()
{
    if (!tailing() || m_tailAsked)
        return;
    m_tailAsked = true;
    m_backend.security().audit(query(), {this, [this, asked = m_asked](Result<Page<AuditLine>> answer) {
        m_tailAsked = false;
        if (!answer || asked != m_asked)
            return; // asked again in two seconds
        const bool gap = m_lines.rowCount() > 0 && !answer->items.empty() && !answer->next.isEmpty() && answer->items.back().seq > m_lines.row(0).seq;
        if (gap) { // more came than one page holds: begin anew, or lines between would be missing
            m_next = answer->next;
            m_lines.assign(std::move(answer->items));
            Q_EMIT linesChanged();
        } else if (m_lines.prepend(std::move(answer->items)) > 0) {
            Q_EMIT linesChanged();
        }
    }});
}

void AuditController::checkChain()
{
    if (m_checking)
        return;
    m_checking = true;
    m_chainError.reset();
    m_backend.security().checkChain({this, [this](Result<ChainCheck> answer) {
        m_checking = false;
        if (answer)
            m_chain = *answer;
        else
            m_chainError = answer.error();
        Q_EMIT chainChanged();
    }});
    Q_EMIT chainChanged();
}

void AuditController::exportTo(const QString& path)
{
    if (m_exporting)
        return;
    auto file = std::make_shared<AuditExport>(path); // two owners: the page under way and the one after it
    if (!file->begin()) {
        Q_EMIT exportFailed(path, {ErrorKind::Storage, 0, u"file-not-written"_s, file->problem()});
        return;
    }
    m_exporting = true;
    m_stopExport = false;
    m_exported = 0;
    AuditQuery q = query();
    q.limit = kExportPage;
    exportPage(std::move(file), q);
    Q_EMIT exportChanged();
}

void AuditController::exportPage(std::shared_ptr<AuditExport> file, const AuditQuery& query)
{
    m_backend.security().audit(query, {this, [this, file, query](Result<Page<AuditLine>> answer) {
        const auto fail = [&](const Error& error) {
            m_exporting = false;
            Q_EMIT exportChanged();
            Q_EMIT exportFailed(file->path(), error);
        };
        if (!answer) {
            fail(answer.error());
            return;
        }
        if (!file->add(answer->items)) {
            fail({ErrorKind::Storage, 0, u"file-not-written"_s, file->problem()});
            return;
        }
        m_exported += static_cast<int>(answer->items.size());
        const bool more = !answer->next.isEmpty();
        if (more && !m_stopExport && m_exported < kMostExported) {
            AuditQuery next = query;
            next.after = answer->next;
            exportPage(file, next);
            Q_EMIT exportChanged();
            return;
        }
        if (!file->commit()) {
            fail({ErrorKind::Storage, 0, u"file-not-written"_s, file->problem()});
            return;
        }
        m_exporting = false;
        Q_EMIT exportChanged();
        Q_EMIT exportDone(file->path(), m_exported, !more);
    }});
}

} // namespace naru::ui
