// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/UiFixture.h"
#include "ui/frame/HeaderBar.h"
#include "ui/frame/SessionCover.h"
#include "ui/session/ActionToasts.h"
#include "ui/session/Question.h"
#include "ui/session/StepUp.h"
#include "ui/signin/SignInPage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QSettings>
#include <QTest>

namespace naru::test {

// The window with a session that a test drives to its end, and eyes and fingers for it.
struct SessionScreen : WindowFixture {
    SessionScreen()
    {
        window.resize(1280, 800);
        window.show();
    }
    static void begin(const char* name)
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Naru"));
        QCoreApplication::setApplicationName(QString::fromLatin1(name));
        registerResources();
    }
    void enter() { backend.m_session.begin(staffSession()); }
    // As the backend does it: the state first, then the answer.
    void signedIn(const SessionInfo& info)
    {
        backend.m_session.begin(info);
        backend.m_session.m_signIns.answer(info);
    }
    void end(SessionEndReason reason, const QString& device = {}, const QString& place = {}, const QString& detail = {})
    {
        backend.m_session.end({reason, clock.now(), device, place, detail});
    }
    void keepDrafts(int changes)
    {
        backend::Draft draft;
        draft.place = QStringLiteral("products.variants");
        draft.changes = changes;
        backend.m_drafts.keep(draft);
    }
    void pass(Millis span) // and the window's clock strikes
    {
        clock.advance(span);
        Q_EMIT backend.connectionChanged(backend.connection());
    }
    void refuse(ErrorKind kind, const QString& code, const QMap<QString, QString>& facts = {}, int retryAfter = 0)
    {
        Error e = errorOf(kind, code);
        e.facts = facts;
        e.retryAfterSeconds = retryAfter;
        e.requestId = QStringLiteral("01REQ");
        backend.m_session.m_signIns.answer(e);
    }

    ui::SessionCover& cover() { return *window.findChild<ui::SessionCover*>(); }
    ui::SignInPage& page() { return *window.findChild<ui::SignInPage*>(); }
    ui::Question& question() { return *window.findChild<ui::Question*>(); }
    ui::StepUp& stepUp() { return *window.findChild<ui::StepUp*>(); }
    ui::ActionToasts& notes() { return *window.findChild<ui::ActionToasts*>(); }

    static QStringList texts(const QWidget& in) // of labels and buttons, as they stand
    {
        QStringList all;
        for (const auto* label : in.findChildren<QLabel*>())
            if (label->isVisible() && !label->text().isEmpty())
                all.append(label->text());
        return all;
    }
    static bool says(const QWidget& in, const QString& text)
    {
        const QStringList all = texts(in);
        return all.contains(text) || std::any_of(all.begin(), all.end(), [&](QString t) { return t.replace(u'\n', u' ').contains(text); });
    }
    static QStringList buttons(const QWidget& in)
    {
        QStringList all;
        for (const auto* button : in.findChildren<ui::KeyButton*>())
            if (button->isVisible())
                all.append(button->text());
        return all;
    }
    static bool press(const QWidget& in, const QString& text)
    {
        for (auto* button : in.findChildren<ui::KeyButton*>())
            if (button->isVisible() && button->text() == text) {
                button->click();
                return true;
            }
        return false;
    }
    static QLineEdit* field(const QWidget& in, const QString& name)
    {
        for (auto* edit : in.findChildren<QLineEdit*>())
            if (edit->isVisible() && edit->accessibleName() == name)
                return edit;
        return nullptr;
    }
    void key(Qt::Key k) { QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, k); }
    void signIn(const QWidget& in, const QString& secret)
    {
        QLineEdit* f = field(in, QStringLiteral("Password"));
        QVERIFY(f);
        f->setFocus();
        QTest::keyClicks(f, secret);
        QTest::keyClick(f, Qt::Key_Return);
    }
    std::vector<const ui::NoticeBar*> bars()
    {
        std::vector<const ui::NoticeBar*> shown;
        for (const auto* bar : window.findChildren<ui::NoticeBar*>())
            if (bar->isVisible())
                shown.push_back(bar);
        std::sort(shown.begin(), shown.end(), [](const auto* a, const auto* b) { return a->y() < b->y(); });
        return shown;
    }
    const ui::NoticeBar* bar(const QString& text)
    {
        for (const auto* shown : bars())
            if (shown->accessibleName() == text)
                return shown;
        return nullptr;
    }
};

} // namespace naru::test
