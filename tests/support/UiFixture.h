// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Clock.h"
#include "resources/Resources.h"
#include "support/FakeBackend.h"
#include "support/FakeClock.h"
#include "ui/frame/MainWindow.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace naru::test {

// A page that only remembers what the frame did with it.
class PlainPage : public ui::Page {
public:
    PlainPage(QString title, char letter) : m_title(std::move(title))
    {
        auto* column = new QVBoxLayout(this);
        m_list = new QListView;
        m_list->setAccessibleName(m_title);
        m_field = new QLineEdit;
        m_field->setAccessibleName(m_title + QStringLiteral(" search"));
        column->addWidget(m_field);
        column->addWidget(m_list);
        m_key = QString(QLatin1Char(letter));
    }
    QString title() const override { return m_title; }
    QString subtitle() const override { return m_subtitle; }
    std::vector<ui::Command> commands() override
    {
        return {{QStringLiteral("plain.act"), QStringLiteral("Act on ") + m_title, m_key, {}, [this] { ++m_acts; }}};
    }
    void activate() override
    {
        ++m_activations;
        m_list->setFocus();
    }
    void focusSearch() override { m_field->setFocus(); }
    void openRecord(const QString& type, const QString& id) override { m_opened = type + QLatin1Char('/') + id; }

    QString m_title;
    QString m_subtitle;
    QString m_key;
    QString m_opened;
    QListView* m_list;
    QLineEdit* m_field;
    int m_activations = 0;
    int m_acts = 0;
};

// A window over a fake backend with two plain screens.
struct WindowFixture {
    FakeBackend backend;
    FakeClock clock;
    ui::Preferences preferences{QStringLiteral("http://127.0.0.1:7420")};
    PlainPage* orders = nullptr;
    PlainPage* products = nullptr;
    int pageSets = 0;
    ui::MainWindow window{backend, clock, preferences, [this] { return screens(); }};

    std::vector<ui::Screen> screens()
    {
        ++pageSets;
        orders = new PlainPage(QStringLiteral("Orders"), 'A');
        products = new PlainPage(QStringLiteral("Products"), 'E');
        return {{QStringLiteral("orders"), "journal-text", 'O', {QStringLiteral("vendor_order")}, orders},
            {QStringLiteral("products"), "box-seam", 'P', {QStringLiteral("product")}, products}};
    }
};

} // namespace naru::test
