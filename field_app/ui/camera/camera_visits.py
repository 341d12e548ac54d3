"""Visits to the camera: opens the sheet, and takes in what is kept like any other file."""

from collections import deque
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from field_app.domain.errors import FieldAppError
from field_app.texts import _
from field_app.ui.camera.errand import CameraErrand
from field_app.ui.office import Office
from field_app.ui.photos.intake import Kept, PhotoIntake
from field_app.ui.photos.sources import PhotoSource
from field_app.ui.photos.words import AddedFiles

if TYPE_CHECKING:
    from field_app.ui.camera.camera_sheet import CameraSheet
    from field_app.ui.camera.cameras import Cameras, Find


class CameraVisits(QObject):
    """One visit at a time; what it needs is loaded with the first.

    Signals:
        moved: (PhotoRole, int, int). As of `PhotoIntake`.
        changed: The job's photos are no longer as they were.
        over: (AddedFiles, tuple of Kept). A visit ended; what became of its photos.
        retaken: (CameraErrand, bytes). A photo was taken that is to be shown instead of another.
    """

    moved = Signal(object, int, int)
    changed = Signal()
    over = Signal(object, object)
    retaken = Signal(object, object)

    def __init__(self, office: Office, window: QWidget, parent: QObject) -> None:
        """Make it.

        Args:
            office: What every screen works with.
            window: Any widget of the window that sheets cover.
            parent: As in Qt.
        """
        super().__init__(parent)
        self._office = office
        self._window = window
        self.find: Find | None = None
        """Returns the cameras; None asks the system."""
        self.sheet: CameraSheet | None = None
        self._cameras: Cameras | None = None
        self._visit: Visit | None = None

    def open(self, errand: CameraErrand) -> None:
        """Open the sheet and turn the camera on."""
        if self.sheet is not None:
            return
        # a start does not pay for Qt's media libraries
        from field_app.ui.camera.camera_sheet import CameraSheet  # noqa: PLC0415
        from field_app.ui.camera.cameras import found_cameras  # noqa: PLC0415

        if self._cameras is None:
            self._cameras = (self.find or found_cameras)(self)
        sheet = self.sheet = CameraSheet(self._office, self._cameras, errand, self._window)
        if errand.retakes is None:
            self._take_in(errand, sheet)
        else:
            sheet.kept.connect(partial(self.retaken.emit, errand))
        sheet.closed.connect(self._leave)
        sheet.begin()

    def _take_in(self, errand: CameraErrand, sheet: "CameraSheet") -> None:
        """Let what is kept be further photos of the job."""
        visit = self._visit = Visit(self._office, errand, self)
        visit.intake.moved.connect(self.moved)
        visit.saved.connect(self._show_saved)
        visit.failed.connect(self._tell_failure)
        visit.over.connect(self._end)
        sheet.kept.connect(visit.keep)

    @Slot()
    def close(self) -> None:
        """Close the sheet and turn the camera off, at once."""
        if self.sheet is not None:
            self.sheet.close_it()

    @Slot()
    def _leave(self) -> None:
        self.sheet = None
        if self._visit is not None:
            self._visit.leave()

    @Slot(int)
    def _show_saved(self, count: int) -> None:
        if self.sheet is not None and self.sender() is self._visit:
            self.sheet.show_kept(count)
        self.changed.emit()

    @Slot(object, bytes)
    def _tell_failure(self, failure: FieldAppError, shot: bytes) -> None:
        """Say it where the person is; the photo is still there to be tried again."""
        if self.sheet is not None and self.sender() is self._visit:
            self.sheet.show_failure(failure, shot)
        else:
            self._office.bus.complain(failure)

    @Slot(object, object)
    def _end(self, result: AddedFiles, kept: tuple[Kept, ...]) -> None:
        """Let a visit go once nothing comes from it any more."""
        visit = self.sender()
        if visit is self._visit:
            self._visit = None
        visit.deleteLater()
        self.over.emit(result, kept)


class Visit(QObject):
    """The photos that are kept while the sheet is open; lives until they are taken in.

    Signals:
        saved: int. So many photos of the visit are in the job.
        failed: (FieldAppError, bytes). This photo could not be saved.
        over: (AddedFiles, tuple of Kept). Left, and everything is taken in.
    """

    saved = Signal(int)
    failed = Signal(object, object)
    over = Signal(object, object)

    def __init__(self, office: Office, errand: CameraErrand, parent: QObject) -> None:
        super().__init__(parent)
        self._errand = errand
        self._waiting: deque[bytes] = deque()
        self._failure: FieldAppError | None = None
        self._is_left = False
        self._result = AddedFiles(role=errand.role)
        self._kept: tuple[Kept, ...] = ()
        self.intake = PhotoIntake(office, self)
        self.intake.ended.connect(self._settle)
        self.intake.failed.connect(self._note_failure)

    @Slot(object)
    def keep(self, shot: bytes) -> None:
        """Take a photo in, after those that were kept before."""
        errand = self._errand
        self._waiting.append(shot)
        source = PhotoSource(content=shot, name=_("photo of the camera"))
        self.intake.add(errand.ticket_id, errand.role, (source,))

    def leave(self) -> None:
        """Be over as soon as everything is taken in."""
        self._is_left = True
        self._look_whether_over()

    @Slot(object)
    def _note_failure(self, failure: FieldAppError) -> None:
        self._failure = failure

    @Slot(object, object)
    def _settle(self, result: AddedFiles, kept: tuple[Kept, ...]) -> None:
        shot = self._waiting.popleft()
        failure, self._failure = self._failure, None
        whole = self._result
        self._result = replace(
            whole,
            added=whole.added + result.added,
            refused=whole.refused + result.refused,
            repeated=whole.repeated + result.repeated,
        )
        self._kept += kept
        if failure is not None:
            self.failed.emit(failure, shot)
        if result.added:
            self.saved.emit(self._result.added)
        self._look_whether_over()

    def _look_whether_over(self) -> None:
        if self._is_left and not self._waiting:
            self._is_left = False
            self.over.emit(self._result, self._kept)
