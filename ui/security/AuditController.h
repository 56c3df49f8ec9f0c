// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "backend/api/LatestCall.h"
#include "core/Clock.h"
#include "models/security/AuditModel.h"

#include <QTimer>

namespace naru::ui {

// The audit log without its widgets: filtered, read page by page towards the past; while its top is looked at, newer lines come in by themselves.
// The chain of hashes is checked when asked. Exports everything that fits the filter. UI thread; owned by the page.
class AuditController : public QObject {
    Q_OBJECT
public:
    enum class Load { Loading, Failed, Ready };
    enum class Period { Today, Week, Month, All };
    AuditController(backend::Backend& backend, const Clock& clock, QObject* parent = nullptr);

    models::AuditModel& lines() { return m_lines; }
    const models::AuditModel& lines() const { return m_lines; }
    Load load() const { return m_load; }
    const std::optional<Error>& error() const { return m_error; }
    bool hasMore() const { return !m_next.isEmpty(); }
    void read();
    void readMore();

    void setText(const QString& text);
    void setPeriod(Period period);
    void setEntity(const QString& entityType, const QString& entityId = {}); // empty: of everything
    const QString& text() const { return m_text; }
    Period period() const { return m_period; }
    const QString& entityType() const { return m_entityType; }
    const QString& entityId() const { return m_entityId; }

    void setAtTop(bool atTop); // the view shows the newest line
    void setVisible(bool visible);
    bool tailing() const; // newer lines come in
    void tail(); // looks for newer lines; the timer does it every two seconds while tailing

    const std::optional<ChainCheck>& chain() const { return m_chain; }
    const std::optional<Error>& chainError() const { return m_chainError; }
    bool checking() const { return m_checking; }
    void checkChain();

    bool exporting() const { return m_exporting; }
    int exported() const { return m_exported; } // lines written so far
    // Writes all that fits the filter; a file that is there is written over (the page asks first).
    void exportTo(const QString& path);
    void stopExport() { m_stopExport = true; }

Q_SIGNALS:
    void linesChanged();
    void tailChanged();
    void chainChanged();
    void exportChanged();
    void exportDone(const QString& path, int lines, bool whole); // whole: nothing was left out
    void exportFailed(const QString& path, const naru::Error& error);

private:
    AuditQuery query() const;
    void exportPage(std::shared_ptr<class AuditExport> file, const AuditQuery& query);

    backend::Backend& m_backend;
    const Clock& m_clock;
    models::AuditModel m_lines;
    Load m_load = Load::Loading;
    std::optional<Error> m_error;
    QString m_next; // cursor
    quint64 m_asked = 0;
    QString m_text;
    Period m_period = Period::All;
    QString m_entityType;
    QString m_entityId;
    backend::LatestCall m_call;
    bool m_atTop = true;
    bool m_visible = false;
    bool m_tailAsked = false;
    QTimer m_tailTimer;
    std::optional<ChainCheck> m_chain;
    std::optional<Error> m_chainError;
    bool m_checking = false;
    bool m_exporting = false;
    bool m_stopExport = false;
    int m_exported = 0;
};

} // namespace naru::ui
