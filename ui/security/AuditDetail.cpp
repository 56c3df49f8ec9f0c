// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/AuditDetail.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/security/AuditWords.h"
#include "ui/security/SecurityWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

AuditDetail::AuditDetail(QWidget* parent)
    : Card({}, {}, parent), m_action(new TextLabel({}, TextSize::Section, true)), m_facts(new TextLabel({}, TextSize::Body)), m_change(new TextLabel({}, TextSize::Body, true)),
      m_detail(new TextLabel({}, TextSize::Meta, false, TextLabel::Muted)), m_copy(new KeyButton({}, u"Y"_s)), m_only(new KeyButton({}, u"O"_s))
{
    auto* scroll = new QScrollArea;
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
    for (TextLabel* label : {m_action, m_facts, m_change, m_detail}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        column->addWidget(label);
    }
    column->addStretch(1);
    scroll->setWidget(inner);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addWidget(m_only);
    buttons->addStretch(1);
    body()->addWidget(scroll, 1);
    body()->addLayout(buttons);
    connect(m_copy, &QAbstractButton::clicked, this, &AuditDetail::copy);
    connect(m_only, &QAbstractButton::clicked, this, [this] {
        if (m_narrowed)
            Q_EMIT onlyThisWanted({}, {});
        else if (m_line)
            Q_EMIT onlyThisWanted(m_line->entityType, m_line->entityId);
    });
    retranslate();
}

void AuditDetail::setLine(const std::optional<AuditLine>& line)
{
    m_line = line;
    sync();
}

void AuditDetail::setNarrowed(bool narrowed)
{
    m_narrowed = narrowed;
    sync();
}

void AuditDetail::retranslate()
{
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy this line"));
    m_copy->updateGeometry();
    sync();
}

void AuditDetail::sync()
{
    m_only->setText(m_narrowed ? tr("Show everything") : tr("Only this thing"));
    m_only->setAccessibleName(m_only->text());
    m_only->updateGeometry();
    m_only->setEnabled(m_narrowed || (m_line && !m_line->entityId.isEmpty()));
    m_copy->setEnabled(m_line.has_value());
    setTitle(m_line ? tr("Line #%1").arg(QLocale(QLocale::English).toString(m_line->seq)) : tr("Line"));
    if (!m_line) {
        m_action->setText(tr("Choose a line to see all of it."));
        for (TextLabel* label : {m_facts, m_change, m_detail})
            label->clear();
        return;
    }
    const AuditLine& l = *m_line;
    m_action->setText(auditAction(l));
    QStringList facts{u"%1 %2"_s.arg(dateTimeText(l.at).section(u' ', 0, 0), clockText(l.at)), u"%1 · %2"_s.arg(auditActor(l), auditRoleText(l.actorRole)), l.vendorName, auditEntity(l)};
    facts.removeAll(QString());
    m_facts->setText(facts.join(u'\n'));
    m_change->setText(auditChange(l).replace(u" · "_s, u"\n"_s));
    QStringList raw{l.action, u"%1 %2"_s.arg(l.entityType, l.entityId)};
    if (!l.requestId.isEmpty())
        raw.append(tr("request %1").arg(l.requestId));
    const QJsonDocument document = QJsonDocument::fromJson(l.detail.toUtf8());
    if (document.isObject())
        raw.append(QString::fromUtf8(document.toJson(QJsonDocument::Indented)).trimmed());
    m_detail->setText(raw.join(u'\n'));
}

QString AuditDetail::plainText() const
{
    if (!m_line)
        return {};
    QStringList parts{u"#%1 %2"_s.arg(m_line->seq).arg(toRfc3339(m_line->at)), m_action->text(), m_facts->text(), m_change->text(), m_detail->text()};
    parts.removeAll(QString());
    return parts.join(u'\n');
}

void AuditDetail::copy()
{
    if (!m_line)
        return;
    QGuiApplication::clipboard()->setText(plainText());
    Q_EMIT said(tr("The line is on the clipboard."));
}

} // namespace naru::ui
