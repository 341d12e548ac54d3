"""All receipts of the last weeks: choose at left, read at right, search by the job's number."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from field_app.domain.changes import Changes
from field_app.domain.ids import TicketId
from field_app.queries.outbox import Delivered
from field_app.queries.receipts import DAYS, ReceiptView, receipt, receipts
from field_app.texts import _
from field_app.ui.background import Job
from field_app.ui.office import Office
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.shared.screen import Screen
from field_app.ui.sync.receipt_panel import ReceiptPanel, receipt_text
from field_app.ui.sync.receipts_list import ReceiptsList

READ_SHARE = 0.5
"""Of the width, for the receipt in sight."""


class ReceiptsScreen(Screen):
    """What the hub holds, with its word for it."""

    can_search = True
    has_back = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._words = ""
        self._view: ReceiptView | None = None
        self._job: Job | None = None
        self._count = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.pages = QStackedWidget(self)
        self.list = ReceiptsList(self.theme, self)
        self.empty = EmptyState(self.theme, self)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        row.addWidget(self.pages, 1)
        row.addWidget(self._make_reading())
        self.list.receipt_chosen.connect(self._read)
        self.list.receipt_opened.connect(self._read)
        office.bus.changed.connect(self._follow)

    def title(self) -> str:
        """Return the title in the language in use."""
        return _("Receipts")

    def subtitle(self) -> str:
        """Return how many there are and how far they go back."""
        return _("{count} in {days} days").format(count=f"{self._count:,}", days=DAYS)

    def visit(self, ticket_id: TicketId | None) -> None:
        """Look again."""
        self._ask()
        self.list.setFocus()

    def search(self, words: str) -> None:
        """Show only receipts of jobs with these words; the newest answer wins."""
        self._words = words
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the receipt its share."""
        super().resizeEvent(event)
        self._reading.setFixedWidth(round(self.width() * READ_SHARE))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and self._job is not None:
            self._ask()
            if self._view is not None:
                self.panel.show_receipt(self._view)
        super().changeEvent(event)

    def _make_reading(self) -> QWidget:
        reading = self._reading = QWidget(self)
        reading.setProperty("pane", "right")
        reading.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(reading)
        column.setContentsMargins(20, 16, 8, 16)
        column.setSpacing(12)
        self.panel = ReceiptPanel(self.theme, self.office.background, reading)
        column.addWidget(self.panel, 1)
        self.copy = LineButton(
            self.theme, lambda: _("Copy the receipt"), icon="copy", parent=reading
        )
        self.copy.clicked.connect(self._copy)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignRight)
        return reading

    def _ask(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self.office.see(receipts, self._words, then=self._take)

    def _take(self, found: tuple[Delivered, ...]) -> None:
        self._count = len(found)
        self.list.show_items(found)
        self.pages.setCurrentWidget(self.list if found else self.empty)
        self._reading.setVisible(bool(found))
        if self._words.strip():
            self.empty.show_state(
                "search",
                _("Nothing found for “{words}”").format(words=self._words.strip()),
                _("Search by job number, words of the job, or receipt number."),
                tone="brand",
                deeds=((lambda: _("Clear search"), "x", self.search_cleared.emit),),
            )
        else:
            self.empty.show_state(
                "inbox",
                _("No receipts yet"),
                _("What the hub has confirmed appears here."),
                tone="brand",
            )
        self.head_changed.emit()

    @Slot(str)
    def _read(self, key: str) -> None:
        self.office.see(receipt, key, then=self._show)

    def _show(self, view: ReceiptView) -> None:
        if view.key == self.list.chosen:
            self._view = view
            self.panel.show_receipt(view)
            self.copy.set_words(lambda: _("Copy the receipt"), icon="copy")

    @Slot()
    def _copy(self) -> None:
        if self._view is not None:
            QGuiApplication.clipboard().setText(receipt_text(self._view))
            self.copy.set_words(lambda: _("Copied"), icon="check")

    @Slot(object)
    def _follow(self, _changes: Changes) -> None:
        if self.isVisible():
            self._ask()
