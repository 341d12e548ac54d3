"""What reached the hub today, with receipts, and what the app promises about the rest."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from field_app.queries.outbox import Delivered
from field_app.texts import _
from field_app.texts.dates import time_of_day
from field_app.texts.numbers import file_size
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.sync.rows import delivered_facts
from field_app.ui.sync.words import act_name
from field_app.ui.theme import Theme

ROOMY = 330
"""Width of the card in pixels of the design that has room for both halves of its head."""
SHOWN = 100
"""At most so many receipts are listed; the count in the title tells of all."""


class PromiseCard(QFrame):
    """Says that nothing is lost, and when the local copy goes."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", "brand")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel(theme, "shield-check", "onBrand", 28, self))
        self._title = ThaiLabel(theme, role="h2", colour="onBrand", wraps=False)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        self._words = ThaiLabel(theme, colour="onBrand")
        column.addWidget(self._words)
        self.retranslate()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._title.setText(_("Your work is not lost"))
        self._words.setText(
            _(
                "Every photo and word is kept on this computer from the moment it is saved, also "
                "when the app closes or the battery dies. A copy goes only after the hub has "
                "confirmed that it holds everything."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class DeliveredRow(QWidget):
    """One receipt."""

    def __init__(self, theme: Theme, item: Delivered, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 5)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, "check-check", "ok", 20, self))
        words = QVBoxLayout()
        words.setSpacing(0)
        what = ThaiLabel(
            theme,
            f"{act_name(item.type)} · {item.ticket_title}",
            role="label",
            weight=600,
            wraps=False,
        )
        words.addWidget(what)
        receipt = ThaiLabel(
            theme, delivered_facts(item), role="caption", colour="text3", wraps=False
        )
        words.addWidget(receipt)
        row.addLayout(words, 1)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        for text in (time_of_day(item.received_at), file_size(item.size_bytes)):
            label = ThaiLabel(theme, text, role="caption", colour="text3", wraps=False)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            facts.addWidget(label)
        row.addLayout(facts)
        column.addLayout(row)
        self.setAccessibleName(f"{what.text()}, {receipt.text()}")


class DeliveredCard(QFrame):
    """All of today's receipts, newest first."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._items: tuple[Delivered, ...] = ()
        self._rows: list[DeliveredRow] = []
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        self._title = ThaiLabel(theme, role="rowTitle", wraps=False)
        head.addWidget(self._title)
        head.addStretch(1)
        self._note = ThaiLabel(theme, role="caption", colour="text3", wraps=False)
        head.addWidget(self._note)
        column.addLayout(head)
        self._empty = ThaiLabel(theme, role="caption", colour="text3")
        self._empty.setContentsMargins(16, 0, 16, 12)
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        held = QWidget()
        held.setProperty("surface", "surface")
        self._list = QVBoxLayout(held)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._scroll.setWidget(held)
        column.addWidget(self._scroll, 1)
        self._show()

    def show_delivered(self, items: Sequence[Delivered]) -> None:
        """Show what arrived today, newest first."""
        if tuple(items) != self._items:
            self._items = tuple(items)
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the second half of the head out where there is no room for it."""
        super().resizeEvent(event)
        self._note.setVisible(self.width() > self.theme.px(ROOMY))

    def _show(self) -> None:
        self._title.setText(_("At the hub today · {count}").format(count=len(self._items)))
        self._note.setText(_("Every one confirmed") if self._items else "")
        self._empty.setText(_("Nothing yet. Receipts of the hub appear here."))
        self._empty.setVisible(not self._items)
        self._scroll.setVisible(bool(self._items))
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [DeliveredRow(self.theme, item, self) for item in self._items[:SHOWN]]
        for place, row in enumerate(self._rows):
            self._list.insertWidget(place, row)
            row.show()
        self._list.activate()  # else they lie on top of each other until the next event
