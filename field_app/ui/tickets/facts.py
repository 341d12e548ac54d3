"""The facts of a job below its words: deadline, place, crew, and what was begun to be written."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.domain.ticket import Ticket
from field_app.queries.tickets import LocalState, TicketDetail
from field_app.texts import _, ngettext
from field_app.texts.dates import date_and_time
from field_app.texts.numbers import distance
from field_app.ui.photos.words import missing_at_hub
from field_app.ui.theme import Theme
from field_app.ui.tickets.fact import Fact


class TicketFacts(QWidget):
    """Shows the facts of one TicketDetail."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due = Fact(theme, "calendar-clock", self)
        self._place = Fact(theme, "map-pin", self)
        self._crew = Fact(theme, "users", self)
        self._photos = Fact(theme, "cloud-upload", self)
        self._draft = Fact(theme, "pencil-line", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for fact in (self._due, self._place, self._crew, self._photos, self._draft):
            column.addWidget(fact)

    def show_facts(self, detail: TicketDetail, now: datetime) -> None:
        """Show what is known, in the language in use."""
        ticket = detail.ticket
        self._show_due(ticket, now)
        self._show_place(detail)
        crew = detail.crews.get(ticket.crew_id, "") if ticket.crew_id else ""
        count = ngettext("{count} photo", "{count} photos", len(detail.photos))
        self._crew.show_fact(crew or _("No crew yet"), count.format(count=len(detail.photos)))
        is_mine = any(card.local is not LocalState.NONE for card in detail.photos)
        rest = _("The rest is on this computer and is not lost") if is_mine else ""
        self._photos.show_fact(missing_at_hub(detail.photos), rest)
        self._draft.show_fact(_("Draft on this computer") if detail.draft else "", detail.draft)

    def _show_due(self, ticket: Ticket, now: datetime) -> None:
        reported = _("Reported {when}").format(when=date_and_time(ticket.reported_at, now))
        if ticket.due_at is None:
            self._due.show_fact(_("No deadline"), reported)
        else:
            due = _("Due {date}").format(date=date_and_time(ticket.due_at, now))
            self._due.show_fact(due, reported)

    def _show_place(self, detail: TicketDetail) -> None:
        ticket, away = detail.ticket, ""
        if detail.row.distance_m is not None:
            away = _("{distance} from you").format(distance=distance(detail.row.distance_m))
        place = ticket.place
        where = f"{place.latitude:.4f}, {place.longitude:.4f}" if place is not None else ""
        nothing = _("Place on the map") if where else _("No place given")
        said = ticket.address or detail.row.place_line or nothing
        self._place.show_fact(said, " · ".join(part for part in (away, where) if part))
