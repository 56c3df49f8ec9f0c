// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <functional>
#include <vector>

namespace naru::ui {

// A small quiet chart: one series as an area or as bars, its highest value written beside it, the ends of its axis below.
// Painted with the theme's tokens, so it follows light and dark by itself. Values replace each other as a whole. UI thread.
class SeriesChart : public QWidget {
    Q_OBJECT
public:
    enum Kind { Area, Bars };
    struct Data {
        std::vector<double> values;
        QStringList labels; // one per value, for tooltips and the axis; may be empty
        QString first, last; // below the two ends; taken from labels when empty
        QString peak; // written at the highest value; empty: its formatted value
        int marked = -1; // a bar that stands out (this hour, today); −1 none
        int known = -1; // values from here on are not yet there; −1: all are
        double scale = 0; // the top of the axis; 0: the highest value
        int room = 0; // places on the axis, the newest value at its right end; 0: as many as values
    };

    explicit SeriesChart(Kind kind, QWidget* parent = nullptr);
    void setFormat(std::function<QString(double)> format);
    void setData(Data data);
    const Data& chartData() const { return m_data; }
    QSize sizeHint() const override { return {280, 108}; }
    QSize minimumSizeHint() const override { return {120, 84}; }

protected:
    void paintEvent(QPaintEvent*) override;
    bool event(QEvent* event) override;

private:
    QRectF plot() const;
    double top() const;
    int peakIndex() const;
    QPointF pointOf(int index, const QRectF& plot, double top) const;
    QString textOf(int index) const;
    void paintArea(QPainter& p, const QRectF& plot, double top) const;
    void paintBars(QPainter& p, const QRectF& plot, double top) const;
    void paintTexts(QPainter& p, const QRectF& plot, double top) const;

    Kind m_kind;
    Data m_data;
    std::function<QString(double)> m_format;
};

} // namespace naru::ui
