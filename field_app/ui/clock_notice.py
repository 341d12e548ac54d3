"""Says once that this computer's clock is wrong, and that times on the screen are right."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QWidget

from field_app.domain.clock import correction
from field_app.texts import _
from field_app.texts.dates import clock_words
from field_app.ui.office import Office
from field_app.ui.shared.banner import Banner

TOLD_KEY: Final = "clock/told_ms"
"""How far off the clock was when a person was told and understood; the clock is the computer's."""
SAME: Final = timedelta(minutes=10)
"""A clock that is so much further off than it was when it was told is told again."""


class ClockNotice(Banner):
    """A strip that a person sees once for each time the clock goes wrong."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office.theme, parent)
        self._settings = office.settings
        self._offset_ms = 0

    def show_offset(self, offset_ms: int) -> None:
        """Show what the hub says of the clock, unless it was told already.

        Args:
            offset_ms: Hub time minus this computer's time, milliseconds.
        """
        off = correction(offset_ms)
        if not off:
            self.hide()
            if self._told_ms():
                self._settings.remove(TOLD_KEY)
            return
        if abs(off - timedelta(milliseconds=self._told_ms())) < SAME:
            self.hide()
            return
        is_new = self.isHidden() or off != correction(self._offset_ms)
        self._offset_ms = offset_ms
        if is_new:
            self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and not self.isHidden():
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        understood = ((lambda: _("Understood"), self._understand),)
        fact = clock_words(correction(self._offset_ms))
        more = _("Times on the screen are set right by the hub's clock. Your IT can set the clock.")
        self.show_message("info", fact, more, understood)

    @Slot()
    def _understand(self) -> None:
        self._settings.setValue(TOLD_KEY, self._offset_ms)
        self.hide()

    def _told_ms(self) -> int:
        """Return how far off the clock was when it was told; 0 when it was right since."""
        try:
            return int(str(self._settings.value(TOLD_KEY, 0)))
        except ValueError:
            return 0
