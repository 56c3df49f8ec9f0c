// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/Workspace.h"

#include <QApplication>
#include <QJsonDocument>

#include "ui/frame/MainWindow.h"
#include "ui/frame/Overlay.h"
#include "ui/workspace/Caret.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using backend::Draft;

namespace {

constexpr auto kSettleEvery = 50ms; // after a start: the field may not have its data yet
constexpr int kSettleTries = 200;
constexpr int kShorterAfter = 40; // tries: the end of a text may not have reached the disk
const QString kWorkspace = u"workspace"_s;

QByteArray packed(const QJsonObject& o) { return QJsonDocument(o).toJson(QJsonDocument::Compact); }

} // namespace

Workspace::Workspace(backend::Backend& backend, const Clock& clock, Frame frame, QObject* parent)
    : QObject(parent), m_backend(backend), m_clock(clock), m_frame(std::move(frame))
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(kBatch);
    m_batch.setTimerType(Qt::PreciseTimer);
    m_placeTimer.setSingleShot(true);
    m_placeTimer.setInterval(kPlace);
    m_placeTimer.setTimerType(Qt::PreciseTimer);
    m_settle.setInterval(kSettleEvery);
    connect(&m_batch, &QTimer::timeout, this, &Workspace::flush);
    connect(&m_placeTimer, &QTimer::timeout, this, [this] {
        readPlace(QApplication::focusWidget());
        flush(); // no caret without the text it stands in
        keepPlace();
    });
    connect(&m_settle, &QTimer::timeout, this, &Workspace::settle);
    connect(&backend.session(), &backend::SessionService::stateChanged, this, [this](backend::SessionState state) {
        if (state != backend::SessionState::Active)
            flush(); // before the cover counts
    });
    connect(&backend.drafts(), &backend::DraftService::faulted, this, [this](const Error& why) {
        if (Page* page = m_frame.page())
            Q_EMIT page->toast(why.code == "drafts-damaged"_L1 ? tr("Some kept changes could not be read; they were put aside on this computer.")
                                                               : tr("Unsaved changes cannot be kept on this computer at the moment."));
    });
    connect(&backend.drafts(), &backend::DraftService::arrived, this, &Workspace::arrived);
    qApp->installEventFilter(this);
}

Workspace::~Workspace() = default;

std::unique_ptr<Workspace> Workspace::over(MainWindow& window, backend::Backend& backend, const Clock& clock)
{
    Frame frame;
    frame.window = &window;
    frame.screen = [&window] { return window.currentScreen(); };
    frame.page = [&window] { return window.currentPage(); };
    frame.goTo = [&window](const QString& screen) { return window.goTo(screen); };
    frame.isOverlay = [](const QWidget& widget) {
        for (const QWidget* at = &widget; at; at = at->parentWidget())
            if (qobject_cast<const Overlay*>(at))
                return true;
        return false;
    };
    auto workspace = std::make_unique<Workspace>(backend, clock, std::move(frame));
    connect(&window, &MainWindow::entered, workspace.get(), &Workspace::entered);
    connect(&window, &MainWindow::covered, workspace.get(), &Workspace::covered);
    connect(&window, &MainWindow::draftsReviewWanted, workspace.get(), &Workspace::review);
    connect(&window, &MainWindow::draftsDiscarded, workspace.get(), &Workspace::discardAll);
    connect(workspace.get(), &Workspace::draftsRestored, &window, &MainWindow::draftsRestored);
    if (window.isSignedInView() && backend.session().state() == backend::SessionState::Active)
        workspace->entered();
    return workspace;
}

// The editors that have come since: screens are made anew for another person.
void Workspace::adopt()
{
    for (Editor* editor : m_frame.window->findChildren<Editor*>()) {
        if (m_kept.contains(editor))
            continue;
        m_kept[editor];
        connect(editor, &Editor::edited, this, [this, editor] { touched(editor); });
        connect(editor, &QObject::destroyed, this, [this, editor] { // its drafts stay kept for their owner
            m_kept.erase(editor);
            m_touched.erase(editor);
        });
    }
}

void Workspace::entered()
{
    const auto& info = m_backend.session().info();
    if (!info)
        return;
    adopt();
    const bool same = info->userId == m_owner;
    m_open = true;
    const std::vector<backend::ArrivedDraft> come = std::exchange(m_arrived, {});
    if (same) {
        for (auto& [editor, kept] : m_kept)
            keep(*editor, true); // the screens are what counts, whatever happened to the drafts meanwhile
        arrived(come);
        restorePlace(QJsonObject(m_place), true);
        return;
    }
    m_owner = info->userId;
    m_touched.clear();
    m_place = m_placeKept = m_caret = {};
    for (auto& [editor, kept] : m_kept)
        kept.clear();
    m_asking = true;
    m_backend.drafts().all({this, [this, owner = m_owner](Result<std::vector<Draft>> drafts) {
        m_asking = false;
        if (drafts && owner == m_owner)
            restoreAll(*drafts);
    }});
}

void Workspace::covered()
{
    flush();
    if (m_placeTimer.isActive())
        readPlace(QApplication::focusWidget()); // outside of the pages: the place stays as it was when the focus left it
    keepPlace();
    m_placeTimer.stop();
    m_settle.stop();
    m_open = false;
}

void Workspace::setTimes(Millis batch, Millis place)
{
    m_batch.setInterval(batch);
    m_placeTimer.setInterval(place);
}

void Workspace::touched(Editor* editor)
{
    m_touched.insert(editor);
    if (!m_batch.isActive())
        m_batch.start();
}

void Workspace::flush()
{
    m_batch.stop();
    for (Editor* editor : std::exchange(m_touched, {}))
        keep(*editor);
}

void Workspace::keep(Editor& editor, bool again)
{
    if (m_owner.isNull())
        return;
    auto& kept = m_kept[&editor];
    std::map<Key, Draft> gone = kept;
    for (Draft& draft : editor.drafts()) {
        const Key key{draft.place, draft.entityId};
        gone.erase(key);
        const auto at = kept.find(key);
        draft.changedAt = at == kept.end() ? m_clock.now() : at->second.changedAt;
        if (!again && at != kept.end() && at->second == draft)
            continue;
        draft.changedAt = m_clock.now();
        m_backend.drafts().keep(draft);
        kept[key] = draft;
    }
    for (const auto& [key, draft] : gone) {
        m_backend.drafts().drop(key.first, key.second);
        kept.erase(key);
    }
}

void Workspace::discardAll()
{
    m_batch.stop();
    m_touched.clear();
    for (auto& [editor, kept] : m_kept) {
        editor->discard();
        kept.clear();
    }
    m_batch.stop();
    m_touched.clear();
    m_backend.drafts().dropAll();
}

void Workspace::review()
{
    const Draft* newest = nullptr;
    for (const auto& [editor, kept] : m_kept)
        for (const auto& [key, draft] : kept)
            if (!newest || newest->changedAt < draft.changedAt)
                newest = &draft;
    if (newest)
        m_frame.goTo(newest->place.section(u'.', 0, 0));
}

// The place.

bool Workspace::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::FocusOut: // before the field hears of it: a cell's editor would be gone
        if (!m_settle.isActive() && watched->isWidgetType())
            readPlace(static_cast<QWidget*>(watched));
        break;
    case QEvent::FocusIn:
        if (m_open)
            adopt(); // a form may have been made since
        break;
    case QEvent::KeyPress:
    case QEvent::InputMethod:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::Wheel:
        if (!m_open || !watched->isWidgetType())
            break;
        m_settle.stop(); // the person goes on already
        if (!m_placeTimer.isActive())
            m_placeTimer.start();
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void Workspace::readPlace(const QWidget* focus)
{
    Page* page = m_frame.page();
    if (!m_open || !page || !focus || !m_frame.window->isAncestorOf(focus) || m_frame.isOverlay(*focus))
        return; // nothing is known better than what was read last
    m_place = {{u"screen"_s, m_frame.screen()}, {u"page"_s, page->place()}, {u"caret"_s, Caret::read(*m_frame.window, focus)}};
}

void Workspace::keepPlace()
{
    if (m_owner.isNull() || m_place.isEmpty() || m_place == m_placeKept)
        return;
    m_placeKept = m_place;
    Draft draft;
    draft.place = kWorkspace;
    draft.content = packed(m_place);
    draft.changedAt = m_clock.now();
    m_backend.drafts().keep(draft);
}

void Workspace::restoreAll(const std::vector<Draft>& drafts)
{
    int changes = 0;
    QJsonObject place;
    for (const Draft& draft : drafts) {
        if (draft.place == kWorkspace) {
            place = QJsonDocument::fromJson(draft.content).object();
            continue;
        }
        for (auto& [editor, kept] : m_kept) {
            if (editor->place() != draft.place)
                continue;
            kept[{draft.place, draft.entityId}] = draft;
            editor->restore(draft);
            changes += draft.changes;
        }
    }
    if (!place.isEmpty())
        restorePlace(place, false);
    if (changes > 0)
        Q_EMIT draftsRestored(changes);
}

void Workspace::arrived(const std::vector<backend::ArrivedDraft>& come)
{
    const auto& info = m_backend.session().info();
    if (m_asking)
        return; // they are among what was asked for
    if (!m_open || m_backend.session().state() != backend::SessionState::Active || !info || info->userId != m_owner) {
        m_arrived.insert(m_arrived.end(), come.begin(), come.end());
        return;
    }
    flush();
    adopt();
    int changes = 0;
    for (const auto& [editor, kept] : m_kept)
        changes += takeIn(*editor, come);
    if (changes > 0)
        Q_EMIT draftsRestored(changes);
}

int Workspace::takeIn(Editor& editor, const std::vector<backend::ArrivedDraft>& come)
{
    auto& kept = m_kept[&editor];
    std::map<Key, Draft> fresh;
    bool goesOn = false; // from something the editor holds
    int changes = 0;
    for (const auto& [draft, over] : come) {
        if (draft.place != editor.place())
            continue;
        const Key key{draft.place, draft.entityId};
        const auto at = kept.find(key);
        if (at != kept.end() && (!over || *over != at->second.content)) { // typed at this very moment: both stay
            Draft beside = draft;
            beside.place = backend::placeBeside(draft.place);
            m_backend.drafts().keep(beside);
            m_backend.drafts().keep(at->second);
            continue;
        }
        goesOn = goesOn || at != kept.end();
        kept[key] = fresh[key] = draft;
        changes += draft.changes;
    }
    if (goesOn) {
        fresh = kept;
        editor.discard();
    }
    for (const auto& [key, draft] : fresh)
        editor.restore(draft);
    return changes;
}

void Workspace::restorePlace(const QJsonObject& place, bool sameWidgets)
{
    const QString screen = place[u"screen"_s].toString();
    if (screen.isEmpty())
        return;
    m_place = place;
    m_caret = place[u"caret"_s].toObject();
    m_tries = kSettleTries;
    m_settle.start(); // first: what moves the focus now is no place of the person's
    if (m_frame.screen() != screen && !m_frame.goTo(screen)) {
        m_settle.stop();
        return;
    }
    if (!sameWidgets)
        m_frame.page()->restorePlace(place[u"page"_s].toObject());
    settle();
}

bool Workspace::isWaiting() const
{
    return std::any_of(m_kept.begin(), m_kept.end(), [](const auto& entry) { return entry.first->isWaiting(); });
}

void Workspace::settle()
{
    if (--m_tries < 0) {
        m_settle.stop();
        return;
    }
    if (isWaiting() && m_tries > kSettleTries / 2)
        return;
    Caret::restoreScroll(*m_frame.window, m_caret);
    if (Caret::restore(*m_frame.window, m_caret, m_tries < kSettleTries - kShorterAfter)) {
        Caret::restoreScroll(*m_frame.window, m_caret); // the focus may have moved it
        m_settle.stop();
    }
}

} // namespace naru::ui
