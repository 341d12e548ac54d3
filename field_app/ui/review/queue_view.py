"""The queue drawn: before and after of each job, its crew, and what stands out."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from field_app.domain.errors import FieldAppError
from field_app.domain.ids import TicketId
from field_app.queries.photos import PhotoCard
from field_app.queries.review import ReviewRow
from field_app.texts.dates import date_and_time
from field_app.ui.background import Background
from field_app.ui.review.queue_model import ROW, QueueModel
from field_app.ui.review.words import WARNING, marks_of
from field_app.ui.shared.chips import chip_width, fitting_words, paint_chip
from field_app.ui.shared.photo_view import load_picture
from field_app.ui.theme import Theme

TALL = 96
PICTURE = 46
"""Width of each half of a row's pictures in pixels of the design."""
NARROW = 260
"""Width of a row below which one picture leaves room for the words."""


class Pictures(QObject):
    """Small pictures by file, each loaded once in the back room.

    Signals:
        loaded: Another picture can be painted.
    """

    loaded = Signal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._images: dict[Path, QImage | None] = {}

    def image(self, path: Path, size: QSize) -> QImage | None:
        """Return the picture; None while it is being loaded or when it cannot be."""
        if path not in self._images:
            self._images[path] = None
            take = partial(self._take, path)
            self._background.run(load_picture, path, size * 2, done=take, failed=self._do_without)
        return self._images[path]

    def _take(self, path: Path, image: QImage) -> None:
        self._images[path] = image
        self.loaded.emit()

    def _do_without(self, _failure: FieldAppError) -> None:
        """Leave the place empty: the large view says why."""


class QueueDelegate(QStyledItemDelegate):
    """Paints one handed-in job."""

    def __init__(self, theme: Theme, pictures: Pictures, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self._pictures = pictures
        self.now: datetime | None = None

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return a row of 96 pixels of the design."""
        return QSize(self.theme.px(320), self.theme.px(TALL))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint ground, pictures, words and chips."""
        row = index.data(ROW)
        if not isinstance(row, ReviewRow):
            return
        theme, area = self.theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, theme.colour("selRow" if is_on else "surface"))
        if is_on:
            painter.fillRect(
                area.left(), area.top(), theme.px(4), area.height(), theme.colour("selBar")
            )
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.colour("border"))
        left = area.left() + theme.px(14)
        top = area.top() + theme.px(14)
        is_narrow = area.width() < theme.px(NARROW)
        halves = (row.after or row.before,) if is_narrow else (row.before, row.after)
        for card in halves:
            self._paint_half(painter, QRect(left, top, theme.px(PICTURE), theme.px(66)), card)
            left += theme.px(PICTURE) + 2
        words = QRect(left + theme.px(10), area.top(), 0, area.height())
        words.setRight(area.right() - theme.px(14))
        self._paint_words(painter, words, row)
        painter.restore()

    def _paint_half(self, painter: QPainter, area: QRect, card: PhotoCard | None) -> None:
        path = (card.thumb or card.screen) if card is not None else None
        image = self._pictures.image(path, QSize(256, 256)) if path is not None else None
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(area), 4, 4)
        painter.save()
        painter.setClipPath(frame)
        painter.fillRect(area, self.theme.colour("surface3"))
        if image is None:
            size = self.theme.px(20)
            corner = area.center() - QPoint(size // 2, size // 2)
            painter.drawPixmap(corner, self.theme.pixmap("image-off", "text3", 20))
        else:
            scale = max(area.width() / image.width(), area.height() / image.height())
            size_f = QRectF(0, 0, image.width() * scale, image.height() * scale)
            size_f.moveCenter(QRectF(area).center())
            painter.drawImage(size_f, image)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, row: ReviewRow) -> None:
        theme = self.theme
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        top = area.top() + theme.px(10)
        lines = (
            (row.title, theme.font("rowTitle"), "text", theme.px(24)),
            (self._second_line(row), theme.font("caption"), "text3", theme.px(20)),
        )
        for text, font, colour, tall in lines:
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, area.width()
            )
            painter.drawText(QRect(area.left(), top, area.width(), tall), align, shown)
            top += tall
        self._paint_chips(painter, QRect(area.left(), top + theme.px(4), area.width(), 0), row)

    def _second_line(self, row: ReviewRow) -> str:
        parts = [row.crew_name]
        if row.handed_in_at is not None and self.now is not None:
            parts.append(date_and_time(row.handed_in_at, self.now))
        return " · ".join(part for part in parts if part)

    def _paint_chips(self, painter: QPainter, area: QRect, row: ReviewRow) -> None:
        """Paint as many chips as there is room for; the last one may lose the end of its words."""
        theme, left = self.theme, area.left()
        for key, words in marks_of(row):
            room = area.right() - left + 1
            shown = fitting_words(theme, words, room)
            if not shown and left > area.left():
                return
            if key == WARNING:
                width = self._paint_warning(painter, left, area.top(), shown)
            else:
                width = paint_chip(painter, theme, left, area.top(), key, shown)
            left += width + theme.px(6)

    def _paint_warning(self, painter: QPainter, left: int, top: int, words: str) -> int:
        """Paint an amber chip and return its width."""
        theme = self.theme
        width = chip_width(theme, words)
        area = QRectF(left + 0.5, top + 0.5, width - 1, theme.px(26) - 1)
        painter.setPen(QPen(theme.colour("warnBorder"), 1))
        painter.setBrush(theme.colour("warnTint"))
        painter.drawRoundedRect(area, theme.radius("chip"), theme.radius("chip"))
        glyph = theme.pixmap("status-attention", "warnText", 16)
        painter.drawPixmap(left + theme.px(6), top + theme.px(5), glyph)
        painter.setFont(theme.font_of(13, 600))
        painter.setPen(theme.colour("warnText"))
        text = area.adjusted(theme.px(27), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, words)
        return width


class QueueView(QListView):
    """The list of handed-in jobs.

    Signals:
        ticket_chosen: str. A person wants to look at this job.
    """

    ticket_chosen = Signal(str)

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.queue = QueueModel(self)
        pictures = Pictures(background, self)
        pictures.loaded.connect(self.viewport().update)
        self.delegate = QueueDelegate(theme, pictures, self)
        self.setModel(self.queue)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.doItemsLayout)

    def show_rows(self, rows: tuple[ReviewRow, ...], now: datetime) -> None:
        """Show the queue; the chosen job stays chosen, else the one now in its place is.

        A job that was just approved and moved to those that wait for photos is not followed there.
        """
        self.delegate.now = now
        before = self.chosen
        place = self.currentIndex().row()
        seen = self.queue.rows[place] if before is not None else None
        self.blockSignals(True)  # noqa: FBT003 - Qt's call
        self.queue.show_rows(rows)
        self.blockSignals(False)  # noqa: FBT003 - Qt's call
        kept = self.queue.place_of(before) if before is not None else -1
        if kept >= 0 and seen is not None and seen.is_decided is not rows[kept].is_decided:
            kept = -1
        self.choose_place(kept if kept >= 0 else max(0, min(place, len(rows) - 1)))

    @property
    def chosen(self) -> TicketId | None:
        """The job in sight; None when the queue is empty."""
        row = self.currentIndex().data(ROW)
        return row.ticket_id if isinstance(row, ReviewRow) else None

    def choose_place(self, place: int) -> None:
        """Look at the job in this row."""
        if 0 <= place < self.queue.rowCount():
            self.setCurrentIndex(self.queue.index(place))

    def go_on(self, steps: int) -> None:
        """Go on by some rows."""
        self.choose_place(self.currentIndex().row() + steps)

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = current.data(ROW)
        if isinstance(row, ReviewRow):
            self.ticket_chosen.emit(row.ticket_id)
