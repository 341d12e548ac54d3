"""The middle pane: the map, made after the window is in sight."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.domain.place import Place
from field_app.queries.tickets import TicketRow
from field_app.texts import _, language
from field_app.ui.background import Job
from field_app.ui.basemaps.map_keeper import MapKeeper
from field_app.ui.map.journey import MapStop, OwnPlace
from field_app.ui.office import Office
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.tickets.pin_maker import MapJobs, PinMaker
from field_app.ui.tickets.placeless import PlacelessBar, PlacelessSheet


class MapHolder(QWidget):
    """Keeps what the map shall show until there is a map.

    Signals:
        ticket_chosen: str. A pin was clicked, or a job that is not on the map.
        place_chosen: (float, float). Degrees north and east of a click beside all pins.
        loaded: There is a map now.
        sight_changed: Sight. The map shows another part of the earth.
    """

    ticket_chosen = Signal(str)
    place_chosen = Signal(float, float)
    loaded = Signal()
    sight_changed = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = office.theme
        self._office = office
        self._make_map = office.make_map
        self._background = office.background
        self.map: Any = None
        self.keeper: MapKeeper | None = None
        self._clock = office.clock
        person = office.app.person
        self.has_heat = person is not None and person.is_supervisor
        """Whether the map can show where jobs are many."""
        self._jobs = MapJobs()
        self._made = PinMaker()
        self._making: Job | None = None
        self._chosen = ""
        self._position: Place | None = None
        self._own: OwnPlace | None = None
        self._route: tuple[Sequence[MapStop], OwnPlace | None] | None = None
        self.setMinimumWidth(160)
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._waiting = EmptyState(self.theme, self)
        self._waiting.setProperty("surface", "canvas")
        self._column.addWidget(self._waiting, 1)
        self.placeless = PlacelessBar(self.theme, self)
        self.placeless.wished.connect(self.tell_placeless)
        self._column.addWidget(self.placeless)
        self._say_why()

    def load(self) -> None:
        """Make the map now, once."""
        if self._make_map is None or self.map is not None:
            return
        self.map = self._make_map(self)
        self.map.setAccessibleName(_("Map of the jobs"))
        self._column.removeWidget(self._waiting)
        self._waiting.hide()
        self._column.insertWidget(0, self.map, 1)
        self.map.ticket_chosen.connect(self.ticket_chosen)
        self.map.place_chosen.connect(self.place_chosen)
        self.map.sight_changed.connect(self.sight_changed)
        self.keeper = MapKeeper(self._office, self.map)
        if self.has_heat:
            self.map.offer_heat()
        self._dress()
        self.theme.changed.connect(self._dress)
        self.map.set_language(language())
        self.map.show_pins(self._jobs.pins)
        self._show_rest()
        self.loaded.emit()

    def _dress(self) -> None:
        self.map.set_theme(self.theme.name, self.theme.percent)

    def show_rows(self, rows: Sequence[TicketRow], position: Place | None) -> None:
        """Show a pin for each job with a place, and where the person is."""
        self._position = position
        self._show_rest()
        if self._making is not None:
            self._making.cancel()
        self._making = self._background.run(
            self._made.sort_out, rows, done=self._show_jobs, is_question=True
        )

    def _show_jobs(self, jobs: MapJobs) -> None:
        self._making = None
        self._jobs = jobs
        self.placeless.show_rows(jobs.placeless)
        if self.map is not None:
            self.map.show_pins(jobs.pins)

    def tell_placeless(self) -> None:
        """Show the jobs that are not on the map, where there are any."""
        if self._jobs.placeless:
            sheet = PlacelessSheet(self.theme, self._clock, self, self._jobs.placeless)
            sheet.ticket_chosen.connect(self.ticket_chosen)
            sheet.open_it(sheet.list)

    def show_own(self, place: OwnPlace) -> None:
        """Show where the person is, instead of where the list was sorted from."""
        self._own = place
        self._show_rest()

    def show_route(self, stops: Sequence[MapStop] | None, start: OwnPlace | None = None) -> None:
        """Draw a line from the start through numbered stops; None takes it away."""
        self._route = None if stops is None else (stops, start)
        if self.map is not None:
            self.map.journey.show_route(stops, start)

    def go_to_me(self) -> None:
        """Put one's own place into the middle of the map."""
        if self.map is not None:
            self.map.journey.go_to_me()

    def act(self, deed: str) -> None:
        """Do on the map what a key wishes, once there is one."""
        if self.map is not None:
            self.map.act(deed)

    def select(self, ticket_id: str) -> None:
        """Put one pin in the middle."""
        self._chosen = ticket_id
        if self.map is not None and ticket_id:
            self.map.select(ticket_id)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say_why()
            if self.map is not None:
                self.map.set_language(language())
                self.map.setAccessibleName(_("Map of the jobs"))
        super().changeEvent(event)

    def _show_rest(self) -> None:
        if self.map is None:
            return
        if self._own is not None:
            self.map.journey.show_position(self._own)
        elif self._position is not None:
            place = self._position
            self.map.show_position(place.latitude, place.longitude, place.accuracy_m or 0.0)
        if self._route is not None:
            self.map.journey.show_route(*self._route)
        if self._chosen:
            self.map.select(self._chosen)

    def _say_why(self) -> None:
        if self._make_map is None:
            self._waiting.show_state("map", _("No map in this window"), tone="brand")
        else:
            self._waiting.show_state("map", _("The map is coming"), tone="brand")
