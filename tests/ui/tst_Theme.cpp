// SPDX-License-Identifier: GPL-3.0-or-later
// link: naru_ui naru_resources
#include "resources/Resources.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Paint.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Widgets.h"

#include <QAccessible>
#include <QApplication>
#include <QFontInfo>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

using namespace naru::ui;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor& c)
{
    const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(c.redF()) + 0.7152 * part(c.greenF()) + 0.0722 * part(c.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class tst_Theme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void contrastIsEnough_data();
    void contrastIsEnough();
    void contrastNoticesAWeakPair();
    void choiceAppliesAndIsKept();
    void systemFollowsTheDesktop();
    void digitsAreTabular();
    void iconsTakeTheColour();
    void ringTurnsAmberThenRed();
    void statePaneShowsFourStates();
    void segmentsAreExclusive();
    void segmentsFollowAScreenReader();
    void rowsFollowDensity();

private:
    std::unique_ptr<Theme> m_theme;
};

void tst_Theme::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Naru"_s);
    QCoreApplication::setApplicationName(u"tst_Theme"_s);
    QSettings().clear();
    naru::registerResources();
    m_theme = std::make_unique<Theme>(*qApp);
}

void tst_Theme::contrastIsEnough_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    for (const Tokens& t : {Theme::lightTokens(), Theme::darkTokens()}) {
        const char* set = t.dark ? "dark" : "light";
        const auto pair = [&](const char* name, const QColor& ink, const QColor& ground) {
            QTest::addRow("%s %s, %s on %s", set, name, qPrintable(ink.name()), qPrintable(ground.name())) << ink << ground;
        };
        for (const QColor& ground : {t.window, t.surface, t.raised, t.hover, t.accentSoft, t.staged, t.neutralSoft}) {
            pair("text", t.text, ground);
            pair("muted", t.textMuted, ground);
            pair("faint", t.textFaint, ground);
            for (const QColor& ink : {t.accent, t.success, t.warning, t.danger, t.info})
                pair("state", ink, ground);
        }
        pair("accent chip", t.accent, t.accentSoft);
        pair("success chip", t.success, t.successSoft);
        pair("warning chip", t.warning, t.warningSoft);
        pair("danger chip", t.danger, t.dangerSoft);
        pair("info chip", t.info, t.infoSoft);
        pair("neutral chip", t.textMuted, t.neutralSoft);
        pair("primary button", t.onAccent, t.accent);
        pair("toast", t.dark ? t.window : t.surface, t.text);
        pair("urgent badge", t.dark ? t.window : t.surface, t.danger);
    }
}

void tst_Theme::contrastIsEnough()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, ground);
    const double found = contrast(ink, ground);
    QVERIFY2(found >= 4.5, qPrintable(u"%1 on %2: %3"_s.arg(ink.name(), ground.name()).arg(found)));
}

// The measure itself must be able to fail.
void tst_Theme::contrastNoticesAWeakPair()
{
    QVERIFY(contrast(QColor(0x8B, 0x94, 0xA1), Qt::white) < 4.5);
    QVERIFY(qAbs(contrast(Qt::black, Qt::white) - 21.0) < 0.01);
}

void tst_Theme::choiceAppliesAndIsKept()
{
    const QSignalSpy changed(m_theme.get(), &Theme::changed);
    m_theme->choose(ThemeChoice::Dark);
    QVERIFY(m_theme->tokens().dark);
    QCOMPARE(qApp->palette().color(QPalette::Window), Theme::darkTokens().window);
    m_theme->show(ThemeChoice::Light); // of this run: not kept
    QVERIFY(!m_theme->tokens().dark);
    QCOMPARE(changed.count(), 2);
    m_theme.reset();
    m_theme = std::make_unique<Theme>(*qApp);
    QCOMPARE(m_theme->choice(), ThemeChoice::Dark);
    m_theme->choose(ThemeChoice::Light);
}

void tst_Theme::systemFollowsTheDesktop()
{
    m_theme->choose(ThemeChoice::System);
    m_theme->setSystemDark(true);
    QVERIFY(m_theme->tokens().dark);
    m_theme->setSystemDark(false);
    QVERIFY(!m_theme->tokens().dark);
    m_theme->choose(ThemeChoice::Light);
    m_theme->setSystemDark(true);
    QVERIFY(!m_theme->tokens().dark);
    m_theme->setSystemDark(false);
}

void tst_Theme::digitsAreTabular()
{
    for (const bool strong : {false, true}) {
        const QFontMetricsF metrics(m_theme->font(TextSize::Body, strong));
        for (const QChar digit : u"123456789"_s)
            QCOMPARE(metrics.horizontalAdvance(digit), metrics.horizontalAdvance(u'0'));
    }
    QCOMPARE(m_theme->font(TextSize::Title).pixelSize(), 20);
}

void tst_Theme::iconsTakeTheColour()
{
    const QImage image = iconPixmap("house", 16, QColor(Qt::red), 2.0).toImage();
    QCOMPARE(image.size(), QSize(32, 32));
    bool red = false;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            red = red || image.pixelColor(x, y) == QColor(Qt::red);
    QVERIFY(red);
    QVERIFY(!brandPixmap(22, 1.0).isNull());
}

void tst_Theme::ringTurnsAmberThenRed()
{
    QCOMPARE(deadlineTone(0.26), Tone::Accent);
    QCOMPARE(deadlineTone(0.25), Tone::Warning);
    QCOMPARE(deadlineTone(0.10), Tone::Danger);
}

void tst_Theme::statePaneShowsFourStates()
{
    auto* content = new QLabel(u"rows"_s);
    QWidget window; // without a layout: no size hints for the window system
    StatePane pane(content, &window);
    pane.resize(600, 400);
    window.show();
    QVERIFY(pane.isLoading());
    QVERIFY(!content->isVisible());
    pane.showData();
    QVERIFY(content->isVisible() && !pane.isLoading());
    pane.showLoading(); // old rows stay, greyed
    QVERIFY(content->isVisible() && pane.isLoading());
    const QSignalSpy retry(&pane, &StatePane::retryWanted);
    pane.showError(u"It broke."_s, u"server-error · r1"_s);
    QVERIFY(!content->isVisible() && !pane.isLoading());
    for (auto* button : pane.findChildren<KeyButton*>())
        if (button->isVisible())
            button->click();
    QCOMPARE(retry.count(), 1);
    const QSignalSpy action(&pane, &StatePane::actionWanted);
    pane.showEmpty(u"Nothing here."_s, u"Clear"_s);
    for (auto* button : pane.findChildren<KeyButton*>())
        if (button->isVisible())
            button->click();
    QCOMPARE(action.count(), 1);
}

void tst_Theme::segmentsAreExclusive()
{
    QWidget window;
    Segments segments({u"Board"_s, u"Table"_s}, &window);
    window.show();
    const QSignalSpy moved(&segments, &Segments::currentChanged);
    const auto buttons = segments.findChildren<QAbstractButton*>();
    QCOMPARE(buttons.size(), 2);
    buttons[1]->click();
    buttons[1]->click();
    QCOMPARE(moved.count(), 1);
    QVERIFY(buttons[1]->isChecked() && !buttons[0]->isChecked());
    QTest::keyClick(buttons[1], Qt::Key_Left);
    QCOMPARE(segments.current(), 0);
}

// A screen reader presses by the action of the interface, which clicks nothing.
void tst_Theme::segmentsFollowAScreenReader()
{
    QWidget window;
    Segments segments({u"Board"_s, u"Table"_s}, &window);
    window.show();
    const QSignalSpy moved(&segments, &Segments::currentChanged);
    const auto buttons = segments.findChildren<QAbstractButton*>();
    const auto toggle = [](QWidget* button) {
        QAccessibleActionInterface* actions = QAccessible::queryAccessibleInterface(button)->actionInterface();
        QVERIFY(actions->actionNames().contains(QAccessibleActionInterface::toggleAction()));
        actions->doAction(QAccessibleActionInterface::toggleAction());
    };
    toggle(buttons[1]);
    QCOMPARE(segments.current(), 1);
    QVERIFY(buttons[1]->isChecked() && !buttons[0]->isChecked());
    toggle(buttons[1]); // the chosen one cannot be switched off
    QCOMPARE(segments.current(), 1);
    QVERIFY(buttons[1]->isChecked());
    QCOMPARE(moved.count(), 1);
    toggle(buttons[0]);
    QCOMPARE(segments.current(), 0);
    QCOMPARE(moved.count(), 2);
    buttons[0]->click();
    QVERIFY(buttons[0]->isChecked() && !buttons[1]->isChecked());
    QCOMPARE(moved.count(), 2);
}

void tst_Theme::rowsFollowDensity()
{
    m_theme->setCompactRows(true);
    QCOMPARE(m_theme->rowHeight(), kRowCompact);
    m_theme->setCompactRows(false);
    QCOMPARE(m_theme->rowHeight(), kRow);
}

QTEST_MAIN(tst_Theme)
#include "tst_Theme.moc"
