"""Keys for the map, so that nothing on it needs a mouse; they work wherever the focus is."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from field_app.ui.shortcuts import bind
from field_app.ui.tickets.map_holder import MapHolder
from field_app.ui.tickets.seen_filter import SeenFilter

DEEDS: Final = {
    "+": "zoom_in",
    "=": "zoom_in",
    "-": "zoom_out",
    "Ctrl+Up": "north",
    "Ctrl+Down": "south",
    "Ctrl+Left": "west",
    "Ctrl+Right": "east",
    "0": "all",
    ".": "next",
    ",": "previous",
    "I": "legend",
}
"""Deeds of the page, see `resources/map/field-map-keys.js`, by key."""


def join_list_and_map(screen: QWidget, holder: MapHolder, seen: SeenFilter) -> None:
    """Let keys work on the map, and the list follow it, while the screen is in sight."""
    holder.sight_changed.connect(seen.look)
    deeds = dict(DEEDS)
    if holder.has_heat:
        deeds["H"] = "heat"
    for keys, deed in deeds.items():
        bind(screen, keys, partial(holder.act, deed))
    bind(screen, "P", holder.tell_placeless)
    bind(screen, "V", seen.toggle)
