// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/Sheet.h"
#include "ui/workspace/FormEditor.h"

class QLineEdit;
class QVBoxLayout;

namespace naru::ui {

class KeyButton;
class TextLabel;

// A small form that opens inside a page and leaves the rest usable: a title, up to a few text fields, confirm with Enter,
// leave with Esc; without fields Enter presses the button that has the focus, the first of them to begin with. UI thread; owned by the pane that shows it.
class InlineSheet : public Sheet {
    Q_OBJECT
public:
    struct Field {
        QString label;
        QString value;
        QString placeholder;
        bool required = false;
    };
    explicit InlineSheet(QWidget* parent = nullptr);

    // Opens with the first empty field focused. `purpose` comes back with the answer.
    void ask(const QString& purpose, const QString& title, const std::vector<Field>& fields, const QString& confirm, bool destructive = false);

    const QString& purpose() const { return m_purpose; } // of the form that is or was open
    // What is typed here is kept as drafts of `place`. `about` names the thing of the open form (its purpose is added here), `reopen` asks again.
    void keepAs(const QString& place, std::function<std::optional<FormSubject>()> about, std::function<bool(const FormSubject&)> reopen);
    FormEditor* editor() const { return m_editor; }

Q_SIGNALS:
    void confirmed(const QString& purpose, const QStringList& values);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void confirm();
    QVBoxLayout* m_layout;
    QWidget* m_form = nullptr;
    std::vector<QLineEdit*> m_edits;
    std::vector<bool> m_required;
    TextLabel* m_missing = nullptr;
    QString m_purpose;
    FormEditor* m_editor = nullptr;
};

} // namespace naru::ui
