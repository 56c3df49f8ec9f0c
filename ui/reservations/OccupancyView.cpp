// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reservations/OccupancyView.h"

#include <QPainterPath>

#include "ui/reservations/KeyPosition.h"
#include "ui/text/StateText.h"
#include "ui/theme/Paint.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using models::CellState;
using models::OccupancyModel;

namespace {
constexpr int kRowHeight = 43;
constexpr int kProductWidth = 148;
constexpr int kFlashMs = 700;
constexpr int kFlashStepMs = 40;
constexpr int kMostFlashes = 200; // more is a storm, not news

QColor blend(const QColor& under, const QColor& over, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share + 0.5); };
    return {mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue())};
}

// Draws one cell. Stateless but for the view it asks for flashes and staleness; child of the view.
class CellDelegate : public QStyledItemDelegate {
public:
    explicit CellDelegate(OccupancyView& view)
        : QStyledItemDelegate(&view)
        , m_view(view)
    {
    }

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& theme = Theme::of();
        const auto& t = theme.tokens();
        const auto& cell = m_view.occupancy().cellAt(index.row(), index.column());
        const auto state = models::cellState(cell);
        const QRectF box = QRectF(option.rect).adjusted(1, 1, -1, -1);
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        if (m_view.stale())
            p->setOpacity(0.5);
        if (state != CellState::NoSlot) {
            paintGround(*p, box, cell, state, m_view.flashOf(index));
            const bool closed = state == CellState::Closed;
            const auto color = closed ? t.textMuted : t.text;
            const auto numbers = QStringLiteral("%1/%2").arg(cell.allocated + cell.held).arg(cell.capacity);
            const auto font = theme.font(TextSize::Meta, state == CellState::Full || state == CellState::Overbooked);
            drawText(*p, closed ? box.adjusted(0, 4, 0, -box.height() / 2) : box, numbers, font, color, Qt::AlignCenter);
            if (closed)
                drawText(*p, box.adjusted(0, box.height() / 2, 0, -4), OccupancyView::tr("closed"), font, color, Qt::AlignCenter);
            if (cell.waiting > 0)
                paintWaiting(*p, box, cell.waiting);
        }
        if (index == m_view.currentIndex() && m_view.hasFocus()) {
            p->setOpacity(1);
            p->setBrush(Qt::NoBrush);
            p->setPen(QPen(t.surface, 4));
            p->drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4);
            p->setPen(QPen(t.accent, 2));
            p->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        } else if (index == m_view.currentIndex()) {
            p->setBrush(Qt::NoBrush);
            p->setPen(QPen(t.accent, 1));
            p->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        }
        p->restore();
    }

private:
    // How many wait for a place, at the upper right.
    static void paintWaiting(QPainter& p, const QRectF& box, std::int64_t waiting)
    {
        const auto& theme = Theme::of();
        const auto text = waiting > 99 ? QStringLiteral("99+") : QString::number(waiting);
        const auto font = theme.font(TextSize::Meta, true);
        const double width = std::max(14.0, QFontMetricsF(font).horizontalAdvance(text) + 6);
        const QRectF pill(box.right() - width - 1, box.top() + 1, width, 13);
        p.setPen(Qt::NoPen);
        p.setBrush(theme.tokens().warning);
        p.drawRoundedRect(pill, 6.5, 6.5);
        drawText(p, pill, text, font, theme.tokens().surface, Qt::AlignCenter);
    }

    static void paintGround(QPainter& p, const QRectF& box, const OccupancyCell& cell, CellState state, double flash)
    {
        const auto& t = Theme::of().tokens();
        QColor ground = blend(t.surface, t.accent, 0.07 + 0.51 * models::cellFill(cell));
        if (state == CellState::Full || state == CellState::Overbooked)
            ground = blend(t.surface, t.danger, t.dark ? 0.58 : 0.60);
        else if (state == CellState::Closed)
            ground = t.neutralSoft;
        p.setPen(Qt::NoPen);
        p.setBrush(ground);
        p.drawRoundedRect(box, 4, 4);
        if (cell.overbook > 0 || cell.overbooked || state == CellState::Overbooked) {
            QPainterPath clip;
            clip.addRoundedRect(box, 4, 4);
            p.save();
            p.setClipPath(clip);
            p.setPen(QPen(blend(ground, t.surface, 0.45), 2.5));
            for (double x = box.left() - box.height(); x < box.right(); x += 7)
                p.drawLine(QPointF(x, box.top()), QPointF(x + box.height(), box.bottom()));
            p.restore();
        }
        if (flash > 0) { // lights up once, then fades into its ground
            p.setBrush(QColor(t.accent.red(), t.accent.green(), t.accent.blue(), static_cast<int>(170 * flash)));
            p.setPen(Qt::NoPen);
            p.drawRoundedRect(box, 4, 4);
        }
    }

    OccupancyView& m_view;
};

} // namespace

DayHeader::DayHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionResizeMode(QHeaderView::Stretch);
    setMinimumSectionSize(34);
    setHighlightSections(false);
    setSectionsClickable(false);
    setFocusPolicy(Qt::NoFocus);
}

void DayHeader::setToday(const QDate& today)
{
    m_today = today;
    viewport()->update();
}

QSize DayHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), 40};
}

void DayHeader::paintSection(QPainter* p, const QRect& rect, int section) const
{
    const auto& theme = Theme::of();
    const auto& t = theme.tokens();
    const auto day = model()->headerData(section, Qt::Horizontal, OccupancyModel::DateRole).toDate();
    if (!day.isValid()) { // hours of one day
        const auto hour = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
        p->fillRect(rect, t.surface);
        drawText(*p, rect, hour.isEmpty() ? tr("stays") : hour, theme.font(TextSize::Meta), t.textMuted, Qt::AlignCenter);
        return;
    }
    const bool sunday = day.dayOfWeek() == Qt::Sunday;
    const auto color = sunday ? t.danger : t.textMuted;
    const auto font = theme.font(TextSize::Meta, sunday || day == m_today);
    const auto iso = day.toString(Qt::ISODate);
    p->fillRect(rect, t.surface);
    const QRectF upper(rect.left(), rect.top() + 2, rect.width(), 17);
    drawText(*p, upper, dayText(iso), font, day == m_today && !sunday ? t.accent : color, Qt::AlignCenter);
    drawText(*p, upper.translated(0, 16), weekdayText(iso), font, day == m_today && !sunday ? t.accent : color, Qt::AlignCenter);
}

ProductHeader::ProductHeader(QWidget* parent)
    : QHeaderView(Qt::Vertical, parent)
{
    setSectionResizeMode(QHeaderView::Fixed);
    setDefaultSectionSize(kRowHeight);
    setHighlightSections(false);
    setSectionsClickable(false);
    setFocusPolicy(Qt::NoFocus);
}

QSize ProductHeader::sizeHint() const
{
    return {kProductWidth, QHeaderView::sizeHint().height()};
}

void ProductHeader::paintSection(QPainter* p, const QRect& rect, int section) const
{
    const auto& theme = Theme::of();
    const auto& t = theme.tokens();
    p->fillRect(rect, t.surface);
    const auto title = model()->headerData(section, Qt::Vertical, OccupancyModel::TitleRole).toString();
    const auto label = model()->headerData(section, Qt::Vertical, OccupancyModel::LabelRole).toString();
    const QRectF box = QRectF(rect).adjusted(0, 4, -8, -4);
    const double half = box.height() / 2;
    if (label.isEmpty()) {
        drawText(*p, box, title, theme.font(TextSize::Body), t.text);
    } else {
        drawText(*p, box.adjusted(0, 1, 0, -half + 2), title, theme.font(TextSize::Body), t.text);
        drawText(*p, box.adjusted(0, half + 1, 0, 0), label, theme.font(TextSize::Meta), t.textMuted);
    }
    p->setPen(t.border);
    p->drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right(), rect.bottom() + 0.5));
}

OccupancyView::OccupancyView(OccupancyModel& model, const Clock& clock, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_clock(clock)
    , m_days(new DayHeader(this))
    , m_products(new ProductHeader(this))
{
    setHorizontalHeader(m_days);
    setVerticalHeader(m_products);
    setModel(&model);
    setItemDelegate(new CellDelegate(*this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setSelectionBehavior(SelectItems);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded); // the hours of a long day; fourteen days always fit
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    viewport()->setAttribute(Qt::WA_Hover);
    m_flashTimer.setInterval(kFlashStepMs);
    connect(&m_flashTimer, &QTimer::timeout, this, &OccupancyView::tick);
    connect(&model, &OccupancyModel::cellMoved, this, &OccupancyView::flash);
    connect(&Theme::of(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(this, &QTableView::clicked, this, &OccupancyView::cellOpened);
}

// The program's style hides row heads and sets the height of rows when it meets a table; here the heads name the products.
bool OccupancyView::event(QEvent* event)
{
    const bool done = QTableView::event(event);
    if (event->type() == QEvent::Polish) {
        keepRowHeads();
        connect(&Theme::of(), &Theme::changed, this, &OccupancyView::keepRowHeads, Qt::UniqueConnection);
    }
    return done;
}

void OccupancyView::keepRowHeads()
{
    m_products->setVisible(true);
    m_products->setDefaultSectionSize(kRowHeight);
    viewport()->update();
}

void OccupancyView::setStale(bool stale)
{
    if (m_stale == stale)
        return;
    m_stale = stale;
    viewport()->update();
}

void OccupancyView::setToday(const QDate& today)
{
    m_days->setToday(today);
}

void OccupancyView::flash(int row, int column)
{
    if (!isVisible() || m_flashes.size() >= kMostFlashes)
        return;
    const QModelIndex index = m_model.index(row, column);
    if (!viewport()->rect().intersects(visualRect(index)))
        return;
    m_flashes.insert(index, m_clock.steady().count());
    if (!m_flashTimer.isActive())
        m_flashTimer.start();
}

double OccupancyView::flashOf(const QModelIndex& index) const
{
    if (m_flashes.isEmpty())
        return 0;
    const auto at = m_flashes.constFind(index);
    if (at == m_flashes.constEnd())
        return 0;
    const double age = static_cast<double>(m_clock.steady().count() - at.value()) / kFlashMs;
    return age >= 1 ? 0 : (1 - age) * (1 - age);
}

void OccupancyView::tick()
{
    const auto now = m_clock.steady().count();
    m_flashes.removeIf([&](const auto& flash) {
        if (flash.key().isValid())
            update(flash.key());
        return !flash.key().isValid() || now - flash.value() > kFlashMs;
    });
    if (m_flashes.isEmpty())
        m_flashTimer.stop();
}

void OccupancyView::focusInEvent(QFocusEvent* event)
{
    QTableView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model.rowCount() > 0)
        setCurrentIndex(m_model.index(0, 0));
}

void OccupancyView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT cursorMoved(current);
}

void OccupancyView::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT cellOpened(currentIndex());
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        return;
    }
    switch (signKey(*event)) {
    case Qt::Key_BracketLeft: Q_EMIT daysWanted(-1); return;
    case Qt::Key_BracketRight: Q_EMIT daysWanted(1); return;
    default: break;
    }
    // Letters are commands here, not a search for a cell that begins with them.
    if (!event->text().isEmpty() && event->text().at(0).isPrint()) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace naru::ui
