"""Choice cards: one of several ways on, with what it would mean below its name."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from field_app.texts import _
from field_app.ui.shared.labels import wrap
from field_app.ui.theme import Theme

LEFT = 52
"""Pixels of the design before the words."""
TALL = 70
SHORT = 48
RING = 11


class ChoiceCard(QAbstractButton):
    """A choice of a group: ring, name, one sentence, icon. Use it in an exclusive QButtonGroup."""

    def __init__(
        self, theme: Theme, name: str, meaning: str = "", *, icon: str = "", parent: QWidget
    ) -> None:
        """Make the card.

        Args:
            theme: Gives colours and sizes.
            name: What a person chooses, in the language in use.
            meaning: What happens then; may be empty.
            icon: Icon at the right edge; empty for none.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.theme = theme
        self.name = name
        self.meaning = meaning
        self.icon_name = icon
        self.is_recommended = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(name)
        self.setAccessibleDescription(meaning)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the size of a card in a sheet."""
        return QSize(self.theme.px(480), self.heightForWidth(self.theme.px(480)))

    def heightForWidth(self, width: int) -> int:
        """Return the height in pixels that holds name and meaning."""
        if not self.meaning:
            return self.theme.px(SHORT)
        lines = len(self._meaning_lines(width))
        return self.theme.px(TALL) + (lines - 1) * self.theme.line("caption")

    def event(self, event: QEvent) -> bool:
        """Repaint when the pointer comes and goes."""
        if event.type() in {QEvent.Type.Enter, QEvent.Type.Leave}:
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, ring and words."""
        theme, on = self.theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = "focus" if self.hasFocus() else "brand" if on else "borderStrong"
        wide = 2.0 if on or self.hasFocus() else 1.0
        painter.setPen(QPen(theme.colour(line), wide))
        fill = "brandTint" if on else "surface2" if self.underMouse() else "surface"
        painter.setBrush(theme.colour(fill))
        inset = wide / 2
        radius = theme.radius("control")
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, radius, radius)
        self._paint_ring(painter, on=on)
        self._paint_words(painter)
        if self.icon_name:
            size = theme.px(24)
            left = self.width() - size - theme.px(16)
            top = (self.height() - size) // 2
            painter.drawPixmap(left, top, theme.pixmap(self.icon_name, "text2", 24))
        painter.end()

    def _paint_ring(self, painter: QPainter, *, on: bool) -> None:
        theme = self.theme
        middle = QPointF(theme.px(28), theme.px(25 if self.meaning else SHORT / 2))
        painter.setPen(QPen(theme.colour("brand" if on else "borderStrong"), 2))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(middle, theme.px(RING), theme.px(RING))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("brand"))
            painter.drawEllipse(middle, theme.px(6), theme.px(6))

    def _paint_words(self, painter: QPainter) -> None:
        theme = self.theme
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        left, room = theme.px(LEFT), self._room(self.width())
        top = theme.px(12 if self.meaning else (SHORT - 24) / 2)
        painter.setFont(theme.font("rowTitle"))
        painter.setPen(theme.colour("text"))
        name = painter.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top, room, theme.px(24)), align, name)
        if self.is_recommended:
            self._paint_mark(painter, left + painter.fontMetrics().horizontalAdvance(name))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2"))
        top += theme.px(24)
        for words in self._meaning_lines(self.width()) if self.meaning else ():
            painter.drawText(QRect(left, top, room + 2, theme.line("caption")), align, words)
            top += theme.line("caption")

    def _paint_mark(self, painter: QPainter, after: int) -> None:
        theme, words = self.theme, _("Recommended")
        painter.setFont(theme.font_of(13, 600))
        width = painter.fontMetrics().horizontalAdvance(words) + theme.px(18)
        area = QRectF(after + theme.px(10) + 0.5, theme.px(12) + 0.5, width, theme.px(24) - 1)
        painter.setPen(QPen(theme.colour("brand"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(area, theme.radius("chip"), theme.radius("chip"))
        painter.setPen(theme.colour("brandText"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

    def _room(self, width: int) -> int:
        return width - self.theme.px(LEFT) - self.theme.px(56 if self.icon_name else 16)

    def _meaning_lines(self, width: int) -> list[str]:
        return wrap(self.meaning, self.theme.font("caption"), self._room(width))
