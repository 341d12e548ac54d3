"""Jobs that are not on the map: how many, told below it, and a sheet from which each is opened."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
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
EDGE: Final = 28
ICON: Final = 34
"""Of the button: what lies beside its words, pixels of the design."""


class CountButton(QuietButton):
    """Tells how many jobs are not on the map, in as many words as there is room for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.count = 0
        super().__init__(theme, self._whole, icon="map-pin-off", parent=parent)

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        super().retranslate()
        self.setToolTip(self._whole())
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the room for icon and number."""
        return QSize(self.theme.px(44) + self._wide(count(self.count)), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say more or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short = _("{count} not on the map").format(count=count(self.count))
        room = self.width() - self.theme.px(EDGE + ICON)
        fitting = (words for words in (self._whole(), short) if self._wide(words) <= room)
        self.setText(next(fitting, count(self.count)))

    def _wide(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)

    def _whole(self) -> str:
        return ngettext(
            "{count} job without a place on the map",
            "{count} jobs without a place on the map",
            self.count,
        ).format(count=count(self.count))


class PlacelessBar(QWidget):
    """The line below the map; hidden while every job is on it.

    Signals:
        wished: Show these jobs.
    """

    wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        self.button = CountButton(theme, self)
        self.button.clicked.connect(self.wished)
        row.addWidget(self.button, 1)
        self.hide()

    def show_rows(self, rows: Sequence[TicketRow]) -> None:
        """Tell how many jobs are not on the map."""
        self.button.count = len(rows)
        self.button.retranslate()
        self.setVisible(bool(rows))


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
