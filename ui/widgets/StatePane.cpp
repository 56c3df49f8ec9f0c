// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Widgets.h"

#include "ui/theme/Icons.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QPointer>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

// Greys what lies below and lets the mouse through: the old rows stay readable and usable.
class Veil : public QWidget {
public:
    explicit Veil(QWidget* parent) : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QColor ground = Theme::of().tokens().window;
        ground.setAlphaF(0.45F);
        QPainter(this).fillRect(rect(), ground);
    }
};

class IconMark : public QWidget {
public:
    IconMark(const char* icon, Tone tone, QWidget* parent) : QWidget(parent), m_icon(icon), m_tone(tone) { setFixedSize(kSize, kSize); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter p(this);
        p.drawPixmap(0, 0, iconPixmap(m_icon, kSize, Theme::of().tone(m_tone), devicePixelRatioF()));
    }

private:
    static constexpr int kSize = 28;
    const char* m_icon;
    Tone m_tone;
};

QWidget* centred(QWidget* parent, std::initializer_list<QWidget*> parts)
{
    auto* pane = new QWidget(parent);
    auto* column = new QVBoxLayout(pane);
    column->setSpacing(kSpace3);
    column->addStretch(2);
    for (QWidget* part : parts)
        column->addWidget(part, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return pane;
}

} // namespace

StatePane::StatePane(QWidget* content, QWidget* parent) : QStackedWidget(parent), m_content(content)
{
    m_loadingText = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_loading = centred(this, {m_loadingText});
    m_emptyText = new TextLabel({}, TextSize::Body, false, TextLabel::Muted);
    m_emptyAction = new KeyButton({}, {});
    m_empty = centred(this, {new IconMark("inbox", Tone::Neutral, this), m_emptyText, m_emptyAction});
    m_errorText = new TextLabel({}, TextSize::Body, true);
    m_errorCode = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted);
    m_errorCode->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_retry = new KeyButton({}, {});
    m_error = centred(this, {new IconMark("exclamation-triangle", Tone::Warning, this), m_errorText, m_errorCode, m_retry});
    for (TextLabel* label : {m_emptyText, m_errorText}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
        label->setMinimumWidth(280);
    }
    addWidget(m_content);
    addWidget(m_loading);
    addWidget(m_empty);
    addWidget(m_error);
    m_veil = new Veil(this);
    connect(m_retry, &QAbstractButton::clicked, this, &StatePane::retryWanted);
    connect(m_emptyAction, &QAbstractButton::clicked, this, &StatePane::actionWanted);
    QEvent language(QEvent::LanguageChange);
    changeEvent(&language);
    setCurrentWidget(m_loading);
}

void StatePane::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange) {
        m_loadingText->setText(tr("Loading…"));
        m_retry->setText(tr("Try again"));
        m_retry->updateGeometry();
    }
    QStackedWidget::changeEvent(e);
}

void StatePane::resizeEvent(QResizeEvent* e)
{
    QStackedWidget::resizeEvent(e);
    m_veil->setGeometry(rect());
}

void StatePane::setVeiled(bool veiled)
{
    m_veil->setVisible(veiled);
    if (veiled)
        m_veil->raise();
}

void StatePane::showData()
{
    m_hadData = true;
    setVeiled(false);
    const QPointer<QWidget> focus = QApplication::focusWidget();
    setCurrentWidget(m_content);
    // Qt gives the focus to what asked for it while it was hidden, also when somebody types elsewhere by now.
    if (focus && focus->isVisible() && !isAncestorOf(focus) && isAncestorOf(QApplication::focusWidget()))
        focus->setFocus(Qt::OtherFocusReason);
}

void StatePane::showLoading()
{
    if (m_hadData)
        setCurrentWidget(m_content);
    else
        setCurrentWidget(m_loading);
    setVeiled(m_hadData);
}

bool StatePane::isLoading() const { return currentWidget() == m_loading || m_veil->isVisibleTo(this); }

void StatePane::showEmpty(const QString& why, const QString& action)
{
    setVeiled(false);
    m_emptyText->setText(why);
    m_emptyAction->setText(action);
    m_emptyAction->setVisible(!action.isEmpty());
    m_emptyAction->updateGeometry();
    setCurrentWidget(m_empty);
}

void StatePane::showError(const QString& sentence, const QString& code)
{
    setVeiled(false);
    m_errorText->setText(sentence);
    m_errorCode->setText(code);
    m_errorCode->setVisible(!code.isEmpty());
    setCurrentWidget(m_error);
}

} // namespace naru::ui
