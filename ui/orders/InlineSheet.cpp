// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/orders/InlineSheet.h"

#include "ui/widgets/Widgets.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

namespace naru::ui {

using namespace Qt::StringLiterals;

InlineSheet::InlineSheet(QWidget* parent) : Sheet(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(kSpace3, kSpace3, kSpace3, kSpace3);
    setFrameShape(QFrame::NoFrame);
    hide();
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void InlineSheet::ask(const QString& purpose, const QString& title, const std::vector<Field>& fields, const QString& confirmText, bool destructive)
{
    m_purpose = purpose;
    if (m_editor)
        m_editor->clearFields();
    m_edits.clear();
    m_required.clear();
    if (m_form) {
        m_form->hide();
        m_form->setObjectName({});
        m_form->deleteLater();
    }
    m_form = new QWidget(this);
    m_form->setObjectName(u"sheetForm"_s); // its way is the same each time
    m_layout->addWidget(m_form);
    auto* form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(kSpace2);
    auto* head = new TextLabel(title, TextSize::Body, true, TextLabel::Normal, m_form);
    head->setWordWrap(true);
    form->addWidget(head);
    QLineEdit* first = nullptr;
    for (const Field& field : fields) {
        auto* label = new TextLabel(field.label, TextSize::Meta, false, TextLabel::Muted, m_form);
        auto* edit = new QLineEdit(field.value, m_form);
        edit->setAccessibleName(field.label);
        edit->setPlaceholderText(field.placeholder);
        edit->setMinimumHeight(kControl);
        edit->setMaxLength(field.required ? 64 : 500);
        label->setBuddy(edit);
        form->addWidget(label);
        form->addWidget(edit);
        m_edits.push_back(edit);
        m_required.push_back(field.required);
        if (!first && field.value.isEmpty())
            first = edit;
        connect(edit, &QLineEdit::returnPressed, this, &InlineSheet::confirm);
        if (m_editor)
            m_editor->add(QString::number(m_edits.size()), edit);
    }
    m_missing = new TextLabel({}, TextSize::Meta, false, TextLabel::Danger, m_form);
    m_missing->hide();
    form->addWidget(m_missing);
    auto* buttons = new QHBoxLayout;
    auto* yes = new KeyButton(confirmText, u"Enter"_s, destructive ? KeyButton::Destructive : KeyButton::Primary, m_form);
    auto* no = new KeyButton(tr("Back"), u"Esc"_s, KeyButton::Plain, m_form);
    yes->setAccessibleName(confirmText);
    yes->setObjectName(u"sheetConfirmButton"_s);
    no->setAccessibleName(tr("Back"));
    connect(yes, &QAbstractButton::clicked, this, &InlineSheet::confirm);
    connect(no, &QAbstractButton::clicked, this, &InlineSheet::leave);
    for (auto* button : {yes, no})
        button->installEventFilter(this);
    buttons->addWidget(yes);
    buttons->addWidget(no);
    buttons->addStretch();
    form->addLayout(buttons);
    setAccessibleName(title);
    show();
    if (first || !m_edits.empty())
        (first ? first : m_edits.front())->setFocus(Qt::OtherFocusReason);
    else
        yes->setFocus(Qt::OtherFocusReason);
}

// Buttons take the space bar only. Looked at where it is pressed: an Enter that confirmed a field travels on through the parents, and must not
// confirm what is asked next; nor may one that is held down.
bool InlineSheet::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
            if (!key.isAutoRepeat())
                static_cast<QAbstractButton*>(watched)->click();
            return true;
        }
    }
    return Sheet::eventFilter(watched, event);
}

void InlineSheet::keepAs(const QString& place, std::function<std::optional<FormSubject>()> about, std::function<bool(const FormSubject&)> reopen)
{
    FormEditor::Hooks hooks;
    hooks.subject = [this, about = std::move(about)]() -> std::optional<FormSubject> {
        auto subject = isOpen() ? about() : std::nullopt;
        if (subject)
            subject->purpose.prepend(m_purpose);
        return subject;
    };
    hooks.reopen = std::move(reopen);
    hooks.close = [this] { leave(); };
    m_editor = new FormEditor(place, *this, std::move(hooks));
}

void InlineSheet::confirm()
{
    QStringList values;
    for (std::size_t i = 0; i < m_edits.size(); ++i) {
        const QString value = m_edits[i]->text().trimmed();
        if (value.isEmpty() && m_required[i]) {
            m_missing->setText(tr("Please fill in “%1”.").arg(m_edits[i]->accessibleName()));
            m_missing->show();
            m_edits[i]->setFocus(Qt::OtherFocusReason);
            return;
        }
        values += value;
    }
    hide();
    Q_EMIT confirmed(m_purpose, values);
    Q_EMIT left();
}

} // namespace naru::ui
