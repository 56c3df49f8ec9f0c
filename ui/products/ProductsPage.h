// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/Page.h"
#include "ui/products/ProductsController.h"

class QComboBox;
class QKeyEvent;
class QSplitter;

namespace naru::ui {

class KeyButton;
class ProductDetailPane;
class ProductTableView;
class SearchField;
class Segments;
class StagedBar;
class StatePane;
class TextLabel;

// Screen "products": the list with its facets at the left, the chosen product at the right; Enter opens it alone as the
// editor, Esc brings the list back. UI thread; owned by the frame.
class ProductsPage : public Page {
    Q_OBJECT
public:
    ProductsPage(backend::Backend& backend, const Clock& clock, QWidget* parent = nullptr);
    ~ProductsPage() override;

    QString title() const override;
    QString subtitle() const override;
    QWidget* headerTools() override;
    std::vector<Command> commands() override;
    void activate() override;
    void focusSearch() override;
    void openRecord(const QString& entityType, const QString& entityId) override;
    QJsonObject place() const override;
    void restorePlace(const QJsonObject& place) override;
    ProductsController& controller() { return m_controller; }
    bool isEditorOpen() const { return m_editorOpen; }
    void openEditor(bool open);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildList();
    void buildTools();
    void connectAll();
    bool handleKey(const QKeyEvent& event);
    void showState();
    void showTray(int count);
    void facetsChanged();
    void fillStatuses();
    void updateHeld();
    void updateRole();
    void retranslate();
    void step(int by);

    backend::Backend& m_backend;
    const Clock& m_clock;
    ProductsController m_controller;
    QWidget* m_tools;
    SearchField* m_search = nullptr;
    KeyButton* m_tray = nullptr;
    KeyButton* m_back = nullptr;
    Segments* m_kinds = nullptr;
    QComboBox* m_status = nullptr;
    TextLabel* m_total = nullptr;
    ProductTableView* m_table = nullptr;
    StatePane* m_state = nullptr;
    QSplitter* m_split;
    QWidget* m_listPane = nullptr;
    ProductDetailPane* m_detail = nullptr;
    StagedBar* m_bar;
    ProductId m_wanted; // asked for by another screen
    bool m_editorOpen = false;
    bool m_loaded = false;
};

} // namespace naru::ui
