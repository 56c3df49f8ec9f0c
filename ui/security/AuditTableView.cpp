// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/AuditTableView.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include "ui/reservations/KeyPosition.h"
#include "ui/security/AuditWords.h"
#include "ui/theme/Theme.h"

namespace naru::ui {

using models::AuditModel;

namespace {

constexpr int kWidths[AuditModel::ColumnCount] = {100, 74, 116, 80, 180, 132, 200}; // the words of both languages fit
constexpr int kChangeMin = 140;

class AuditDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        if (option.state & QStyle::State_Selected)
            p->fillRect(option.rect, t.accentSoft);
        p->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        QRect box = option.rect.adjusted(kSpace2, 0, -kSpace2, -1);
        const QString text = index.data(Qt::DisplayRole).toString();
        switch (index.column()) {
        case AuditModel::Action: {
            const ChipSpec chip = auditChip(static_cast<const AuditModel*>(index.model())->row(index.row()));
            if (!chip.text.isEmpty() && chipSize(chip).width() < box.width() / 2) {
                box.setRight(box.right() - chipSize(chip).width());
                drawChip(*p, QPoint(box.right() + 1, box.center().y() - chipSize(chip).height() / 2 + 1), chip);
            }
            drawText(*p, box, text, theme.font(TextSize::Body, true), t.text);
            break;
        }
        case AuditModel::Time: drawText(*p, box, text, theme.font(TextSize::Meta), t.textMuted); break;
        case AuditModel::Actor:
        case AuditModel::Change: drawText(*p, box, text, theme.font(TextSize::Body), t.text); break;
        default: drawText(*p, box, text, theme.font(TextSize::Body), t.textMuted); break;
        }
    }
};

} // namespace

AuditTableView::AuditTableView(AuditModel& model, QWidget* parent) : QTableView(parent), m_model(model)
{
    setModel(&model);
    setItemDelegate(new AuditDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setAttribute(Qt::WA_InputMethodEnabled, false); // letters are commands here
    verticalHeader()->setVisible(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AuditTableView::chosen);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        Q_EMIT topShown(value == 0);
        if (verticalScrollBar()->maximum() - value < 4 * viewport()->height())
            Q_EMIT endNear();
    });
    retranslate();
}

void AuditTableView::retranslate() { setAccessibleName(tr("Audit log")); }

const AuditLine* AuditTableView::current() const { return currentIndex().isValid() ? &m_model.row(currentIndex().row()) : nullptr; }

void AuditTableView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

// What changed takes what is left; role and vendor give way first, they are in the detail too.
void AuditTableView::fit()
{
    int used = 0;
    for (int c = 0; c < AuditModel::Change; ++c)
        used += kWidths[c];
    for (const int c : {int(AuditModel::RoleName), int(AuditModel::Vendor), int(AuditModel::Entity)}) {
        const bool hide = viewport()->width() - used < kChangeMin;
        setColumnHidden(c, hide);
        if (hide)
            used -= kWidths[c];
    }
    for (int c = 0; c < AuditModel::Change; ++c)
        setColumnWidth(c, kWidths[c]);
    setColumnWidth(AuditModel::Change, std::max(kChangeMin, viewport()->width() - used));
}

void AuditTableView::keyPressEvent(QKeyEvent* event)
{
    const int sign = signKey(*event);
    if (sign == Qt::Key_J || sign == Qt::Key_K) {
        const int next = currentIndex().row() + (sign == Qt::Key_J ? 1 : -1);
        if (next >= 0 && next < m_model.rowCount())
            setCurrentIndex(m_model.index(next, AuditModel::Action));
        return;
    }
    if (sign) {
        event->ignore(); // letters are commands of the page
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace naru::ui
