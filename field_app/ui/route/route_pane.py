"""The left pane while the route is open: how it is sorted, how long it is, its stops."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from field_app.domain.route import RouteOrder
from field_app.queries.route import DayRoute
from field_app.texts import _, ngettext
from field_app.texts.numbers import distance
from field_app.ui.office import Office
from field_app.ui.position.words import position_words
from field_app.ui.route.stops_view import StopsView
from field_app.ui.shared.banner import Banner, BannerRoom
from field_app.ui.shared.buttons import Button, IconButton, LineButton, LinkButton
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segments import Segments

LEAST: Final = 96
"""Pixels of the list that are always in sight."""


class RoutePane(QWidget):
    """Shows a DayRoute.

    Signals:
        back_wished: Show the list of jobs again.
        order_wished: str. Sort by this `RouteOrder`.
        again_wished: Sort anew as it was sorted last.
        kept_wished: New jobs may stay where they were put in.
        position_wished: Say or choose where the position comes from.
        print_wished, pdf_wished: The work list on paper, or as a file.
    """

    back_wished = Signal()
    order_wished = Signal(str)
    again_wished = Signal()
    kept_wished = Signal()
    position_wished = Signal()
    print_wished = Signal()
    pdf_wished = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self.theme = office, office.theme
        self._route: DayRoute | None = None
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        self.banner = Banner(self.theme, self)
        column.addWidget(BannerRoom(self.banner, self))
        self.list = StopsView(self.theme, office.clock, self)
        self.empty = EmptyState(self.theme, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column.addWidget(self.stack, 1)
        column.addWidget(self._make_foot())

    def show_route(self, route: DayRoute) -> None:
        """Show a route, or say why there is none."""
        self._route = route
        self.list.show_route(route)
        self.orders.select(route.order.value)
        self.summary.setText(self._summary(route))
        has_stops = bool(route.rows)
        for button in (self.up, self.down, self.again):
            button.setEnabled(len(route.rows) > 1)
        tools = (self.up, self.down, self.again, self.orders)
        for widget in (*tools, self.summary, self.position, self.foot):
            widget.setVisible(has_stops)
        self._show_position(route)
        self._show_banner(route)
        if has_stops or route.unplaced:
            self.stack.setMinimumHeight(LEAST)  # else it would be as tall as the words instead
            self.stack.setCurrentWidget(self.list)
        else:
            self._say_empty()
            self.stack.setMinimumHeight(0)
            self.stack.setCurrentWidget(self.empty)

    def say_busy(self) -> None:
        """Say that an order is being looked for."""
        self.summary.setText(_("Sorting…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.title.setText(_("Route of the day"))
            self.list.retranslate()
            if self._route is not None:
                self.show_route(self._route)
        super().changeEvent(event)

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        bar.setProperty("bar", "top")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(bar)
        column.setContentsMargins(12, 8, 12, 4)
        column.setSpacing(4)
        column.addLayout(self._make_head())
        column.addLayout(self._make_orders(bar))
        self.summary = ThaiLabel(self.theme, role="label", weight=600, wraps=False)
        column.addWidget(self.summary)
        self.position = LinkButton(
            self.theme, self._position_words, icon="locate-fixed", parent=bar
        )
        self.position.clicked.connect(self.position_wished)
        column.addWidget(self.position, 0, Qt.AlignmentFlag.AlignLeft)
        return bar

    def _make_head(self) -> QLayout:
        """Make the line with the way back, the title, and buttons that move a stop."""
        row = QHBoxLayout()
        row.setSpacing(8)
        back = self._tool("arrow-left", lambda: _("Back to the list (W)"), kind="quiet")
        back.clicked.connect(self.back_wished)
        self.title = ThaiLabel(self.theme, _("Route of the day"), role="h2", wraps=False)
        self.up = self._tool("arrow-up", lambda: _("Move the stop up (Alt ↑)"))
        self.down = self._tool("arrow-down", lambda: _("Move the stop down (Alt ↓)"))
        self.up.clicked.connect(lambda: self.list.move_chosen(-1))
        self.down.clicked.connect(lambda: self.list.move_chosen(1))
        row.addWidget(back)
        row.addWidget(self.title, 1)
        row.addWidget(self.up)
        row.addWidget(self.down)
        return row

    def _make_orders(self, bar: QWidget) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.orders = Segments(
            self.theme,
            (
                (RouteOrder.DEADLINE, lambda: _("Deadline"), ""),
                (RouteOrder.SHORTEST, lambda: _("Shortest"), ""),
                (RouteOrder.OWN, lambda: _("My order"), ""),
            ),
            bar,
        )
        self.orders.chosen.connect(self.order_wished)
        self.again = self._tool("rotate-cw", lambda: _("Sort anew"))
        self.again.clicked.connect(self.again_wished)
        row.addWidget(self.orders, 1)
        row.addWidget(self.again)
        return row

    def _tool(self, icon: str, words: Callable[[], str], *, kind: str = "line") -> Button:
        return IconButton(self.theme, icon, words, kind=kind, parent=self)

    def _make_foot(self) -> QWidget:
        """Make the bar that leads to paper."""
        self.foot = QWidget(self)
        self.foot.setProperty("bar", "bottom")
        self.foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(8)
        self.print = LineButton(
            self.theme, lambda: _("Print"), icon="file-text", height=52, parent=self.foot
        )
        self.pdf = LineButton(self.theme, lambda: _("Save PDF"), height=52, parent=self.foot)
        self.print.clicked.connect(self.print_wished)
        self.pdf.clicked.connect(self.pdf_wished)
        row.addWidget(self.print, 1)
        row.addWidget(self.pdf, 1)
        return self.foot

    def _summary(self, route: DayRoute) -> str:
        if not route.rows:
            return ""
        count = len(route.rows)
        stops = ngettext("{count} stop", "{count} stops", count).format(count=count)
        return f"{stops} · {distance(route.length_m)}" if route.length_m else stops

    def _position_words(self) -> str:
        route = self._route
        if route is None or route.start is None:
            return _("Your position is not known")
        return position_words(route.start, self._office.clock.now())

    def _show_position(self, route: DayRoute) -> None:
        self.position.retranslate()
        is_old = route.start is not None and route.start.is_stale(self._office.clock.now())
        icon = "history" if is_old else "locate-fixed"
        self.position.set_words(self._position_words, icon=icon)

    def _show_banner(self, route: DayRoute) -> None:
        if route.start is None and route.rows:
            self.banner.show_message(
                "info",
                _("Where are you?"),
                _("The route begins at its first job. Click your place on the map to begin there."),
            )
        elif route.new_count:
            words = ngettext(
                "{count} new job was put in where the way grows least",
                "{count} new jobs were put in where the way grows least",
                route.new_count,
            ).format(count=route.new_count)
            self.banner.show_message(
                "info", words, "", ((lambda: _("Keep"), self.kept_wished.emit),)
            )
        elif not route.rows and route.unplaced:
            self.banner.show_message(
                "warn",
                _("None of today's jobs has a place"),
                _("They are listed below. Their address may help."),
            )
        else:
            self.banner.hide()

    def _say_empty(self) -> None:
        self.empty.show_state(
            "route",
            _("No jobs to visit today"),
            _("New jobs are put into the route by themselves as soon as the hub has some."),
            tone="brand",
            deeds=((lambda: _("Back to the list"), "arrow-left", self.back_wished.emit),),
        )
