"""The tray's lines: a heading for each job, and below it the new photos that may be its own."""

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
    QUrl,
)

from field_app.queries.tickets import TicketRow
from field_app.queries.tray import NewPhoto, PhotoGroup
from field_app.texts import _
from field_app.ui.tray.words import spoken

LINE: Final = Qt.ItemDataRole.UserRole
"""Role that returns the whole `Heading` or `NewPhoto`."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The line above a group."""

    job: TicketRow | None
    sure: tuple[NewPhoto, ...]
    """What one click adds."""
    count: int

    @property
    def words(self) -> str:
        """The job's title, or that no job fits."""
        return self.job.title if self.job is not None else _("No job fits by place or time")


class TrayModel(QAbstractListModel):
    """Groups of new photos as lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[Heading | NewPhoto, ...] = ()
        self._now: datetime | None = None
        self._rows: dict[str, int] = {}

    def show_groups(self, groups: Sequence[PhotoGroup], now: datetime | None) -> None:
        """Show these groups in this order."""
        lines: list[Heading | NewPhoto] = []
        for group in groups:
            lines.append(Heading(job=group.job, sure=group.sure, count=len(group.photos)))
            lines += group.photos
        self.beginResetModel()
        self.lines, self._now = tuple(lines), now
        photos = ((row, line) for row, line in enumerate(lines) if isinstance(line, NewPhoto))
        self._rows = {line.key: row for row, line in photos}
        self.endResetModel()

    @property
    def now(self) -> datetime | None:
        """The present with which dates are told."""
        return self._now

    def photo(self, index: Index) -> NewPhoto | None:
        """Return the photo in a line; None for a heading."""
        line = index.data(LINE) if index.isValid() else None
        return line if isinstance(line, NewPhoto) else None

    def row_of(self, key: str) -> int:
        """Return the line of a photo; -1 when it is not there."""
        return self._rows.get(key, -1)

    def heading_of(self, row: int) -> Heading | None:
        """Return the heading above a line."""
        above = reversed(self.lines[: row + 1])
        return next((line for line in above if isinstance(line, Heading)), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are; they have no children."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Photos can be chosen and dragged, headings cannot."""
        if self.photo(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = LINE) -> object:
        """Return the line, or its words for screen readers."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole and self._now is not None:
            return line.words if isinstance(line, Heading) else spoken(line, self._now)
        return None

    def supportedDragActions(self) -> Qt.DropAction:
        """The phone's files are never moved."""
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Photos travel as files, so that every place for photos takes them."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the files of photos that are dragged."""
        found = [photo for index in indexes if (photo := self.photo(index)) is not None]
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(photo.shot.file.path)) for photo in found])
        return mime
