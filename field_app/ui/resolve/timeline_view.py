"""The timeline drawn: a thread of circles with words beside them."""

from collections.abc import Sequence
from itertools import takewhile

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from field_app.texts import _
from field_app.ui.resolve.timeline import TimelineLine
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme

RADIUS = 11.5
INDENT = 34
"""Pixels of the design from the edge to the words."""
ON_AMBER = "#231400"


class TimelineRow(QWidget):
    """One line: circle with icon, title, when and who, words."""

    def __init__(self, theme: Theme, line: TimelineLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.line = line
        self.is_last = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(INDENT), 0, 0, theme.px(12))
        column.setSpacing(0)
        column.addWidget(ThaiLabel(theme, line.title, role="label", weight=600))
        facts = QHBoxLayout()
        facts.setSpacing(theme.px(4))
        when = ThaiLabel(theme, line.facts, role="caption", colour="text3", wraps=False)
        facts.addWidget(when)
        if line.is_waiting:
            facts.addWidget(IconLabel(theme, "status-queued", "text", 16, self))
            waiting = ThaiLabel(theme, _("Queued"), role="caption", weight=600, wraps=False)
            facts.addWidget(waiting)
        facts.addStretch(1)
        column.addLayout(facts)
        if line.words:
            column.addWidget(ThaiLabel(theme, line.words, role="caption", colour="text2"))
        state = _("Queued") if line.is_waiting else ""
        spoken = (line.title, line.facts, line.words, state)
        self.setAccessibleName(", ".join(part for part in spoken if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the thread and the circle."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(theme.px(12), theme.px(12))
        radius = theme.px(RADIUS)
        if not self.is_last:
            painter.setPen(QPen(theme.colour("border"), 2))
            below = QPointF(middle.x(), float(self.height()))
            painter.drawLine(QPointF(middle.x(), middle.y() + radius + theme.px(1)), below)
        if self.line.is_waiting:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hex("warn")))
        else:
            dashed = Qt.PenStyle.DashLine if self.line.is_only_recorded else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.colour("borderStrong"), 1, dashed))
            painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(middle, radius, radius)
        size = theme.px(14)
        colour = ON_AMBER if self.line.is_waiting else "text2"
        corner = QPointF(middle.x() - size / 2, middle.y() - size / 2)
        painter.drawPixmap(corner, theme.pixmap(self.line.icon, colour, 14))
        painter.end()


class TimelineView(QWidget):
    """All lines of a timeline, oldest on top."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._lines: tuple[TimelineLine, ...] = ()
        self._rows: list[TimelineRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        theme.changed.connect(self._build_anew)

    def show_lines(self, lines: Sequence[TimelineLine]) -> None:
        """Show these lines in place of any others."""
        if tuple(lines) != self._lines:
            before, self._lines = self._lines, tuple(lines)
            pairs = zip(before, self._lines, strict=False)
            self._build(sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], pairs)))

    def _build_anew(self) -> None:
        self._build(0)

    def _build(self, kept: int) -> None:
        """Make the lines after the first `kept` ones, which stay; many come one by one."""
        for row in self._rows[kept:]:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        new = [TimelineRow(self.theme, line, self) for line in self._lines[kept:]]
        self._rows = [*self._rows[:kept], *new]
        for place, row in enumerate(self._rows):
            row.is_last = place == len(self._rows) - 1
            if place >= kept:
                self._column.insertWidget(place, row)
                row.show()
            else:
                row.update()
        self._column.activate()  # else they lie on top of each other until the next event
