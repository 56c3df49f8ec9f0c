// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/CommandPalette.h"

#include "ui/ErrorText.h"
#include "ui/theme/Icons.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace naru::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace {

constexpr int kPaletteWidth = 620, kPaletteRow = 38, kRowsShown = 9;

class PaletteDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kPaletteRow}; }
    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = Theme::of();
        const Tokens& t = theme.tokens();
        const bool enabled = index.data(PaletteModel::EnabledRole).toBool();
        const QRect box = option.rect.adjusted(kSpace2, 1, -kSpace2, -1);
        p->save();
        p->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            p->setPen(Qt::NoPen);
            p->setBrush(t.accentSoft);
            p->drawRoundedRect(box, kRadius, kRadius);
        }
        const QColor ink = !enabled ? t.textFaint : (option.state & QStyle::State_Selected) ? t.accent : t.text;
        const QByteArray icon = index.data(PaletteModel::IconRole).toByteArray();
        p->drawPixmap(box.left() + kSpace3, box.center().y() - kIcon / 2 + 1, iconPixmap(icon.constData(), kIcon, enabled ? t.textMuted : t.textFaint, p->device()->devicePixelRatioF()));
        int right = box.right() - kSpace3;
        const QString key = index.data(PaletteModel::KeyRole).toString();
        if (!key.isEmpty()) {
            const QSize cap = keycapSize(key);
            right -= cap.width();
            drawKeycap(*p, QRect(QPoint(right, box.center().y() - cap.height() / 2 + 1), cap), key, t.textMuted);
            right -= kSpace2;
        }
        const int left = box.left() + kSpace3 + kIcon + kSpace3;
        const QString detail = index.data(PaletteModel::DetailRole).toString();
        int textRight = right;
        if (!detail.isEmpty()) {
            const int w = qMin(QFontMetrics(theme.font(TextSize::Meta)).horizontalAdvance(detail) + 2, (right - left) / 2);
            drawText(*p, QRectF(right - w, box.top(), w, box.height()), detail, theme.font(TextSize::Meta), t.textMuted, Qt::AlignRight | Qt::AlignVCenter);
            textRight = right - w - kSpace2;
        }
        drawText(*p, QRectF(left, box.top(), textRight - left, box.height()), index.data().toString(), theme.font(TextSize::Body), ink);
        p->restore();
    }
};

} // namespace

void ComposingField::inputMethodEvent(QInputMethodEvent* e)
{
    m_preedit = e->preeditString();
    QLineEdit::inputMethodEvent(e);
    Q_EMIT wholeTextChanged(wholeText());
}

CommandPalette::CommandPalette(backend::Backend& backend, QWidget* parent) : Overlay(parent, Place::Top, kPaletteWidth), m_backend(backend)
{
    auto* column = new QVBoxLayout(panel());
    constexpr int reach = RaisedPanel::kReach;
    column->setContentsMargins(reach, reach + kSpace3, reach, reach + kSpace2);
    column->setSpacing(kSpace2);
    m_field = new ComposingField;
    m_field->setMaxLength(200);
    m_field->setFixedHeight(kControl + kSpace2);
    m_field->setTextMargins(kSpace2, 0, kSpace2, 0);
    m_list = new QListView;
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFixedHeight(kPaletteRow * kRowsShown);
    m_list->setMouseTracking(true);
    m_note = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted);
    m_note->setContentsMargins(kSpace5, 0, kSpace5, 0);
    auto* fieldRow = new QVBoxLayout;
    fieldRow->setContentsMargins(kSpace3, 0, kSpace3, 0);
    fieldRow->addWidget(m_field);
    column->addLayout(fieldRow);
    column->addWidget(m_list);
    column->addWidget(m_note);
    m_field->installEventFilter(this);
    m_delay.setSingleShot(true);
    m_delay.setInterval(90ms);
    connect(&m_delay, &QTimer::timeout, this, &CommandPalette::search);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::textMoved);
    connect(m_field, &ComposingField::wholeTextChanged, this, &CommandPalette::textMoved);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex&) { runCurrent(); });
    connect(m_list, &QListView::entered, this, [this](const QModelIndex& index) { m_list->setCurrentIndex(index); });
    retranslate();
}

void CommandPalette::openWith(std::vector<Command> commands, bool recordsOnly)
{
    m_recordsOnly = recordsOnly;
    m_model.setCommands(std::move(commands));
    const QSignalBlocker quiet(m_field);
    m_field->clear();
    retranslate();
    open();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_searched = false;
    textMoved();
}

void CommandPalette::textMoved()
{
    const QString text = m_field->wholeText().trimmed();
    m_model.setText(text, m_recordsOnly);
    selectFirst();
    if (text.isEmpty()) {
        m_delay.stop();
        m_latest.cancel(); // an answer under way is for a text no longer there
        m_model.setHits({});
        selectFirst();
    } else {
        m_delay.start();
    }
    retranslate();
}

void CommandPalette::search()
{
    const QString text = m_field->wholeText().trimmed();
    if (text.isEmpty() || !isOpen())
        return;
    m_latest.start<std::vector<SearchHit>>({this, [this](Result<std::vector<SearchHit>> hits) { answered(std::move(hits)); }},
        [&](auto reply) { return m_backend.home().search(text, std::move(reply)); });
}

void CommandPalette::answered(Result<std::vector<SearchHit>> hits)
{
    m_searched = true;
    if (!hits) {
        m_model.setHits({});
        m_note->setText(errorText(hits.error()));
        return;
    }
    if (m_mayOpen)
        std::erase_if(hits.value(), [this](const SearchHit& hit) { return !m_mayOpen(hit.entityType); });
    const int current = m_list->currentIndex().row();
    m_model.setHits(std::move(hits).value());
    if (current > 0 && current < m_model.rowCount())
        m_list->setCurrentIndex(m_model.index(current));
    else
        selectFirst();
    retranslate();
}

void CommandPalette::selectFirst()
{
    for (int i = 0; i < m_model.rowCount(); ++i) {
        if (m_model.flags(m_model.index(i)) & Qt::ItemIsEnabled) {
            m_list->setCurrentIndex(m_model.index(i));
            m_list->scrollToTop();
            return;
        }
    }
}

void CommandPalette::step(int by)
{
    const int count = m_model.rowCount();
    int at = m_list->currentIndex().row();
    for (int tried = 0; tried < count; ++tried) {
        at = (at + by + count) % count;
        if (m_model.flags(m_model.index(at)) & Qt::ItemIsEnabled) {
            m_list->setCurrentIndex(m_model.index(at));
            m_list->scrollTo(m_model.index(at));
            return;
        }
    }
}

void CommandPalette::runCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || !(m_model.flags(index) & Qt::ItemIsEnabled))
        return;
    const PaletteModel::Row chosen = m_model.row(index.row());
    if (chosen.command >= 0) {
        const auto run = m_model.command(chosen.command).run;
        close(); // first, so that the command finds the focus where it was
        if (run)
            run();
        return;
    }
    const SearchHit hit = m_model.hit(chosen.hit);
    close();
    Q_EMIT recordChosen(hit.entityType, hit.entityId);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* e)
{
    if (watched == m_field && e->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(e)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            step(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && !m_field->isComposing()) {
            runCurrent();
            return true;
        }
        if (key == Qt::Key_Escape) {
            close();
            return true;
        }
    }
    return Overlay::eventFilter(watched, e);
}

void CommandPalette::retranslate()
{
    m_field->setPlaceholderText(m_recordsOnly ? tr("Go to an order, product or reservation") : tr("Find a command or a record"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_list->setAccessibleName(tr("Commands and records found"));
    const QString text = m_field->wholeText().trimmed();
    if (m_model.rowCount() == 0 && text.isEmpty())
        m_note->setText(tr("Type a code, a name or a title."));
    else if (m_model.rowCount() == 0 && m_searched)
        m_note->setText(tr("Nothing fits “%1”.").arg(text));
    else
        m_note->setText(tr("↑ ↓ choose · Enter run · Esc close"));
}

void CommandPalette::changeEvent(QEvent* e)
{
    if (e->type() == QEvent::LanguageChange)
        retranslate();
    Overlay::changeEvent(e);
}

} // namespace naru::ui
