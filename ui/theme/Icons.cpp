// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/Icons.h"

#include "ui/theme/Theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace naru::ui {
using namespace Qt::StringLiterals;
namespace {

QPixmap render(const QByteArray& svg, int size, qreal scale)
{
    QSvgRenderer renderer(svg);
    QPixmap pixmap(QSize(qRound(size * scale), qRound(size * scale)));
    pixmap.fill(Qt::transparent);
    QPainter p(&pixmap);
    p.setRenderHint(QPainter::Antialiasing);
    renderer.render(&p, QRectF(QPointF(), QSizeF(pixmap.size())));
    p.end();
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

QPixmap tinted(const QString& file, const QByteArray& from, const QColor& color, int size, qreal scale)
{
    const QString key = u"naru/%1/%2/%3/%4"_s.arg(file).arg(size).arg(color.rgba()).arg(scale);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile f(file);
    if (!f.open(QIODevice::ReadOnly)) {
        Q_ASSERT_X(false, "iconPixmap", qPrintable(file));
        return {};
    }
    pixmap = render(f.readAll().replace(from, color.name().toLatin1()), size, scale);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

// Draws in the tokens of the moment, so icons held by actions and views follow a change of theme.
class ThemedIconEngine : public QIconEngine {
public:
    explicit ThemedIconEngine(const char* name) : m_name(name) {}
    void paint(QPainter* p, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        p->drawPixmap(rect, tint(rect.size(), p->device()->devicePixelRatioF(), mode, state));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override { return tint(size, 1.0, mode, state); }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        return tint(QSize(qRound(size.width() / scale), qRound(size.height() / scale)), scale, mode, state);
    }
    QIconEngine* clone() const override { return new ThemedIconEngine(*this); } // QIcon owns what it asked for

private:
    QPixmap tint(const QSize& size, qreal scale, QIcon::Mode mode, QIcon::State state) const
    {
        const Tokens& t = Theme::of().tokens();
        const bool on = mode == QIcon::Selected || state == QIcon::On;
        const QColor color = mode == QIcon::Disabled ? t.textFaint : on ? t.accent : t.textMuted;
        return iconPixmap(m_name, qMin(size.width(), size.height()), color, scale);
    }
    const char* m_name;
};

} // namespace

QPixmap iconPixmap(const char* name, int size, const QColor& color, qreal scale)
{
    return tinted(u":/icons/%1.svg"_s.arg(QLatin1StringView(name)), "currentColor", color, size, scale);
}

QIcon themedIcon(const char* name, int) { return QIcon(new ThemedIconEngine(name)); } // QIcon owns the engine

QPixmap brandPixmap(int size, qreal scale)
{
    return tinted(u":/brand/naru.svg"_s, "#0B7A75", Theme::of().tokens().accent, size, scale);
}

} // namespace naru::ui
