"""The ghost: an earlier photo lying half-transparent over another picture of the same spot."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSettings, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard, pair_of
from field_app.ui.photos.card_words import best_file
from field_app.ui.photos.facts import cards_of

STRENGTH_KEY: Final = "photos/ghost_strength"
SHOWN_KEY: Final = "photos/ghost_shown"
STRENGTHS: Final = range(10, 91)
"""Per cent of the ghost in what is seen; never so much that either picture is hidden."""
STEP: Final = 10
USUAL: Final = 50


class GhostChoices:
    """Remembers on this computer how strong the ghost is and whether it lies over the camera."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def strength(self) -> int:
        """Per cent of the ghost."""
        value = str(self._settings.value(STRENGTH_KEY, USUAL))
        return clamped(int(value)) if value.isdecimal() else USUAL

    @strength.setter
    def strength(self, percent: int) -> None:
        self._settings.setValue(STRENGTH_KEY, percent)

    @property
    def is_shown(self) -> bool:
        """Whether the ghost lies over the camera's picture."""
        return str(self._settings.value(SHOWN_KEY, "true")).casefold() == "true"

    @is_shown.setter
    def is_shown(self, is_on: bool) -> None:
        self._settings.setValue(SHOWN_KEY, is_on)


def clamped(percent: int) -> int:
    """Return the nearest strength that is allowed."""
    return min(max(percent, STRENGTHS.start), STRENGTHS.stop - 1)


def ghosts_for(cards: Sequence[PhotoCard], role: PhotoRole) -> tuple[PhotoCard, ...]:
    """Return what may lie over a photo of a role, the likeliest first.

    For a photo from before the work these are the citizen's; for later ones those from before
    the work, then the citizen's. Only photos with a picture on this computer.
    """
    roles = [PhotoRole.CITIZEN]
    if role is not PhotoRole.BEFORE:
        roles.insert(0, PhotoRole.BEFORE)
    found = [card for one in roles for card in reversed(cards_of(cards, one))]
    return tuple(card for card in found if best_file(card) is not None)


def earlier_of(cards: Sequence[PhotoCard], card: PhotoCard) -> PhotoCard | None:
    """Return the photo to lay over one: its pair, else the likeliest; None when there is none."""
    if card.photo.role is PhotoRole.CITIZEN:
        return None
    likely = ghosts_for(cards, card.photo.role)
    pair = pair_of(cards, card)
    return pair if pair in likely else next(iter(likely), None)


def ghost_area(ghost: QSizeF, under: QRectF) -> QRectF:
    """Return where a ghost lies so that the same part of the scene comes over itself.

    Seen from the same spot, pictures that lie the same way show the same width (or height) of the
    scene: the ghost covers the picture, and what it has more is cut. An upright photo over a
    lying picture stands in the middle, whole, for neither side shows the same.

    Args:
        ghost: The size of the earlier picture.
        under: The place of the picture below it; what lies outside is to be cut.
    """
    is_same_way = (ghost.width() >= ghost.height()) == (under.width() >= under.height())
    mode = (
        Qt.AspectRatioMode.KeepAspectRatioByExpanding
        if is_same_way
        else Qt.AspectRatioMode.KeepAspectRatio
    )
    size = ghost.scaled(under.size(), mode)
    corner = under.center() - QPointF(size.width() / 2, size.height() / 2)
    return QRectF(corner, size)


class Ghost:
    """Paints an earlier picture over another one; scales it once for each size."""

    def __init__(self) -> None:
        self._picture = QImage()
        self._scaled = QPixmap()
        self._scaled_for = QSize()
        self.strength = USUAL
        """Per cent, of `STRENGTHS`."""

    @property
    def is_there(self) -> bool:
        """Whether there is a picture to paint."""
        return not self._picture.isNull()

    def take(self, picture: QImage) -> None:
        """Paint this picture from now on; a null one for none."""
        self._picture = picture
        self._scaled_for = QSize()

    def paint(self, painter: QPainter, under: QRectF) -> None:
        """Paint it over the picture at `under`."""
        if not self.is_there or under.isEmpty():
            return
        area = ghost_area(QSizeF(self._picture.size()), under)
        size = area.size().toSize()
        if size != self._scaled_for:
            self._scaled_for = size
            smooth = Qt.TransformationMode.SmoothTransformation
            fill = Qt.AspectRatioMode.IgnoreAspectRatio
            self._scaled = QPixmap.fromImage(self._picture.scaled(size, fill, smooth))
        painter.save()
        painter.setClipRect(under, Qt.ClipOperation.IntersectClip)
        painter.setOpacity(self.strength / 100)
        painter.drawPixmap(area.topLeft(), self._scaled)
        painter.restore()
