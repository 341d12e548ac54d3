"""One line above the photos: how far many of them are, a way to stop, and what became of them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from field_app.texts import _
from field_app.ui.photos.bulk_words import is_worth_a_list, looking_words, saving_words
from field_app.ui.photos.words import AddedFiles, added_sentence
from field_app.ui.shared.announce import announce
from field_app.ui.shared.buttons import IconButton, LineButton
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme

LINE_PX = 4
"""Height of the line that grows."""
FEW = 2
"""So many photos at once need no bar; their slot says how far they are."""


class IntakeBar(QWidget):
    """Hidden until something takes a while, or until there is a list to be read.

    Signals:
        stop_wished: Finish the photo under way and try no other.
        list_wished: Show what became of each file.
    """

    stop_wished = Signal()
    list_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._say: Callable[[], str] = str
        self._share = 0.0
        self._is_moving = False
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(6), theme.px(6) + LINE_PX)
        row.setSpacing(theme.px(10))
        self._glyph = IconLabel(theme, "hard-drive", "infoText", 20, self)
        row.addWidget(self._glyph)
        self._words = ThaiLabel(theme, role="label", weight=600, colour="infoText")
        row.addWidget(self._words, 1)
        self.stop = LineButton(theme, lambda: _("Stop"), icon="square", parent=self)
        self.stop.clicked.connect(self._wish_stop)
        row.addWidget(self.stop)
        self.list = LineButton(theme, lambda: _("Show the list"), icon="list-checks", parent=self)
        self.list.clicked.connect(self.list_wished)
        row.addWidget(self.list)
        self.cross = IconButton(theme, "x", lambda: _("Put away"), kind="quiet", parent=self)
        self.cross.clicked.connect(self.hide)
        row.addWidget(self.cross)
        self.hide()

    @property
    def words(self) -> str:
        """What the bar says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def show_looking(self, count: int) -> None:
        """Say that folders are being looked through."""
        self._move(lambda: looking_words(count), 0.0)

    def show_saving(self, done: int, of: int, name: str, job: str) -> None:
        """Say how far the photos are.

        Args:
            done: So many are done.
            of: So many there are; few of them need no bar.
            name: Of the one under way.
            job: The number of the job, when another one is in sight; else empty.
        """
        if of > FEW:
            where = f"{job}: " if job else ""
            self._move(lambda: where + saving_words(done + 1, of, name), done / of)

    def show_stopping(self) -> None:
        """Say that no other photo is tried."""
        self._say = lambda: _("Stopping after the photo under way")
        self.stop.setEnabled(False)
        self._retranslate()

    def show_result(self, result: AddedFiles) -> None:
        """Say what became of the files, as long as there is something to be read."""
        self._is_moving, self._share = False, 0.0
        self._glyph.set_icon("list-checks", "infoText")
        self._say = lambda: added_sentence(result)
        self._show_buttons()
        self.setVisible(is_worth_a_list(result))
        self._retranslate()
        if not self.isHidden():
            announce(self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, and the line that grows."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("info"), 1))
        painter.setBrush(theme.colour("infoTint"))
        radius = theme.radius("control")
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, radius, radius)
        if self._is_moving:
            room = area.width() - 2 * radius
            line = QRectF(radius, area.bottom() - LINE_PX - 1, room, LINE_PX)
            painter.fillRect(line, theme.colour("surface3"))
            line.setWidth(room * self._share)
            painter.fillRect(line, theme.colour("info"))
        painter.end()

    def _move(self, say: Callable[[], str], share: float) -> None:
        was_moving = self._is_moving and not self.isHidden()
        self._say, self._share, self._is_moving = say, share, True
        if not was_moving:
            self._glyph.set_icon("hard-drive", "infoText")
            self.stop.setEnabled(True)
            self._show_buttons()
            self.show()
        elif not self.stop.isEnabled():
            return  # it says that it stops
        self._retranslate()
        if not was_moving:
            announce(self)

    def _show_buttons(self) -> None:
        self.stop.setVisible(self._is_moving)
        self.list.setVisible(not self._is_moving)
        self.cross.setVisible(not self._is_moving)

    def _wish_stop(self) -> None:
        self.show_stopping()
        self.stop_wished.emit()

    def _retranslate(self) -> None:
        words = self._say()
        self._words.setText(words[:1].upper() + words[1:])
        self.setAccessibleName(self._words.text())
        self.update()
