"""A photo that was taken and not decided about: nobody leaves it behind without a word."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from field_app.texts import _
from field_app.ui.shared.in_hand import InHand


class UndecidedShot(InHand):
    """Asks before the window closes over a photo that is looked at; who goes anyway keeps it."""

    def __init__(
        self, is_there: Callable[[], bool], keep: Callable[[], object], parent: QObject
    ) -> None:
        """Make it.

        Args:
            is_there: Returns whether there is such a photo.
            keep: Keeps it, as soon as it is a file.
            parent: As in Qt.
        """
        super().__init__(parent)
        self._is_there = is_there
        self._keep = keep

    @property
    def is_busy(self) -> bool:
        """Whether there is such a photo."""
        return self._is_there()

    @property
    def unfinished(self) -> tuple[str, ...]:
        """What it is called."""
        return (_("the camera's photo that you look at"),) if self.is_busy else ()

    def stop(self) -> None:
        """Keep it: it can be taken off the job again, a lost one cannot be taken again."""
        if self.is_busy:
            self._keep()
