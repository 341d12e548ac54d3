"""What reached the hub today, each with its receipt."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from field_app.queries.outbox import Delivered
from field_app.texts import _
from field_app.texts.dates import time_of_day
from field_app.texts.numbers import file_size
from field_app.ui.shared.buttons import QuietButton
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.sync.rows import delivered_facts
from field_app.ui.sync.words import act_name
from field_app.ui.theme import Theme

ROOMY = 330
"""Width of the card in pixels of the design that has room for both halves of its head."""
LEAST = 108
"""Height of the list in pixels of the design: two receipts."""
SHOWN = 100
"""At most so many receipts are listed; the count in the title tells of all."""


class DeliveredRow(QAbstractButton):
    """One receipt; a click or Enter shows all of it."""

    def __init__(self, theme: Theme, item: Delivered, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.item = item
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, "check-check", "ok", 20, self))
        title = f"{act_name(item.type)} · {item.ticket_title}"
        what = ThaiLabel(theme, title, role="label", weight=600, wraps=False)
        receipt = ThaiLabel(
            theme, delivered_facts(item), role="caption", colour="text3", wraps=False
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        for label in (what, receipt):
            words.addWidget(label)
        for text in (time_of_day(item.received_at), file_size(item.size_bytes)):
            label = ThaiLabel(theme, text, role="caption", colour="text3", wraps=False)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            facts.addWidget(label)
        row.addLayout(words, 1)
        row.addLayout(facts)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"{title}, {receipt.text()}")
        self.setToolTip(_("{what}. Shows the receipt.").format(what=title))

    def sizeHint(self) -> QSize:
        """Return the size of the words."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line above, and that it has the focus or is under the pointer."""
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), self.theme.colour("surface2"))
        painter.fillRect(0, 0, self.width(), 1, self.theme.colour("border"))
        if self.hasFocus():
            painter.setPen(QPen(self.theme.colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class DeliveredCard(QFrame):
    """All of today's receipts, newest first.

    Signals:
        receipt_wished: str. A person wants to read the receipt of this act.
        all_wished: A person wants to see the receipts of all days.
        end_wished: A person wants to know what is only on this computer.
    """

    receipt_wished = Signal(str)
    all_wished = Signal()
    end_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._items: tuple[Delivered, ...] = ()
        self.rows: list[DeliveredRow] = []
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self._empty = ThaiLabel(theme, role="caption", colour="text3")
        self._empty.setContentsMargins(16, 0, 16, 12)
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held = QWidget()
        held.setProperty("surface", "surface")
        self._list = QVBoxLayout(held)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._scroll.setWidget(held)
        self._scroll.setMinimumHeight(theme.px(LEAST))
        column.addWidget(self._scroll, 1)
        column.addWidget(self._make_foot())
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

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        self._title = ThaiLabel(self.theme, role="rowTitle", wraps=False)
        head.addWidget(self._title)
        head.addStretch(1)
        self._note = ThaiLabel(self.theme, role="caption", colour="text3", wraps=False)
        head.addWidget(self._note)
        return head

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rule = QFrame(foot)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        row = QHBoxLayout()
        row.setContentsMargins(4, 2, 4, 2)
        self.all = QuietButton(self.theme, lambda: _("See all"), icon="history", parent=foot)
        self.all.clicked.connect(self.all_wished)
        self.end = QuietButton(self.theme, lambda: _("Day's end"), icon="moon", parent=foot)
        self.end.clicked.connect(self.end_wished)
        row.addWidget(self.all, 1)
        row.addWidget(self.end, 1)
        column.addLayout(row)
        return foot

    def _show(self) -> None:
        self._title.setText(_("At the hub today · {count}").format(count=len(self._items)))
        self._note.setText(_("Every one confirmed") if self._items else "")
        self._empty.setText(_("Nothing yet. Receipts of the hub appear here."))
        self._empty.setVisible(not self._items)
        self._scroll.setVisible(bool(self._items))
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [DeliveredRow(self.theme, item, self) for item in self._items[:SHOWN]]
        for place, row in enumerate(self.rows):
            row.clicked.connect(lambda _on=False, key=row.item.key: self.receipt_wished.emit(key))
            self._list.insertWidget(place, row)
            row.show()
        self._list.activate()  # else they lie on top of each other until the next event
