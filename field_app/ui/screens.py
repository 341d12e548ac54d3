"""The table of screens: which there are for whom, and where each is made."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Final

from field_app.queries.tickets import Scope
from field_app.texts import _
from field_app.ui.help.screen import HelpScreen
from field_app.ui.office import Office
from field_app.ui.shared.rail import RailItem
from field_app.ui.shared.screen import Screen
from field_app.ui.tickets.screen import TicketsScreen

Factory = Callable[[Office], Screen]


def _lazily(module: str, name: str) -> Factory:
    """Return a factory that loads its module at the first visit, so that the start stays quick."""

    def make(office: Office) -> Screen:
        screen = getattr(import_module(module), name)(office)
        if not isinstance(screen, Screen):
            raise TypeError(f"{module}.{name} is no screen")
        return screen

    return make


FACTORIES: Final[Mapping[str, Factory]] = MappingProxyType(
    {
        "today": lambda office: TicketsScreen(office, scope=Scope.TODAY),
        "all": lambda office: TicketsScreen(office, scope=Scope.ALL),
        "work": _lazily("field_app.ui.resolve.screen", "WorkScreen"),
        "tray": _lazily("field_app.ui.tray.screen", "TrayScreen"),
        "outbox": _lazily("field_app.ui.sync.screen", "OutboxScreen"),
        "receipts": _lazily("field_app.ui.sync.receipts_screen", "ReceiptsScreen"),
        "day_end": _lazily("field_app.ui.sync.day_end_screen", "DayEndScreen"),
        "prepare": _lazily("field_app.ui.prepare.screen", "PrepareScreen"),
        "review": _lazily("field_app.ui.review.screen", "ReviewScreen"),
        "help": HelpScreen,
    }
)
"""Every screen by its key."""
SETTINGS: Final = "settings"
"""On the rail, but a sheet and no screen."""


def rail_items(*, is_supervisor: bool) -> tuple[Sequence[RailItem], Sequence[RailItem]]:
    """Return the places on the rail: above, and at its lower end."""
    first = (
        RailItem(key="review", icon="clipboard-check", words=lambda: _("Review"), keys="Ctrl+1")
        if is_supervisor
        else RailItem(key="today", icon="list-checks", words=lambda: _("Today"), keys="Ctrl+1")
    )
    above = (
        first,
        RailItem(key="all", icon="layers", words=lambda: _("All jobs"), keys="Ctrl+2"),
        RailItem(key="outbox", icon="cloud-upload", words=lambda: _("Outbox"), keys="Ctrl+3"),
    )
    below = (
        RailItem(key="help", icon="info", words=lambda: _("Help"), keys="Ctrl+4"),
        RailItem(key=SETTINGS, icon="settings", words=lambda: _("Settings"), keys="Ctrl+5"),
    )
    return above, below
