"""Two photos that show the same, side by side over the dimmed window."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from field_app.queries.repeats import Repeat
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.check_words import badge_words, seen_words
from field_app.ui.photos.repeat_half import RepeatHalf
from field_app.ui.photos.repeat_words import ABSENCES, added_words, file_words, job_and_role
from field_app.ui.photos.zoomed_photo import Zoom
from field_app.ui.shared.buttons import IconButton, LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme

TALLEST: Final = 860
"""Pixels of the design; more would only be air around the photos."""
MARGIN: Final = 24
"""Pixels between the panel and the window's edge."""


class RepeatSheet(Sheet):
    """The earlier photo at the left, this one at the right; both zoom together.

    Signals:
        job_wished: TicketId. A person wants to open the earlier photo's job.
    """

    job_wished = Signal(str)
    widest = 1240

    def __init__(
        self, theme: Theme, background: Background, repeat: Repeat, now: datetime, over: QWidget
    ) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            background: Loads the pictures.
            repeat: The two photos.
            now: For dates.
            over: Any widget of the window to cover.
        """
        super().__init__(theme, over, badge_words(repeat.check), width=self.widest)
        self._repeat = repeat
        self._now = now
        self.zoom = Zoom(self)
        self.said = ThaiLabel(theme, colour="text2")
        self.body.addWidget(self.said)
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(12))
        self.earlier = RepeatHalf(theme, background, self.zoom, self)
        self.this = RepeatHalf(theme, background, self.zoom, self)
        halves.addWidget(self.earlier, 1)
        halves.addWidget(self.this, 1)
        self.body.addLayout(halves, 1)
        self._make_buttons()
        self.show_repeat(repeat)

    def _make_buttons(self) -> None:
        theme = self.theme
        self.further = IconButton(theme, "zoom-out", lambda: _("Smaller (key -)"), parent=self)
        self.closer = IconButton(theme, "zoom-in", lambda: _("Larger (key +)"), parent=self)
        self.further.clicked.connect(self._go_further)
        self.closer.clicked.connect(self._go_closer)
        self.job = LineButton(
            theme,
            lambda: _("Open job {number}").format(number=self._repeat.seen.ticket_id),
            icon="arrow-up-right",
            parent=self,
        )
        self.job.clicked.connect(self._wish_job)
        self.done = PrimaryButton(theme, lambda: _("Close"), parent=self)
        self.done.clicked.connect(self.close_it)
        for button in (self.further, self.closer, self.job, self.done):
            self.add_button(button)
        self.zoom.changed.connect(self._follow_zoom)

    def show_repeat(self, repeat: Repeat) -> None:
        """Show what is known of the two photos now."""
        self._repeat = repeat
        seen, now = repeat.seen, self._now
        self.said.setText(f"{seen_words(repeat.check)} · {file_words(repeat)}")
        name = job_and_role(seen.ticket_id, seen.role)
        earlier = _("The earlier photo")
        if repeat.absence is None and repeat.earlier is not None:
            self.earlier.show_card(earlier, name, repeat.earlier, now)
        else:
            why = _(ABSENCES[repeat.absence]) if repeat.absence is not None else ""
            self.earlier.show_absence(earlier, name, added_words(seen.added_at, now), why)
        photo = repeat.card.photo
        name = job_and_role(repeat.ticket_id, photo.role)
        self.this.show_card(_("This photo"), name, repeat.card, now)
        self.job.setVisible(repeat.has_job and repeat.is_other_job)
        self.job.retranslate()
        self._follow_zoom()

    def open_sheet(self) -> None:
        """Show the sheet with the focus on this photo, which the keys then zoom."""
        self.open_it(self.this.picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, 0 shows all of both; other keys as in every sheet."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._go_closer()
            case Qt.Key.Key_Minus:
                self._go_further()
            case Qt.Key.Key_0:
                self.zoom.show_all()
            case _:
                super().keyPressEvent(event)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as large as the window allows: photos want room."""
        super().resizeEvent(event)
        wide, tall = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        self._panel.setFixedSize(
            min(self.theme.px(self.widest), wide), min(self.theme.px(TALLEST), tall)
        )

    def _go_closer(self) -> None:
        self.zoom.step(1)

    def _go_further(self) -> None:
        self.zoom.step(-1)

    @Slot()
    def _follow_zoom(self) -> None:
        self.further.setEnabled(not self.zoom.is_whole)
        self.closer.setEnabled(not self.zoom.is_closest)

    @Slot()
    def _wish_job(self) -> None:
        self.job_wished.emit(self._repeat.seen.ticket_id)
