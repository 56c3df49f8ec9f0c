// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/ActionToasts.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace naru::ui {
namespace {

constexpr int kNoteWidth = 420, kAboveStatus = 42;

} // namespace

class ActionToasts::Note : public QWidget {
public:
    Note(QString name, const QString& text, QWidget* parent) : QWidget(parent), id(std::move(name)), label(new TextLabel(text, TextSize::Body, true))
    {
        setAccessibleName(text);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(kSpace4, kSpace3, kSpace4, kSpace3);
        column->setSpacing(kSpace2);
        label->setWordWrap(true);
        row = new QHBoxLayout;
        row->setSpacing(kSpace2);
        row->addStretch(1);
        column->addWidget(label);
        column->addLayout(row);
    }
    QString id;
    TextLabel* label;
    QHBoxLayout* row;

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Tokens& t = Theme::of().tokens();
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        p.setPen(t.border);
        p.setBrush(t.raised);
        p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kCardRadius, kCardRadius);
    }
};

ActionToasts::ActionToasts(QWidget* window) : QWidget(window), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(kSpace2);
    window->installEventFilter(this);
    hide();
}

void ActionToasts::say(const QString& id, const QString& text, std::vector<Choice> choices)
{
    dismiss(id);
    auto* note = new Note(id, text, this);
    for (Choice& choice : choices) {
        auto* button = new KeyButton(choice.text, {}, choice.kind);
        note->row->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, [this, id, run = std::move(choice.run)] {
            dismiss(id);
            if (run)
                run();
        });
    }
    m_column->addWidget(note);
    m_notes.push_back(note);
    note->show();
    show();
    raise();
    arrange();
    QAccessibleEvent spoken(note, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

void ActionToasts::dismiss(const QString& id)
{
    std::erase_if(m_notes, [&](Note* note) {
        if (note->id != id)
            return false;
        m_column->removeWidget(note);
        note->hide();
        note->deleteLater(); // its button may be the one that was pressed
        return true;
    });
    setVisible(!m_notes.empty());
    arrange();
}

void ActionToasts::dismissAll()
{
    while (!m_notes.empty())
        dismiss(QString(m_notes.back()->id));
}

QStringList ActionToasts::texts() const
{
    QStringList all;
    for (const Note* note : m_notes)
        all.append(note->label->text());
    return all;
}

bool ActionToasts::eventFilter(QObject* watched, QEvent* e)
{
    if (e->type() == QEvent::Resize)
        arrange();
    return QWidget::eventFilter(watched, e);
}

bool ActionToasts::event(QEvent* e)
{
    if (e->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(e);
}

void ActionToasts::arrange()
{
    const int w = qMin(kNoteWidth, parentWidget()->width() - 2 * kSpace4);
    const int h = m_column->hasHeightForWidth() ? m_column->totalHeightForWidth(w) : sizeHint().height();
    setGeometry(parentWidget()->width() - w - kSpace4, parentWidget()->height() - kAboveStatus - h, w, h);
}

} // namespace naru::ui
