"""One map in the sheet: its name, where it stands, and what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.queries.basemaps import AreaMap, MapStanding
from field_app.texts import _
from field_app.texts.catalogue import mark
from field_app.texts.numbers import file_size
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme

STANDINGS = {
    MapStanding.HERE: ("circle-check-big", "okText", mark("On this computer"), mark("Remove")),
    MapStanding.COMING: ("refresh-cw", "infoText", mark("Coming from the hub"), mark("Stop")),
    MapStanding.OFFERED: ("server", "text2", mark("The hub has it"), mark("Fetch")),
}
"""Standing → icon, its colour, words, the button's words."""


def name_of(area_map: AreaMap) -> str:
    """Return what people call a map."""
    return area_map.name or _("Map without a name")


def facts_line(area_map: AreaMap) -> str:
    """Return in a line where a map stands, how close it goes, and how large it is."""
    words = _(STANDINGS[area_map.standing][2])
    size = area_map.held_bytes
    if area_map.basemap is not None:
        size = area_map.basemap.size_bytes
    if area_map.standing is MapStanding.COMING:
        percent = 100 * area_map.held_bytes // max(1, size)
        words = f"{words}, {_('{percent}% done').format(percent=percent)}"
    zoom = _("to zoom level {zoom}").format(zoom=area_map.max_zoom)
    return " · ".join((words, zoom, file_size(size)))


class MapRow(QWidget):
    """A map with one button.

    Signals:
        pressed: AreaMap. The button.
    """

    pressed = Signal(object)

    def __init__(self, theme: Theme, area_map: AreaMap, parent: QWidget) -> None:
        super().__init__(parent)
        self.map = area_map
        icon, colour, _standing, deed = STANDINGS[area_map.standing]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, icon, colour, 20, self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(ThaiLabel(theme, name_of(area_map), role="rowTitle"))
        column.addWidget(ThaiLabel(theme, facts_line(area_map), role="caption", colour="text2"))
        if area_map.basemap is not None and area_map.basemap.attribution:
            source = area_map.basemap.attribution
            column.addWidget(ThaiLabel(theme, source, role="caption", colour="text3"))
        row.addLayout(column, 1)
        self.button = LineButton(theme, _worded(deed), parent=self)
        self.button.setAccessibleDescription(name_of(area_map))
        self.button.clicked.connect(lambda: self.pressed.emit(area_map))
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)


def _worded(words: str) -> Callable[[], str]:
    return lambda: _(words)
