// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/ProductDetailPane.h"

#include "ui/ErrorText.h"
#include "ui/orders/InlineSheet.h"
#include "ui/products/LifecycleTimeline.h"
#include "ui/products/ProductWords.h"
#include "ui/products/VariantGrid.h"
#include "ui/text/StateText.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/Widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>

namespace naru::ui {

using namespace Qt::StringLiterals;
using models::DraftEdit;
using models::DraftField;

namespace {

constexpr int kIconBox = 56;
constexpr int kWideFrom = 640; // from here on the moves stand beside the title

// The box at the upper left; products carry no picture in this console yet.
class ProductIcon final : public QWidget {
public:
    explicit ProductIcon(QWidget* parent) : QWidget(parent)
    {
        setFixedSize(kIconBox, kIconBox);
        connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    void setKind(ProductKind kind)
    {
        m_kind = kind;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter p(this);
        drawCard(p, rect(), false, false);
        const char* name = m_kind == ProductKind::Reservation ? "calendar-week" : "box-seam";
        p.drawPixmap((kIconBox - 24) / 2, (kIconBox - 24) / 2, iconPixmap(name, 24, Theme::of().tokens().accent, devicePixelRatioF()));
    }

private:
    ProductKind m_kind = ProductKind::Sale;
};

// A text field that shows the ground of staged edits. The program's style paints every field alike, so this one paints itself.
class StagedEdit final : public QLineEdit {
public:
    explicit StagedEdit(QWidget* parent) : QLineEdit(parent)
    {
        setFrame(false);
        setTextMargins(kSpace2, 0, kSpace2, 0);
        setMinimumHeight(kRow);
        setAttribute(Qt::WA_Hover);
        QPalette clear = palette();
        clear.setColor(QPalette::Base, Qt::transparent);
        setPalette(clear);
        connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    void setMarks(bool staged, bool fault)
    {
        m_staged = staged;
        m_fault = fault;
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        {
            QPainter p(this);
            const Tokens& t = Theme::of().tokens();
            const qreal width = hasFocus() || m_fault ? 2.0 : 1.0;
            p.setRenderHint(QPainter::Antialiasing);
            p.setPen(QPen(m_fault ? t.danger : hasFocus() ? t.accent : underMouse() && !isReadOnly() ? t.textFaint : t.border, width));
            p.setBrush(m_staged ? t.staged : isReadOnly() ? t.window : t.surface);
            p.drawRoundedRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), kRadius, kRadius);
        }
        QLineEdit::paintEvent(event);
    }

private:
    bool m_staged = false;
    bool m_fault = false;
};

} // namespace

ProductDetailPane::ProductDetailPane(ProductsController& controller, QWidget* parent) : QWidget(parent), m_controller(controller)
{
    auto* content = new QWidget;
    auto* body = new QVBoxLayout(content);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(kSpace3);
    body->addWidget(buildHead());
    m_sheet = new InlineSheet(content);
    body->addWidget(m_sheet);
    body->addWidget(buildTexts());
    m_gridCard = new Card({}, {}, content);
    m_gridCard->layout()->setContentsMargins(1, kSpace1, 1, kSpace2);
    m_grid = new VariantGrid(controller.variants(), m_gridCard);
    m_gridCard->body()->addWidget(m_grid);
    body->addWidget(m_gridCard, 1);
    m_lifeCard = new Card({}, {}, content);
    m_life = new LifecycleTimeline(m_lifeCard);
    m_lifeCard->body()->addWidget(m_life);
    body->addWidget(m_lifeCard);

    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_state = new StatePane(content, this);
    outer->addWidget(m_state);
    connect(m_state, &StatePane::retryWanted, &m_controller, &ProductsController::reloadDetail);
    connect(m_sheet, &InlineSheet::confirmed, this, [this](const QString&, const QStringList& values) { m_controller.move(m_asked, values.value(0)); });
    connect(m_sheet, &InlineSheet::left, m_grid, qOverload<>(&QWidget::setFocus));
    m_sheet->keepAs(u"products.move"_s,
        [this]() -> std::optional<FormSubject> {
            const auto& detail = m_controller.detail();
            return detail ? std::optional(FormSubject{detail->summary.id.toString(), detail->summary.title, detail->summary.version, u":%1"_s.arg(static_cast<int>(m_asked))}) : std::nullopt;
        },
        [this](const FormSubject& kept) {
            const auto& detail = m_controller.detail();
            if (!detail || detail->summary.id.toString() != kept.entityId || m_shownFor != detail->summary.id)
                return false; // once the product is chosen
            wantMove(static_cast<ProductStatus>(kept.purpose.section(u':', 1).toInt()));
            return m_sheet->isOpen();
        });
    connect(&controller, &ProductsController::detailChanged, m_sheet->editor(), &FormEditor::ready, Qt::QueuedConnection);
    connect(&controller, &ProductsController::detailChanged, this, &ProductDetailPane::refresh);
    retranslate();
}

QWidget* ProductDetailPane::buildHead()
{
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(kSpace2);
    m_headRow = new QHBoxLayout;
    m_headRow->setSpacing(kSpace3);
    m_icon = new ProductIcon(head);
    m_headRow->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(kSpace1);
    auto* line = new QHBoxLayout;
    line->setSpacing(kSpace2);
    m_title = new TextLabel({}, TextSize::Title, true, TextLabel::Normal, head);
    m_title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_title->setMinimumWidth(80);
    m_code = new TextLabel({}, TextSize::Body, false, TextLabel::Faint, head);
    m_code->setMinimumWidth(40);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->addWidget(m_title);
    line->addWidget(m_code, 1, Qt::AlignBottom);
    auto* chips = new QHBoxLayout;
    chips->setSpacing(kSpace1);
    m_status = new ChipLabel({}, head);
    m_kind = new ChipLabel({}, head);
    m_options = new ChipLabel({}, head);
    chips->addWidget(m_status);
    chips->addWidget(m_kind);
    chips->addWidget(m_options);
    chips->addStretch();
    words->addLayout(line);
    words->addLayout(chips);
    m_headRow->addLayout(words, 1);
    m_belowHead = new QHBoxLayout;
    m_belowHead->setSpacing(kSpace2);
    m_actions = new QWidget(head);
    auto* actions = new QHBoxLayout(m_actions);
    actions->setContentsMargins(0, 0, 0, 0);
    actions->setSpacing(kSpace2);
    m_headRow->addWidget(m_actions);
    rows->addLayout(m_headRow);
    rows->addLayout(m_belowHead);
    return head;
}

QWidget* ProductDetailPane::buildTexts()
{
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kSpace3);
    grid->setVerticalSpacing(kSpace1);
    const DraftField fields[] = {DraftField::TitleKo, DraftField::TitleEn, DraftField::Brand};
    const char* names[] = {"titleKoEdit", "titleEnEdit", "brandEdit"};
    for (int i = 0; i < 3; ++i) {
        TextField& text = m_texts[i];
        text.field = fields[i];
        text.label = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted, box);
        text.edit = new StagedEdit(box);
        text.edit->setObjectName(QString::fromLatin1(names[i]));
        text.edit->setMaxLength(200);
        text.label->setBuddy(text.edit);
        grid->addWidget(text.label, 0, i);
        grid->addWidget(text.edit, 1, i);
        grid->setColumnStretch(i, i < 2 ? 3 : 2);
        const DraftField field = text.field;
        QLineEdit* edit = text.edit;
        // textEdited, not textChanged: only what a person types is an edit.
        connect(edit, &QLineEdit::textEdited, this, [this, field](const QString& typed) { m_controller.stage({field, {}}, typed); });
    }
    return box;
}

void ProductDetailPane::setEditable(bool editable)
{
    m_editable = editable;
    m_controller.variants().setEditable(editable);
    for (const TextField& text : m_texts)
        text.edit->setReadOnly(!editable);
    showActions();
}

void ProductDetailPane::startEditing() { m_grid->focusFirstEditable(); }

void ProductDetailPane::setWide(bool) { placeActions(); }

void ProductDetailPane::retranslate()
{
    setAccessibleName(tr("Product in detail"));
    for (const TextField& text : m_texts) {
        text.label->setText(ProductWords::field(text.field));
        text.edit->setAccessibleName(text.label->text());
    }
    m_lifeCard->setTitle(tr("Life cycle"));
    m_grid->retranslate();
    m_shownFor = {};
    refresh();
}

void ProductDetailPane::refresh()
{
    const auto& detail = m_controller.detail();
    const ProductSummary* summary = m_controller.summary(m_controller.selected());
    if (m_controller.selected().isNull()) {
        m_state->showEmpty(tr("Choose a product to see it here."));
        return;
    }
    if (!detail && m_controller.detailError()) {
        m_state->showError(errorText(*m_controller.detailError()), errorCode(*m_controller.detailError()));
        return;
    }
    if (!detail && !summary) {
        m_state->showLoading();
        return;
    }
    m_state->showData(); // the head stands at once from the list's row
    if (detail)
        summary = &detail->summary;
    m_title->setText(summary->title);
    m_code->setText(summary->code + u" · "_s + summary->vendorName);
    m_status->setChip(chipOf(summary->status));
    m_kind->setChip(chipOf(summary->kind));
    m_options->setChip({tr("%n options", nullptr, summary->variantCount), "box-seam", Tone::Neutral});
    static_cast<ProductIcon*>(m_icon)->setKind(summary->kind);
    m_life->setEntries(detail ? detail->history : std::vector<TransitionEntry>{});
    showTexts();
    showActions();
}

void ProductDetailPane::showTexts()
{
    const auto& detail = m_controller.detail();
    for (const TextField& text : m_texts) {
        const DraftEdit* edit = m_controller.draft().find({text.field, {}});
        text.edit->setEnabled(detail.has_value());
        const QString shown = edit ? (edit->problem != models::DraftProblem::None ? edit->typed : edit->mine.toString())
            : detail ? models::draftValue(*detail, {text.field, {}}).toString() : QString();
        // The field under the hands keeps its text (trailing blanks, cursor); the others follow what is staged.
        if (!(text.edit->hasFocus() && text.edit->text().trimmed() == shown) && text.edit->text() != shown)
            text.edit->setText(shown);
        static_cast<StagedEdit*>(text.edit)->setMarks(edit != nullptr, edit && (edit->problem != models::DraftProblem::None || edit->theirs));
        text.edit->setToolTip(edit ? tr("Before: %1").arg(edit->base.toString()) : QString());
    }
}

void ProductDetailPane::showActions()
{
    const auto& detail = m_controller.detail();
    const std::vector<ProductStatus> moves = detail && m_editable ? detail->allowedNext : std::vector<ProductStatus>{};
    const ProductStatus status = detail ? detail->summary.status : ProductStatus::Draft;
    const ProductId id = m_controller.selected();
    if (moves == m_shownMoves && status == m_shownStatus && m_shownMoving == m_controller.isMoving() && m_shownFor == id)
        return;
    m_shownMoves = moves;
    m_shownStatus = status;
    m_shownMoving = m_controller.isMoving();
    if (m_shownFor != id)
        m_sheet->leave();
    m_shownFor = id;
    auto* row = static_cast<QHBoxLayout*>(m_actions->layout());
    while (QLayoutItem* item = row->takeAt(0)) {
        if (QWidget* old = item->widget()) {
            old->hide();
            old->deleteLater();
        }
        delete item;
    }
    for (const ProductStatus to : moves) {
        if (to == ProductStatus::Scheduled)
            continue; // needs a time to start at, which no request carries yet
        const auto kind = to == ProductStatus::Active || (to == ProductStatus::Approved && status == ProductStatus::InReview) ? KeyButton::Primary
            : ProductWords::needsReason(to) ? KeyButton::Destructive : KeyButton::Plain;
        auto* button = new KeyButton(ProductWords::verb(status, to), {}, kind, m_actions);
        button->setAccessibleName(ProductWords::verb(status, to));
        button->setObjectName(u"productTo%1Button"_s.arg(static_cast<int>(to)));
        button->setEnabled(!m_controller.isMoving());
        connect(button, &QAbstractButton::clicked, this, [this, to] { wantMove(to); });
        row->addWidget(button);
    }
    placeActions();
}

void ProductDetailPane::placeActions()
{
    QHBoxLayout* wanted = width() >= kWideFrom ? m_headRow : m_belowHead;
    QHBoxLayout* other = wanted == m_headRow ? m_belowHead : m_headRow;
    if (wanted->indexOf(m_actions) >= 0)
        return;
    other->removeWidget(m_actions);
    if (other == m_belowHead)
        while (QLayoutItem* item = other->takeAt(0))
            delete item;
    wanted->addWidget(m_actions);
    if (wanted == m_belowHead)
        wanted->addStretch();
}

void ProductDetailPane::wantMove(ProductStatus to)
{
    if (!ProductWords::needsReason(to)) {
        m_controller.move(to, {});
        return;
    }
    m_asked = to;
    const QString verb = ProductWords::verb(m_shownStatus, to);
    m_sheet->ask(u"move"_s, tr("%1: why?").arg(verb), {{tr("Reason, kept in the history"), {}, {}, true}}, verb, true);
}

void ProductDetailPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeActions();
}

void ProductDetailPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace naru::ui
