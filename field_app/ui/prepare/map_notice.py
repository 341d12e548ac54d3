"""Says once that the hub has the area map that this computer lacks, and fetches it on a press."""

from typing import Final

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QWidget

from field_app.domain.basemap import Basemap
from field_app.domain.changes import Changes
from field_app.queries.map_suggestion import maps_to_suggest
from field_app.texts import _
from field_app.texts.numbers import file_size
from field_app.ui.office import Office
from field_app.ui.shared.banner import Banner

TOLD_KEY: Final = "maps/told"
"""Hashes of maps that somebody at this computer decided about, parted by spaces."""
START_MS: Final = 1_500
"""Today's list and the first round come before the first look."""


class MapNotice(Banner):
    """A strip that is there once for each map, until somebody decides."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office.theme, parent)
        self._office = office
        self._maps: tuple[Basemap, ...] = ()
        office.bus.changed.connect(self._follow)
        QTimer.singleShot(START_MS, self, self._ask)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and not self.isHidden():
            self._say()
        super().changeEvent(event)

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.maps:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        office = self._office
        office.see(maps_to_suggest, office.tiles, self._told(), then=self._take, failed=self._rest)

    def _take(self, maps: tuple[Basemap, ...]) -> None:
        self._maps = maps
        if maps:
            self._say()
        else:
            self.hide()

    def _rest(self, _failure: object) -> None:
        """Say nothing: whoever needs the answer hears of the failure."""

    def _say(self) -> None:
        size = file_size(sum(each.size_bytes for each in self._maps))
        names = ", ".join(each.name for each in self._maps)
        fact = _("The hub has an area map for this computer: {name}, {size}")
        more = _(
            "It shows the streets without internet. Best fetched on the office's network; it goes"
            " on where a break left it, after everything that you send."
        )
        fetch = (lambda: _("Get the map"), self._fetch)
        later = (lambda: _("Not now"), self._put_away)
        self.show_message("info", fact.format(name=names, size=size), more, (fetch, later))

    def _fetch(self) -> None:
        from field_app.actions.basemaps import want  # noqa: PLC0415 - loads what reads maps

        for each in self._maps:
            self._office.do(want, each.sha256)
        self._put_away()

    def _put_away(self) -> None:
        """Say nothing of these maps any more; they stay to be fetched beside the map."""
        told = self._told() | {each.sha256 for each in self._maps}
        self._office.settings.setValue(TOLD_KEY, " ".join(sorted(told)))
        self.hide()

    def _told(self) -> frozenset[str]:
        return frozenset(str(self._office.settings.value(TOLD_KEY, "")).split())
