"""The list of receipts, day by day: a Qt model, and how its lines are painted."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from field_app.queries.outbox import Delivered
from field_app.texts.dates import local, time_of_day, weekday_date
from field_app.texts.numbers import file_size
from field_app.ui.sync.rows import delivered_facts
from field_app.ui.sync.words import act_name
from field_app.ui.theme import Theme

LINE = Qt.ItemDataRole.UserRole
"""Role that returns the whole `Line`."""
TALL, HEAD = 56, 36
"""Pixels of the design."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A day's heading, or a receipt below it."""

    day: str = ""
    item: Delivered | None = None


def lines_of(items: Sequence[Delivered]) -> tuple[Line, ...]:
    """Return receipts with a heading before each day's first."""
    lines: list[Line] = []
    day = None
    for item in items:
        on = local(item.received_at).date()
        if on != day:
            lines.append(Line(day=weekday_date(item.received_at)))
            day = on
        lines.append(Line(item=item))
    return tuple(lines)


class ReceiptsModel(QAbstractListModel):
    """Receipts with their days."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_items(self, items: Sequence[Delivered]) -> None:
        """Show these receipts, newest first."""
        self.beginResetModel()
        self.lines = lines_of(items)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are; they have no children."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days cannot be chosen."""
        is_day = index.isValid() and self.lines[index.row()].item is None
        return Qt.ItemFlag.NoItemFlags if is_day else super().flags(index)

    def data(self, index: Index, role: int = LINE) -> object:
        """Return the line, or its words for screen readers."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            item = line.item
            if item is None:
                return line.day
            title = f"{act_name(item.type)} · {item.ticket_title}"
            return ", ".join((title, delivered_facts(item), time_of_day(item.received_at)))
        return None


class ReceiptsDelegate(QStyledItemDelegate):
    """Paints a day or a receipt."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a day's heading or of a receipt."""
        line = index.data(LINE)
        is_day = isinstance(line, Line) and line.item is None
        return QSize(self.theme.px(320), self.theme.px(HEAD if is_day else TALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground and words."""
        line = index.data(LINE)
        if not isinstance(line, Line):
            return
        theme, area = self.theme, option.rect
        painter.save()
        if line.item is None:
            painter.fillRect(area, theme.colour("surface2"))
            words = area.adjusted(theme.px(16), 0, -theme.px(16), 0)
            self._write(painter, words, line.day, ("label", "text2", 600))
        else:
            is_on = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(area, theme.colour("selRow" if is_on else "surface"))
            if is_on:
                bar = QRect(area.left(), area.top(), theme.px(4), area.height())
                painter.fillRect(bar, theme.colour("selBar"))
            self._paint_item(painter, area, line.item)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.colour("border"))
        painter.restore()

    def _paint_item(self, painter: QPainter, area: QRect, item: Delivered) -> None:
        theme = self.theme
        left, right = area.left() + theme.px(16), area.right() - theme.px(16)
        icon = theme.px(20)
        glyph = theme.pixmap("check-check", "ok", 20)
        painter.drawPixmap(left, area.top() + (area.height() - icon) // 2, glyph)
        left += icon + theme.px(12)
        side = theme.px(84)
        tall = theme.px(22)
        for place, (words, fact, look) in enumerate(
            (
                (
                    f"{act_name(item.type)} · {item.ticket_title}",
                    time_of_day(item.received_at),
                    ("label", "text", 600),
                ),
                (
                    f"{item.ticket_id} · {delivered_facts(item)}",
                    file_size(item.size_bytes),
                    ("caption", "text3", 400),
                ),
            )
        ):
            top = area.top() + theme.px(6) + place * tall
            self._write(painter, QRect(left, top, right - side - left, tall), words, look)
            box = QRect(right - side, top, side, tall)
            self._write(painter, box, fact, ("caption", "text3", 400), at_right=True)

    def _write(
        self,
        painter: QPainter,
        area: QRect,
        words: str,
        look: tuple[str, str, int],
        *,
        at_right: bool = False,
    ) -> None:
        """Write one line in a role, colour and weight, its end elided."""
        role, colour, weight = look
        size = self.theme.font(role).pixelSize() * 100 / self.theme.percent
        painter.setFont(self.theme.font_of(size, weight))
        painter.setPen(self.theme.colour(colour))
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)


class ReceiptsList(QListView):
    """Receipts to choose from.

    Signals:
        receipt_chosen: str. A person looks at the receipt of this act.
        receipt_opened: str. They pressed Enter on it, or clicked twice.
    """

    receipt_chosen = Signal(str)
    receipt_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.receipts = ReceiptsModel(self)
        self.setModel(self.receipts)
        self.setItemDelegate(ReceiptsDelegate(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        self.activated.connect(self._open)
        theme.changed.connect(self.doItemsLayout)

    def show_items(self, items: Sequence[Delivered]) -> None:
        """Show these; the chosen one stays chosen, else the first is."""
        before = self.chosen
        self.blockSignals(True)  # noqa: FBT003 - Qt's call
        self.receipts.show_items(items)
        self.blockSignals(False)  # noqa: FBT003 - Qt's call
        keys = [line.item.key if line.item else "" for line in self.receipts.lines]
        place = keys.index(before) if before in keys and before else 1
        if place < len(keys):
            self.setCurrentIndex(self.receipts.index(place))

    @property
    def chosen(self) -> str:
        """The key of the receipt in sight; empty for none."""
        line = self.currentIndex().data(LINE)
        return line.item.key if isinstance(line, Line) and line.item is not None else ""

    def _tell(self, _current: QModelIndex, _before: QModelIndex) -> None:
        if self.chosen:
            self.receipt_chosen.emit(self.chosen)

    def _open(self, _index: QModelIndex) -> None:
        if self.chosen:
            self.receipt_opened.emit(self.chosen)
