"""Two photos to compare, whole and as large as the place allows."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.card_words import best_file, when_taken
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.words import photo_words
from field_app.ui.theme import Theme

LANDSCAPE = 4 / 3
"""Width by height of a photo that says nothing about its size."""
BETTER = 1.15
"""The photos lie below each other only if that makes them so many times as wide."""


class Half(QWidget):
    """One of the two photos that are compared, with a line that says what it is.

    Signals:
        view_wished: PhotoId. A person wants to see it larger.
    """

    view_wished = Signal(str)

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self._name = ThaiLabel(theme, role="label", weight=600, wraps=False)
        column.addWidget(self._name)
        self._picture = PhotoView(
            theme, background, corner=8, whole=True, ground="surface3", parent=self
        )
        self._picture.clicked.connect(self._view)
        column.addWidget(self._picture, 1)
        self.note = ThaiLabel(theme, role="caption", colour="warnText", wraps=False)
        column.addWidget(self.note)
        self._photo_id: PhotoId | None = None
        self.ratio = LANDSCAPE

    def show_card(
        self, role: PhotoRole, card: PhotoCard | None, now: datetime, *, with_marks: bool = True
    ) -> None:
        """Show this photo, or that there is none."""
        self._photo_id = card.photo.id if card is not None else None
        name = photo_words(card.photo.role if card is not None else role)
        self._name.setText(name)
        is_sized = card is not None and card.photo.width > 0 and card.photo.height > 0
        self.ratio = card.photo.width / card.photo.height if card and is_sized else LANDSCAPE
        if card is None:
            self._picture.show_photo(None, nothing=_("No photo"))
            self._picture.show_labels()
            self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.note.setText("")
            return
        file = best_file(card, with_marks=with_marks)
        self._picture.show_photo(file, nothing=_("Photo not on this computer"))
        self._picture.show_labels(when_taken(card, now), icon="camera")
        self._picture.make_clickable(_("Show larger"))
        self._picture.setAccessibleName(f"{name}, {when_taken(card, now)}")
        self.note.setText(_arrival_words(card))

    def say_pair(self) -> None:
        """Say that it is the pair of the other one."""
        words = _("pair of the after photo")
        self._name.setText(f"{self._name.text()} · {words}")
        self._picture.setAccessibleName(f"{self._picture.accessibleName()}, {words}")

    @property
    def words_tall(self) -> int:
        """Height of the lines above and below the photo, in pixels."""
        note = self.note.sizeHint().height() if not self.note.isHidden() else 0
        return self._name.sizeHint().height() + note + 2 * self.theme.px(4)

    def _view(self) -> None:
        if self._photo_id is not None:
            self.view_wished.emit(self._photo_id)


class Pair(QWidget):
    """Before and after: side by side, or below each other where that shows them larger."""

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(8))
        self.before = Half(theme, background, self)
        self.after = Half(theme, background, self)
        for half in (self.before, self.after):
            self._box.addWidget(half, 1)

    @property
    def is_stacked(self) -> bool:
        """Whether the photos lie below each other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def fit(self) -> None:
        """Lie the way that shows the photos larger."""
        stacked = self._photo_width(is_stacked=True)
        is_better = stacked > BETTER * self._photo_width(is_stacked=False)
        way = QBoxLayout.Direction.TopToBottom if is_better else QBoxLayout.Direction.LeftToRight
        if self._box.direction() is not way:
            self._box.setDirection(way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose again."""
        super().resizeEvent(event)
        self.fit()

    def _photo_width(self, *, is_stacked: bool) -> float:
        """Return how wide both whole photos together with their height allow, in pixels."""
        gap = self._box.spacing()
        wide, tall = float(self.width()), float(self.height())
        if is_stacked:
            tall = (tall - gap) / 2
        else:
            wide = (wide - gap) / 2
        halves = (self.before, self.after)
        return sum(min(wide, max(0.0, tall - h.words_tall) * h.ratio) for h in halves)


def _arrival_words(card: PhotoCard) -> str:
    """Return a sentence while the sharp photo is not here yet; empty once it is."""
    if not card.photo.has_arrived and card.photo.has_screen_copy and card.screen is not None:
        return _("Smaller picture: the original follows at the depot")
    if not card.photo.has_arrived:
        return _("The full photo has not arrived yet")
    if card.screen is None:
        return _("Small picture: the full photo is on its way to this computer")
    return ""
