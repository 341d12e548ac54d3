"""What a person does with places on the list's screen: by keys, the panel's links and the map."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from field_app.actions.recording import Done
from field_app.actions.tickets import move_place
from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket
from field_app.queries.tickets import TicketDetail
from field_app.queries.visits import companions
from field_app.texts import _
from field_app.ui.background import Job
from field_app.ui.office import Office
from field_app.ui.places.panel import PlacePanel
from field_app.ui.places.words import away_words
from field_app.ui.shared.screen import Screen
from field_app.ui.shortcuts import bind
from field_app.ui.sync.undoing import Undoing
from field_app.ui.tickets.map_holder import MapHolder

if TYPE_CHECKING:
    from field_app.ui.map.pointing import Pointed, Pointing


class PlaceTools(QObject):
    """Joins the panel of a job's place, the tools of the map, and what is written down.

    Signals:
        ticket_wished: str. Show this job.
    """

    ticket_wished = Signal(str)

    def __init__(
        self, office: Office, holder: MapHolder, panel: PlacePanel, screen: Screen
    ) -> None:
        super().__init__(screen)
        self._office = office
        self._holder = holder
        self._panel = panel
        self._screen = screen
        self._asked: Job | None = None
        self.pointing: Pointing | None = None
        self._undoing = Undoing(office, self)
        self._undoing.said.connect(screen.refusal_wished)
        panel.shown.connect(self._show)
        panel.copy_wished.connect(self.copy)
        panel.move_wished.connect(self.move)
        panel.ticket_wished.connect(self.ticket_wished)
        holder.loaded.connect(self._meet_map)
        keys = (("M", self.measure), ("C", self.copy), ("L", self.move), ("S", panel.lead_to_visit))
        for key, deed in keys:
            bind(screen, key, deed)

    @Slot()
    def measure(self) -> None:
        """Begin to measure on the map, or end it."""
        from field_app.ui.map.pointing import MEASURE  # noqa: PLC0415 - with the map

        if self.pointing is not None:
            self.pointing.toggle(MEASURE)

    @Slot()
    def copy(self) -> None:
        """Show the coordinates of the job in all forms."""
        ticket = self._ticket
        if ticket is None or ticket.place is None:
            return
        places = [(_("Pin"), ticket.place)]
        if ticket.moved_pin is not None and ticket.reported_place is not None:
            places.append((_("Citizen's point"), ticket.reported_place))
        self._offer(places)

    @Slot()
    def move(self) -> None:
        """Move the job's pin: on the map, or where there is none by typing its place."""
        ticket = self._ticket
        if ticket is None or not self._panel.may_move:
            return
        if self.pointing is not None and self.pointing.is_there:
            self.pointing.move(ticket.id, ticket.place, ticket.reported_place)
        else:
            self._ask_why(ticket, None)

    @property
    def _ticket(self) -> Ticket | None:
        detail = self._panel.detail
        return detail.ticket if detail is not None and self._panel.isVisible() else None

    @Slot()
    def _meet_map(self) -> None:
        from field_app.ui.map.map_view import MapView  # noqa: PLC0415 - with the map
        from field_app.ui.map.pointing import Pointing  # noqa: PLC0415 - with the map

        if isinstance(self._holder.map, MapView):
            self.pointing = Pointing(self._holder.map)
            self.pointing.pointed.connect(self._take)
            if self._panel.detail is not None:
                self._trace(self._panel.detail.ticket)

    @Slot(object)
    def _show(self, detail: TicketDetail) -> None:
        """Ask what the visit could do, and show both points on the map."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._office.see(
            companions, detail.ticket.id, then=self._panel.show_companions
        )
        self._trace(detail.ticket)

    def _trace(self, ticket: Ticket) -> None:
        if self.pointing is not None:
            self.pointing.show_moved(ticket.place, ticket.reported_place, ticket.id)

    @Slot(object)
    def _take(self, pointed: "Pointed") -> None:
        from field_app.ui.map.pointing import MOVE  # noqa: PLC0415 - with the map

        if pointed.tool != MOVE:
            self._offer([(_("This place"), pointed.place)])
        elif self._ticket is not None:
            self._ask_why(self._ticket, pointed.place)

    def _offer(self, places: list[tuple[str, Place]]) -> None:
        # Loaded here, as the other sheet: the list is to be there soon, and nobody copies at once.
        from field_app.ui.places.copy_sheet import CopySheet  # noqa: PLC0415

        sheet = CopySheet(self._office.theme, self._screen, places)
        sheet.open_it(sheet.buttons[0])

    def _ask_why(self, ticket: Ticket, place: Place | None) -> None:
        from field_app.ui.places.move_sheet import MoveSheet  # noqa: PLC0415 - as in `_offer`

        sheet = MoveSheet(self._office.theme, self._screen, ticket, place)
        sheet.decided.connect(partial(self._move, ticket))
        sheet.open_it(sheet.where if place is None else sheet.tags[0])

    def _move(self, ticket: Ticket, place: Place, reason: str) -> None:
        if self.pointing is not None:
            self.pointing.end()
        told = partial(self._tell, away_words(place, ticket.place, ticket.reported_place))
        self._office.do(move_place, TicketId(ticket.id), place, reason, then=told)

    def _tell(self, away: str, done: Done) -> None:
        args = ("move_place", done.operation_id, done.ticket_id, self._tell_undone)
        take_back = partial(self._undoing.take_back, *args)
        words = " · ".join(part for part in (_("Pin moved"), away) if part)
        self._screen.news_wished.emit(lambda: words, take_back)

    def _tell_undone(self, _done: Done) -> None:
        self._screen.news_wished.emit(lambda: _("Taken back · it was not sent"), None)
