"""The filter: which statuses, which categories, only what is late."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from field_app.domain.ticket import TicketState
from field_app.queries.tickets import TicketFilter
from field_app.texts import _
from field_app.ui.shared.buttons import LineButton, PrimaryButton, Tag
from field_app.ui.shared.flow_layout import FlowLayout
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shared.words import STATE_WORDS
from field_app.ui.theme import Theme


class FilterSheet(Sheet):
    """Lets a person choose a TicketFilter.

    Signals:
        filter_chosen: TicketFilter. What to show from now on.
    """

    filter_chosen = Signal(object)

    def __init__(
        self, theme: Theme, over: QWidget, ticket_filter: TicketFilter, categories: Iterable[str]
    ) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window.
            ticket_filter: What is shown now.
            categories: Those to choose from.
        """
        super().__init__(theme, over, _("Filter"), width=640)
        self._filter = ticket_filter
        self._overdue = Tag(theme, lambda: _("Only overdue"), parent=self)
        self._overdue.setChecked(ticket_filter.only_overdue)
        self._states = {
            state: Tag(theme, partial(_, words), parent=self)
            for state, words in STATE_WORDS.items()
        }
        self._categories = {
            name: Tag(theme, partial(str, name), parent=self) for name in categories
        }
        for state, tag in self._states.items():
            tag.setChecked(state in ticket_filter.states)
        for name, tag in self._categories.items():
            tag.setChecked(name in ticket_filter.categories)
        self.body.addWidget(self._make_choices(over.window().height() - 240))
        clear = LineButton(theme, lambda: _("Clear filter"), icon="x", parent=self)
        clear.clicked.connect(self._clear)
        self.add_button(clear)
        show = PrimaryButton(theme, lambda: _("Show jobs"), icon="check", parent=self)
        show.clicked.connect(self._choose)
        self.add_button(show)

    def _make_choices(self, room: int) -> QScrollArea:
        """Lay out all tags; what does not fit into `room` pixels scrolls."""
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("surface", "surface")
        flow = FlowLayout(inner)
        groups = (
            (_("Deadline"), [self._overdue]),
            (_("Status"), list(self._states.values())),
            (_("Category"), list(self._categories.values())),
        )
        for heading, tags in groups:
            if tags:
                flow.add_line(ThaiLabel(self.theme, heading, role="label", weight=600))
            for tag in tags:
                flow.addWidget(tag)
        area.setWidget(inner)
        self._area, self._flow, self._room = area, flow, room
        return area

    def open_it(self, focus: QWidget | None = None) -> None:
        """Show the sheet, as tall as its choices."""
        super().open_it(focus)
        needed = self._flow.heightForWidth(self._panel.maximumWidth() - 64)
        self._area.setFixedHeight(min(self._room, needed + 4))

    def _choose(self) -> None:
        self.filter_chosen.emit(
            replace(
                self._filter,
                states=frozenset(state for state, tag in self._states.items() if tag.isChecked()),
                categories=frozenset(
                    name for name, tag in self._categories.items() if tag.isChecked()
                ),
                only_overdue=self._overdue.isChecked(),
            )
        )
        self.close_it()

    def _clear(self) -> None:
        self.filter_chosen.emit(without_filter(self._filter))
        self.close_it()


def without_filter(ticket_filter: TicketFilter) -> TicketFilter:
    """Return the same sorting, scope and words without status, category and lateness."""
    return replace(ticket_filter, states=frozenset(), categories=frozenset(), only_overdue=False)


def is_filtering(ticket_filter: TicketFilter) -> bool:
    """Return whether status, category or lateness hide anything."""
    chosen = ticket_filter.states or ticket_filter.categories
    return bool(chosen) or ticket_filter.only_overdue


def filter_words(ticket_filter: TicketFilter) -> str:
    """Return what the filter shows, in the language in use."""
    parts = [_(STATE_WORDS[TicketState(state)]) for state in sorted(ticket_filter.states)]
    parts += sorted(ticket_filter.categories)
    if ticket_filter.only_overdue:
        parts.append(_("Overdue"))
    return " · ".join(parts)
