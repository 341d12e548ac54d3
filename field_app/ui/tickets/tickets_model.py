"""The list of jobs as a Qt model: rows in groups, each with its heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from field_app.domain.ids import TicketId
from field_app.domain.ticket import CLOSED_STATES, TicketState
from field_app.queries.tickets import TicketRow
from field_app.texts import _, mark
from field_app.texts.dates import lateness
from field_app.texts.numbers import distance
from field_app.ui.shared.words import is_same_day, local_words, state_words

Index = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
ITEM_ROLE: Final = Qt.ItemDataRole.UserRole
"""Gives the whole `TicketRow` or `GroupHeader`."""


class Group(StrEnum):
    """Under which heading a job stands when the list is sorted by deadline."""

    SENT_BACK = "sent_back"
    OVERDUE = "overdue"
    TODAY = "today"
    NEXT = "next"
    HANDED_IN = "handed_in"
    CLOSED = "closed"


GROUP_WORDS: Final = {
    Group.SENT_BACK: mark("Sent back"),
    Group.OVERDUE: mark("Overdue"),
    Group.TODAY: mark("Due today"),
    Group.NEXT: mark("Next"),
    Group.HANDED_IN: mark("Handed in"),
    Group.CLOSED: mark("Closed"),
}
ORDER: Final = tuple(Group)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupHeader:
    """A heading and how many jobs follow it."""

    group: Group
    count: int

    @property
    def words(self) -> str:
        """Return the heading in the language in use."""
        return f"{_(GROUP_WORDS[self.group])} · {self.count:,}"


def group_of(row: TicketRow, now: datetime) -> Group:
    """Return the heading under which a job stands."""
    if row.state in CLOSED_STATES:
        return Group.CLOSED
    if row.state is TicketState.IN_REVIEW:
        return Group.HANDED_IN
    if row.is_sent_back:
        return Group.SENT_BACK
    if row.is_overdue:
        return Group.OVERDUE
    if row.due_at is not None and is_same_day(row.due_at, now):
        return Group.TODAY
    return Group.NEXT


def spoken(row: TicketRow, now: datetime) -> str:
    """Return a job as a screen reader says it."""
    late = lateness(row.due_at, now) if row.due_at is not None and row.is_overdue else ""
    away = distance(row.distance_m) if row.distance_m is not None else ""
    state = state_words(row.state, row.foreign_state)
    parts = (row.title, row.place_line, state, late, local_words(row.local), away)
    return ", ".join(part for part in parts if part)


class TicketsModel(QAbstractListModel):
    """Rows and headings, in the order in which they are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[TicketRow | GroupHeader, ...] = ()
        self._places: dict[TicketId, int] = {}
        self._now: datetime | None = None

    def show_tickets(self, rows: Sequence[TicketRow], now: datetime, *, is_grouped: bool) -> None:
        """Show these jobs.

        Args:
            rows: In the order of the query.
            now: The present, for groups and spoken lateness.
            is_grouped: Whether headings part the jobs by urgency.
        """
        self._now = now
        items = _with_headers(rows, now) if is_grouped else tuple(rows)
        if [_key(item) for item in items] == [_key(item) for item in self._items]:
            changed = [
                place
                for place, (old, new) in enumerate(zip(self._items, items, strict=True))
                if old != new
            ]
            self._items = items
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._items = items
        self._places = {
            item.id: place for place, item in enumerate(items) if isinstance(item, TicketRow)
        }
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of jobs and headings."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the object itself, or its words."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(item, GroupHeader):
                return item.words
            return spoken(item, self._now or item.reported_at)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return item.words if isinstance(item, GroupHeader) else item.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let jobs be chosen, headings not."""
        if not index.isValid() or isinstance(self._items[index.row()], GroupHeader):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def ticket(self, index: Index) -> TicketRow | None:
        """Return the job at an index; None for headings and nowhere."""
        item = self._items[index.row()] if index.isValid() else None
        return item if isinstance(item, TicketRow) else None

    def header_above(self, place: int) -> GroupHeader | None:
        """Return the heading under which the row at `place` stands."""
        for above in range(min(place, len(self._items) - 1), -1, -1):
            item = self._items[above]
            if isinstance(item, GroupHeader):
                return item
        return None

    def place_of(self, ticket_id: TicketId) -> int:
        """Return the row of a job; -1 when it is not shown."""
        return self._places.get(ticket_id, -1)

    def neighbour(self, place: int, step: int) -> int:
        """Return the row of the next (`step` 1) or previous (-1) job; -1 when there is none."""
        place += step
        while 0 <= place < len(self._items):
            if isinstance(self._items[place], TicketRow):
                return place
            place += step
        return -1


def _key(item: TicketRow | GroupHeader) -> str:
    return item.id if isinstance(item, TicketRow) else item.group


def _with_headers(rows: Sequence[TicketRow], now: datetime) -> tuple[TicketRow | GroupHeader, ...]:
    """Return the rows under their headings; inside a group the query's order stays."""
    groups: dict[Group, list[TicketRow]] = {group: [] for group in ORDER}
    for row in rows:
        groups[group_of(row, now)].append(row)
    items: list[TicketRow | GroupHeader] = []
    for group, members in groups.items():
        if members:
            items.append(GroupHeader(group=group, count=len(members)))
            items.extend(members)
    return tuple(items)
