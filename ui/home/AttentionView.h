// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "models/home/AttentionModel.h"
#include "ui/theme/Theme.h"

#include <QListView>
#include <QTimer>

namespace naru::ui {

QString attentionWords(AttentionKind kind);
const char* attentionIcon(AttentionKind kind);
Tone attentionTone(Severity severity);

// What waits for a person: icon in the tone of its urgency, title, detail, the time left as a ring, the key that opens it.
// UI thread; child of the home page.
class AttentionView : public QListView {
    Q_OBJECT
public:
    AttentionView(models::AttentionModel& model, const Clock& clock, QWidget* parent = nullptr);
    const Clock& clock() const { return m_clock; }
    models::AttentionModel& items() const { return m_model; }
    static QString dueWords(const Attention& item, Instant now); // "12분 남음", "5분 지남", empty
    void setStale(bool stale);
    bool stale() const { return m_stale; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void opened(int row);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    models::AttentionModel& m_model;
    const Clock& m_clock;
    QTimer m_second;
    bool m_stale = false;
};

} // namespace naru::ui
