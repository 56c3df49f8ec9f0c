// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace naru::ui {

// The text as a QR code, one pixel a module, without the quiet zone; null when it does not fit into one.
QImage qrImage(const QString& text);

// A QR code, always dark on light with its quiet zone, since cameras want it so in either theme. UI thread; child of whoever shows it.
class QrCode : public QWidget {
    Q_OBJECT
public:
    explicit QrCode(QWidget* parent = nullptr);
    void setText(const QString& text); // empty: nothing
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QImage m_modules;
};

} // namespace naru::ui
