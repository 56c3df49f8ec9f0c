// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/products/StagedBar.h"

#include "ui/ErrorText.h"
#include "ui/products/ProductWords.h"
#include "ui/widgets/Widgets.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>

namespace naru::ui {

using namespace Qt::StringLiterals;
using models::DraftEdit;
using models::DraftKey;

StagedBar::StagedBar(ProductsController& controller, QWidget* parent) : QWidget(parent), m_controller(controller)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(kSpace3, kSpace2, kSpace2, kSpace2);
    rows->setSpacing(kSpace2);
    auto* line = new QHBoxLayout;
    line->setSpacing(kSpace2);
    m_summary = new TextLabel({}, TextSize::Body, true, TextLabel::Normal, this);
    m_reason = new QLineEdit(this);
    m_reason->setObjectName(u"stockReason"_s);
    m_reason->setMaxLength(200);
    m_reason->setMinimumSize(220, kControl);
    m_reason->setMaximumWidth(280);
    m_discard = new KeyButton({}, {}, KeyButton::Plain, this);
    m_discard->setObjectName(u"discardButton"_s);
    m_commit = new KeyButton({}, u"Ctrl+S"_s, KeyButton::Primary, this);
    m_commit->setObjectName(u"commitButton"_s);
    line->addWidget(m_summary);
    line->addStretch();
    line->addWidget(m_reason);
    line->addWidget(m_discard);
    line->addWidget(m_commit);
    m_conflict = new QWidget(this);
    auto* clash = new QHBoxLayout(m_conflict);
    clash->setContentsMargins(0, 0, 0, 0);
    clash->setSpacing(kSpace2);
    m_conflictText = new TextLabel({}, TextSize::Body, false, TextLabel::Danger, m_conflict);
    m_conflictText->setWordWrap(true);
    m_mine = new KeyButton({}, u"Alt+1"_s, KeyButton::Plain, m_conflict);
    m_mine->setObjectName(u"keepMineButton"_s);
    m_theirs = new KeyButton({}, u"Alt+2"_s, KeyButton::Plain, m_conflict);
    m_theirs->setObjectName(u"takeTheirsButton"_s);
    m_base = new KeyButton({}, u"Alt+3"_s, KeyButton::Plain, m_conflict);
    m_base->setObjectName(u"takeNeitherButton"_s);
    clash->addWidget(m_conflictText, 1);
    clash->addWidget(m_mine);
    clash->addWidget(m_theirs);
    clash->addWidget(m_base);
    m_trouble = new TextLabel({}, TextSize::Body, false, TextLabel::Danger, this);
    m_trouble->setWordWrap(true);
    rows->addWidget(m_conflict);
    rows->addWidget(m_trouble);
    rows->addLayout(line);
    connect(m_discard, &QAbstractButton::clicked, &m_controller, &ProductsController::discard);
    connect(m_commit, &QAbstractButton::clicked, this, &StagedBar::commit);
    connect(m_mine, &QAbstractButton::clicked, this, [this] { decide(true); });
    connect(m_theirs, &QAbstractButton::clicked, this, [this] { decide(false); });
    connect(m_base, &QAbstractButton::clicked, this, &StagedBar::takeNeither);
    connect(m_reason, &QLineEdit::textChanged, this, &StagedBar::refresh);
    connect(m_reason, &QLineEdit::returnPressed, this, &StagedBar::commit);
    connect(&m_controller, &ProductsController::draftChanged, this, &StagedBar::refresh);
    connect(&m_controller, &ProductsController::detailChanged, this, &StagedBar::refresh);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
    retranslate();
}

void StagedBar::retranslate()
{
    m_reason->setPlaceholderText(tr("Reason for the stock change"));
    m_reason->setAccessibleName(m_reason->placeholderText());
    if (m_reason->text().isEmpty() || !m_reason->isModified())
        m_reason->setText(tr("Stock count"));
    m_discard->setText(tr("Discard"));
    m_discard->setAccessibleName(tr("Discard all changes"));
    m_commit->setText(tr("Commit"));
    m_commit->setAccessibleName(tr("Commit all changes"));
    m_mine->setText(tr("Keep mine"));
    m_mine->setAccessibleName(m_mine->text());
    m_theirs->setText(tr("Take theirs"));
    m_theirs->setAccessibleName(m_theirs->text());
    m_base->setText(tr("As before"));
    m_base->setAccessibleName(tr("Back to what it was before both"));
    refresh();
}

void StagedBar::commit() { m_controller.commit(m_reason->text()); }

void StagedBar::decide(bool mine)
{
    if (!m_clash)
        return;
    const DraftKey key = *m_clash;
    if (mine)
        m_controller.keepMine(key);
    else
        m_controller.takeTheirs(key);
}

void StagedBar::takeNeither()
{
    if (m_clash)
        m_controller.keepBase(DraftKey(*m_clash));
}

void StagedBar::refresh()
{
    const int edits = m_controller.stagedEdits();
    setVisible(edits > 0);
    if (edits == 0)
        return;
    const bool running = m_controller.commitState() == ProductsController::Commit::Running;
    const QString changes = tr("%n changes", nullptr, edits);
    const QString products = tr("in %n products", nullptr, m_controller.stagedProducts());
    m_summary->setText(running ? tr("Committing …") : changes + u" · "_s + products);
    m_reason->setVisible(m_controller.stagesStock());
    const bool reasoned = !m_controller.stagesStock() || !m_reason->text().trimmed().isEmpty();
    m_commit->setEnabled(!running && reasoned && !m_controller.hasConflict() && !m_controller.hasProblem());
    m_discard->setEnabled(!running);
    showConflict();
    showTrouble();
    update();
}

void StagedBar::showConflict()
{
    m_clash.reset();
    const auto& detail = m_controller.detail();
    for (const auto& entry : m_controller.draft().edits()) {
        const DraftEdit& edit = entry.second;
        if (!edit.theirs || !detail)
            continue;
        m_clash = entry.first;
        const DraftKey& key = entry.first;
        QString what = ProductWords::field(key.field);
        for (const Variant& variant : detail->variants)
            if (variant.id == key.variant && !variant.optionText.isEmpty())
                what += u" · "_s + variant.optionText;
        const QString& currency = detail->summary.currency;
        m_conflictText->setText(tr("Somebody changed “%1” meanwhile: yours %2, theirs %3, before %4.")
                                    .arg(what, ProductWords::value(key.field, edit.mine, currency), ProductWords::value(key.field, *edit.theirs, currency),
                                        ProductWords::value(key.field, edit.base, currency)));
        break;
    }
    m_conflict->setVisible(m_clash.has_value());
}

void StagedBar::showTrouble()
{
    QString text;
    if (m_controller.commitError())
        text = errorText(*m_controller.commitError()) + u' ' + tr("What is left here was not changed. Code: %1").arg(errorCode(*m_controller.commitError()));
    else if (m_controller.hasConflict() && !m_clash)
        text = tr("Another product with changes waits for a decision. Choose it in the list.");
    else
        for (const auto& entry : m_controller.draft().edits())
            if (entry.second.problem != models::DraftProblem::None) {
                text = ProductWords::field(entry.first.field) + u": "_s + ProductWords::problem(entry.second.problem);
                break;
            }
    m_trouble->setText(text);
    m_trouble->setVisible(!text.isEmpty());
}

void StagedBar::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(Qt::NoPen);
    p.setBrush(Theme::of().tokens().staged);
    p.drawRoundedRect(rect(), kCardRadius, kCardRadius);
}

} // namespace naru::ui
