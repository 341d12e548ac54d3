"""A photo slot: the photos of one role, one of them large, and every way to add more."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard
from field_app.texts import _, mark
from field_app.ui.background import Background
from field_app.ui.photos.card_words import (
    best_file,
    hub_words,
    take_words,
    waiting_glyph,
    when_taken,
)
from field_app.ui.photos.photo_place import PhotoPlace
from field_app.ui.photos.photo_strip import PhotoStrip
from field_app.ui.shared.buttons import IconButton
from field_app.ui.shared.fitting import BendingRow
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.roomy_button import RoomyButton
from field_app.ui.shared.words import photo_words
from field_app.ui.theme import Theme

ROOMY = 520
"""Width in pixels of the design from which a slim slot has room for its badge."""


def phone_button(place: PhotoPlace) -> IconButton:
    """Return the button of a slot that takes photos from a phone."""
    words = partial(_, mark("From a phone (Ctrl+P)"))
    button = IconButton(place.theme, "smartphone", words, parent=place)
    button.clicked.connect(place.phone_wished)
    return button


def camera_button(place: PhotoPlace) -> IconButton:
    """Return the button of a slot that takes photos with this computer's camera."""
    words = partial(_, mark("Camera (Ctrl+Shift+C)"))
    button = IconButton(place.theme, "camera", words, parent=place)
    button.clicked.connect(place.camera_wished)
    return button


class PhotoSlot(PhotoPlace):
    """A card with head, large photo, strip of all photos, and buttons."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        role: PhotoRole,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, role, parent)
        self._background = background
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 8)
        self._column.setSpacing(0)
        self._make_head()
        self._make_picture()
        self._make_deeds()
        self.retranslate()

    def _make_head(self) -> None:
        theme = self.theme
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(14), theme.px(6), theme.px(10), theme.px(6))
        head.setSpacing(theme.px(6))
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._glyph)
        head.addWidget(self._badge)
        self._column.addLayout(head)

    def _make_picture(self) -> None:
        self._picture = PhotoView(self.theme, self._background, parent=self)
        self._picture.setMinimumHeight(self.theme.px(96))
        self._picture.clicked.connect(self._view)
        self._column.addWidget(self._picture, 1)
        self._remove = IconButton(
            self.theme, "trash-2", lambda: _("Remove this photo"), parent=self._picture
        )
        self._remove.clicked.connect(self._wish_removal)
        self._again = IconButton(
            self.theme, "rotate-cw", lambda: _("Take this photo again"), parent=self._picture
        )
        self._again.clicked.connect(self._wish_retake)
        self._strip = PhotoStrip(self.theme, self._background, size=(60, 45), parent=self)
        self._strip.chosen.connect(self._choose)
        self._strip_row = QWidget(self)
        row = QHBoxLayout(self._strip_row)
        row.setContentsMargins(8, 6, 8, 0)
        row.addWidget(self._strip)
        self._column.addWidget(self._strip_row)

    def _make_deeds(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 0)
        row.setSpacing(8)
        self.choose_button = RoomyButton(
            self.theme, lambda: _("Choose photos"), icon="folder-open", parent=self
        )
        self.choose_button.clicked.connect(self.files_wished)
        row.addWidget(self.choose_button, 1)
        self.camera_button = camera_button(self)
        row.addWidget(self.camera_button)
        self.paste_button = IconButton(
            self.theme, "clipboard-paste", lambda: _("Paste a picture (Ctrl+V)"), parent=self
        )
        self.paste_button.clicked.connect(self.paste_wished)
        row.addWidget(self.paste_button)
        self.phone_button = phone_button(self)
        row.addWidget(self.phone_button)
        self._column.addLayout(row)

    def _show(self, now: datetime) -> None:
        card = self.chosen
        self._picture.show_photo(
            best_file(card) if card else None,
            nothing=_("Photo not on this computer") if card else _("No photo yet"),
        )
        if card is None:
            self._picture.show_labels()
            self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._picture.setToolTip("")
        else:
            self._show_labels(card, now)
        self._strip.show_cards(self.cards, self._chosen, now)
        self._strip_row.setVisible(len(self.cards) > 1)
        for button in (self._remove, self._again):
            button.setVisible(card is not None and self.may_change)
        self.choose_button.setVisible(self.may_change)
        self.paste_button.setVisible(self.may_change)
        self.phone_button.setVisible(self.may_change)
        self.camera_button.setVisible(self.may_change)
        self._column.activate()
        self._place_over()

    def _show_labels(self, card: PhotoCard, now: datetime) -> None:
        when = " · ".join(part for part in (when_taken(card, now), take_words(card)) if part)
        self._picture.show_labels(when, icon=waiting_glyph(card))
        self._picture.make_clickable(_("Show larger"))
        words = (photo_words(self.role), when, hub_words(card))
        self._picture.setAccessibleName(", ".join(words))

    def _place_over(self) -> None:
        gap = self.theme.px(6)
        self._remove.adjustSize()
        left = self._picture.width() - self._remove.width() - gap
        self._remove.move(QPoint(left, gap))
        self._again.adjustSize()
        self._again.move(QPoint(left - self._again.width() - self.theme.px(8), gap))
        area = self._picture.geometry()
        if self._strip_row.isVisibleTo(self):
            area = area.united(self._strip_row.geometry())
        self.drop_hint.setGeometry(area.adjusted(1, 0, -1, 0))
        self.saving.setGeometry(self._picture.geometry())


class SlimSlot(PhotoPlace):
    """One line with small photos, for a role that is welcome but not needed."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        role: PhotoRole,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, role, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.px(14), 7, 8, 7)
        self._row = BendingRow(theme.px(8), self)
        outer.addWidget(self._row)
        self._row.add(self._made_left(background))
        self._deeds = self._made_deeds()
        self._row.add(self._deeds, 0)
        self.retranslate()

    def _made_left(self, background: Background) -> QWidget:
        """Return name, badge and the small photos."""
        theme = self.theme
        self._left = QWidget(self)
        row = QHBoxLayout(self._left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._name)
        row.addSpacing(theme.px(4))
        row.addWidget(self._glyph)
        row.addWidget(self._badge)
        self._strip = PhotoStrip(theme, background, size=(58, 44), parent=self)
        self._strip.chosen.connect(self._see)
        row.addWidget(self._strip, 1)
        return self._left

    def _made_deeds(self) -> QWidget:
        """Return the buttons."""
        theme = self.theme
        deeds = QWidget(self)
        row = QHBoxLayout(deeds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self._remove = IconButton(
            theme, "trash-2", lambda: _("Remove the framed photo"), parent=self
        )
        self._remove.clicked.connect(self._wish_removal)
        self.choose_button = IconButton(
            theme, "folder-open", lambda: _("Choose photos"), parent=self
        )
        self.choose_button.clicked.connect(self.files_wished)
        self.paste_button = IconButton(
            theme, "clipboard-paste", lambda: _("Paste a picture (Ctrl+V)"), parent=self
        )
        self.paste_button.clicked.connect(self.paste_wished)
        self.phone_button = phone_button(self)
        self.camera_button = camera_button(self)
        ways = (self.choose_button, self.camera_button, self.paste_button, self.phone_button)
        for button in (self._remove, *ways):
            row.addWidget(button)
        return deeds

    def _show(self, now: datetime) -> None:
        self._strip.show_cards(self.cards, self._chosen, now)
        self._remove.setVisible(bool(self.cards) and self.may_change)
        self.choose_button.setVisible(self.may_change)
        self.paste_button.setVisible(self.may_change)
        self.phone_button.setVisible(self.may_change)
        self.camera_button.setVisible(self.may_change)
        self._place_over()

    def _place_over(self) -> None:
        self._show_badge_in_room()
        self._row.bend()
        self.drop_hint.setGeometry(self.rect().adjusted(3, 3, -3, -3))
        side = self._deeds.height()
        self.saving.setGeometry(self.width() // 2, (self.height() - side) // 2, side * 4 // 3, side)

    def _show_badge_in_room(self) -> None:
        """Leave the badge out before the buttons go below the photos."""
        gap = self.theme.px(8)
        needed = sum(part.minimumSizeHint().width() for part in (self._left, self._deeds))
        needed += self.theme.px(14) + 2 * gap
        if not self._badge.isVisibleTo(self):
            needed += self._badge.minimumSizeHint().width() + self._glyph.width() + 2 * gap
        is_roomy = self.width() > max(self.theme.px(ROOMY), needed)
        self._badge.setVisible(is_roomy)
        self._glyph.setVisible(is_roomy)

    def _see(self, photo_id: str) -> None:
        """Frame a photo; show it larger when it was framed already."""
        if photo_id == self._chosen:
            self._view()
        else:
            self._choose(photo_id)
