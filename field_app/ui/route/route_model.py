"""The stops of a day as a Qt model: numbered, to be dragged, those without a place below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from field_app.domain.ids import TicketId
from field_app.queries.route import DayRoute, RouteRow
from field_app.queries.tickets import TicketRow
from field_app.texts import _
from field_app.texts.dates import lateness
from field_app.texts.numbers import distance

Index = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
STOP: Final = Qt.ItemDataRole.UserRole
"""Gives the whole `RouteRow`, `TicketRow` (without a place) or `Unplaced` (their heading)."""
DRAGGED: Final = "application/x-field-app-stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """The heading over jobs without a place."""

    count: int

    @property
    def words(self) -> str:
        """Return the heading in the language in use."""
        return _("Without a place, not in the route") + f" · {self.count:,}"


Item = RouteRow | TicketRow | Unplaced


def leg_words(stop: RouteRow) -> str:
    """Return how far a stop is from the one before; empty for a first one without a position."""
    return distance(stop.leg_m) if stop.number > 1 or stop.leg_m else ""


def marks_of(stop: RouteRow) -> list[str]:
    """Return in words whether a stop is new, and whether it needs no way of its own."""
    new, same = _("New"), _("Same visit")
    return [word for word, is_so in ((new, stop.is_new), (same, stop.is_same_visit)) if is_so]


def spoken(item: Item, now: datetime) -> str:
    """Return an item as a screen reader says it."""
    if isinstance(item, Unplaced):
        return item.words
    row = item.row if isinstance(item, RouteRow) else item
    late = lateness(row.due_at, now) if row.due_at is not None and row.is_overdue else ""
    parts = [row.title, row.place_line, late]
    if isinstance(item, RouteRow):
        parts.insert(0, _("Stop {number}").format(number=item.number))
        parts.append(leg_words(item))
        parts += marks_of(item)
    return ", ".join(part for part in parts if part)


class RouteModel(QAbstractListModel):
    """Stops in their order, then what cannot be visited.

    Signals:
        move_wished: (str, int). Put this job at this index of the order.
    """

    move_wished = Signal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._places: dict[TicketId, int] = {}
        self._now: datetime | None = None
        self.stop_count = 0

    def show_route(self, route: DayRoute, now: datetime) -> None:
        """Show these stops; the same ones in the same order are only painted anew."""
        self._now = now
        items = _items(route)
        self.stop_count = len(route.rows)
        if list(map(_key, items)) == list(map(_key, self._items)):
            self._items = items
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self._items = items
        self._places = {TicketId(_key(item)): place for place, item in enumerate(items)}
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of items."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the object itself, or its words."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == STOP:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole and self._now is not None:
            return spoken(item, self._now)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            ticket = self.ticket(index)
            return item.words if isinstance(item, Unplaced) else ticket and ticket.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let jobs be chosen and stops be dragged; between stops something can be dropped."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        if isinstance(self._items[index.row()], Unplaced):
            return flag.NoItemFlags
        chosen = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren
        return chosen | flag.ItemIsDragEnabled if index.row() < self.stop_count else chosen

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that stops are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return what is dragged."""
        return [DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged stop."""
        data = QMimeData()
        ticket = self.ticket(indexes[0]) if indexes else None
        if ticket is not None:
            data.setData(DRAGGED, ticket.id.encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Wish that the dropped stop be moved; the new order comes back by `show_route`."""
        ticket_id = TicketId(bytes(data.data(DRAGGED).data()).decode())
        before = self.place_of(ticket_id)
        if action is not Qt.DropAction.MoveAction or before < 0:
            return False
        to = min(row if row >= 0 else parent.row() if parent.isValid() else len(self._items),
                 self.stop_count)  # fmt: skip
        to -= before < to
        if to != before:
            self.move_wished.emit(ticket_id, to)
        return False  # the view itself is to move nothing

    def ticket(self, index: Index) -> TicketRow | None:
        """Return the job at an index; None for the heading and nowhere."""
        item = self._items[index.row()] if index.isValid() else None
        return (
            item.row
            if isinstance(item, RouteRow)
            else item
            if isinstance(item, TicketRow)
            else None
        )

    def place_of(self, ticket_id: str) -> int:
        """Return the row of a job; -1 when it is not shown."""
        return self._places.get(TicketId(ticket_id), -1)

    def neighbour(self, place: int, step: int) -> int:
        """Return the row of the next (`step` 1) or previous (-1) job; -1 when there is none."""
        place += step
        while 0 <= place < len(self._items):
            if not isinstance(self._items[place], Unplaced):
                return place
            place += step
        return -1


def _items(route: DayRoute) -> tuple[Item, ...]:
    if not route.unplaced:
        return route.rows
    return (*route.rows, Unplaced(count=len(route.unplaced)), *route.unplaced)


def _key(item: Item) -> str:
    if isinstance(item, RouteRow):
        return item.row.id
    return item.id if isinstance(item, TicketRow) else ""
