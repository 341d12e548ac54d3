"""A large photo over which an earlier one can lie, fitted so that the scene comes over itself."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QWidget

from field_app.domain.errors import FieldAppError
from field_app.photos.pairing import view_over
from field_app.queries.photos import PhotoCard
from field_app.ui.background import Background, Job
from field_app.ui.photos.card_words import best_file
from field_app.ui.photos.ghost import Ghost, GhostChoices
from field_app.ui.photos.ghost_bar import GhostBar
from field_app.ui.shared.photo_view import PhotoView, load_picture
from field_app.ui.theme import Theme

LOADED: Final = QSize(1280, 960)
"""Both pictures are loaded so large."""


def fitted_ghost(before: Path, after: Path) -> QImage:
    """Return an earlier photo as it lies over a later one; slow, call it in the back room.

    Where enough of the two fits, it is bent to the later one's view and has its shape, empty
    where the earlier one shows nothing; else it comes as it is.

    Raises:
        PhotoUnreadable: Qt cannot read one of them.
    """
    ghost, under = load_picture(before, LOADED), load_picture(after, LOADED)
    rows = view_over(before, after)
    if rows is None:
        return ghost
    a, b, c, d, e, f, g, h, i = rows
    view = QTransform(a, d, g, b, e, h, c, f, i)  # Qt multiplies from the left
    grown = QTransform.fromScale(1 / ghost.width(), 1 / ghost.height())
    shrunk = QTransform.fromScale(under.width(), under.height())
    laid = QImage(under.size(), QImage.Format.Format_ARGB32_Premultiplied)
    laid.fill(Qt.GlobalColor.transparent)
    painter = QPainter(laid)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(grown * view * shrunk)
    painter.drawImage(0, 0, ghost)
    painter.end()
    return laid


class GhostedPhoto(PhotoView):
    """A whole photo, and the ghost over it."""

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(theme, background, whole=True, parent=parent)
        self.ghost = Ghost()
        self.has_ghost = False

    def _paint_image(self, painter: QPainter, area: QRectF, image: QImage) -> None:
        super()._paint_image(painter, area, image)
        if self.has_ghost:
            self.ghost.paint(painter, self._place_of(area, image))


class GhostLayer(QObject):
    """Lays the photo from before over the one in sight, while a person wants that.

    Signals:
        failed: FieldAppError. The earlier photo cannot be shown.
    """

    failed = Signal(object)

    def __init__(self, background: Background, photo: GhostedPhoto, bar: GhostBar) -> None:
        super().__init__(photo)
        self._background = background
        self._photo = photo
        self._bar = bar
        self._choices: GhostChoices | None = None
        self._files: tuple[Path, Path] | None = None
        self._laid: tuple[Path, Path] | None = None
        """The files of the ghost that is ready."""
        self._job: Job | None = None
        bar.toggled.connect(self._switch)
        bar.changed.connect(self._set_strength)
        bar.hide()

    def use(self, choices: GhostChoices) -> None:
        """Offer the ghost from now on, as strong as it was last."""
        self._choices = choices
        self._bar.strength.set_percent(choices.strength)
        self._photo.ghost.strength = choices.strength

    def follow(self, card: PhotoCard, earlier: PhotoCard | None) -> None:
        """Turn to another photo, which shows the same spot as an earlier one or none."""
        before = best_file(earlier) if earlier is not None else None
        after = best_file(card)
        can = self._choices is not None and before is not None and after is not None
        self._files = (before, after) if can and before and after else None
        self._bar.setVisible(self._files is not None)
        self._show()

    @Slot(bool)
    def _switch(self, _is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._show()

    def _show(self) -> None:
        files = self._files if self._bar.shown.is_on else None
        self._photo.has_ghost = files is not None and files == self._laid
        self._photo.update()
        if self._job is not None:
            self._job.cancel()
        if files is not None and files != self._laid:
            done = partial(self._lay, files)
            self._job = self._background.run(fitted_ghost, *files, done=done, failed=self._tell)

    def _lay(self, files: tuple[Path, Path], ghost: QImage) -> None:
        self._laid = files
        self._photo.ghost.take(ghost)
        self._show()

    def _tell(self, failure: FieldAppError) -> None:
        self.failed.emit(failure)

    @Slot(int)
    def _set_strength(self, percent: int) -> None:
        if self._choices is not None:
            self._choices.strength = percent
        self._photo.ghost.strength = percent
        self._photo.update()
