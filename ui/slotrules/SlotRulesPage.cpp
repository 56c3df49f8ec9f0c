// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/slotrules/SlotRulesPage.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/orders/InlineSheet.h"
#include "ui/reservations/BookingWords.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/slotrules/OccurrenceCalendar.h"
#include "ui/slotrules/RuleForm.h"
#include "ui/slotrules/RuleWords.h"
#include "ui/text/StateText.h"
#include "ui/workspace/ClashBar.h"
#include "ui/workspace/FormEditor.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = SlotRulesController::Load;

namespace {
constexpr int kConflictsNamed = 6;

RuleSummary weekend()
{
    RuleSummary s;
    s.frequency = RuleFrequency::Weekly;
    s.weekdays = {{6, 0}, {7, 0}};
    return s;
}

// As wide as its form needs, in every language and for every frequency: it scrolls up and down alone, so what does not fit would be cut.
class FormScroll final : public QScrollArea {
    bool eventFilter(QObject* object, QEvent* event) override
    {
        if (object == widget() && event->type() == QEvent::LayoutRequest)
            setMinimumWidth(widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
        return QScrollArea::eventFilter(object, event);
    }
};
} // namespace

SlotRulesPage::SlotRulesPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent), m_controller(backend, clock), m_tools(new QWidget(this)), m_new(new KeyButton({}, u"A"_s, KeyButton::Primary, m_tools)), m_listCard(new Card({}, {}, this)), m_all(new KeyButton({}, {})),
      m_list(new LineList(m_controller.rules(),
          [this](int row) {
              const auto& rule = m_controller.rules().row(row);
              ListLine line;
              line.text = rule.title;
              line.sub = ruleWords(rule);
              line.chip = rule.active ? ChipSpec{tr("%n slot(s)", nullptr, rule.upcomingSlots), "calendar-week", Tone::Accent} : ChipSpec{tr("ended"), "slash-circle", Tone::Neutral};
              return line;
          },
          true, this)),
      m_pane(new StatePane(m_list, this)), m_calendar(new OccurrenceCalendar(clock, this))
{
    auto* tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->addWidget(m_new);
    m_tools->hide(); // the frame shows it in its header
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    columns->setSpacing(kSpace3 + 2);
    m_listCard->addHeaderWidget(m_all);
    m_listCard->body()->addWidget(m_pane, 1);
    columns->addWidget(m_listCard, 4);
    buildForm(*columns);
    buildPreview(*columns);
    m_controller.rules().setDescriber([](const SlotRule& rule) { return u"%1: %2"_s.arg(rule.title, ruleWords(rule)); });
    connectAll();
    retranslate();
}

SlotRulesPage::~SlotRulesPage()
{
    // The parts look at the controller, so they go before it.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void SlotRulesPage::buildForm(QHBoxLayout& columns)
{
    m_formCard = new Card({}, {}, this);
    auto* scroll = new FormScroll;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto* inner = new QWidget;
    inner->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, kSpace2, 0);
    column->setSpacing(kSpace2);
    m_words = new TextLabel({}, TextSize::Section, true, TextLabel::Normal, inner);
    m_words->setWordWrap(true);
    m_form = new RuleForm(inner);
    m_clashes = new ClashBar(inner);
    m_message = new TextLabel({}, TextSize::Body, false, TextLabel::Danger, inner);
    m_message->setWordWrap(true);
    m_message->hide();
    m_save = new KeyButton({}, u"Ctrl+S"_s, KeyButton::Primary, inner);
    m_back = new KeyButton({}, {}, KeyButton::Plain, inner);
    m_end = new KeyButton({}, {}, KeyButton::Destructive, inner);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_save);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    buttons->addWidget(m_end);
    m_sheet = new InlineSheet(inner);
    column->addWidget(m_words);
    column->addWidget(m_clashes);
    column->addWidget(m_form);
    column->addWidget(m_message);
    column->addLayout(buttons);
    column->addWidget(m_sheet);
    column->addStretch(1);
    scroll->setWidget(inner);
    m_formPane = new StatePane(scroll, m_formCard);
    m_formCard->body()->addWidget(m_formPane, 1);
    columns.addWidget(m_formCard, 4);
}

void SlotRulesPage::buildPreview(QHBoxLayout& columns)
{
    m_previewCard = new Card({}, {}, this);
    m_counts = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, m_previewCard);
    m_counts->setWordWrap(true);
    m_jumps = new TextLabel({}, TextSize::Meta, false, TextLabel::Warning, m_previewCard);
    m_jumps->setWordWrap(true);
    m_conflictBox = new QWidget(m_previewCard);
    auto* column = new QVBoxLayout(m_conflictBox);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace2);
    m_conflictText = new TextLabel({}, TextSize::Body, false, TextLabel::Danger, m_conflictBox);
    m_conflictText->setWordWrap(true);
    m_keep = new KeyButton({}, {}, KeyButton::Plain, m_conflictBox);
    m_stop = new KeyButton({}, {}, KeyButton::Plain, m_conflictBox);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_keep);
    buttons->addWidget(m_stop);
    buttons->addStretch(1);
    column->addWidget(m_conflictText);
    column->addLayout(buttons);
    m_conflictBox->hide();
    m_previewCard->body()->addWidget(m_counts);
    m_previewCard->body()->addWidget(m_jumps);
    m_previewCard->body()->addWidget(m_calendar);
    m_previewCard->body()->addWidget(m_conflictBox);
    m_previewCard->body()->addStretch(1);
    columns.addWidget(m_previewCard, 3);
}

void SlotRulesPage::connectAll()
{
    using Controller = SlotRulesController;
    connect(&m_controller, &Controller::listChanged, this, &SlotRulesPage::syncList);
    connect(&m_controller, &Controller::editChanged, this, &SlotRulesPage::syncEdit);
    connect(&m_controller, &Controller::previewChanged, this, &SlotRulesPage::syncPreview);
    connect(&m_controller, &Controller::conflictsChanged, this, &SlotRulesPage::syncConflicts);
    connect(&m_controller, &Controller::accessChanged, this, &SlotRulesPage::syncActions);
    connect(&m_controller, &Controller::saved, this, [this](const SlotRule& rule) {
        m_message->hide();
        Q_EMIT toast(rule.active ? tr("Saved: %1").arg(rule.title) : tr("Ended: %1").arg(rule.title));
    });
    connect(&m_controller, &Controller::failed, this, [this](const Error& error) {
        QStringList lines{errorText(error)};
        for (const auto& field : error.fields)
            lines << u"%1: %2"_s.arg(field.field, field.message);
        m_message->setText(lines.join(u'\n'));
        m_message->show();
    });
    connect(m_list, &LineList::opened, this, [this](int row) { m_controller.edit(m_controller.rules().row(row).id); });
    connect(m_pane, &StatePane::retryWanted, &m_controller, &Controller::read);
    connect(m_pane, &StatePane::actionWanted, &m_controller, &Controller::editNew);
    connect(m_formPane, &StatePane::actionWanted, &m_controller, &Controller::editNew);
    connect(m_all, &QAbstractButton::clicked, this, [this] { m_controller.showProduct(std::nullopt); });
    connect(m_new, &QAbstractButton::clicked, &m_controller, &Controller::editNew);
    connect(m_form, &RuleForm::edited, this, [this](const NewSlotRule& rule) {
        m_controller.setDraft(rule);
        m_words->setText(m_form->sentence());
    });
    connect(m_save, &QAbstractButton::clicked, this, [this] { m_controller.save(); });
    connect(m_back, &QAbstractButton::clicked, &m_controller, &Controller::putBack);
    connect(m_end, &QAbstractButton::clicked, this, &SlotRulesPage::askEnd);
    connect(m_sheet, &InlineSheet::confirmed, this, [this](const QString&, const QStringList& values) { m_controller.end(values.value(0)); });
    connect(m_keep, &QAbstractButton::clicked, this, [this] { choose(BookedSlots::Keep); });
    connect(m_stop, &QAbstractButton::clicked, this, [this] { choose(BookedSlots::StopSelling); });
    keepForms();
}

void SlotRulesPage::keepForms()
{
    const auto about = [this]() -> std::optional<FormSubject> {
        if (!m_controller.editing())
            return std::nullopt;
        const auto& rule = m_controller.rule();
        return rule ? FormSubject{rule->id.toString(), rule->title, rule->version, {}} : FormSubject{{}, tr("New rule"), 0, {}};
    };
    const auto open = [this](const FormSubject& kept) {
        if (m_controller.load() != Load::Ready)
            return false;
        const auto id = SlotRuleId::parse(kept.entityId);
        if (!id)
            m_controller.editNew();
        else if (!m_controller.rule() || m_controller.rule()->id != *id)
            m_controller.edit(*id);
        return m_controller.editing() && (!id || (m_controller.rule() && m_controller.rule()->id == *id));
    };
    m_editor = new FormEditor(u"rules.form"_s, *m_form, {about, open, [this] { m_controller.putBack(); }});
    m_form->addTo(*m_editor);
    m_sheet->keepAs(u"rules.end"_s, about, [this, open](const FormSubject& kept) {
        if (!open(kept))
            return false;
        askEnd();
        return m_sheet->isOpen();
    });
    for (FormEditor* editor : {m_editor, m_sheet->editor()})
        connect(&m_controller, &SlotRulesController::listChanged, editor, &FormEditor::ready, Qt::QueuedConnection);
    connect(m_editor, &FormEditor::restored, m_form, &RuleForm::readAgain);
    connect(m_editor, &FormEditor::clashed, m_clashes, [this](const std::vector<FormEditor::Clash>& clashes) { m_clashes->ask(clashes); });
    connect(m_clashes, &ClashBar::decided, this, [this](const QString& field, const QString& value) {
        m_editor->decide(field, value);
        m_form->readAgain();
    });
    connect(&m_controller, &SlotRulesController::listChanged, this, &SlotRulesPage::wantRule, Qt::QueuedConnection);
}

void SlotRulesPage::wantRule()
{
    if (!m_wantedRule || m_controller.load() != Load::Ready || m_controller.editing())
        return;
    if (m_wantedRule->isNull())
        m_controller.editNew();
    else
        m_controller.edit(*m_wantedRule);
    m_wantedRule.reset();
}

QJsonObject SlotRulesPage::place() const
{
    const auto& rule = m_controller.rule();
    return m_controller.editing() ? QJsonObject{{u"rule"_s, rule ? rule->id.toString() : QString()}} : QJsonObject{};
}

void SlotRulesPage::restorePlace(const QJsonObject& place)
{
    if (!place.contains(u"rule"_s))
        return;
    m_wantedRule = SlotRuleId::parse(place[u"rule"_s].toString()).value_or(SlotRuleId{});
    wantRule();
}

QString SlotRulesPage::title() const { return tr("Slot rules"); }

QString SlotRulesPage::subtitle() const { return m_controller.product() ? productTitle(*m_controller.product()) : QString(); }

QString SlotRulesPage::productTitle(ProductId id) const
{
    for (const auto& product : m_controller.products())
        if (product.id == id)
            return product.title;
    return {};
}

void SlotRulesPage::retranslate()
{
    m_new->setText(tr("New rule"));
    m_new->setAccessibleName(m_new->text());
    m_all->setText(tr("Show all products"));
    m_all->setAccessibleName(m_all->text());
    m_save->setText(tr("Save"));
    m_save->setAccessibleName(tr("Save the rule"));
    m_back->setText(tr("Put back"));
    m_back->setAccessibleName(tr("Put the fields back"));
    m_end->setText(tr("End the rule"));
    m_end->setAccessibleName(m_end->text());
    m_keep->setText(tr("Keep them as they are"));
    m_keep->setAccessibleName(m_keep->text());
    m_stop->setText(tr("Sell no more of them"));
    m_stop->setAccessibleName(m_stop->text());
    m_list->setAccessibleName(tr("Slot rules"));
    m_previewCard->setTitle(tr("What it would do"));
    for (auto* button : {m_new, m_all, m_save, m_back, m_end, m_keep, m_stop})
        button->updateGeometry();
    m_controller.rules().describeAgain();
    m_form->retranslate();
    syncList();
    syncEdit();
    syncPreview();
    syncConflicts();
}

void SlotRulesPage::syncList()
{
    const int count = m_controller.rules().rowCount();
    m_listCard->setTitle(tr("Rules"), m_controller.product() ? productTitle(*m_controller.product()) : tr("%n rule(s)", nullptr, count));
    m_all->setVisible(m_controller.product().has_value());
    if (count > 0)
        m_pane->showData();
    else if (m_controller.load() == Load::Failed)
        m_pane->showError(errorText(*m_controller.error()), errorCode(*m_controller.error()));
    else if (m_controller.load() == Load::Loading)
        m_pane->showLoading();
    else
        m_pane->showEmpty(tr("No rule makes slots yet."), tr("Make a rule"));
    Q_EMIT headerChanged();
}

void SlotRulesPage::syncEdit()
{
    std::vector<std::pair<ProductId, QString>> products;
    for (const auto& product : m_controller.products())
        products.emplace_back(product.id, product.title);
    const auto& rule = m_controller.rule();
    if (rule && std::none_of(products.begin(), products.end(), [&](const auto& p) { return p.first == rule->productId; }))
        products.emplace_back(rule->productId, rule->title);
    m_form->setProducts(products);
    const auto* listed = rule ? m_controller.rules().find(rule->id) : nullptr; // in the language at hand
    m_formCard->setTitle(m_controller.editing() ? (listed ? listed->title : rule ? rule->title : tr("New rule")) : tr("Rule"));
    if (!m_controller.editing()) {
        m_filledFor.reset();
        m_formPane->showEmpty(tr("Choose a rule, or make a new one."), tr("Make a rule"));
    } else {
        const SlotRuleId id = rule ? rule->id : SlotRuleId{};
        const bool same = m_filledFor == id && m_controller.changed();
        if (same && m_editor->isTyped()) {
            m_form->chooseProduct(m_controller.draft().productId); // what cannot be read yet stands in the fields alone
        } else {
            m_form->setRule(m_controller.draft(), rule ? rule->summary : weekend(), !rule);
            if (m_editor && !same) {
                m_editor->filled();
                m_clashes->hide();
            }
        }
        m_filledFor = id;
        m_words->setText(m_form->sentence());
        m_formPane->showData();
    }
    m_message->hide();
    m_sheet->leave();
    m_clashes->retranslate();
    syncActions();
    syncPreview();
}

void SlotRulesPage::syncActions()
{
    const bool writable = m_controller.online() && m_controller.mayWrite() && !m_controller.busy();
    m_new->setEnabled(m_controller.mayWrite());
    m_save->setEnabled(writable && m_controller.changed() && m_form->valid());
    m_back->setEnabled(m_controller.changed());
    const auto& rule = m_controller.rule();
    m_end->setVisible(rule && rule->active);
    m_end->setEnabled(writable);
    m_keep->setEnabled(writable);
    m_stop->setEnabled(writable);
    m_save->setToolTip(m_controller.online() ? QString() : tr("Needs the server, which cannot be reached now."));
}

void SlotRulesPage::syncPreview()
{
    const auto& preview = m_controller.preview();
    m_jumps->setVisible(preview && preview->gaps + preview->overlaps > 0);
    if (m_controller.previewError()) {
        m_counts->setText(errorText(*m_controller.previewError()));
        m_calendar->clear();
        return;
    }
    if (!preview) {
        m_counts->setText(m_controller.editing() ? tr("Working it out …") : tr("Choose a rule to see what it makes."));
        m_calendar->clear();
        return;
    }
    QStringList parts{tr("%n slot(s) in %1 days", nullptr, preview->total).arg(preview->horizonDays)};
    if (preview->made > 0)
        parts << tr("%n new", nullptr, preview->made);
    if (preview->changed > 0)
        parts << tr("%n changed", nullptr, preview->changed);
    if (preview->withdrawn > 0)
        parts << tr("%n withdrawn", nullptr, preview->withdrawn);
    if (preview->bookedTotal > 0)
        parts << tr("%n booked and different", nullptr, preview->bookedTotal);
    m_counts->setText(parts.join(u" · "_s));
    m_jumps->setText(tr("The clock jumps on %n of these days.", nullptr, preview->gaps + preview->overlaps));
    m_calendar->setPreview(*preview);
}

void SlotRulesPage::syncConflicts()
{
    const auto& conflicts = m_controller.conflicts();
    m_conflictBox->setVisible(!conflicts.empty());
    if (conflicts.empty())
        return;
    QStringList lines{tr("%n booked slot(s) would differ from the rule. Nothing has been changed yet; what is to become of them?", nullptr, static_cast<int>(conflicts.size()))};
    for (std::size_t i = 0; i < conflicts.size() && i < kConflictsNamed; ++i)
        lines << u"· %1 — %2"_s.arg(conflicts[i].title, tr("%1 sold, %2 held").arg(conflicts[i].allocated).arg(conflicts[i].held));
    if (conflicts.size() > kConflictsNamed)
        lines << tr("and %n more", nullptr, static_cast<int>(conflicts.size()) - kConflictsNamed);
    m_conflictText->setText(lines.join(u'\n'));
    m_keep->setFocus();
}

void SlotRulesPage::choose(BookedSlots choice)
{
    if (m_controller.ending())
        m_controller.end(m_controller.endReason(), choice);
    else
        m_controller.save(choice);
}

void SlotRulesPage::askEnd()
{
    m_sheet->ask(u"end"_s, tr("End this rule? It makes no more slots; unbooked ones are withdrawn."), {{tr("Reason"), {}, {}, true}}, tr("End the rule"), true);
}

std::vector<Command> SlotRulesPage::commands()
{
    const auto chosen = [this] {
        const int row = std::max(0, m_list->currentIndex().row());
        if (row < m_controller.rules().rowCount())
            m_controller.edit(m_controller.rules().row(row).id);
    };
    return {
        {u"rules.open"_s, tr("Edit the chosen rule"), u"Enter"_s, [this] { return m_controller.rules().rowCount() > 0; }, chosen},
        {u"rules.new"_s, tr("Make a new slot rule"), u"A"_s, [this] { return m_controller.mayWrite(); }, [this] { m_controller.editNew(); }},
        {u"rules.save"_s, tr("Save the slot rule"), u"Ctrl+S"_s, [this] { return m_save->isEnabled(); }, [this] { m_controller.save(); }},
        {u"rules.refresh"_s, tr("Read the rules again"), u"F5"_s, {}, [this] { m_controller.read(); }},
    };
}

void SlotRulesPage::activate()
{
    if (!m_loaded) {
        m_loaded = true;
        m_controller.read();
    }
    m_list->setFocus();
}

void SlotRulesPage::openRecord(const QString& entityType, const QString& entityId)
{
    if (entityType == "slot_rule"_L1) {
        if (const auto id = SlotRuleId::parse(entityId))
            m_controller.edit(*id);
        return;
    }
    m_loaded = true;
    m_controller.showProduct(ProductId::parse(entityId));
    if (entityId.isEmpty())
        m_controller.editNew();
}

void SlotRulesPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT headerChanged();
    }
    Page::changeEvent(event);
}

void SlotRulesPage::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Save)) {
        m_controller.save();
        return;
    }
    if (event->key() == Qt::Key_F5) {
        m_controller.read();
        return;
    }
    if (signKey(*event) == Qt::Key_A) {
        m_controller.editNew();
        return;
    }
    Page::keyPressEvent(event);
}

} // namespace naru::ui
