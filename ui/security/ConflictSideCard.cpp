// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/ConflictSideCard.h"

#include <algorithm>

#include <QVBoxLayout>

#include "ui/security/AuditWords.h"
#include "ui/security/SecurityWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int kLine = 25, kTime = 58, kMostLines = 10;

// Only what speaks against a device, and what it runs: the rest is in the list of its owner.
QString postureText(const Device& device)
{
    QStringList parts{device.platform};
    for (const PostureSignal& s : device.posture) {
        const ChipSpec chip = signalChip(s);
        if (s.name == "disk_encryption"_L1 || s.name == "screen_lock"_L1 || s.name == "secure_boot"_L1 || chip.tone == Tone::Warning)
            parts.append(u"%1 %2"_s.arg(signalText(s.name), chip.text));
    }
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

} // namespace

ActionList::ActionList(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ActionList::setLines(std::vector<AuditLine> newestFirst)
{
    m_lines = std::move(newestFirst);
    if (m_lines.size() > kMostLines)
        m_lines.resize(kMostLines);
    std::reverse(m_lines.begin(), m_lines.end());
    QStringList spoken;
    for (const AuditLine& line : m_lines)
        spoken.append(u"%1 %2"_s.arg(clockText(line.at), auditAction(line)));
    setAccessibleName(spoken.isEmpty() ? tr("Nothing was done in this session.") : spoken.join(u", "_s));
    updateGeometry();
    update();
}

QSize ActionList::sizeHint() const { return {220, kLine * std::max(1, static_cast<int>(m_lines.size()))}; }

void ActionList::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    if (m_lines.empty()) {
        drawText(p, QRectF(0, 0, width(), kLine), tr("Nothing was done in this session."), theme.font(TextSize::Body), t.textMuted);
        return;
    }
    int y = 0;
    for (const AuditLine& line : m_lines) {
        p.fillRect(QRect(0, y + kLine - 1, width(), 1), t.border);
        drawText(p, QRectF(0, y, kTime, kLine - 1), clockText(line.at), theme.font(TextSize::Meta), t.textMuted);
        int right = width();
        const ChipSpec chip = auditChip(line);
        if (!chip.text.isEmpty() && chipSize(chip).width() < width() / 2) {
            right -= chipSize(chip).width();
            drawChip(p, QPoint(right, y + (kLine - 1 - chipSize(chip).height()) / 2), chip);
            right -= kSpace1;
        }
        const bool own = line.entityType == "session"_L1 || line.entityType == "user"_L1;
        const QString what = own || line.entityText.isEmpty() ? auditAction(line) : u"%1 · %2"_s.arg(auditAction(line), line.entityText);
        drawText(p, QRectF(kTime, y, right - kTime, kLine - 1), what, theme.font(TextSize::Body), t.text);
        y += kLine;
    }
}

ChipRow::ChipRow(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::of(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ChipRow::setChips(std::vector<ChipSpec> chips)
{
    m_chips = std::move(chips);
    QStringList spoken;
    for (const ChipSpec& chip : m_chips)
        spoken.append(chip.text);
    setAccessibleName(spoken.join(u", "_s));
    updateGeometry();
    update();
}

int ChipRow::place(int width, QPainter* p) const
{
    int x = 0, y = 0, height = 0;
    for (const ChipSpec& chip : m_chips) {
        const QSize size = chipSize(chip);
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += size.height() + kSpace1;
        }
        if (p)
            drawChip(*p, QPoint(x, y), chip);
        x += size.width() + kSpace1 + 2;
        height = y + size.height();
    }
    return height;
}

int ChipRow::heightForWidth(int width) const { return place(width, nullptr); }

QSize ChipRow::minimumSizeHint() const
{
    int width = 0;
    for (const ChipSpec& chip : m_chips)
        width = std::max(width, chipSize(chip).width());
    return {width, m_chips.empty() ? 0 : chipSize(m_chips.front()).height()};
}

void ChipRow::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    place(width(), &p);
}

ConflictSideCard::ConflictSideCard(bool isNew, QWidget* parent)
    : Card({}, {}, parent), m_isNew(isNew), m_known(new ChipLabel({}, this)), m_device(new TextLabel({}, TextSize::Body, true)), m_times(new TextLabel({}, TextSize::Meta, false, TextLabel::Muted)),
      m_chips(new ChipRow), m_posture(new TextLabel({}, TextSize::Meta, false, TextLabel::Muted)), m_actions(new ActionList)
{
    addHeaderWidget(m_known);
    m_posture->setWordWrap(true);
    m_device->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_times->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    body()->setSpacing(kSpace1 + 2);
    body()->addWidget(m_device);
    body()->addWidget(m_chips);
    body()->addWidget(m_times);
    body()->addWidget(m_posture);
    body()->addWidget(m_actions);
    body()->addStretch(1);
    retranslate();
}

void ConflictSideCard::setSide(const ConflictSide& side, bool neverSeen, Instant now)
{
    m_side = side;
    m_neverSeen = neverSeen;
    m_now = now;
    sync();
}

void ConflictSideCard::clear()
{
    m_side.reset();
    m_actions->setLines({});
}

void ConflictSideCard::retranslate()
{
    setTitle(m_isNew ? tr("New session") : tr("Old session"));
    sync();
}

void ConflictSideCard::sync()
{
    if (!m_side)
        return;
    const SessionEntry& s = m_side->session;
    const auto& d = m_side->device;
    if (m_neverSeen)
        m_known->setChip({tr("Never seen before"), "exclamation-triangle", Tone::Danger});
    else if (d && d->createdAt)
        m_known->setChip({tr("Known for %1").arg(ago(*d->createdAt, m_now)), "check2", Tone::Success});
    else
        m_known->setChip(d ? chipOf(d->status) : ChipSpec{tr("Device unknown"), "exclamation-triangle", Tone::Warning});
    const QString name = d && !d->name.isEmpty() ? d->name : s.deviceName;
    m_device->setText(s.place.isEmpty() ? name : u"%1 · %2"_s.arg(name, s.place));
    m_device->setToolTip(m_device->text());
    std::vector<ChipSpec> chips{s.restricted.isEmpty() ? chipOf(s.status) : ChipSpec{tr("Reading only: %1").arg(limitText(s.restricted)), "lock", Tone::Warning}};
    if (d)
        chips.push_back(tierChip(d->tier));
    if (m_side->drafts > 0)
        chips.push_back({tr("%n draft(s) left", nullptr, m_side->drafts), "pencil", Tone::Info});
    m_chips->setChips(std::move(chips));
    const QString times = tr("Began %1 · last active %2").arg(dateTimeText(s.startedAt), clockText(s.lastActivityAt));
    m_times->setText(s.endedAt ? tr("%1 · ended %2").arg(times, clockText(*s.endedAt)) : times);
    m_times->setToolTip(m_times->text());
    m_posture->setText(d ? postureText(*d) : QString());
    m_posture->setVisible(!m_posture->text().isEmpty());
    m_actions->setLines(m_side->actions);
}

} // namespace naru::ui
