"""Today's jobs beside the tray: the one to add to, and a place to drop photos on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from field_app.domain.ids import TicketId
from field_app.domain.matching import Match
from field_app.domain.photo import PhotoRole
from field_app.queries.tickets import TicketRow
from field_app.texts import _
from field_app.ui.photos.words import near_distance
from field_app.ui.shared.words import category_icon, photo_words, state_words
from field_app.ui.theme import Theme

JOB: Final = Qt.ItemDataRole.UserRole
"""Role that returns the whole `NearJob`."""
TALL: Final = 60
ROLES: Final = (PhotoRole.BEFORE, PhotoRole.PROGRESS, PhotoRole.AFTER)
"""What photos of the work show, in the order of their slots."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class NearJob:
    """A job, and how it fits the photo under the cursor."""

    row: TicketRow
    match: Match | None

    @property
    def second_line(self) -> str:
        """How it fits, and where it is."""
        parts = [state_words(self.row.state, self.row.foreign_state), self.row.place_line]
        if self.match is not None:
            far = self.match.distance_m
            fits = _("by its time only") if far is None else near_distance(far)
            parts.insert(0, fits)
        return " · ".join(part for part in parts if part)


class JobsModel(QAbstractListModel):
    """Jobs, those that fit first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[TicketRow, ...] = ()
        self._fitting: Mapping[TicketId, Match] = {}

    def show_jobs(self, rows: Sequence[TicketRow], fitting: Mapping[TicketId, Match]) -> None:
        """Show these jobs; the fitting ones in their order, then the others in theirs."""
        order = {ticket_id: place for place, ticket_id in enumerate(fitting)}
        first = sorted((r for r in rows if r.id in order), key=lambda row: order[row.id])
        rest = [row for row in rows if row.id not in fitting]
        self.beginResetModel()
        self.rows, self._fitting = (*first, *rest), fitting
        self.endResetModel()

    def job(self, place: int) -> NearJob:
        """Return a job; made when it is looked at, as a list may have thousands."""
        row = self.rows[place]
        return NearJob(row=row, match=self._fitting.get(row.id))

    def place_of(self, ticket_id: TicketId | None) -> int:
        """Return where a job stands; -1 when it is not there."""
        return next((at for at, row in enumerate(self.rows) if row.id == ticket_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many jobs there are; they have no children."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = JOB) -> object:
        """Return the job, or its words for screen readers."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        job = self.job(index.row())
        if role == JOB:
            return job
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{job.row.title}, {job.second_line}"
        return None


class JobPainter(QStyledItemDelegate):
    """Paints one job."""

    def __init__(self, theme: Theme, view: "JobsList") -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a job at the chosen text size."""
        return QSize(100, self.theme.px(TALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, icon and two lines."""
        job = index.data(JOB)
        if not isinstance(job, NearJob):
            return
        theme, px, area = self.theme, self.theme.px, option.rect
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self._view.target:
            self._paint_slots(painter, area)
            painter.restore()
            return
        painter.fillRect(area, theme.colour("selRow" if is_on else "surface"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.colour("border"))
        if is_on:
            painter.fillRect(area.left(), area.top(), 4, area.height() - 1, theme.colour("selBar"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        glyph = theme.pixmap("check" if is_on else category_icon(job.row.category), "text2", 20)
        painter.drawPixmap(area.left() + px(14), area.center().y() - px(10), glyph)
        self._paint_words(painter, area.adjusted(px(44), px(6), -px(12), -px(6)), job)
        painter.restore()

    def _paint_slots(self, painter: QPainter, area: QRect) -> None:
        """Paint the three slots of a job while photos hang over it."""
        theme = self.theme
        painter.fillRect(area, theme.colour("surface"))
        painter.setFont(theme.font_of(15, 600))
        for role in ROLES:
            is_aim = role is self._view.target_role
            slot = self._view.slot_area(area, role).adjusted(2, 2, -2, -2)
            style = Qt.PenStyle.DashLine if is_aim else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.colour("brand" if is_aim else "borderStrong"), 2, style))
            painter.setBrush(theme.colour("brandTint" if is_aim else "surface"))
            painter.drawRoundedRect(slot, theme.radius("chip"), theme.radius("chip"))
            painter.setPen(theme.colour("brandText" if is_aim else "text2"))
            painter.drawText(slot, Qt.AlignmentFlag.AlignCenter, photo_words(role))

    def _paint_words(self, painter: QPainter, area: QRect, job: NearJob) -> None:
        theme = self.theme
        half = area.height() // 2
        lines = (
            (job.row.title, theme.font_of(15, 600), "text", area.top()),
            (job.second_line, theme.font("caption"), "text2", area.top() + half),
        )
        for words, font, colour, top in lines:
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            shown = painter.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, area.width()
            )
            box = QRect(area.left(), top, area.width(), half)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class JobsList(QListView):
    """Jobs to choose from and to drop photos on.

    Signals:
        job_chosen: A person chose a job.
        dropped: (TicketId, PhotoRole, tuple of Path). These files were let go over a slot of this
            job.
    """

    job_chosen = Signal()
    dropped = Signal(str, object, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.target = -1
        self.target_role = PhotoRole.BEFORE
        self.jobs = JobsModel(self)
        self.setModel(self.jobs)
        self.setItemDelegate(JobPainter(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self.retranslate()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self.setAccessibleName(_("Jobs of today"))
        self.viewport().update()

    def show_jobs(
        self,
        rows: Sequence[TicketRow],
        fitting: Mapping[TicketId, Match],
        chosen: TicketId | None,
    ) -> None:
        """Show jobs with one of them chosen, or none."""
        selection = self.selectionModel()
        selection.blockSignals(True)  # noqa: FBT003 - Qt's call
        self.jobs.show_jobs(rows, fitting)
        self.setCurrentIndex(self.jobs.index(self.jobs.place_of(chosen)))
        selection.blockSignals(False)  # noqa: FBT003 - Qt's call
        self.viewport().update()

    @property
    def chosen(self) -> NearJob | None:
        """The chosen job."""
        job = self.currentIndex().data(JOB)
        return job if isinstance(job, NearJob) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up when files hang on the mouse."""
        self._follow(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the slots of the job below the pointer, and light up the one it points at."""
        self._follow(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to normal."""
        self._aim_at(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the photos for the job below the pointer."""
        self._aim_at(event.position().toPoint())
        job, role = self.jobs.index(self.target).data(JOB), self.target_role
        self._aim_at(None)
        urls = event.mimeData().urls()
        if isinstance(job, NearJob) and urls:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(job.row.id, role, tuple(Path(url.toLocalFile()) for url in urls))

    def _follow(self, event: QDragMoveEvent) -> None:
        self._aim_at(event.position().toPoint())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(event.mimeData().hasUrls())

    def slot_area(self, area: QRect, role: PhotoRole) -> QRect:
        """Return the part of a job's row that stands for a slot."""
        place, count = ROLES.index(role), len(ROLES)
        left = area.left() + area.width() * place // count
        right = area.left() + area.width() * (place + 1) // count
        return QRect(left, area.top(), right - left, area.height())

    def _aim_at(self, place: QPoint | None) -> None:
        index = QModelIndex() if place is None else self.indexAt(place)
        self.target = index.row()
        if place is not None and index.isValid():
            area = self.visualRect(index)
            self.target_role = next(
                role for role in ROLES if place.x() <= self.slot_area(area, role).right()
            )
        self.viewport().update()

    def _tell(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.job_chosen.emit()
