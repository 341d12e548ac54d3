"""The viewer's row about the earlier photo: lay it over, choose which it is, take a new one."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.ghost import earlier_of, ghosts_for
from field_app.ui.photos.ghost_bar import GhostBar
from field_app.ui.photos.ghosted_photo import GhostedPhoto, GhostLayer
from field_app.ui.photos.photo_strip import PhotoStrip
from field_app.ui.shared.buttons import LineButton
from field_app.ui.theme import Theme

STRIP_WIDE = 290
"""Pixels of the design."""


class GhostRow(QWidget):
    """A switch with its strength, the photos to choose from, and the button to take again.

    Signals:
        pair_chosen: PhotoId. A person says that this earlier photo shows the same spot.
        retake_wished: A person wants to take the photo in sight again.
    """

    pair_chosen = Signal(str)
    retake_wished = Signal()

    def __init__(
        self, theme: Theme, background: Background, photo: GhostedPhoto, parent: QWidget
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.bar = GhostBar(theme, lambda: _("Earlier photo over it"), self, colour="#FFFFFF")
        self.layer = GhostLayer(background, photo, self.bar)
        self.strip = PhotoStrip(theme, background, size=(58, 44), parent=self)
        self.strip.setFixedWidth(theme.px(STRIP_WIDE))
        self.strip.chosen.connect(self._choose)
        self.strip.hide()
        self.retake = LineButton(theme, lambda: _("Take again…"), icon="rotate-cw", parent=self)
        self.retake.setToolTip(_("Key T"))
        self.retake.clicked.connect(self.retake_wished)
        for part in (self.bar, self.strip):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.retake)
        self.bar.toggled.connect(self._show_strip)
        self._cards: tuple[PhotoCard, ...] = ()
        self._card: PhotoCard | None = None
        self._now: datetime | None = None
        self.may_pair = False

    def follow(self, cards: Sequence[PhotoCard], card: PhotoCard, now: datetime) -> None:
        """Turn to another photo of the job."""
        self._cards, self._card, self._now = tuple(cards), card, now
        self.layer.follow(card, earlier_of(cards, card))
        self._show_strip()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retake.setToolTip(_("Key T"))
        super().changeEvent(event)

    def _show_strip(self) -> None:
        """Offer the earlier photos while one lies over an after photo."""
        card, now = self._card, self._now
        if card is None or now is None:
            return
        choices = ghosts_for(self._cards, card.photo.role)
        is_after = card.photo.role is PhotoRole.AFTER
        may_choose = self.may_pair and is_after and card.replaced_by is None and len(choices) > 1
        self.strip.setVisible(may_choose and self.bar.shown.is_on)
        earlier = earlier_of(self._cards, card)
        self.strip.show_cards(choices, earlier.photo.id if earlier is not None else None, now)

    def _choose(self, photo_id: str) -> None:
        earlier = earlier_of(self._cards, self._card) if self._card is not None else None
        is_known = self._card is not None and self._card.photo.pair_id == photo_id
        if earlier is not None and not is_known:
            self.pair_chosen.emit(photo_id)
