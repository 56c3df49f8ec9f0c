// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bookings/BookingPane.h"
#include "ui/bookings/BookingsPage.h"
#include "ui/bookings/CancelSheet.h"
#include "ui/frame/MainWindow.h"
#include "ui/orders/InlineSheet.h"
#include "ui/orders/OrderBoardPage.h"
#include "ui/products/ProductDetailPane.h"
#include "ui/products/ProductsPage.h"
#include "ui/products/VariantGrid.h"
#include "ui/reservations/CapacitySheet.h"
#include "ui/reservations/ReservationMonitorPage.h"
#include "ui/slotrules/RuleForm.h"
#include "ui/slotrules/SlotRulesPage.h"
#include "ui/workspace/Caret.h"

#include <QApplication>
#include <QDate>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QStackedWidget>
#include <QTest>
#include <array>

namespace naru::test {

struct ConsolePages {
    ui::OrderBoardPage* orders = nullptr;
    ui::ReservationMonitorPage* monitor = nullptr;
    ui::BookingsPage* bookings = nullptr;
    ui::SlotRulesPage* rules = nullptr;
    ui::ProductsPage* products = nullptr;
};

// Hands and eyes of somebody before the console: opens an editor as one does, types into it, reads what the screen shows.
class ConsoleHands {
public:
    ConsoleHands(ui::MainWindow& window, ConsolePages& pages, const QJsonObject& setup) : m_window(window), m_pages(pages), m_setup(setup) {}
    void seed(quint32 seed) { m_random.seed(seed); }
    int chance(int from, int to) { return m_random.bounded(from, to); }

    // False: not yet.
    bool open(const QString& where)
    {
        if (where.startsWith(u"products"))
            return openProduct(where);
        if (where == u"rules")
            return openRule();
        if (where == u"orders") {
            reach(u"orders", u"vendor_order", m_setup[u"order"].toString());
            if (!m_pages.orders->controller().detail())
                return false;
            auto* sheet = m_pages.orders->findChild<ui::InlineSheet*>();
            if (!sheet->isOpen())
                for (const ui::Command& command : m_pages.orders->commands())
                    if (command.id == u"orders.refuse")
                        command.run();
            return sheet->isOpen() && focus(sheet->findChild<QLineEdit*>());
        }
        if (where == u"bookings") {
            reach(u"bookings", u"reservation", m_setup[u"booking"].toString());
            auto& sheet = m_pages.bookings->pane().cancelSheet();
            if (!sheet.isOpen())
                m_pages.bookings->pane().letterPressed(Qt::Key_X);
            return sheet.isOpen() && focus(sheet.findChild<QLineEdit*>());
        }
        reach(u"reservations", {}, {});
        auto* sheet = m_pages.monitor->findChild<ui::CapacitySheet*>();
        if (!sheet->isOpen())
            sheet->ask(*ItemId::parse(m_setup[u"item"].toString()), QStringLiteral("17:30"), CapacityAction::Capacity);
        return focus(sheet->findChildren<QLineEdit*>().at(m_random.bounded(2)));
    }
    bool openProduct(const QString& where)
    {
        reach(u"products", u"product", m_setup[u"product"].toString());
        auto& c = m_pages.products->controller();
        if (!c.detail() || c.variants().rowCount() == 0)
            return false;
        if (where == u"products.text")
            return focus(m_pages.products->findChild<QLineEdit*>(QString::fromLatin1(std::array{"titleKoEdit", "titleEnEdit", "brandEdit"}[std::size_t(m_random.bounded(3))])));
        auto& grid = *m_pages.products->findChild<ui::VariantGrid*>();
        grid.setFocus();
        grid.setCurrentIndex(c.variants().index(m_random.bounded(c.variants().rowCount()), models::VariantTableModel::Price));
        QTest::keyClick(&grid, Qt::Key_1); // opens the cell
        return qobject_cast<QLineEdit*>(QApplication::focusWidget()) != nullptr;
    }
    bool openRule()
    {
        reach(u"rules", {}, {});
        auto& c = m_pages.rules->controller();
        if (c.load() != ui::SlotRulesController::Load::Ready || c.products().empty())
            return false;
        if (!c.editing())
            c.editNew();
        const auto edits = m_pages.rules->form().findChildren<QLineEdit*>();
        QLineEdit* edit = edits.at(m_random.bounded(int(edits.size())));
        return edit->isVisible() && focus(edit);
    }
    void reach(QStringView screen, QStringView type, const QString& id)
    {
        if (m_window.currentScreen() != screen)
            m_window.goTo(screen.toString());
        if (m_reached != screen.toString() + id) {
            m_reached = screen.toString() + id;
            if (!type.isEmpty())
                m_window.currentPage()->openRecord(type.toString(), id);
        }
    }
    static bool focus(QLineEdit* edit)
    {
        if (!edit || !edit->isVisible() || !edit->isEnabled())
            return false;
        edit->setFocus();
        edit->end(false);
        return edit->hasFocus();
    }

    // One key, or a syllable of an input method; true: the text is another one.
    bool press(QLineEdit& at)
    {
        const QString before = at.text();
        switch (m_random.bounded(12)) {
        case 0: QTest::keyClick(&at, Qt::Key_Left); break;
        case 1: QTest::keyClick(&at, Qt::Key_Left, Qt::ShiftModifier); break;
        case 2: QTest::keyClick(&at, Qt::Key_Backspace); break;
        case 3: QTest::keyClick(&at, Qt::Key_End); break;
        case 4: {
            QInputMethodEvent hangul;
            hangul.setCommitString(QString(QChar(0xAC00 + m_random.bounded(11172))));
            QCoreApplication::sendEvent(&at, &hangul);
            break;
        }
        default: QTest::keyClick(&at, m_random.bounded(3) ? char('0' + m_random.bounded(10)) : char('a' + m_random.bounded(26))); break;
        }
        return at.text() != before;
    }

    // What a person would see, read from the widgets and the staged edits, not from what keeps them.
    QJsonObject state()
    {
        QJsonObject caret = ui::Caret::read(m_window, QApplication::focusWidget());
        caret.remove(QStringLiteral("scroll"));
        QJsonObject fields;
        for (QLineEdit* edit : m_window.findChildren<QLineEdit*>()) {
            bool inForm = false; // that is open
            bool hidden = false;
            for (QWidget* w = edit; !qobject_cast<ui::Page*>(w) && w != &m_window; w = w->parentWidget()) {
                hidden = hidden || (w->isHidden() && !qobject_cast<QStackedWidget*>(w->parentWidget()));
                inForm = inForm || qobject_cast<ui::Sheet*>(w) || (qobject_cast<ui::RuleForm*>(w) && m_pages.rules->controller().editing());
            }
            // A rule's fields are filled anew from its draft; what a new rule begins with is nobody's edit.
            static const QStringList usual{QStringLiteral("1"), QStringLiteral("10:00"), QStringLiteral("90"), QStringLiteral("10"), QStringLiteral("0"), QStringLiteral("Asia/Seoul"), QDate::currentDate().toString(Qt::ISODate), QDate::currentDate().addDays(1).toString(Qt::ISODate)};
            const bool typed = m_pages.rules->form().isAncestorOf(edit) ? !usual.contains(edit->text()) : edit->isModified();
            if (inForm && !hidden && typed && !edit->text().isEmpty())
                fields[ui::Caret::wayTo(*edit, m_window)] = edit->text();
        }
        QJsonObject staged;
        for (const auto& [id, draft] : m_pages.products->controller().drafts())
            for (const auto& [key, edit] : draft.edits.edits())
                staged[QStringLiteral("%1/%2/%3").arg(id.toString(), key.variant.toString()).arg(int(key.field))] = edit.problem == models::DraftProblem::None ? edit.mine.toString() : edit.typed;
        if (caret.contains(u"text")) { // still being typed: whether it is staged already is the cell's affair
            const QModelIndex at = m_pages.products->findChild<ui::VariantGrid*>()->currentIndex();
            const auto field = models::VariantTableModel::fieldOf(at.column());
            if (field)
                staged.remove(QStringLiteral("%1/%2/%3").arg(m_pages.products->controller().selected().toString(), m_pages.products->controller().variants().row(at.row()).variant.id.toString()).arg(int(*field)));
        }
        return {{QStringLiteral("screen"), m_window.currentScreen()}, {QStringLiteral("caret"), caret}, {QStringLiteral("fields"), fields}, {QStringLiteral("staged"), staged}};
    }

private:
    ui::MainWindow& m_window;
    ConsolePages& m_pages;
    const QJsonObject m_setup;
    QRandomGenerator m_random;
    QString m_reached;
};

} // namespace naru::test
