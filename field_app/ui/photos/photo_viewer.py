"""The viewer: photos of a ticket as large as the window, one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.errors import FieldAppError
from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.card_words import (
    best_file,
    hub_words,
    mark_count,
    take_words,
    when_taken,
)
from field_app.ui.photos.facts import pair_facts, photo_facts
from field_app.ui.photos.facts_panel import FactsPanel
from field_app.ui.photos.ghost_row import GhostRow
from field_app.ui.photos.ghosted_photo import GhostedPhoto
from field_app.ui.shared.buttons import IconButton, LineButton
from field_app.ui.shared.cover import Cover
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.worded_switch import WordedSwitch
from field_app.ui.shared.words import photo_words
from field_app.ui.shortcuts import letter_of
from field_app.ui.theme import Theme


class PhotoViewer(Cover):
    """Photos over the whole window; arrows go on, Esc closes.

    Signals:
        markup_wished: PhotoCard. A person wants to draw on it.
        public_wished: PhotoCard. A person wants a copy for citizens.
        stamped_wished: PhotoCard. A person wants a copy with a stamp.
        retake_wished: PhotoCard. A person wants to take it again.
        pair_wished: (PhotoCard, PhotoId). A person says that this earlier photo is its pair.
        drawing_wished: PhotoCard. Its marks are not drawn into a copy yet.
        marks_switched: bool. Marks are to be seen everywhere, or nowhere.
    """

    markup_wished = Signal(object)
    public_wished = Signal(object)
    stamped_wished = Signal(object)
    retake_wished = Signal(object)
    pair_wished = Signal(object, str)
    drawing_wished = Signal(object)
    marks_switched = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        cards: Sequence[PhotoCard],
        now: datetime,
        over: QWidget,
    ) -> None:
        """Make the viewer; call `open_at` to show it.

        Args:
            theme: Gives colours and sizes.
            background: Loads the pictures.
            cards: The photos to go through; not empty.
            now: For dates.
            over: Any widget of the window to cover.
        """
        super().__init__(theme, over)
        self._cards = tuple(cards)
        self._place = 0
        self._now = now
        self._may_mark = self._may_retake = False
        self.setAccessibleName(_("Photo"))
        self._make_widgets(background)

    def _make_widgets(self, background: Background) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        self.words = ThaiLabel(theme, role="h2", colour="#FFFFFF", wraps=False)
        head.addWidget(self.words, 1)
        self.cross = IconButton(theme, "x", lambda: _("Close"), parent=self)
        self.cross.clicked.connect(self.close_it)
        head.addWidget(self.cross)
        column.addLayout(head)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        self.back = IconButton(theme, "chevron-left", lambda: _("Photo before"), parent=self)
        self.back.clicked.connect(self.show_former)
        self.on = IconButton(theme, "chevron-right", lambda: _("Next photo"), parent=self)
        self.on.clicked.connect(self.show_next)
        self.picture = GhostedPhoto(theme, background, self)
        middle.addWidget(self.back)
        middle.addWidget(self.picture, 1)
        middle.addWidget(self.on)
        self.facts = FactsPanel(theme, self)
        middle.addWidget(self.facts)
        column.addLayout(middle, 1)
        self.ghost = GhostRow(theme, background, self.picture, self)
        self.ghost.layer.failed.connect(self._tell_no_ghost)
        self.ghost.pair_chosen.connect(self._wish_pair)
        self.ghost.retake_wished.connect(self.wish_retake)
        column.addWidget(self.ghost)
        column.addLayout(self._make_foot())

    def _make_foot(self) -> QHBoxLayout:
        theme = self.theme
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(12))
        self.marks = WordedSwitch(
            theme, lambda: _("Show marks"), self, is_on=True, colour="#FFFFFF"
        )
        self.marks.setToolTip(_("Key V"))
        self.marks.toggled.connect(self._switch_marks)
        foot.addWidget(self.marks)
        foot.addStretch(1)
        self.public = LineButton(
            theme, lambda: _("Save a public copy…"), icon="shield-check", parent=self
        )
        self.stamped = LineButton(
            theme, lambda: _("Save a stamped copy…"), icon="stamp", parent=self
        )
        self.markup = LineButton(theme, lambda: _("Mark up"), icon="pen-line", parent=self)
        self.public.setToolTip(_("Key P"))
        self.stamped.setToolTip(_("Key S"))
        self.markup.setToolTip(_("Key M"))
        for button, deed in (
            (self.public, self.wish_public),
            (self.stamped, self.wish_stamped),
            (self.markup, self.wish_markup),
        ):
            button.clicked.connect(deed)
            foot.addWidget(button)
        return foot

    def allow(
        self, *, marking: bool, marks_seen: bool, retaking: bool = False, pairing: bool = False
    ) -> None:
        """Say what may be done with photos, and whether marks are to be seen."""
        self._may_mark = marking
        self.ghost.may_pair = pairing
        self._may_retake = retaking
        self.marks.switch.setChecked(marks_seen)

    def open_at(self, photo_id: PhotoId) -> None:
        """Cover the window and show this photo."""
        ids = [card.photo.id for card in self._cards]
        self._place = ids.index(photo_id) if photo_id in ids else 0
        self.cover_it()
        self._show()

    @property
    def shown(self) -> PhotoCard:
        """The photo in sight."""
        return self._cards[self._place]

    def take_cards(self, cards: Sequence[PhotoCard]) -> None:
        """Show what is known now of the same photos."""
        known = {card.photo.id: card for card in cards}
        self._cards = tuple(known.get(card.photo.id, card) for card in self._cards)
        self._show()

    def take_marked(self, photo_id: PhotoId, path: Path) -> None:
        """Show the copy of a photo with its marks drawn in."""
        self._cards = tuple(
            replace(card, marked=path) if card.photo.id == photo_id else card
            for card in self._cards
        )
        if self.shown.photo.id == photo_id:
            self._show()

    def show_failure(self, failure: FieldAppError) -> None:
        """Say why the marks are not seen; the photo itself is."""
        self.words.setText(_("The marks cannot be shown. {why}").format(why=_(failure.title)))

    def _tell_no_ghost(self, failure: FieldAppError) -> None:
        words = _("The earlier photo cannot be shown. {why}").format(why=_(failure.title))
        self.words.setText(words)

    def show_next(self) -> None:
        """Go to the next photo, after the last one to the first."""
        self._place = (self._place + 1) % len(self._cards)
        self._show()

    def show_former(self) -> None:
        """Go to the photo before, before the first one to the last."""
        self._place = (self._place - 1) % len(self._cards)
        self._show()

    def wish_markup(self) -> None:
        """Draw on the photo in sight, where that is allowed and there is a picture."""
        if self.markup.isEnabled() and not self.markup.isHidden():
            self.markup_wished.emit(self.shown)

    def wish_retake(self) -> None:
        """Take the photo in sight again, where that is allowed."""
        if not self.ghost.retake.isHidden():
            self.retake_wished.emit(self.shown)

    def _wish_pair(self, photo_id: str) -> None:
        self.pair_wished.emit(self.shown, photo_id)

    def wish_public(self) -> None:
        """Make a copy for citizens of the photo in sight."""
        if self.public.isEnabled():
            self.public_wished.emit(self.shown)

    def wish_stamped(self) -> None:
        """Make a copy with a stamp of the photo in sight."""
        if self.stamped.isEnabled():
            self.stamped_wished.emit(self.shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Esc closes, letters do; nothing reaches the screen below."""
        letters: dict[str, Any] = {
            "M": self.wish_markup,
            "P": self.wish_public,
            "S": self.wish_stamped,
            "T": self.wish_retake,
            "V": self.marks.switch.toggle,
            "G": self.ghost.bar.switch,
        }
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_it()
            case Qt.Key.Key_Right | Qt.Key.Key_Space:
                self.show_next()
            case Qt.Key.Key_Left:
                self.show_former()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.ghost.bar.strength.make_more()
            case Qt.Key.Key_Minus:
                self.ghost.bar.strength.make_less()
            case _:
                letters.get(letter_of(event), lambda: None)()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("rail"))
        painter.end()

    def _switch_marks(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.marks_switched.emit(is_on)
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        card = self.shown
        parts = [photo_words(card.photo.role), when_taken(card, self._now), hub_words(card)]
        if card.replaced_by is not None:
            parts.insert(0, _("Earlier version"))
        if card.take > 1:
            parts.insert(1, take_words(card))
        if len(self._cards) > 1:
            parts.append(f"{self._place + 1} / {len(self._cards)}")
        if card.screen is None:
            parts.append(_("Small picture: the full photo is not on this computer yet"))
        self.words.setText(" · ".join(parts))
        with_marks = self.marks.is_on
        file = best_file(card, with_marks=with_marks)
        self.picture.show_photo(file, nothing=_("Photo not on this computer"))
        self.ghost.follow(self._cards, card, self._now)
        self._show_foot(card, has_picture=file is not None)
        is_crews = card.photo.role is not PhotoRole.CITIZEN
        facts = (*photo_facts(card, self._now), *pair_facts(self._cards, card, self._now))
        self.facts.show_facts(facts if is_crews else ())
        for button in (self.back, self.on):
            button.setVisible(len(self._cards) > 1)
        if with_marks and card.is_marked_up and card.marked is None and file is not None:
            self.drawing_wished.emit(card)

    def _show_foot(self, card: PhotoCard, *, has_picture: bool) -> None:
        count = len(card.photo.marks)
        self.marks.set_words(lambda: f"{_('Show marks')} ({count})")
        spoken = f"{self.words.text()} · {mark_count(card)}" if count else self.words.text()
        self.picture.setAccessibleName(spoken)
        self.marks.setVisible(bool(count))
        self.markup.setVisible(self._may_mark)
        is_crews = card.photo.role is not PhotoRole.CITIZEN
        can = self._may_retake and is_crews and card.replaced_by is None
        self.ghost.retake.setVisible(can)
        for button in (self.markup, self.public, self.stamped):
            button.setEnabled(has_picture)
