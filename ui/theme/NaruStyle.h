// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace naru::ui {

class Theme;

// Draws the stock controls with the tokens in force, over Fusion. UI thread; owned by the application, reads the Theme.
class NaruStyle : public QProxyStyle {
    Q_OBJECT
public:
    explicit NaruStyle(const Theme& theme);

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* p, const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* p, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* p, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;

private:
    void drawField(QPainter* p, const QRect& box, State state) const;
    void drawButton(QPainter* p, const QRect& box, State state) const;
    void drawCheck(QPainter* p, const QRect& box, State state, bool round) const;
    void drawItemGround(QPainter* p, const QStyleOption* option, const QWidget* widget) const;
    void drawHeader(QPainter* p, const QStyleOption* option) const;
    void drawMenuItem(QPainter* p, const QStyleOption* option) const;
    void drawTab(QPainter* p, const QStyleOption* option) const;
    void drawScrollBar(QPainter* p, const QStyleOptionComplex* option, const QWidget* widget) const;
    void drawComboBox(QPainter* p, const QStyleOptionComplex* option) const;
    const Theme& m_theme;
};

} // namespace naru::ui
