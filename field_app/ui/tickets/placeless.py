"""Jobs that are not on the map: how many, told below it, and a sheet from which each is opened."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from field_app.domain.clock import Clock
from field_app.queries.tickets import TicketRow
from field_app.texts import _, ngettext
from field_app.texts.numbers import count
from field_app.ui.shared.buttons import QuietButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme
from field_app.ui.tickets.list_view import TicketListView
from field_app.ui.tickets.row_painter import ROW
from field_app.ui.tickets.tickets_model import Index

EDGES: Final = 260
"""Pixels of the design that the sheet needs above and below its list."""


class PlacelessBar(QWidget):
    """The line below the map; hidden while every job is on it.

    Signals:
        wished: Show these jobs.
    """

    wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[TicketRow] = ()
        self.setProperty("bar", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        self.button = QuietButton(theme, self._words, icon="map-pin-off", parent=self)
        self.button.clicked.connect(self.wished)
        row.addWidget(self.button, 1)
        self.hide()

    def show_rows(self, rows: Sequence[TicketRow]) -> None:
        """Tell how many jobs are not on the map."""
        self.rows = rows
        self.button.retranslate()
        self.setVisible(bool(rows))

    def _words(self) -> str:
        many = len(self.rows)
        return ngettext(
            "{count} job without a place on the map",
            "{count} jobs without a place on the map",
            many,
        ).format(count=count(many))


class PlacelessSheet(Sheet):
    """The jobs that are not on the map.

    Signals:
        ticket_chosen: str. Show this job.
    """

    ticket_chosen = Signal(str)

    def __init__(
        self, theme: Theme, clock: Clock, over: QWidget, rows: Sequence[TicketRow]
    ) -> None:
        """Make the sheet over the window of a widget."""
        super().__init__(theme, over, _("Jobs without a place on the map"), width=640)
        self.body.addWidget(
            ThaiLabel(
                theme,
                _(
                    "They came without coordinates, or with coordinates far from all other jobs. "
                    "They are in your list like any other job."
                ),
                colour="text2",
            )
        )
        self.list = TicketListView(theme, clock, self)
        self.list.tickets.show_tickets(
            [row._replace(place_line=_why(row)) for row in rows], clock.now(), is_grouped=False
        )
        room = over.window().height() - theme.px(EDGES)
        self.list.setFixedHeight(max(theme.px(ROW), min(room, theme.px(ROW) * len(rows))))
        self.list.clicked.connect(self._take_clicked)
        self.list.ticket_opened.connect(self._take)
        self.body.addWidget(self.list)
        self.list.choose_first()

    def _take_clicked(self, index: Index) -> None:
        row = self.list.tickets.ticket(index)
        if row is not None:
            self._take(row.id)

    def _take(self, ticket_id: str) -> None:
        self.close_it()
        self.ticket_chosen.emit(ticket_id)


def _why(row: TicketRow) -> str:
    """Return why a job is not on the map, and what else is known of its place."""
    if row.latitude is None or row.longitude is None:
        why = _("No coordinates")
    else:
        place = f"{row.latitude:.4f}, {row.longitude:.4f}"
        why = _("Far from all others: {place}").format(place=place)
    return " · ".join(part for part in (why, row.place_line) if part)
