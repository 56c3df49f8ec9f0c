// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/FormEditor.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QJsonDocument>
#include <QLineEdit>

#include "ui/widgets/Widgets.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using backend::Draft;

FormEditor::FormEditor(QString place, QWidget& form, Hooks hooks) : Editor(&form), m_place(std::move(place)), m_form(form), m_hooks(std::move(hooks))
{
    form.installEventFilter(this);
}

FormEditor::Field& FormEditor::field(const QString& name, QObject* widget, std::function<QString()> value, std::function<void(const QString&)> set)
{
    Field& added = m_fields[name];
    added = {widget, std::move(value), std::move(set), {}, false, {}};
    added.base = added.value();
    return added;
}

void FormEditor::add(const QString& name, QLineEdit* edit)
{
    field(name, edit, [edit] { return edit->text(); }, [edit](const QString& text) {
        edit->setText(text);
        edit->setModified(true);
    });
    connect(edit, &QLineEdit::textChanged, this, [this, name, edit] { moved(name, edit->isModified()); });
}

void FormEditor::add(const QString& name, QAbstractButton* button)
{
    field(name, button, [button] { return button->isChecked() ? u"1"_s : u"0"_s; }, [button](const QString& value) { button->setChecked(value == "1"_L1); });
    connect(button, &QAbstractButton::toggled, this, [this, name, button] { moved(name, button->hasFocus() || button->isDown()); });
}

void FormEditor::add(const QString& name, Segments* choice)
{
    field(name, choice, [choice] { return QString::number(choice->current()); }, [choice](const QString& value) { choice->setCurrent(value.toInt()); });
    connect(choice, &Segments::currentChanged, this, [this, name, choice] { moved(name, choice == QApplication::focusWidget() || choice->isAncestorOf(QApplication::focusWidget())); });
}

void FormEditor::add(const QString& name, QComboBox* choice)
{
    field(name, choice, [choice] { return choice->currentText(); }, [choice](const QString& value) { choice->setCurrentText(value); });
    connect(choice, &QComboBox::currentTextChanged, this, [this, name, choice] { moved(name, choice->hasFocus()); });
}

void FormEditor::clearFields()
{
    for (const auto& [name, field] : m_fields)
        disconnect(field.widget, nullptr, this, nullptr);
    m_fields.clear();
}

bool FormEditor::isTyped() const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [](const auto& f) { return f.second.typed && f.second.value() != f.second.base; });
}

void FormEditor::filled()
{
    for (auto& [name, field] : m_fields) {
        field.base = field.value();
        field.typed = false;
        field.was.reset();
    }
    Q_EMIT edited();
}

void FormEditor::moved(const QString& name, bool byPerson)
{
    Field& f = m_fields.at(name);
    if (byPerson)
        f.typed = true;
    else if (!f.typed)
        f.base = f.value(); // the program shows the thing
    Q_EMIT edited();
}

void FormEditor::decide(const QString& name, const QString& value)
{
    const auto at = m_fields.find(name);
    if (at == m_fields.end())
        return;
    at->second.was.reset();
    put(name, value);
}

void FormEditor::put(const QString& name, const QString& value)
{
    const auto at = m_fields.find(name);
    if (at == m_fields.end())
        return;
    at->second.typed = true;
    at->second.set(value);
    Q_EMIT edited();
}

std::vector<Draft> FormEditor::drafts() const
{
    std::vector<Draft> all = m_waiting;
    const auto subject = m_hooks.subject();
    if (!subject)
        return all;
    QJsonObject base;
    QJsonObject mine;
    bool undecided = false;
    for (const auto& [name, field] : m_fields) {
        if (!field.typed || field.value() == field.base)
            continue;
        base[name] = field.was.value_or(field.base);
        mine[name] = field.value();
        undecided = undecided || field.was;
    }
    if (mine.isEmpty())
        return all;
    Draft draft;
    draft.place = m_place;
    draft.entityId = subject->entityId;
    draft.title = subject->title;
    draft.baseVersion = undecided ? m_keptVersion : subject->version;
    draft.content = QJsonDocument(QJsonObject{{u"purpose"_s, subject->purpose}, {u"base"_s, base}, {u"mine"_s, mine}}).toJson(QJsonDocument::Compact);
    draft.changes = static_cast<int>(mine.size());
    std::erase_if(all, [&](const Draft& waiting) { return waiting.entityId == draft.entityId; });
    all.push_back(std::move(draft));
    return all;
}

void FormEditor::restore(const Draft& kept)
{
    m_waiting.push_back(kept);
    ready();
}

void FormEditor::ready()
{
    if (std::exchange(m_opening, true))
        return; // opening a form may itself tell that its thing is there
    // One form holds one draft at a time: the others wait until it is closed.
    while (!m_waiting.empty() && apply(Draft(m_waiting.front())))
        m_waiting.erase(m_waiting.begin());
    m_opening = false;
}

bool FormEditor::apply(const Draft& kept)
{
    const QJsonObject content = QJsonDocument::fromJson(kept.content).object();
    const FormSubject wanted{kept.entityId, kept.title, kept.baseVersion, content[u"purpose"_s].toString()};
    const auto open = m_hooks.subject();
    const bool there = open && open->entityId == wanted.entityId && open->purpose == wanted.purpose;
    const bool taken = open && std::any_of(m_fields.begin(), m_fields.end(), [](const auto& f) { return f.second.typed; });
    if (!there && (taken || !m_hooks.reopen(wanted)))
        return false;
    const auto now = m_hooks.subject();
    if (!now || now->entityId != wanted.entityId)
        return false;
    const QJsonObject base = content[u"base"_s].toObject();
    const QJsonObject mine = content[u"mine"_s].toObject();
    std::vector<Clash> clashes;
    for (auto at = mine.begin(); at != mine.end(); ++at) {
        const auto field = m_fields.find(at.key());
        if (field == m_fields.end())
            continue;
        const QString was = base[at.key()].toString();
        const QString shown = field->second.value();
        const QString typed = at.value().toString();
        if (now->version > kept.baseVersion && shown != was && shown != typed) {
            clashes.push_back({at.key(), qobject_cast<QWidget*>(field->second.widget)->accessibleName(), typed, shown, was});
            field->second.was = was;
            m_keptVersion = kept.baseVersion;
        }
        put(at.key(), typed);
    }
    if (!clashes.empty())
        Q_EMIT clashed(clashes);
    Q_EMIT restored();
    return true;
}

void FormEditor::discard()
{
    m_waiting.clear();
    if (m_hooks.close && m_hooks.subject())
        m_hooks.close();
    filled();
}

// Closed by its own: what was typed is sent or given up. (A page that is hidden hides its forms too; those stay what they are.)
bool FormEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_form && event->type() == QEvent::HideToParent) {
        for (auto& [name, field] : m_fields) {
            field.typed = false;
            field.was.reset();
        }
        Q_EMIT edited();
    }
    return Editor::eventFilter(watched, event);
}

} // namespace naru::ui
