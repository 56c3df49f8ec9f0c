// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/slotrules/RuleForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDate>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QTime>
#include <QTimeZone>
#include <QVBoxLayout>

#include "ui/slotrules/RuleWords.h"
#include "ui/workspace/FormEditor.h"

namespace naru::ui {
using namespace Qt::StringLiterals;

RuleForm::RuleForm(QWidget* parent)
    : QWidget(parent), m_product(new QComboBox(this)), m_frequency(new Segments({u"-"_s, u"-"_s, u"-"_s}, this)), m_weekdays(new QWidget(this)),
      m_problem(new TextLabel({}, TextSize::Body, false, TextLabel::Danger, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kSpace1 + 2);
    m_productName = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted, this);
    m_product->setMinimumHeight(kControl);
    column->addWidget(m_productName);
    column->addWidget(m_product);
    const auto rowOf = [&](std::initializer_list<std::pair<QLineEdit**, TextLabel**>> fields) {
        auto* row = new QHBoxLayout;
        row->setSpacing(kSpace2);
        for (const auto& [edit, name] : fields) {
            auto* one = new QVBoxLayout;
            one->setSpacing(2);
            *edit = field(*one, *name);
            row->addLayout(one, 1);
        }
        column->addLayout(row);
    };
    column->addWidget(m_frequency);
    auto* days = new QGridLayout(m_weekdays); // four and three: seven in a row are wider than the card in English
    days->setContentsMargins(0, 0, 0, 0);
    days->setSpacing(kSpace2);
    for (std::size_t i = 0; i < m_days.size(); ++i) {
        m_days[i] = new QCheckBox(m_weekdays);
        days->addWidget(m_days[i], static_cast<int>(i) / 4, static_cast<int>(i) % 4);
        connect(m_days[i], &QCheckBox::toggled, this, &RuleForm::read);
    }
    column->addWidget(m_weekdays);
    rowOf({{&m_interval, &m_intervalName}, {&m_monthDays, &m_monthDaysName}});
    rowOf({{&m_start, &m_startName}, {&m_duration, &m_durationName}});
    rowOf({{&m_capacity, &m_capacityName}, {&m_cutoff, &m_cutoffName}});
    rowOf({{&m_from, &m_fromName}, {&m_until, &m_untilName}});
    rowOf({{&m_except, &m_exceptName}});
    rowOf({{&m_zone, &m_zoneName}});
    for (auto* number : {m_interval, m_duration, m_capacity, m_cutoff})
        number->setValidator(new QIntValidator(0, 1'000'000, number));
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    connect(m_product, &QComboBox::currentIndexChanged, this, &RuleForm::read);
    connect(m_frequency, &Segments::currentChanged, this, [this] {
        sync();
        read();
    });
    retranslate();
}

QLineEdit* RuleForm::field(QVBoxLayout& column, TextLabel*& name, int width)
{
    name = new TextLabel({}, TextSize::Meta, false, TextLabel::Muted, this);
    auto* edit = new QLineEdit(this);
    edit->setMinimumHeight(kControl);
    if (width > 0)
        edit->setFixedWidth(width);
    name->setBuddy(edit);
    column.addWidget(name);
    column.addWidget(edit);
    connect(edit, &QLineEdit::textEdited, this, &RuleForm::read);
    return edit;
}

void RuleForm::addTo(FormEditor& editor)
{
    editor.add(u"product"_s, m_product);
    editor.add(u"frequency"_s, m_frequency);
    for (std::size_t i = 0; i < m_days.size(); ++i)
        editor.add(u"day%1"_s.arg(i + 1), m_days[i]);
    const std::pair<QString, QLineEdit*> fields[] = {{u"interval"_s, m_interval}, {u"month_days"_s, m_monthDays}, {u"start"_s, m_start}, {u"duration"_s, m_duration},
        {u"capacity"_s, m_capacity}, {u"cutoff"_s, m_cutoff}, {u"from"_s, m_from}, {u"until"_s, m_until}, {u"except"_s, m_except}, {u"zone"_s, m_zone}};
    for (const auto& [name, edit] : fields)
        editor.add(name, edit);
}

void RuleForm::retranslate()
{
    m_frequency->setTexts({tr("Daily"), tr("Weekly"), tr("Monthly")});
    m_frequency->setAccessibleName(tr("How often"));
    const std::pair<TextLabel*, QString> names[] = {{m_productName, tr("Product")}, {m_intervalName, tr("Every")}, {m_monthDaysName, tr("Days of the month (1, 15, -1 = the last)")},
        {m_startName, tr("Starts at")}, {m_durationName, tr("Lasts, minutes")}, {m_capacityName, tr("Seats")}, {m_cutoffName, tr("Booking ends, minutes before")},
        {m_fromName, tr("From day")}, {m_untilName, tr("Last day (empty: no end)")}, {m_exceptName, tr("Except on (days, separated by commas)")}, {m_zoneName, tr("Time zone")}};
    for (const auto& [label, text] : names) {
        label->setText(text);
        if (label->buddy())
            label->buddy()->setAccessibleName(text);
    }
    m_product->setAccessibleName(tr("Product"));
    for (int day = 0; day < 7; ++day) {
        m_days[static_cast<std::size_t>(day)]->setText(weekdayName(day + 1));
        m_days[static_cast<std::size_t>(day)]->setAccessibleName(weekdayName(day + 1));
    }
    sync();
}

void RuleForm::setProducts(const std::vector<std::pair<ProductId, QString>>& products)
{
    if (products == m_products)
        return;
    m_filling = true;
    m_products = products;
    m_product->clear();
    for (const auto& product : products)
        m_product->addItem(product.second);
    m_filling = false;
}

void RuleForm::chooseProduct(ProductId id)
{
    m_filling = true;
    m_rule.productId = id;
    for (std::size_t i = 0; i < m_products.size(); ++i)
        if (m_products[i].first == id)
            m_product->setCurrentIndex(static_cast<int>(i));
    m_filling = false;
}

void RuleForm::setRule(const NewSlotRule& rule, const RuleSummary& summary, bool isNew)
{
    m_filling = true;
    m_rule = rule;
    m_valid = true;
    m_problem->hide();
    chooseProduct(rule.productId);
    m_filling = true;
    m_product->setEnabled(isNew);
    m_frequency->setCurrent(static_cast<int>(summary.frequency));
    m_interval->setText(QString::number(summary.interval));
    m_kept.clear();
    for (auto* day : m_days)
        day->setChecked(false);
    for (const auto& day : summary.weekdays) {
        if (summary.frequency == RuleFrequency::Monthly)
            m_kept.push_back(day);
        else
            m_days[static_cast<std::size_t>(day.weekday - 1)]->setChecked(true);
    }
    QStringList days;
    for (const int day : summary.monthDays)
        days << QString::number(day);
    m_monthDays->setText(days.join(u", "_s));
    m_count = summary.count;
    m_textUntil = summary.until;
    m_weekStart = summary.weekStart;
    m_start->setText(rule.startLocal);
    m_duration->setText(QString::number(rule.durationMin));
    m_capacity->setText(QString::number(rule.capacity));
    m_cutoff->setText(QString::number(rule.cutoffMin));
    m_zone->setText(rule.tz);
    m_from->setText(rule.validFrom);
    m_until->setText(rule.validUntil.value_or(QString()));
    m_except->setText(QStringList(rule.exdates.begin(), rule.exdates.end()).join(u", "_s));
    m_filling = false;
    sync();
}

void RuleForm::sync()
{
    m_weekdays->setVisible(m_frequency->current() == 1);
    m_monthDays->setVisible(m_frequency->current() == 2);
    m_monthDaysName->setVisible(m_frequency->current() == 2);
    const QString units[] = {tr("Every … days"), tr("Every … weeks"), tr("Every … months")};
    m_intervalName->setText(units[m_frequency->current()]);
    m_interval->setAccessibleName(m_intervalName->text());
}

void RuleForm::complain(const QString& text)
{
    m_valid = text.isEmpty();
    m_problem->setText(text);
    m_problem->setVisible(!m_valid);
}

// Reads the fields; only a rule that can be read goes on.
void RuleForm::read()
{
    if (m_filling)
        return;
    RulePattern pattern;
    pattern.frequency = static_cast<RuleFrequency>(m_frequency->current());
    pattern.interval = std::max(1, m_interval->text().toInt());
    pattern.count = m_count;
    pattern.until = m_textUntil;
    pattern.weekStart = m_weekStart;
    if (pattern.frequency == RuleFrequency::Weekly)
        for (int day = 0; day < 7; ++day)
            if (m_days[static_cast<std::size_t>(day)]->isChecked())
                pattern.weekdays.push_back({day + 1, 0});
    const auto monthDays = monthDaysFrom(m_monthDays->text());
    if (pattern.frequency == RuleFrequency::Monthly && monthDays) {
        pattern.monthDays = *monthDays;
        pattern.weekdays = m_kept;
    }
    auto rule = m_rule;
    if (m_product->currentIndex() >= 0 && m_product->currentIndex() < static_cast<int>(m_products.size()))
        rule.productId = m_products[static_cast<std::size_t>(m_product->currentIndex())].first;
    const auto start = QTime::fromString(m_start->text().trimmed(), u"HH:mm"_s);
    const auto except = daysFrom(m_except->text());
    const auto iso = [](const QLineEdit* edit) { return QDate::fromString(edit->text().trimmed(), Qt::ISODate); };
    QString problem;
    if (pattern.frequency == RuleFrequency::Weekly && pattern.weekdays.empty())
        problem = tr("Choose at least one day of the week.");
    else if (!monthDays || (pattern.frequency == RuleFrequency::Monthly && monthDays->empty() && m_kept.empty()))
        problem = tr("Days of the month are numbers from 1 to 31, or -1 for the last.");
    else if (!start.isValid())
        problem = tr("The start is a time such as 17:30.");
    else if (m_duration->text().toInt() < 1)
        problem = tr("A slot lasts at least a minute.");
    else if (!iso(m_from).isValid() || (!m_until->text().trimmed().isEmpty() && !iso(m_until).isValid()))
        problem = tr("A day is written as 2026-11-28.");
    else if (!m_until->text().trimmed().isEmpty() && iso(m_until) < iso(m_from))
        problem = tr("The last day lies before the first.");
    else if (!except)
        problem = tr("The exceptions are days such as 2026-12-25, separated by commas.");
    else if (!QTimeZone(m_zone->text().trimmed().toLatin1()).isValid())
        problem = tr("This time zone is not known; Korea is Asia/Seoul.");
    complain(problem);
    if (!m_valid)
        return;
    rule.rrule = rruleOf(pattern);
    rule.exdates = *except;
    rule.tz = m_zone->text().trimmed();
    rule.startLocal = start.toString(u"HH:mm"_s);
    rule.durationMin = m_duration->text().toInt();
    rule.capacity = m_capacity->text().toLongLong();
    rule.cutoffMin = m_cutoff->text().toInt();
    rule.validFrom = iso(m_from).toString(Qt::ISODate);
    rule.validUntil = m_until->text().trimmed().isEmpty() ? std::nullopt : std::optional(iso(m_until).toString(Qt::ISODate));
    m_rule = rule;
    Q_EMIT edited(rule);
}

QString RuleForm::sentence() const
{
    RulePattern pattern;
    pattern.frequency = static_cast<RuleFrequency>(m_frequency->current());
    pattern.interval = std::max(1, m_interval->text().toInt());
    pattern.count = m_count;
    pattern.until = m_textUntil;
    if (pattern.frequency == RuleFrequency::Weekly)
        for (int day = 0; day < 7; ++day)
            if (m_days[static_cast<std::size_t>(day)]->isChecked())
                pattern.weekdays.push_back({day + 1, 0});
    if (pattern.frequency == RuleFrequency::Monthly) {
        pattern.monthDays = monthDaysFrom(m_monthDays->text()).value_or(std::vector<int>{});
        pattern.weekdays = m_kept;
    }
    auto text = tr("%1 at %2 for %3 minutes, %4 seats").arg(patternWords(pattern), m_rule.startLocal).arg(m_rule.durationMin).arg(m_rule.capacity);
    if (m_rule.validUntil)
        text += u", "_s + tr("until %1").arg(*m_rule.validUntil);
    if (!m_rule.exdates.empty())
        text += u", "_s + tr("except on %n day(s)", nullptr, static_cast<int>(m_rule.exdates.size()));
    return text;
}

} // namespace naru::ui
