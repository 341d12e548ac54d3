"""Keeps track of where the person is, as long as a source tells it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, QSettings, QTimer, Signal, Slot

from field_app.domain.clock import Clock
from field_app.domain.position import Belief, Keeping, Position, PositionSource
from field_app.ui.bus import Bus
from field_app.ui.position.sources import (
    Fix,
    MakeSource,
    PositionWay,
    Source,
    Trouble,
    Wanted,
    remember,
    remembered,
)

AGAIN_MS: Final = 5_000
"""Until a lost receiver is looked for again."""
SILENCE_MS: Final = 15_000
"""So long nothing may be measured before that is said."""


class Reception(StrEnum):
    """How a source stands."""

    OFF = "off"
    SEARCHING = "searching"
    """Nothing heard yet."""
    NO_FIX = "no_fix"
    """Something is heard, no place yet: satellites are looked for."""
    FIXED = "fixed"
    LOST = "lost"
    """See `Whereabouts.trouble`; tried again by itself."""


class Whereabouts(QObject):
    """Owns the source that a person chose, believes what can be, and tells the bus.

    Signals:
        reception_changed: How the source stands is no longer as it was.
    """

    reception_changed = Signal()

    def __init__(
        self,
        settings: QSettings,
        bus: Bus,
        clock: Clock,
        keep: Callable[[Position], object],
        *,
        make: MakeSource | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Listen to nothing yet.

        Args:
            settings: Remembers the choice.
            bus: Is told of each position that is believed.
            clock: The present as people see it.
            keep: Writes a position down, in the back room.
            make: Makes the source; None for those of Qt, loaded when one is wanted.
            parent: As in Qt.
        """
        super().__init__(parent)
        self._settings, self._bus, self._clock, self._keep = settings, bus, clock, keep
        self._make = make or _qt_source
        self._source: Source | None = None
        self._belief, self._keeping = Belief(), Keeping()
        self.reception = Reception.OFF
        self.trouble: Trouble | None = None
        self.wanted = remembered(settings)
        self._again = self._timer(AGAIN_MS, self._open)
        self._silence = self._timer(SILENCE_MS, self._doubt)

    def begin(self) -> None:
        """Listen to what was chosen last time."""
        self._open()

    def choose(self, wanted: Wanted) -> None:
        """Listen to another source from now on, and remember it."""
        self.wanted = wanted
        remember(self._settings, wanted)
        self._open()

    def leave(self) -> None:
        """Let the device go before the program ends."""
        source = self._source
        self.shut_down()
        if source is not None:
            source.wait()

    def shut_down(self) -> None:
        """Let the device go."""
        self._again.stop()
        self._silence.stop()
        source, self._source = self._source, None
        if source is not None:
            source.stop()
            if isinstance(source, QObject):
                source.deleteLater()

    @Slot()
    def _open(self) -> None:
        self.shut_down()
        self._belief = Belief()
        if self.wanted.way is PositionWay.OFF or not self.wanted.is_complete:
            self._stand(Reception.OFF)
            return
        self._stand(Reception.SEARCHING)
        try:
            source = self._source = self._make(self.wanted, self)
        except ImportError:  # a system library that is missing costs this source only
            self._fail(Trouble.MISSING)
            return
        source.fixed.connect(self._take)
        source.heard.connect(self._hear)
        source.failed.connect(self._fail)
        self._silence.start()
        source.start()

    @Slot(object)
    def _take(self, fix: Fix) -> None:
        is_system = self.wanted.way is PositionWay.SYSTEM
        position = self._belief.take(
            Position(
                place=fix.place,
                source=PositionSource.SYSTEM if is_system else PositionSource.RECEIVER,
                # Not the receiver's own: those of twenty years ago count weeks that begin anew.
                at=self._clock.now(),
                heading_deg=fix.heading_deg,
            )
        )
        if position is None:
            self._hear()
            return
        self._silence.start()
        self._stand(Reception.FIXED)
        self._bus.tell_position(position)
        if self._keeping.wants(position):
            self._keep(position)

    @Slot()
    def _hear(self) -> None:
        if self.reception is Reception.SEARCHING:
            self._stand(Reception.NO_FIX)

    @Slot()
    def _doubt(self) -> None:
        """Say that nothing was measured for a while."""
        if self.reception is Reception.FIXED:
            self._stand(Reception.NO_FIX)

    @Slot(object)
    def _fail(self, trouble: Trouble) -> None:
        """Say why, and try again soon: a receiver is plugged in again, a phone comes back."""
        self.shut_down()
        self._stand(Reception.LOST, trouble)
        if trouble is not Trouble.MISSING:
            self._again.start()

    def _stand(self, reception: Reception, trouble: Trouble | None = None) -> None:
        is_new = (reception, trouble) != (self.reception, self.trouble)
        self.reception, self.trouble = reception, trouble
        if is_new:
            self.reception_changed.emit()

    def _timer(self, after_ms: int, deed: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(deed)
        return timer


def _qt_source(wanted: Wanted, parent: QObject, /) -> Source:
    """Return a source of Qt; its libraries are loaded now."""
    from field_app.ui.position.qt_sources import make_source  # noqa: PLC0415 - most never need it

    return make_source(wanted, parent)
