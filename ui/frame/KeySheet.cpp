// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/KeySheet.h"

#include "ui/frame/LetterKey.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace naru::ui {
namespace {

// One key and what it does.
class KeyRow : public QWidget {
public:
    KeyRow(const Command& command, QWidget* parent) : QWidget(parent), m_text(command.text), m_key(command.key)
    {
        setFixedHeight(kRowCompact);
        setAccessibleName(command.text);
        setAccessibleDescription(command.key);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of();
        const QSize cap = keycapSize(m_key);
        QPainter p(this);
        drawText(p, QRectF(0, 0, width() - cap.width() - kSpace2, height()), m_text, theme.font(TextSize::Body), theme.tokens().text);
        drawKeycap(p, QRect(QPoint(width() - cap.width(), (height() - cap.height()) / 2), cap), m_key, theme.tokens().textMuted);
    }

private:
    QString m_text;
    QString m_key;
};

} // namespace

KeySheet::KeySheet(QWidget* parent) : Overlay(parent, Place::Centre, 460)
{
    setFocusPolicy(Qt::StrongFocus);
    auto* outer = new QVBoxLayout(panel());
    const int edge = RaisedPanel::kReach + kSpace5;
    outer->setContentsMargins(edge, edge - kSpace1, edge, edge);
    m_column = new QVBoxLayout;
    m_column->setSpacing(0);
    outer->addLayout(m_column);
}

void KeySheet::openWith(const QString& screen, const std::vector<Command>& screenCommands, const std::vector<Command>& windowCommands)
{
    while (QLayoutItem* item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto section = [this](const QString& title, const std::vector<Command>& commands) {
        auto* label = new TextLabel(title, TextSize::Section, true);
        label->setContentsMargins(0, kSpace2, 0, kSpace1);
        m_column->addWidget(label);
        for (const Command& command : commands)
            if (!command.key.isEmpty())
                m_column->addWidget(new KeyRow(command, this));
    };
    if (!screenCommands.empty())
        section(screen, screenCommands);
    section(tr("Everywhere"), windowCommands);
    setAccessibleName(tr("Keys"));
    open();
    setFocus(Qt::ShortcutFocusReason);
}

bool KeySheet::event(QEvent* e)
{
    // "?" closes what "?" opened.
    if (e->type() == QEvent::KeyPress && letterKey(*static_cast<QKeyEvent*>(e)) == Qt::Key_Question) {
        close();
        return true;
    }
    return Overlay::event(e);
}

} // namespace naru::ui
