"""The earlier photo that lies over the camera's picture: which one, whether, how strongly."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QSize, Slot

from field_app.domain.errors import FieldAppError
from field_app.domain.ids import PhotoId
from field_app.queries.photos import PhotoCard
from field_app.ui.camera.side_bar import SideBar
from field_app.ui.camera.sight import Sight
from field_app.ui.office import Office
from field_app.ui.photos.card_words import best_file
from field_app.ui.photos.ghost import GhostChoices
from field_app.ui.shared.photo_view import load_picture

LOADED: Final = QSize(1280, 960)
"""An earlier photo is loaded so large."""


class Ghosting(QObject):
    """Does what the side bar wishes for the sight, and remembers it."""

    def __init__(
        self, office: Office, cards: Sequence[PhotoCard], side: SideBar, sight: Sight
    ) -> None:
        super().__init__(side)
        self._office = office
        self._cards = cards
        self._side = side
        self._sight = sight
        self._choices = GhostChoices(office.settings)
        self._is_held = False
        side.shown.switch.setChecked(self._choices.is_shown)
        side.strength.set_percent(self._choices.strength)
        sight.set_strength(self._choices.strength)
        side.ghost_chosen.connect(self.choose)
        side.shown.toggled.connect(self._switch)
        side.strength.changed.connect(self._set_strength)

    def begin(self) -> None:
        """Lay the likeliest photo over the picture."""
        self.choose(self._cards[0].photo.id if self._cards else "")

    @Slot(str)
    def choose(self, photo_id: str) -> None:
        """Lay this earlier photo over the picture."""
        card = next((c for c in self._cards if c.photo.id == photo_id), None)
        chosen = PhotoId(photo_id) if card is not None else None
        self._side.show_ghosts(self._cards, chosen, self._office.clock.now())
        path = best_file(card) if card is not None else None
        if path is not None:
            show = self._sight.show_ghost
            self._office.background.run(load_picture, path, LOADED, done=show, failed=_leave)

    def follow(self, *, is_held: bool) -> None:
        """Lie over what the camera sees, but never over a photo that was taken."""
        self._is_held = is_held
        self._side.show_choices(are_shown=not is_held)
        self._show()

    @Slot(bool)
    def _switch(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._choices.is_shown = is_on
        self._show()

    def _show(self) -> None:
        self._sight.switch_ghost(is_on=self._side.shown.is_on and not self._is_held)

    @Slot(int)
    def _set_strength(self, percent: int) -> None:
        self._choices.strength = percent
        self._sight.set_strength(percent)


def _leave(_failure: FieldAppError) -> None:
    """Lay nothing over the picture when the earlier photo cannot be read."""
