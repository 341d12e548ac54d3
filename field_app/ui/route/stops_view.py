"""The list of stops: chosen, opened, dragged, and moved by keys."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScroller, QWidget

from field_app.domain.clock import Clock
from field_app.domain.ids import TicketId
from field_app.queries.route import DayRoute
from field_app.texts import _
from field_app.ui.route.route_model import Index, RouteModel
from field_app.ui.route.stop_painter import StopPainter
from field_app.ui.theme import Theme

STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: 1_000_000}
"""Alt with these keys moves a stop to the beginning or the end."""


class StopsView(QListView):
    """Shows a RouteModel.

    Signals:
        ticket_chosen: str. A person put this job under the cursor.
        ticket_opened: str. Enter: go to work on it.
        move_wished: (str, int). Put this job at this index of the order.
    """

    ticket_chosen = Signal(str)
    ticket_opened = Signal(str)
    move_wished = Signal(str, int)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._clock = clock
        self._is_told = False
        self.stops = RouteModel(self)
        self.stops.move_wished.connect(self.move_wished)
        self.setModel(self.stops)
        self.setItemDelegate(StopPainter(theme, clock, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        self.setAccessibleName(_("Stops of the day"))
        self.viewport().update()

    def show_route(self, route: DayRoute) -> None:
        """Show these stops; the same job stays under the cursor."""
        before = self.chosen
        self.stops.show_route(route, self._clock.now())
        if before is not None:
            self.choose(before)

    def choose(self, ticket_id: str) -> bool:
        """Put a job under the cursor without telling it; return whether the list has it."""
        place = self.stops.place_of(ticket_id)
        if place < 0:
            return False
        self._is_told = True
        self.setCurrentIndex(self.stops.index(place))
        self._is_told = False
        self.scrollTo(self.stops.index(place))
        return True

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) job."""
        place = self.stops.neighbour(self.currentIndex().row(), by)
        if place >= 0:
            self.setCurrentIndex(self.stops.index(place))

    def move_chosen(self, by: int) -> None:
        """Wish that the stop under the cursor be moved up (-1) or down (1)."""
        self._move_to(self.currentIndex().row() + by)

    @property
    def chosen(self) -> TicketId | None:
        """The job under the cursor."""
        row = self.stops.ticket(self.currentIndex())
        return row.id if row is not None else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which job a person put under the cursor."""
        super().currentChanged(current, previous)
        row = self.stops.ticket(current)
        if row is not None and not self._is_told:
            self.ticket_chosen.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a job, Alt with an arrow moves it."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in STEPS:
            self.move_chosen(STEPS[key])
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and key in ENDS:
            self._move_to(ENDS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.chosen is not None:
            self.ticket_opened.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def _move_to(self, to: int) -> None:
        """Wish it, unless the stop is there already or is none."""
        at, last = self.currentIndex().row(), self.stops.stop_count - 1
        to = max(0, min(to, last))
        if 0 <= at <= last and to != at and self.chosen is not None:
            self.move_wished.emit(self.chosen, to)
