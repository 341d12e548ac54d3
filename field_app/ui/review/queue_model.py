"""The queue of handed-in jobs as a Qt model."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from field_app.domain.ids import TicketId
from field_app.queries.review import ReviewRow
from field_app.ui.review.words import marks_of

ROW = Qt.ItemDataRole.UserRole
"""Role that returns the whole `ReviewRow`."""


class QueueModel(QAbstractListModel):
    """Handed-in jobs, longest waiting first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ReviewRow, ...] = ()

    def show_rows(self, rows: Sequence[ReviewRow]) -> None:
        """Show these jobs in place of any others."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def place_of(self, ticket_id: TicketId) -> int:
        """Return the row of a job, or -1."""
        ids = [row.ticket_id for row in self.rows]
        return ids.index(ticket_id) if ticket_id in ids else -1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many jobs wait; rows have no children."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW) -> object:
        """Return the row, or its words for screen readers."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            marks = [words for _key, words in marks_of(row)]
            return ", ".join(part for part in (row.title, row.crew_name, *marks) if part)
        return None
