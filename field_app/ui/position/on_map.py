"""Tells the map where the person is, and how old that is."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from field_app.domain.errors import FieldAppError
from field_app.domain.position import Position
from field_app.queries.position import last_position
from field_app.ui.map.journey import OwnPlace
from field_app.ui.office import Office
from field_app.ui.position.words import age_words
from field_app.ui.tickets.map_holder import MapHolder

OLDER_MS: Final = 60_000
"""How often a position's age is told anew."""


class PositionOnMap(QObject):
    """Follows the bus; begins with the kept position once there is a map."""

    def __init__(self, office: Office, holder: MapHolder) -> None:
        super().__init__(holder)
        self._office, self._holder = office, holder
        self._older = QTimer(self)
        self._older.setInterval(OLDER_MS)
        self._older.timeout.connect(self.show_now)
        office.bus.position_changed.connect(self.show_now)
        holder.loaded.connect(self._begin)

    @Slot()
    def show_now(self) -> None:
        """Show the newest position with its age of now."""
        position, now = self._office.bus.position, self._office.clock.now()
        if position is None:
            return
        age = position.age(now)
        is_stale = position.is_stale(now)
        self._holder.show_own(
            OwnPlace(
                latitude=position.place.latitude,
                longitude=position.place.longitude,
                accuracy_m=position.place.accuracy_m or 0.0,
                heading_deg=None if is_stale else position.heading_deg,
                is_stale=is_stale,
                age=age_words(age) if is_stale and age is not None else "",
            )
        )

    @Slot()
    def _begin(self) -> None:
        self._older.start()
        if self._office.bus.position is None:
            self._office.see(last_position, then=self._tell, failed=self._do_without)

    def _tell(self, position: Position | None) -> None:
        if position is not None and self._office.bus.position is None:
            self._office.bus.tell_position(position)

    def _do_without(self, _failure: FieldAppError) -> None:
        """Show none: the list says by itself that the database cannot be read."""
