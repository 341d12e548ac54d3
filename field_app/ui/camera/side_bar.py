"""What stands beside the camera's picture: the photo to lay over it, its strength, the camera."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from field_app.domain.ids import PhotoId
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.ghost_bar import StrengthRow
from field_app.ui.photos.photo_strip import PhotoStrip
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.worded_switch import WordedSwitch
from field_app.ui.theme import Theme

WIDE = 270
"""Pixels of the design."""


class SideBar(FittingScroll):
    """Choices beside the picture.

    Signals:
        ghost_chosen: PhotoId. This earlier photo is to lie over the picture.
        next_wished: Another camera is wished.
    """

    ghost_chosen = Signal(str)
    next_wished = Signal()

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDE))
        self.column.setSpacing(theme.px(8))
        self.shown = WordedSwitch(theme, lambda: _("Earlier photo over it"), self)
        self.shown.setToolTip(_("Key G"))
        self.strip = PhotoStrip(theme, background, size=(80, 60), has_names=True, parent=self)
        self.strip.chosen.connect(self.ghost_chosen)
        self.strength = StrengthRow(theme, self)
        self.nothing = ThaiLabel(theme, role="caption", colour="text2")
        self.camera = ThaiLabel(theme, role="caption", colour="text2")
        self.next = LineButton(theme, lambda: _("Other camera"), icon="refresh-cw", parent=self)
        self.next.setToolTip(_("Key C"))
        self.next.clicked.connect(self.next_wished)
        for part in (self.shown, self.strip, self.strength, self.nothing):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.column.addWidget(self.camera)
        self.column.addWidget(self.next)
        self.shown.toggled.connect(self._show_strength)

    def show_ghosts(
        self, cards: Sequence[PhotoCard], chosen: PhotoId | None, now: datetime
    ) -> None:
        """Show what may lie over the picture; `chosen` does."""
        for part in (self.shown, self.strip):
            part.setVisible(bool(cards))
        self.strength.setVisible(bool(cards) and self.shown.is_on)
        self.nothing.setText("" if cards else _("No earlier photo to lay over the picture"))
        self.nothing.setVisible(not cards)
        self.strip.show_cards(cards, chosen, now)

    def show_camera(self, name: str, *, has_others: bool) -> None:
        """Say which camera is on, and whether there is another one."""
        self.camera.setText(name)
        self.camera.setVisible(bool(name))
        self.next.setVisible(has_others)

    def show_choices(self, *, are_shown: bool) -> None:
        """Show everything, or leave the place empty while there is nothing to choose."""
        held = self.widget()
        if held is not None:
            held.setVisible(are_shown)

    @Slot(bool)
    def _show_strength(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.strength.setVisible(is_on)
