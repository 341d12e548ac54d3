"""The top bar: title, today's progress, search and the sync pill."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from field_app.texts import _
from field_app.texts.dates import weekday_date
from field_app.ui.shared.buttons import QuietButton
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.pill import SyncPill
from field_app.ui.shared.screen import Progress, Screen
from field_app.ui.shared.search_box import SearchBox
from field_app.ui.theme import Theme

TALL: Final = 56
TITLE_READABLE: Final = 180
"""Room of a title that is worth more than a second chip."""
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


class TopBar(QWidget):
    """Shows what the current screen says of itself; what matters least gives way first.

    It never asks the window for more room: subtitle and progress go, the search box shrinks, the
    end of a long title is elided, the second chip goes, and at last the pill keeps its state only.

    Signals:
        back_wished: Go back.
    """

    back_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._subtitle_words = ""
        self._chip_count = 0
        self._has_progress = False
        self._deeds: list[QWidget] = []
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

    def add_deed(self, button: QWidget) -> None:
        """Put a button beside the pill; it comes and goes as it likes, and has its room first."""
        self._deeds.append(button)
        self._row.insertWidget(self._row.indexOf(self.pill), button)

    def show_screen(self, screen: Screen, today: datetime) -> None:
        """Show title, chips, progress and search of a screen in the language in use."""
        self._title.setText(screen.title())
        self._subtitle_words = screen.subtitle()
        self._subtitle.setText(self._subtitle_words)
        chips = screen.chips()[:MOST_CHIPS]
        self._chip_count = len(chips)
        for chip, facts in zip(self._chips, chips, strict=False):
            chip.show_status(*facts)
        progress = screen.progress()
        self._has_progress = progress is not None
        if progress is not None:
            self._progress.show_progress(progress, today)
        self.search.setVisible(screen.can_search)
        self.back.setVisible(screen.has_back)
        self._rule.setVisible(screen.has_back)
        self._fit()
        self._row.activate()  # at once: the screen before had other parts

    def minimumSizeHint(self) -> QSize:
        """Return what holds the pill's state; everything else gives way."""
        margins = self._row.contentsMargins()
        wide = self.pill.minimumSizeHint().width() + margins.left() + margins.right()
        return QSize(wide, self.theme.px(TALL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the most of another width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Make room anew when the pill or another part says more or less."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Give each part its room, what matters most first."""
        spare = self._room_left()
        pill = self.pill.minimumSizeHint().width()
        more = self.pill.sizeHint().width() - pill
        granted = min(spare, more)
        self.pill.setMinimumWidth(pill + granted)
        spare -= granted
        title, whole = self._least_title(), self._title.sizeHint().width()
        granted = max(0, min(spare, min(whole, self.theme.px(TITLE_READABLE)) - title))
        title, spare = title + granted, spare - granted
        for deed in self._deeds:
            spare = self._grant_words(deed, spare)
        for place, chip in enumerate(self._chips[1:], start=1):
            spare = self._grant(chip, spare, is_wanted=place < self._chip_count)
        granted = max(0, min(spare, whole - title))
        self._title.setMinimumWidth(title + granted)
        spare = self._grant(self._progress, spare - granted, is_wanted=self._has_progress)
        self._subtitle.setMinimumWidth(self._subtitle.sizeHint().width())
        self._grant(self._subtitle, spare, is_wanted=bool(self._subtitle_words))

    def _room_left(self) -> int:
        """Return the pixels beyond what is always there: way back, first chip, search, pill."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        self._chips[0].setVisible(self._chip_count > 0)
        always = (self.back, self._rule, self._chips[0], self.search, *self._deeds, self.pill)
        widths = [
            max(widget.minimumSizeHint().width(), 1 if widget is self._rule else 0)
            if widget is not self.search
            else self.search.minimumWidth()
            for widget in always
            if not widget.isHidden()
        ]
        room = self.width() - margins.left() - margins.right() - self._least_title()
        return max(0, room - sum(widths) - gap * len(widths))

    def _least_title(self) -> int:
        return min(self._title.sizeHint().width(), self._title.minimumSizeHint().width())

    def _grant(self, widget: QWidget, spare: int, *, is_wanted: bool) -> int:
        """Show a part if it is wanted and fits; return what is left."""
        needed = widget.minimumSizeHint().width()
        needed = max(needed, widget.minimumWidth()) + self._row.spacing()
        is_shown = is_wanted and needed <= spare
        widget.setVisible(is_shown)
        return spare - needed if is_shown else spare

    def _grant_words(self, deed: QWidget, spare: int) -> int:
        """Let a deed show its words if they fit, else its icon alone; return what is left."""
        least = deed.minimumSizeHint().width()
        more = deed.sizeHint().width() - least
        if more <= 0 or deed.isHidden():
            return spare
        granted = more if more <= spare else 0
        deed.setFixedWidth(least + granted)
        return spare - granted

    def _restyle(self) -> None:
        self.setFixedHeight(self.theme.px(TALL))
        self._rule.setFixedHeight(self.theme.px(28))
        self._fit()
