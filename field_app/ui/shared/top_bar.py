"""The top bar: title, today's progress, search and the sync pill."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from field_app.texts import _
from field_app.texts.dates import weekday_date
from field_app.ui.shared.buttons import QuietButton
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.pill import SyncPill
from field_app.ui.shared.screen import Progress, Screen
from field_app.ui.theme import Theme

SEARCH_WIDE: Final = 270
SEARCH_NARROW: Final = 96
CAP_FROM: Final = 220
"""Narrower search boxes do without the key cap."""
TITLE_WIDEST: Final = 560
MOST_CHIPS: Final = 2


class ProgressOfTheDay(QWidget):
    """Date, how much is done, and a bar."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._date, self._words, self._share = "", "", 0.0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_progress(self, progress: Progress, today: datetime) -> None:
        """Show today's progress in the language in use."""
        self._date = weekday_date(today)
        self._words = _("{done} of {all} done").format(done=progress.done, all=progress.all)
        self._share = progress.done / progress.all if progress.all else 0.0
        self.setAccessibleName(f"{self._date}, {self._words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for date, words and bar."""
        date = QFontMetrics(self.theme.font_of(14)).horizontalAdvance(self._date)
        words = QFontMetrics(self.theme.font_of(14, 600)).horizontalAdvance(self._words)
        wide = max(self.theme.px(200), date + words + self.theme.px(32))
        return QSize(wide, self.theme.px(34))

    def minimumSizeHint(self) -> QSize:
        """The date may go, what is done is never cut."""
        words = QFontMetrics(self.theme.font_of(14, 600)).horizontalAdvance(self._words)
        return QSize(words + 2, self.theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words and bar."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(0, 0, self.width(), theme.px(20))
        painter.setFont(theme.font_of(14))
        painter.setPen(theme.colour("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        if self.width() >= self.sizeHint().width():
            painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, self._date)
        painter.setFont(theme.font_of(14, 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, self._words)
        tall = theme.px(8)
        bar = QRectF(0, self.height() - tall, self.width(), tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface3"))
        painter.drawRoundedRect(bar, tall / 2, tall / 2)
        if self._share > 0:
            bar.setWidth(max(tall, bar.width() * min(1.0, self._share)))
            painter.setBrush(theme.colour("brand"))
            painter.drawRoundedRect(bar, tall / 2, tall / 2)
        painter.end()


class SearchBox(QLineEdit):
    """A field with a magnifying glass, and the cap of its key while it is empty.

    Signals:
        left: Esc or Enter: the list gets the focus again.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._restyle()
        self.retranslate()
        theme.changed.connect(self._restyle)

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        self.setPlaceholderText(_("Job no. or street"))
        self.setAccessibleName(_("Search jobs"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc empties the field, then gives the list the focus; so does Enter."""
        if event.type() is QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # a key press is a QKeyEvent
            if key == Qt.Key.Key_Escape and self.text():
                self.clear()
                return True
            if key in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
                self.left.emit()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, its icon and the key cap."""
        super().paintEvent(event)
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(20)
        painter.drawPixmap(
            theme.px(13), (self.height() - size) // 2, theme.pixmap("search", "text3", 20)
        )
        if not self.text() and not self.hasFocus() and self.width() >= theme.px(CAP_FROM):
            wide = theme.px(24)
            cap = QRectF(
                self.width() - wide - theme.px(12) + 0.5,
                (self.height() - theme.px(22)) // 2 + 0.5,
                wide,
                theme.px(22),
            )
            painter.setPen(QPen(theme.colour("borderStrong"), 1))
            painter.setBrush(theme.colour("surface2"))
            painter.drawRoundedRect(cap, theme.px(5), theme.px(5))
            painter.setFont(theme.font_of(12, 600))
            painter.setPen(theme.colour("text2"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "/")
        painter.end()

    def _restyle(self) -> None:
        self.setTextMargins(self.theme.px(28), 0, 0, 0)
        self.setMaximumWidth(self.theme.px(SEARCH_WIDE))
        self.setMinimumWidth(self.theme.px(SEARCH_NARROW))

    def sizeHint(self) -> QSize:
        """Return the width of the design; a narrow window takes from it."""
        return QSize(self.theme.px(SEARCH_WIDE), super().sizeHint().height())


class TopBar(QWidget):
    """Shows what the current screen says of itself.

    Signals:
        back_wished: Go back.
    """

    back_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 12, 0)
        self._row.setSpacing(16)
        self.back = QuietButton(theme, lambda: _("Back"), icon="arrow-left", parent=self)
        self.back.clicked.connect(self.back_wished)
        self._rule = QFrame(self)
        self._rule.setProperty("rule", "upright")
        self._title = ThaiLabel(theme, role="h1", wraps=False)
        self._chips = [StatusChip(theme) for _chip in range(MOST_CHIPS)]
        self._subtitle = ThaiLabel(theme, colour="text2", wraps=False)
        self._progress = ProgressOfTheDay(theme, self)
        self.search = SearchBox(theme, self)
        self.pill = SyncPill(theme, self)
        for widget in (self.back, self._rule, self._title, *self._chips, self._subtitle):
            self._row.addWidget(widget)
        self._row.addWidget(self._progress)
        self._row.addStretch(1)
        self._row.addWidget(self.search)
        self._row.addWidget(self.pill)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_screen(self, screen: Screen, today: datetime) -> None:
        """Show title, chips, progress and search of a screen in the language in use."""
        self._title.setText(screen.title())
        self._fit_title()
        self._subtitle.setText(screen.subtitle())
        self._subtitle.setVisible(bool(screen.subtitle()))
        chips = screen.chips()[:MOST_CHIPS]
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(chips))
            if place < len(chips):
                chip.show_status(*chips[place])
        progress = screen.progress()
        self._progress.setVisible(progress is not None)
        if progress is not None:
            self._progress.show_progress(progress, today)
        self.search.setVisible(screen.can_search)
        self.back.setVisible(screen.has_back)
        self._rule.setVisible(screen.has_back)

    def _fit_title(self) -> None:
        """Keep short titles whole; long ones may be elided."""
        widest = self.theme.px(TITLE_WIDEST) // 2
        self._title.setMinimumWidth(min(self._title.sizeHint().width(), widest))

    def _restyle(self) -> None:
        self._fit_title()
        self.setFixedHeight(self.theme.px(56))
        self._rule.setFixedHeight(self.theme.px(28))
