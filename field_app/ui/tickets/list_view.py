"""The list of jobs: rows under headings that stay in sight while scrolling."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScroller, QWidget

from field_app.domain.clock import Clock
from field_app.domain.ids import TicketId
from field_app.texts import _
from field_app.ui.theme import Theme
from field_app.ui.tickets.row_painter import HEADER, RowPainter, paint_header
from field_app.ui.tickets.tickets_model import Index, TicketsModel

BATCH = 200
"""Rows that are laid out at once; the rest follows while the window lives on."""


class _Pinned(QWidget):
    """The heading of the group at the upper edge."""

    def __init__(self, view: "TicketListView") -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heading of the topmost row."""
        top = self._view.indexAt(self._view.viewport().rect().topLeft())
        header = self._view.tickets.header_above(top.row()) if top.isValid() else None
        if header is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_header(painter, self._view.theme, self.rect(), header)
            painter.end()


class TicketListView(QListView):
    """Shows a TicketsModel.

    Signals:
        ticket_chosen: str. A person or a new list put this job under the cursor.
        ticket_opened: str. Enter: go to work on it.
    """

    ticket_chosen = Signal(str)
    ticket_opened = Signal(str)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.tickets = TicketsModel(self)
        self.setModel(self.tickets)
        self.setItemDelegate(RowPainter(theme, clock, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._pinned = _Pinned(self)
        self.verticalScrollBar().valueChanged.connect(self._pin)
        self.tickets.modelReset.connect(self._pin)
        theme.changed.connect(self._restyle)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        self.setAccessibleName(_("Jobs"))
        self.viewport().update()
        self._pinned.update()

    def choose(self, ticket_id: TicketId) -> bool:
        """Put a job under the cursor and in sight; return whether the list has it."""
        place = self.tickets.place_of(ticket_id)
        if place < 0:
            return False
        self._go_to(place)
        return True

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) job."""
        place = self.tickets.neighbour(self.currentIndex().row(), by)
        if place >= 0:
            self._go_to(place)

    def choose_first(self) -> bool:
        """Put the first job under the cursor; return whether there is one."""
        place = self.tickets.neighbour(-1, 1)
        if place >= 0:
            self._go_to(place)
        return place >= 0

    @property
    def chosen(self) -> TicketId | None:
        """The job under the cursor."""
        row = self.tickets.ticket(self.currentIndex())
        return row.id if row is not None else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which job is under the cursor."""
        super().currentChanged(current, previous)
        row = self.tickets.ticket(current)
        if row is not None:
            self.ticket_chosen.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the job."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.chosen is not None:
            self.ticket_opened.emit(self.chosen)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pinned heading as wide as the rows."""
        super().resizeEvent(event)
        self._pin()

    def _go_to(self, place: int) -> None:
        index = self.tickets.index(place)
        self.setCurrentIndex(index)
        above = self.tickets.index(max(0, place - 1))
        self.scrollTo(above)
        self.scrollTo(index)
        if self.visualRect(index).top() < self.theme.px(HEADER) <= self.verticalScrollBar().value():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - self.theme.px(HEADER))

    def _pin(self) -> None:
        """Show the pinned heading unless the topmost row is the heading itself."""
        self._pinned.setGeometry(0, 0, self.viewport().width(), self.theme.px(HEADER))
        has_header = self.tickets.header_above(0) is not None
        self._pinned.setVisible(has_header and self.verticalScrollBar().value() > 0)
        self._pinned.update()

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self._pin()
