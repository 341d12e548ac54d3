"""Taking a photo again: the new one is shown instead, and the earlier one stays."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from field_app.actions import photos
from field_app.actions.recording import Done
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import PhotoId, TicketId
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.camera.camera_visits import CameraVisits
from field_app.ui.camera.errand import CameraErrand
from field_app.ui.office import Office
from field_app.ui.photos.sources import FILE_PATTERNS
from field_app.ui.resolve.retake_sheet import RetakeSheet
from field_app.ui.sync.undoing import Undoing


class Retaking(QObject):
    """Lets a person take one photo of a job again, with the camera or from a file.

    Signals:
        said: (object, object). A callable that returns what was done, and one that undoes it.
        changed: The job's photos are no longer as they were.
    """

    said = Signal(object, object)
    changed = Signal()

    def __init__(
        self, office: Office, camera: CameraVisits, undoing: Undoing, window: QWidget
    ) -> None:
        """Make it.

        Args:
            office: What every screen works with.
            camera: Opens the camera.
            undoing: Takes back what was done.
            window: Any widget of the window that sheets cover.
        """
        super().__init__(window)
        self._office = office
        self._camera = camera
        self._undoing = undoing
        self._window = window
        self.sheet: RetakeSheet | None = None
        camera.retaken.connect(self._take_shot)

    def begin(self, ticket_id: TicketId, card: PhotoCard, cards: tuple[PhotoCard, ...]) -> None:
        """Ask how the photo is to be taken again.

        Args:
            ticket_id: The job.
            card: The photo that is shown now.
            cards: All photos of the job.
        """
        photo = card.photo
        errand = CameraErrand(ticket_id=ticket_id, role=photo.role, cards=cards, retakes=photo.id)
        sheet = self.sheet = RetakeSheet(self._office.theme, self._window)
        sheet.camera_wished.connect(partial(self._camera.open, errand))
        sheet.file_wished.connect(partial(self._choose, ticket_id, photo.id))
        sheet.closed.connect(self._forget_sheet)
        sheet.open_it(sheet.with_camera)

    @Slot()
    def close(self) -> None:
        """Ask no more."""
        if self.sheet is not None:
            self.sheet.close_it()

    def _choose(self, ticket_id: TicketId, photo_id: PhotoId) -> None:
        filters = _("Pictures ({patterns})").format(patterns=FILE_PATTERNS)
        title = _("Choose the new photo")
        name, _chosen = QFileDialog.getOpenFileName(self._window, title, "", filters)
        if name:
            self._office.do(photos.retake, ticket_id, photo_id, Path(name), then=self._tell)

    @Slot(object, object)
    def _take_shot(self, errand: CameraErrand, shot: bytes) -> None:
        args = (errand.ticket_id, errand.retakes, shot)
        failed = partial(self._tell_failure, shot)
        self._office.do(photos.retake, *args, then=self._tell_shot, failed=failed)

    def _tell_shot(self, done: Done) -> None:
        self._camera.close()
        self._tell(done)

    def _tell_failure(self, shot: bytes, failure: FieldAppError) -> None:
        """Say it where the person is; the photo is still there to be tried again."""
        if self._camera.sheet is not None:
            self._camera.sheet.show_failure(failure, shot)
        else:
            self._office.bus.complain(failure)

    def _tell(self, done: Done) -> None:
        args = ("add_photo", done.operation_id, done.ticket_id, self._tell_changed)
        undo = partial(self._undoing.take_back, *args)
        self.said.emit(lambda: _("Photo taken again · the earlier one stays"), undo)
        self.changed.emit()

    def _tell_changed(self, _done: Done) -> None:
        self.changed.emit()

    @Slot()
    def _forget_sheet(self) -> None:
        self.sheet = None
