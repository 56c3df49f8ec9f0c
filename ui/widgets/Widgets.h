// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/Paint.h"

#include <QAbstractButton>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <vector>

class QButtonGroup;
class QHBoxLayout;
class QVBoxLayout;
class QPushButton;

// The program's own controls. All follow Theme::changed, name themselves for screen readers and treat text as plain text.
namespace naru::ui {

// Plain-text label with a token colour and size.
class TextLabel : public QLabel {
    Q_OBJECT
public:
    enum Level { Normal, Muted, Faint, Danger, Warning };
    explicit TextLabel(const QString& text = {}, TextSize size = TextSize::Body, bool strong = false, Level level = Normal, QWidget* parent = nullptr);
    void setLevel(Level level);

private:
    void changeEvent(QEvent*) override;
    void restyle();
    bool m_restyling = false;
    TextSize m_size;
    bool m_strong;
    Level m_level;
};

// White rounded card with a hairline; optional header "title  subtitle".
class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(const QString& title = {}, const QString& subtitle = {}, QWidget* parent = nullptr);
    QVBoxLayout* body() const { return m_body; } // put content here
    void setTitle(const QString& title, const QString& subtitle = {});
    void addHeaderWidget(QWidget* widget); // right side of the header

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QVBoxLayout* m_body;
    TextLabel* m_title;
    TextLabel* m_subtitle;
    QHBoxLayout* m_header;
};

class ChipLabel : public QWidget {
    Q_OBJECT
public:
    explicit ChipLabel(const ChipSpec& chip = {}, QWidget* parent = nullptr);
    void setChip(const ChipSpec& chip);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    ChipSpec m_chip;
};

// Push button with an optional keycap; Primary is the one accent action of a screen.
class KeyButton : public QAbstractButton {
    Q_OBJECT
public:
    enum Kind { Plain, Primary, Destructive };
    KeyButton(const QString& text, const QString& key, Kind kind = Plain, QWidget* parent = nullptr);
    void setKey(const QString& key);
    void setKind(Kind kind);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QString m_key;
    Kind m_kind;
};

// Search field with magnifier and "/" keycap.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
};

// "보드 | 표 V": exclusive segments, each a button of its own for keys and screen readers.
class Segments : public QWidget {
    Q_OBJECT
public:
    explicit Segments(const QStringList& texts, QWidget* parent = nullptr);
    int current() const { return m_current; }
    void setCurrent(int index);
    void setTexts(const QStringList& texts);

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent*) override;
    void keyPressEvent(QKeyEvent*) override;

private:
    class QHBoxLayout* m_row;
    std::vector<QAbstractButton*> m_buttons;
    int m_current = 0;
};

// The four states of a page: loading (old content greyed, or a quiet text on the first visit), empty (why, and the one next
// action), error (what failed, what was not changed, retry, code to copy), data.
class StatePane : public QStackedWidget {
    Q_OBJECT
public:
    explicit StatePane(QWidget* content, QWidget* parent = nullptr);
    void showData();
    void showLoading();
    void showEmpty(const QString& why, const QString& action = {}); // action text; emits actionWanted
    void showError(const QString& sentence, const QString& code);
    bool isLoading() const; // nothing yet, or old rows greyed
    bool hasData() const { return currentWidget() == m_content; }

Q_SIGNALS:
    void retryWanted();
    void actionWanted();

private:
    void changeEvent(QEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void setVeiled(bool veiled);
    QWidget* m_content;
    QWidget* m_veil; // over the old content while it is loaded anew
    bool m_hadData = false;
    QWidget* m_loading;
    TextLabel* m_loadingText;
    QWidget* m_empty;
    TextLabel* m_emptyText;
    KeyButton* m_emptyAction;
    QWidget* m_error;
    TextLabel* m_errorText;
    TextLabel* m_errorCode;
    KeyButton* m_retry;
};

} // namespace naru::ui
