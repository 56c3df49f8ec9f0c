// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace/Editor.h"

#include <QJsonObject>
#include <functional>
#include <map>

class QAbstractButton;
class QComboBox;
class QLineEdit;

namespace naru::ui {

class Segments;

// What a form of fields is about.
struct FormSubject {
    QString entityId; // empty: a new thing
    QString title; // what a person calls it
    std::int64_t version = 0; // of the thing as the fields show it
    QString purpose; // where one frame serves several forms: which
    friend bool operator==(const FormSubject&, const FormSubject&) = default;
};

// The editor of a form of fields. Only what a person changed counts; a form that is left holds nothing. A draft that was restored waits until
// its form can be opened again, which is tried at once and with each ready(). UI thread; child of the form.
class FormEditor : public Editor {
    Q_OBJECT
public:
    using Values = std::map<QString, QString>;
    struct Clash { // a field that the person and somebody else changed
        QString field;
        QString label; // as the person knows it
        QString mine;
        QString theirs; // as the form shows it now
        QString base;
    };
    struct Hooks {
        std::function<std::optional<FormSubject>()> subject; // nothing: the form is closed
        std::function<bool(const FormSubject& kept)> reopen; // on this thing, with its fields as they are now; false: the thing is not there yet
        std::function<void()> close; // nothing is sent
    };
    FormEditor(QString place, QWidget& form, Hooks hooks);

    void add(const QString& name, QLineEdit* edit);
    void add(const QString& name, QAbstractButton* button); // one that can be checked
    void add(const QString& name, Segments* choice);
    void add(const QString& name, QComboBox* choice);
    void clearFields(); // the form is built anew
    bool isTyped() const; // something in it is not as its thing has it
    // The fields show their thing as the server has it: what was typed before is no edit any more.
    void filled();
    void ready(); // the thing of a waiting draft may have been read
    void put(const QString& field, const QString& value); // as if the person had typed it
    void decide(const QString& field, const QString& value); // the end of a clash

    QString place() const override { return m_place; }
    std::vector<backend::Draft> drafts() const override;
    void restore(const backend::Draft& kept) override;
    bool isWaiting() const override { return !m_waiting.empty(); }
    void discard() override;

Q_SIGNALS:
    void clashed(const std::vector<naru::ui::FormEditor::Clash>& clashes); // after restoring over a newer thing; the form shows what the person typed
    void restored();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Field {
        QObject* widget;
        std::function<QString()> value;
        std::function<void(const QString&)> set;
        QString base; // as the thing has it
        bool typed = false; // changed by the person
        std::optional<QString> was; // a clash nobody has decided yet: what the person had begun with
    };
    Field& field(const QString& name, QObject* widget, std::function<QString()> value, std::function<void(const QString&)> set);
    void moved(const QString& name, bool byPerson);
    bool apply(const backend::Draft& kept);

    const QString m_place;
    QWidget& m_form;
    const Hooks m_hooks;
    std::map<QString, Field> m_fields;
    std::vector<backend::Draft> m_waiting;
    bool m_opening = false;
    std::int64_t m_keptVersion = 0; // of the draft with the clashes
};

} // namespace naru::ui
