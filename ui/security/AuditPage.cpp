// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/security/AuditPage.h"

#include <array>

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "ui/ErrorText.h"
#include "ui/orders/InlineSheet.h"
#include "ui/reservations/KeyPosition.h"
#include "ui/security/AuditDetail.h"
#include "ui/security/AuditTableView.h"
#include "ui/security/AuditWords.h"
#include "ui/security/SecurityWords.h"
#include "ui/text/StateText.h"

namespace naru::ui {
using namespace Qt::StringLiterals;
using Load = AuditController::Load;
using models::AuditModel;

namespace {
constexpr int kTypingMs = 250, kSearchWidth = 230, kDetailWidth = 300;
constexpr const char* kKinds[] = {"", "user", "session", "device", "session_conflict", "product", "offer", "inventory_item", "vendor_order", "order", "payment", "refund", "reservation", "hold",
    "slot", "slot_rule", "vendor", "customer"};

QString numbered(std::int64_t n) { return QLocale(QLocale::English).toString(n); }
} // namespace

AuditPage::AuditPage(backend::Backend& backend, const Clock& clock, QWidget* parent)
    : Page(parent), m_clock(clock), m_controller(backend, clock), m_tools(new QWidget(this)), m_search(new SearchField({}, m_tools)), m_period(new Segments({u"-"_s, u"-"_s, u"-"_s, u"-"_s}, m_tools)),
      m_export(new KeyButton({}, u"Ctrl+E"_s, KeyButton::Plain, m_tools)), m_card(new Card({}, {}, this)), m_tail(new ChipLabel), m_kinds(new QComboBox), m_chainState(new ChipLabel),
      m_chain(new TextLabel({}, TextSize::Body, false, TextLabel::Muted)), m_check(new KeyButton({}, u"C"_s)), m_failure(new FailureLine), m_sheet(new InlineSheet), m_table(new AuditTableView(m_controller.lines())),
      m_pane(new StatePane(m_table)), m_detail(new AuditDetail(this))
{
    m_controller.lines().setWords(
        [](const AuditLine& l, int column) {
            switch (column) {
            case AuditModel::Time: return u"%1 %2"_s.arg(dateTimeText(l.at).section(u' ', 0, 0), clockText(l.at));
            case AuditModel::Actor: return auditActor(l);
            case AuditModel::RoleName: return auditRoleText(l.actorRole);
            case AuditModel::Vendor: return l.vendorName;
            case AuditModel::Action: return auditAction(l);
            case AuditModel::Entity: return auditEntity(l);
            case AuditModel::Change: return auditChange(l);
            default: return u"%1 %2, %3, %4, %5, %6"_s.arg(dateTimeText(l.at).section(u' ', 0, 0), clockText(l.at), auditActor(l), auditAction(l), auditEntity(l), auditChange(l));
            }
        },
        [](int column) {
            const std::array words{tr("Time"), tr("Who"), tr("Role"), tr("Vendor"), tr("What"), tr("On what"), tr("From → to")};
            return words[static_cast<std::size_t>(column)];
        });
    build();
    connectAll();
    retranslate();
}

AuditPage::~AuditPage()
{
    // The parts look at the controller, so they go before it.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void AuditPage::build()
{
    auto* tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(kSpace2 + 2);
    m_search->setFixedWidth(kSearchWidth);
    tools->addWidget(m_search);
    tools->addWidget(m_period);
    tools->addWidget(m_export);
    m_tools->hide(); // the frame shows it in its header
    m_kinds->setMinimumHeight(kControl);
    m_kinds->setMinimumWidth(150);
    auto* chain = new QHBoxLayout;
    chain->setSpacing(kSpace2);
    chain->addWidget(m_chainState);
    chain->addWidget(m_chain, 1);
    chain->addWidget(m_check);
    chain->addWidget(m_kinds);
    m_chain->setWordWrap(true);
    m_card->addHeaderWidget(m_tail);
    m_card->body()->addLayout(chain);
    m_card->body()->addWidget(m_failure);
    m_card->body()->addWidget(m_sheet);
    m_card->body()->addWidget(m_pane, 1);
    m_detail->setFixedWidth(kDetailWidth);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(kSpace4 + kSpace1, kSpace4, kSpace4 + kSpace1, kSpace4);
    columns->setSpacing(kSpace3 + 2);
    columns->addWidget(m_card, 1);
    columns->addWidget(m_detail);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
}

void AuditPage::connectAll()
{
    using Controller = AuditController;
    connect(&m_controller, &Controller::linesChanged, this, &AuditPage::sync);
    connect(&m_controller, &Controller::chainChanged, this, &AuditPage::syncChain);
    connect(&m_controller, &Controller::tailChanged, this, &AuditPage::syncTail);
    connect(&m_controller, &Controller::exportChanged, this, [this] {
        m_export->setEnabled(!m_controller.exporting());
        Q_EMIT headerChanged();
    });
    connect(&m_controller, &Controller::exportDone, this, [this](const QString& path, int lines, bool whole) {
        const QString said = tr("%n line(s) written to %1", nullptr, lines).arg(path);
        Q_EMIT toast(whole ? said : tr("%1. Older ones were left out; narrow the time.").arg(said));
    });
    connect(&m_controller, &Controller::exportFailed, this, [this](const QString& path, const Error& error) {
        if (error.code == "file-not-written"_L1)
            m_failure->say(tr("The file could not be written: %1. Nothing was changed there.").arg(path), error.detail);
        else
            m_failure->say(error);
    });
    connect(m_table, &AuditTableView::endNear, &m_controller, &Controller::readMore);
    connect(m_table, &AuditTableView::topShown, &m_controller, &Controller::setAtTop);
    connect(m_table, &AuditTableView::chosen, this, [this] {
        const AuditLine* line = m_table->current();
        m_detail->setLine(line ? std::optional(*line) : std::nullopt);
    });
    connect(m_pane, &StatePane::retryWanted, &m_controller, &Controller::read);
    connect(m_pane, &StatePane::actionWanted, this, [this] {
        m_search->clear();
        m_period->setCurrent(static_cast<int>(AuditController::Period::All));
        m_kinds->setCurrentIndex(0);
        m_controller.setText({});
        m_controller.setPeriod(AuditController::Period::All);
        m_controller.setEntity({});
    });
    connect(m_period, &Segments::currentChanged, this, [this](int at) { m_controller.setPeriod(static_cast<AuditController::Period>(at)); });
    connect(m_kinds, qOverload<int>(&QComboBox::activated), this, [this](int at) { m_controller.setEntity(QString::fromLatin1(kKinds[at])); });
    connect(m_search, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] { m_controller.setText(m_search->text()); });
    connect(m_search, &QLineEdit::returnPressed, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_check, &QAbstractButton::clicked, &m_controller, &Controller::checkChain);
    connect(m_export, &QAbstractButton::clicked, this, &AuditPage::askExport);
    connect(m_detail, &AuditDetail::onlyThisWanted, &m_controller, &Controller::setEntity);
    connect(m_detail, &AuditDetail::said, this, &Page::toast);
    connect(m_sheet, &InlineSheet::confirmed, this, &AuditPage::confirmed);
    connect(m_sheet, &Sheet::left, m_table, qOverload<>(&QWidget::setFocus));
}

QString AuditPage::title() const { return tr("Audit log"); }

QString AuditPage::subtitle() const { return m_controller.exporting() ? tr("%n line(s) exported so far", nullptr, m_controller.exported()) : QString(); }

void AuditPage::retranslate()
{
    m_search->setPlaceholderText(tr("Action, person or thing"));
    m_search->setAccessibleName(tr("Find in the audit log"));
    m_period->setTexts({tr("Today"), tr("7 days"), tr("30 days"), tr("All")});
    m_period->setAccessibleName(tr("Which time"));
    m_period->setCurrent(static_cast<int>(m_controller.period()));
    m_export->setText(tr("Export"));
    m_export->setAccessibleName(tr("Export as CSV"));
    m_check->setText(tr("Check"));
    m_check->setAccessibleName(tr("Check the chain"));
    m_export->updateGeometry();
    m_check->updateGeometry();
    const int kind = std::max(0, m_kinds->currentIndex());
    m_kinds->clear();
    for (const char* type : kKinds)
        m_kinds->addItem(*type ? entityWord(QString::fromLatin1(type)) : tr("All kinds"));
    m_kinds->setCurrentIndex(kind);
    m_kinds->setAccessibleName(tr("Kind of thing"));
    m_controller.lines().wordsChanged();
    m_table->retranslate();
    m_detail->retranslate();
    sync();
    syncChain();
    syncTail();
}

void AuditPage::sync()
{
    const int count = m_controller.lines().rowCount();
    m_card->setTitle(tr("Audit log"), tr("%n read", nullptr, count) + (m_controller.hasMore() ? tr(", more below") : QString()));
    const bool filtered = !m_controller.text().isEmpty() || m_controller.period() != AuditController::Period::All || !m_controller.entityType().isEmpty();
    if (m_controller.load() == Load::Failed)
        m_pane->showError(errorText(*m_controller.error()), errorCode(*m_controller.error()));
    else if (m_controller.load() == Load::Loading)
        m_pane->showLoading();
    else if (count > 0)
        m_pane->showData();
    else
        m_pane->showEmpty(filtered ? tr("No line fits. Widen the time or the filter.") : tr("Nothing is in the log yet."), filtered ? tr("Show everything") : QString());
    m_detail->setNarrowed(!m_controller.entityId().isEmpty());
    syncTail();
    Q_EMIT headerChanged();
}

void AuditPage::syncTail()
{
    if (m_controller.tailing())
        m_tail->setChip({tr("Live"), "broadcast", Tone::Success});
    else
        m_tail->setChip({tr("Paused: go to the top"), "pause", Tone::Neutral});
}

void AuditPage::syncChain()
{
    m_check->setEnabled(!m_controller.checking());
    const auto& chain = m_controller.chain();
    if (m_controller.checking()) {
        m_chainState->setChip({tr("Checking"), "hourglass-split", Tone::Neutral});
        m_chain->setText(tr("The chain of the log is being checked …"));
        m_chain->setLevel(TextLabel::Muted);
    } else if (m_controller.chainError()) {
        m_chainState->setChip({tr("Not checked"), "exclamation-triangle", Tone::Warning});
        m_chain->setText(u"%1 (%2)"_s.arg(errorText(*m_controller.chainError()), errorCode(*m_controller.chainError())));
        m_chain->setLevel(TextLabel::Warning);
    } else if (chain && chain->brokenAt) {
        m_chainState->setChip({tr("Broken"), "x-circle", Tone::Danger});
        m_chain->setText(tr("The chain breaks at #%1: that line or one before it was changed. Tell the administrators; keep the database as it is.").arg(numbered(*chain->brokenAt)));
        m_chain->setLevel(TextLabel::Danger);
    } else if (chain) {
        m_chainState->setChip({tr("Unbroken"), "journal-check", Tone::Success});
        m_chain->setText(tr("Unbroken from #%1 to #%2, checked %3 ago").arg(numbered(chain->fromSeq), numbered(chain->unbrokenTo), ago(chain->at, m_clock.now())));
        m_chain->setLevel(TextLabel::Muted);
    } else {
        m_chainState->setChip({tr("Not checked"), "dash", Tone::Neutral});
        m_chain->setText({});
    }
    m_chain->setToolTip(m_chain->text());
}

void AuditPage::askExport()
{
    if (m_controller.exporting())
        return;
    m_failure->clear();
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString day = toRfc3339(m_clock.now()).left(10);
    m_sheet->ask(u"export"_s, tr("Write all lines that fit the filter to a file (CSV)."), {{tr("File"), folder.filePath(u"naru-audit-%1.csv"_s.arg(day)), {}, false}}, tr("Export"));
}

void AuditPage::confirmed(const QString& purpose, const QStringList& values)
{
    if (purpose == "export"_L1) {
        m_exportPath = values.value(0);
        if (m_exportPath.isEmpty())
            return;
        if (QFile::exists(m_exportPath)) { // asked once the first sheet is gone
            const auto ask = [this] { m_sheet->ask(u"overwrite"_s, tr("%1 exists already. Write over it?").arg(m_exportPath), {}, tr("Write over it"), true); };
            QMetaObject::invokeMethod(this, ask, Qt::QueuedConnection);
            return;
        }
        QDir().mkpath(QFileInfo(m_exportPath).absolutePath());
    }
    m_controller.exportTo(m_exportPath);
}

std::vector<Command> AuditPage::commands()
{
    return {
        {u"audit.copy"_s, tr("Copy the line"), u"Y"_s, [this] { return m_table->current() != nullptr; }, [this] { m_detail->copy(); }, "clipboard"},
        {u"audit.only"_s, tr("Only the lines of this thing"), u"O"_s, [this] { return m_table->current() != nullptr; },
            [this] {
                if (const AuditLine* line = m_table->current())
                    m_controller.setEntity(line->entityType, line->entityId);
            },
            "search"},
        {u"audit.all"_s, tr("Lines of everything again"), u"W"_s, [this] { return !m_controller.entityType().isEmpty(); }, [this] { m_controller.setEntity({}); }},
        {u"audit.check"_s, tr("Check the chain of the log"), u"C"_s, {}, [this] { m_controller.checkChain(); }, "journal-check"},
        {u"audit.export"_s, tr("Export the lines as CSV"), u"Ctrl+E"_s, {}, [this] { askExport(); }, "file-earmark-arrow-down"},
        {u"audit.refresh"_s, tr("Read the log again"), u"F5"_s, {}, [this] { m_controller.read(); }},
    };
}

void AuditPage::activate()
{
    if (!m_loaded) {
        m_loaded = true;
        m_controller.read();
        m_controller.checkChain();
    }
    m_table->setFocus();
}

void AuditPage::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void AuditPage::openRecord(const QString&, const QString& entityId)
{
    m_loaded = true;
    m_controller.setEntity(entityId.section(u'/', 0, 0), entityId.section(u'/', 1));
    m_controller.checkChain();
}

void AuditPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT headerChanged();
    }
    Page::changeEvent(event);
}

void AuditPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_controller.setVisible(true);
}

void AuditPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    m_controller.setVisible(false);
}

void AuditPage::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() == Qt::ControlModifier && (event->key() == Qt::Key_E || event->nativeScanCode() == 26)) {
        askExport();
        return;
    }
    if (event->key() == Qt::Key_F5) {
        m_controller.read();
        return;
    }
    switch (signKey(*event)) {
    case Qt::Key_Y: m_detail->copy(); return;
    case Qt::Key_C: m_controller.checkChain(); return;
    case Qt::Key_W: m_controller.setEntity({}); return;
    case Qt::Key_O:
        if (const AuditLine* line = m_table->current())
            m_controller.setEntity(line->entityType, line->entityId);
        return;
    default: Page::keyPressEvent(event);
    }
}

} // namespace naru::ui
