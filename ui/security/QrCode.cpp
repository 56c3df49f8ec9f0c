// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/QrCode.h"

#include "ui/theme/Theme.h"

#include <QPainter>
#include <memory>
#include <qrencode.h>

namespace naru::ui {
namespace {

constexpr int kQuiet = 4, kModule = 4; // modules of quiet zone, px a module

} // namespace

QImage qrImage(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(text.isEmpty() ? nullptr : QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code)
        return {};
    QImage image(code->width, code->width, QImage::Format_Mono);
    image.setColorTable({Theme::lightTokens().surface.rgb(), Theme::lightTokens().text.rgb()});
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            image.setPixel(x, y, code->data[y * code->width + x] & 1U);
    return image;
}

QrCode::QrCode(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }

void QrCode::setText(const QString& text)
{
    m_modules = qrImage(text);
    setVisible(!m_modules.isNull());
    updateGeometry();
    update();
}

QSize QrCode::sizeHint() const
{
    const int side = m_modules.isNull() ? 0 : (m_modules.width() + 2 * kQuiet) * kModule;
    return {side, side};
}

void QrCode::paintEvent(QPaintEvent*)
{
    if (m_modules.isNull())
        return;
    QPainter p(this);
    p.fillRect(rect(), Theme::lightTokens().surface);
    const int side = m_modules.width() * kModule;
    p.drawImage(QRect(kQuiet * kModule, kQuiet * kModule, side, side), m_modules);
}

} // namespace naru::ui
