"""The viewer: photos of a ticket as large as the window, one after the other."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.ids import PhotoId
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.card_words import best_file, hub_words, when_taken
from field_app.ui.shared.buttons import IconButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.words import photo_words
from field_app.ui.theme import Theme


class PhotoViewer(QWidget):
    """Photos over the whole window; arrows go on, Esc closes. Deletes itself when closed."""

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
        super().__init__(over.window())
        self.theme = theme
        self._cards = tuple(cards)
        self._place = 0
        self._now = now
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Photo"))
        self._make_widgets(background)
        over.window().installEventFilter(self)
        self.hide()

    def _make_widgets(self, background: Background) -> None:
        theme = self.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 24)
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
        self.picture = PhotoView(theme, background, whole=True, parent=self)
        middle.addWidget(self.back)
        middle.addWidget(self.picture, 1)
        middle.addWidget(self.on)
        column.addLayout(middle, 1)

    def open_at(self, photo_id: PhotoId) -> None:
        """Cover the window and show this photo."""
        ids = [card.photo.id for card in self._cards]
        self._place = ids.index(photo_id) if photo_id in ids else 0
        self._before = self.window().focusWidget()
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._show()

    @property
    def shown(self) -> PhotoCard:
        """The photo in sight."""
        return self._cards[self._place]

    def show_next(self) -> None:
        """Go to the next photo, after the last one to the first."""
        self._place = (self._place + 1) % len(self._cards)
        self._show()

    def show_former(self) -> None:
        """Go to the photo before, before the first one to the last."""
        self._place = (self._place - 1) % len(self._cards)
        self._show()

    def close_it(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Keep every key: the shortcuts of the screen below are not meant now."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Esc closes, nothing reaches the screen below."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_it()
            case Qt.Key.Key_Right | Qt.Key.Key_Space:
                self.show_next()
            case Qt.Key.Key_Left:
                self.show_former()
            case _:
                pass
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window also after it changed its size."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken the window."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("rail"))
        painter.end()

    def _show(self) -> None:
        card = self.shown
        parts = [photo_words(card.photo.role), when_taken(card, self._now), hub_words(card)]
        if len(self._cards) > 1:
            parts.append(f"{self._place + 1} / {len(self._cards)}")
        if card.screen is None:
            parts.append(_("Small picture: the full photo is not on this computer yet"))
        self.words.setText(" · ".join(parts))
        self.picture.show_photo(best_file(card), nothing=_("Photo not on this computer"))
        self.picture.setAccessibleName(self.words.text())
        for button in (self.back, self.on):
            button.setVisible(len(self._cards) > 1)
