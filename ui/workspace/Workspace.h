// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/api/Backend.h"
#include "core/Clock.h"
#include "ui/frame/Page.h"
#include "ui/workspace/Editor.h"

#include <QJsonObject>
#include <QPointer>
#include <QTimer>
#include <map>
#include <set>

namespace naru::ui {

class MainWindow;

// Sees to it that nothing typed is ever lost: hands each batch of keystrokes to the drafts, keeps the place (screen, what is chosen there,
// focus, caret, selection, scroll), and brings all of it back, in place when the same person signs in again, or after a start. Watches input;
// draws nothing. UI thread; owned by the composition root, beside the window.
class Workspace : public QObject {
    Q_OBJECT
public:
    static constexpr Millis kBatch{25}; // from the first keystroke of a batch; the rest of the 100 ms belongs to the disk
    static constexpr Millis kPlace{30};

    // What it needs of the window.
    struct Frame {
        QWidget* window = nullptr; // outlives the workspace; its pages are found below it
        std::function<QString()> screen; // id of the screen at hand
        std::function<Page*()> page;
        std::function<bool(const QString& screenId)> goTo;
        std::function<bool(const QWidget& widget)> isOverlay; // lies over the screens for a moment: palette, sheets of the window, cover
    };
    Workspace(backend::Backend& backend, const Clock& clock, Frame frame, QObject* parent = nullptr);
    ~Workspace() override;
    // Over the window of the console, told by it of sessions and wishes.
    static std::unique_ptr<Workspace> over(MainWindow& window, backend::Backend& backend, const Clock& clock);

    void entered(); // somebody is signed in and sees the screens
    void covered(); // the session ended: flushes; the place stays as it was before the cover took the focus
    void flush(); // everything typed so far is handed over
    void discardAll(); // drafts and what stands in the editors
    void review(); // goes to the newest draft
    bool isSettled() const { return !m_asking && !m_settle.isActive(); } // the place has been put back, or cannot be
    void setTimes(Millis batch, Millis place); // other ones than kBatch and kPlace: tests show that they matter

Q_SIGNALS:
    void draftsRestored(int changes); // after a start, or from another computer: so many edits are where they belong

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Key = std::pair<QString, QString>; // place, entity
    void adopt();
    void touched(Editor* editor);
    void keep(Editor& editor, bool again = false);
    void readPlace(const QWidget* focus);
    void keepPlace();
    void restoreAll(const std::vector<backend::Draft>& drafts);
    void arrived(const std::vector<backend::ArrivedDraft>& come);
    int takeIn(Editor& editor, const std::vector<backend::ArrivedDraft>& come);
    void restorePlace(const QJsonObject& place, bool sameWidgets);
    void settle();
    bool isWaiting() const;

    backend::Backend& m_backend;
    const Clock& m_clock;
    const Frame m_frame;
    UserId m_owner; // whose work the screens hold
    bool m_open = false; // not covered
    bool m_asking = false; // for what is kept
    std::map<Editor*, std::map<Key, backend::Draft>> m_kept; // as handed over last
    std::set<Editor*> m_touched;
    std::vector<backend::ArrivedDraft> m_arrived; // before their person sees the screens
    QJsonObject m_place; // as read last
    QJsonObject m_placeKept;
    QJsonObject m_caret; // still to be put back
    int m_tries = 0;
    QTimer m_batch;
    QTimer m_placeTimer;
    QTimer m_settle;
};

} // namespace naru::ui
