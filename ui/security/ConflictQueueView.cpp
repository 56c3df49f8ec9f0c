// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/ConflictQueueView.h"

#include <QKeyEvent>
#include <QStyledItemDelegate>

#include "ui/reservations/KeyPosition.h"
#include "ui/security/SecurityWords.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int kRowHeight = 66, kPad = 8, kAge = 46, kScore = 34, kMark = 13;

class ConflictDelegate final : public QStyledItemDelegate {
public:
    ConflictDelegate(ConflictQueueView& list, const Clock& clock) : QStyledItemDelegate(&list), m_list(list), m_clock(clock) {}
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {240, kRowHeight}; }

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        const Conflict& c = static_cast<const models::ConflictQueueModel*>(index.model())->row(index.row());
        const bool selected = option.state & QStyle::State_Selected;
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            p->setPen(selected && m_list.hasFocus() ? QPen(t.accent, 1.5) : QPen(Qt::NoPen));
            p->setBrush(selected ? t.accentSoft : t.hover);
            p->drawRoundedRect(QRectF(option.rect).adjusted(0.75, 1.75, -0.75, -2.75), kRadius, kRadius);
        }
        p->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        paintRow(*p, option.rect.adjusted(kPad, 4, -kPad, -5), c);
        p->restore();
    }

private:
    void paintRow(QPainter& p, const QRect& box, const Conflict& c) const
    {
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        const bool open = models::isOpen(c);
        const QColor ink = open ? t.text : t.textMuted;
        const QRectF top(box.left(), box.top(), box.width(), 22);
        drawText(p, top, ago(c.at, m_clock.now()), theme.font(TextSize::Body), t.textMuted, Qt::AlignRight | Qt::AlignVCenter);
        drawText(p, QRectF(top.right() - kAge - kScore, top.top(), kScore - 4, top.height()), QString::number(c.score), theme.font(TextSize::Body, open), ink, Qt::AlignRight | Qt::AlignVCenter);
        ChipSpec chip = chipOf(c);
        double right = top.right() - kAge - kScore;
        const QFontMetrics chipMetrics(theme.font(TextSize::Meta, true));
        if (const int most = box.width() / 2 - 20, wide = chipSize(chip).width(); wide > most)
            chip.text = chipMetrics.elidedText(chip.text, Qt::ElideRight, most - (wide - chipMetrics.horizontalAdvance(chip.text)));
        right -= chipSize(chip).width();
        drawChip(p, QPoint(static_cast<int>(right), static_cast<int>(top.top()) + 1), chip);
        const QFont strong = theme.font(TextSize::Body, true);
        const double room = right - kSpace2 - box.left();
        const double name = std::min<double>(QFontMetricsF(strong).horizontalAdvance(c.displayName) + 2, room);
        drawText(p, QRectF(box.left(), top.top(), name, top.height()), c.displayName, strong, ink);
        if (room - name > 2 * kSpace5) {
            const QString company = c.vendorName.isEmpty() ? roleText(c.role) : c.vendorName;
            drawText(p, QRectF(box.left() + name + kSpace2, top.top(), room - name - kSpace2, top.height()), company, theme.font(TextSize::Meta), t.textMuted);
        }
        const QRectF middle(box.left(), top.bottom(), box.width(), 17);
        drawText(p, middle, u"%1 → %2"_s.arg(c.oldDevice, c.newDevice), theme.font(TextSize::Meta), open ? t.text : t.textMuted);
        paintMarks(p, QRectF(box.left(), middle.bottom(), box.width(), 17), c);
    }
    void paintMarks(QPainter& p, const QRectF& line, const Conflict& c) const
    {
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        double right = line.right();
        if (models::isOpen(c)) {
            const auto marks = models::riskMarks(c);
            for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
                right -= kMark;
                p.drawPixmap(QPointF(right, line.center().y() - kMark / 2.0), iconPixmap(riskIcon(*mark), kMark, *mark == models::RiskMark::Reported ? t.danger : t.warning, p.device()->devicePixelRatioF()));
                right -= kSpace1;
            }
        }
        QString text = c.oldPlace == c.newPlace ? c.newPlace : u"%1 → %2"_s.arg(c.oldPlace, c.newPlace);
        text += u" · "_s + ConflictQueueView::tr("after %1").arg(secondsText(c.gapSeconds));
        if (!models::isOpen(c) && !c.decidedBy.isEmpty())
            text = ConflictQueueView::tr("decided by %1").arg(c.decidedBy);
        else if (c.state == ConflictState::Taken)
            text = ConflictQueueView::tr("%1 is at it").arg(c.takenBy) + u" · "_s + text;
        drawText(p, QRectF(line.left(), line.top(), right - line.left() - kSpace1, line.height()), text, theme.font(TextSize::Meta), t.textMuted);
    }
    ConflictQueueView& m_list;
    const Clock& m_clock;
};

} // namespace

ConflictQueueView::ConflictQueueView(models::ConflictQueueModel& model, const Clock& clock, QWidget* parent)
    : LineList(model, [](int) { return ListLine{}; }, true, parent)
{
    setItemDelegate(new ConflictDelegate(*this, clock));
    model.setDescriber(&ConflictQueueView::sentence);
}

QString ConflictQueueView::sentence(const Conflict& c)
{
    QStringList parts{c.displayName, c.vendorName, chipOf(c).text, tr("score %1").arg(c.score), u"%1 → %2"_s.arg(c.oldDevice, c.newDevice), u"%1 → %2"_s.arg(c.oldPlace, c.newPlace),
        tr("after %1").arg(secondsText(c.gapSeconds))};
    for (const models::RiskMark mark : models::riskMarks(c))
        parts.append(riskText(mark));
    if (c.state == ConflictState::Taken)
        parts.append(tr("%1 is at it").arg(c.takenBy));
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

void ConflictQueueView::keyPressEvent(QKeyEvent* event)
{
    if (const int sign = signKey(*event); sign == Qt::Key_J || sign == Qt::Key_K) {
        event->ignore(); // K ends a session here
        return;
    }
    LineList::keyPressEvent(event);
}

ConflictQueueHead::ConflictQueueHead(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ConflictQueueHead::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    QPainter p(this);
    const QFont font = theme.font(TextSize::Meta, true);
    const QRectF box = QRectF(rect()).adjusted(kPad, 0, -kPad, 0);
    drawText(p, box, tr("Account"), font, t.textMuted);
    drawText(p, box, tr("Age"), font, t.textMuted, Qt::AlignRight | Qt::AlignVCenter);
    drawText(p, QRectF(box.right() - kAge - 2 * kScore, box.top(), 2 * kScore - 4, box.height()), tr("Score"), font, t.textMuted, Qt::AlignRight | Qt::AlignVCenter);
    p.fillRect(QRect(0, height() - 1, width(), 1), t.border);
}

} // namespace naru::ui
