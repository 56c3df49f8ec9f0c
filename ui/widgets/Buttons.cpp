// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Widgets.h"

#include "ui/theme/Icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

constexpr int kButtonPad = 14, kSegmentPad = 12;

// One segment; paints its text only, the frame around all is drawn by Segments.
class SegmentButton : public QAbstractButton {
public:
    explicit SegmentButton(QWidget* parent) : QAbstractButton(parent)
    {
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }
    QSize sizeHint() const override
    {
        const QFontMetrics fm(Theme::of().font(TextSize::Body, true));
        return {fm.horizontalAdvance(text()) + 2 * kSegmentPad, kControl};
    }

protected:
    void keyPressEvent(QKeyEvent* e) override
    {
        if (e->key() == Qt::Key_Left || e->key() == Qt::Key_Right)
            e->ignore(); // Segments moves the choice
        else
            QAbstractButton::keyPressEvent(e);
    }
    void paintEvent(QPaintEvent*) override
    {
        const Tokens& t = Theme::of().tokens();
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        const QRectF inner = QRectF(rect()).adjusted(1, 1, -1, -1);
        if (isChecked() || underMouse()) {
            p.setPen(Qt::NoPen);
            p.setBrush(isChecked() ? t.accentSoft : t.hover);
            p.drawRoundedRect(inner, kRadius - 1, kRadius - 1);
        }
        if (hasFocus()) {
            p.setPen(QPen(t.accent, 2));
            p.setBrush(Qt::NoBrush);
            p.drawRoundedRect(inner, kRadius - 1, kRadius - 1);
        }
        p.setFont(Theme::of().font(TextSize::Body, isChecked()));
        p.setPen(isChecked() ? t.accent : t.text);
        p.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
    }
};

} // namespace

KeyButton::KeyButton(const QString& text, const QString& key, Kind kind, QWidget* parent) : QAbstractButton(parent), m_key(key), m_kind(kind)
{
    setText(text);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void KeyButton::setKey(const QString& key)
{
    m_key = key;
    updateGeometry();
    update();
}

void KeyButton::setKind(Kind kind)
{
    m_kind = kind;
    update();
}

QSize KeyButton::sizeHint() const
{
    const QFontMetrics fm(Theme::of().font(TextSize::Body, true));
    int width = 2 * kButtonPad;
    if (!icon().isNull())
        width += kIcon + (text().isEmpty() ? 0 : kSpace2);
    if (!text().isEmpty())
        width += fm.horizontalAdvance(text());
    if (!m_key.isEmpty())
        width += kSpace2 + keycapSize(m_key).width();
    return {width, kControl};
}

void KeyButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    const bool primary = m_kind == Primary && isEnabled();
    QColor ground = primary ? t.accent : t.surface;
    if (isEnabled() && (isDown() || isChecked()))
        ground = primary ? t.accent.darker(112) : t.neutralSoft;
    else if (isEnabled() && underMouse())
        ground = primary ? t.accent.lighter(t.dark ? 106 : 108) : t.hover;
    const QColor ink = !isEnabled() ? t.textFaint : primary ? t.onAccent : m_kind == Destructive ? t.danger : t.text;
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    p.setPen(QPen(primary ? ground : t.border, 1));
    p.setBrush(ground);
    p.drawRoundedRect(box, kRadius, kRadius);
    if (hasFocus()) {
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(primary ? t.onAccent : t.accent, 2));
        const qreal in = primary ? 2.5 : 0.5;
        p.drawRoundedRect(box.adjusted(in, in, -in, -in), kRadius - in / 2, kRadius - in / 2);
    }
    const QFont font = theme.font(TextSize::Body, true);
    const QSize cap = m_key.isEmpty() ? QSize() : keycapSize(m_key);
    const int iconWidth = icon().isNull() ? 0 : kIcon + (text().isEmpty() ? 0 : kSpace2);
    const int content = iconWidth + QFontMetrics(font).horizontalAdvance(text()) + (m_key.isEmpty() ? 0 : kSpace2 + cap.width());
    int x = qMax(kSpace1, (width() - content) / 2);
    if (!icon().isNull()) {
        icon().paint(&p, QRect(x, (height() - kIcon) / 2, kIcon, kIcon), Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
        x += iconWidth;
    }
    const int textWidth = qMin(QFontMetrics(font).horizontalAdvance(text()), width() - x - (m_key.isEmpty() ? kSpace1 : kSpace2 + cap.width() + kSpace1));
    drawText(p, QRectF(x, 0, textWidth, height()), text(), font, ink);
    if (!m_key.isEmpty())
        drawKeycap(p, QRect(QPoint(x + textWidth + kSpace2, (height() - cap.height()) / 2), cap), m_key, primary ? ink : isEnabled() ? t.textMuted : t.textFaint);
}

SearchField::SearchField(const QString& placeholder, QWidget* parent) : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setMinimumWidth(160);
    setFixedHeight(kControl);
    setTextMargins(kSpace5 - 2, 0, kSpace4, 0);
}

void SearchField::paintEvent(QPaintEvent* e)
{
    QLineEdit::paintEvent(e);
    const Tokens& t = Theme::of().tokens();
    QPainter p(this);
    constexpr int icon = 14;
    p.drawPixmap(QPoint(kSpace3 - 1, (height() - icon) / 2), iconPixmap("search", icon, t.textMuted, devicePixelRatioF()));
    if (!text().isEmpty() || hasFocus())
        return;
    const QSize cap = keycapSize(u"/"_s);
    drawKeycap(p, QRect(QPoint(width() - cap.width() - kSpace2, (height() - cap.height()) / 2), cap), u"/"_s, t.textMuted);
}

void SearchField::keyPressEvent(QKeyEvent* e)
{
    if (e->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(e);
}

Segments::Segments(const QStringList& texts, QWidget* parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    setTexts(texts);
}

void Segments::setTexts(const QStringList& texts)
{
    while (static_cast<qsizetype>(m_buttons.size()) > texts.size()) {
        delete m_buttons.back();
        m_buttons.pop_back();
    }
    while (static_cast<qsizetype>(m_buttons.size()) < texts.size()) {
        auto* button = new SegmentButton(this);
        const int index = static_cast<int>(m_buttons.size());
        // Not clicked(): a screen reader toggles.
        connect(button, &QAbstractButton::toggled, this, [this, index, button](bool on) {
            if (on)
                setCurrent(index);
            else if (index == m_current)
                button->setChecked(true); // one is always chosen
        });
        m_row->addWidget(button);
        m_buttons.push_back(button);
    }
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setText(texts[static_cast<qsizetype>(i)]);
        m_buttons[i]->setChecked(static_cast<int>(i) == m_current);
        m_buttons[i]->updateGeometry();
    }
}

void Segments::setCurrent(int index)
{
    if (index < 0 || index >= static_cast<int>(m_buttons.size()))
        return;
    const bool moved = index != m_current;
    m_current = index;
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setChecked(static_cast<int>(i) == index);
    update();
    if (moved)
        Q_EMIT currentChanged(index);
}

void Segments::keyPressEvent(QKeyEvent* e)
{
    const int step = e->key() == Qt::Key_Right ? 1 : e->key() == Qt::Key_Left ? -1 : 0;
    const int next = m_current + step;
    if (step == 0 || next < 0 || next >= static_cast<int>(m_buttons.size())) {
        QWidget::keyPressEvent(e);
        return;
    }
    setCurrent(next);
    m_buttons[static_cast<std::size_t>(next)]->setFocus(Qt::TabFocusReason);
}

void Segments::paintEvent(QPaintEvent*)
{
    const Tokens& t = Theme::of().tokens();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(t.border);
    p.setBrush(t.surface);
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

} // namespace naru::ui
