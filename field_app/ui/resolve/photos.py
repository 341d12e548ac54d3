"""Photos of the ticket on the work screen: chosen, pasted, dropped, taken back, undone."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from field_app.actions import photos as actions
from field_app.actions.recording import Done
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.photo import PhotoRole
from field_app.queries.photos import room
from field_app.texts import _
from field_app.ui.camera.camera_visits import CameraVisits
from field_app.ui.camera.errand import CameraErrand
from field_app.ui.office import Office
from field_app.ui.photos.bulk import BulkIntake
from field_app.ui.photos.intake import Kept
from field_app.ui.photos.phone_visits import PhoneVisits
from field_app.ui.photos.sources import FILE_PATTERNS, PhotoSource, of_files, of_mime
from field_app.ui.photos.taking_back import TakingBack
from field_app.ui.photos.words import AddedFiles, added_sentence
from field_app.ui.resolve.evidence_panel import EvidencePanel
from field_app.ui.resolve.retaking import Retaking
from field_app.ui.sync.undoing import Undoing


class WorkPhotos(QObject):
    """Does what the slots wish, for the ticket in `ticket_id`.

    Signals:
        said: (object, object). A callable that returns what was done, and one that undoes it or
            None.
        refused: object. A callable that returns why nothing was done.
        changed: The ticket's photos are no longer as they were.
    """

    said = Signal(object, object)
    refused = Signal(object)
    changed = Signal()

    def __init__(
        self, office: Office, evidence: EvidencePanel, undoing: Undoing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._evidence = evidence
        self._undoing = undoing
        self.taking_back = TakingBack(office, undoing, self)
        self.ticket_id: TicketId | None = None
        self.bulk = BulkIntake(office, evidence.intake_bar, self)
        self.intake = self.bulk.intake
        self.phone = PhoneVisits(office, evidence, self)
        self.camera = CameraVisits(office, evidence, self)
        self._connect()

    def _connect(self) -> None:
        """Hear what the slots wish, and what becomes of it."""
        evidence = self._evidence
        self.taking_back.changed.connect(self.changed)
        self.taking_back.ended.connect(self.refused)
        evidence.leaving.connect(self.phone.close)
        self.phone.moved.connect(self._show_intake)
        self.phone.changed.connect(self.changed)
        self.phone.over.connect(self._tell_visit)
        evidence.leaving.connect(self.camera.close)
        self.camera.moved.connect(self._show_intake)
        self.camera.changed.connect(self.changed)
        self.camera.over.connect(self._tell_visit)
        evidence.camera_wished.connect(self.take_with_camera)
        self.retaking = self._made_retaking()
        evidence.files_wished.connect(self.choose)
        evidence.folder_wished.connect(self.choose_folder)
        evidence.paste_wished.connect(self.paste)
        evidence.phone_wished.connect(self.take_from_phone)
        evidence.sources_given.connect(self.add)
        evidence.nothing_given.connect(self._say_nothing)
        evidence.remove_wished.connect(self.remove)
        evidence.note.pictures_pasted.connect(self.paste_somewhere)
        self.intake.moved.connect(self._show_intake)
        self.intake.glimpsed.connect(self._show_glimpse)
        self.bulk.ended.connect(self._tell_added)
        self.changed.connect(self._look_at_room)

    def _made_retaking(self) -> Retaking:
        """Return what takes photos again."""
        evidence = self._evidence
        made = Retaking(self._office, self.camera, self._undoing, evidence)
        made.said.connect(self.said)
        made.changed.connect(self.changed)
        evidence.leaving.connect(made.close)
        evidence.retake_wished.connect(self.retake)
        return made

    def turn_to(self, ticket_id: TicketId) -> None:
        """Work on another ticket from now on."""
        self.camera.close()
        self.ticket_id = ticket_id
        self.bulk.turn_to(ticket_id)
        self._look_at_room()

    @Slot()
    def _look_at_room(self) -> None:
        self._office.see(room, then=self._evidence.show_room)

    @Slot(object)
    def choose(self, role: PhotoRole) -> None:
        """Let a person choose files for this slot."""
        if not self._evidence.slots[role].may_change:
            return
        filters = _("Pictures ({patterns})").format(patterns=FILE_PATTERNS)
        title = _("Choose photos")
        names, _chosen = QFileDialog.getOpenFileNames(self._evidence, title, "", filters)
        self.add(role, of_files(names))

    @Slot(object)
    def choose_folder(self, role: PhotoRole) -> None:
        """Let a person choose a folder; all pictures in it and below it are meant."""
        if not self._evidence.slots[role].may_change:
            return
        name = QFileDialog.getExistingDirectory(self._evidence, _("Choose a folder with photos"))
        if name:
            self.add(role, of_files((name,)))

    def choose_folder_somewhere(self) -> None:
        """Let a person choose a folder for the focused or the next empty slot."""
        self.choose_folder(self._evidence.needed_role())

    def choose_somewhere(self) -> None:
        """Let a person choose files for the focused or the next empty slot."""
        self.choose(self._evidence.needed_role())

    def choose_after(self) -> None:
        """Let a person choose photos of the finished work."""
        self.choose(PhotoRole.AFTER)

    @Slot(object)
    def take_from_phone(self, role: PhotoRole) -> None:
        """Let a phone hand its photos over for this slot."""
        if self.ticket_id is not None and self._evidence.slots[role].may_change:
            self.phone.open(self.ticket_id, role)

    @Slot(object)
    def take_with_camera(self, role: PhotoRole) -> None:
        """Let a person take photos for this slot with this computer's camera."""
        if self.ticket_id is not None and self._evidence.slots[role].may_change:
            cards = self._evidence.cards
            errand = CameraErrand(ticket_id=self.ticket_id, role=role, cards=cards)
            self.camera.open(errand)

    @Slot(str)
    def retake(self, photo_id: str) -> None:
        """Let a person take a photo again, where photos may be added."""
        cards = self._evidence.cards
        card = next((c for c in cards if c.photo.id == photo_id), None)
        if card is None or self.ticket_id is None:
            return
        slot = self._evidence.slots.get(card.photo.role)
        if slot is not None and slot.may_change:
            self.retaking.begin(self.ticket_id, card, cards)

    @Slot()
    def paste_somewhere(self) -> None:
        """Add what is in the clipboard to the focused or the next empty slot."""
        self.paste(self._evidence.needed_role())

    @Slot(object)
    def paste(self, role: PhotoRole) -> None:
        """Add what is in the clipboard to this slot."""
        if not self._evidence.slots[role].may_change:
            return
        sources = of_mime(QGuiApplication.clipboard().mimeData())
        if sources:
            self.add(role, sources)
        else:
            self.refused.emit(lambda: _("There is no picture in the clipboard"))

    @Slot(object, object)
    def add(self, role: PhotoRole, sources: tuple[PhotoSource, ...]) -> None:
        """Take these pictures and folders in for this slot."""
        if self.ticket_id is not None:
            self.bulk.add(self.ticket_id, role, sources)

    @Slot(str)
    def _say_nothing(self, why: str) -> None:
        self.refused.emit(partial(_, why))

    @Slot(str)
    def remove(self, photo_id: str) -> None:
        """Take a photo back."""
        if self.ticket_id is not None:
            args = (self.ticket_id, PhotoId(photo_id))
            self._office.do(actions.remove, *args, then=self._tell_removed)

    def _tell_removed(self, done: Done) -> None:
        args = ("remove_photo", done.operation_id, done.ticket_id, self._tell_changed)
        undo = partial(self._undoing.take_back, *args)
        self.said.emit(lambda: _("Photo removed"), undo)
        self.changed.emit()

    @Slot(object, int, int)
    def _show_intake(self, role: PhotoRole, done: int, of: int) -> None:
        batch = self.intake.batch
        if batch is None or batch.ticket_id == self.ticket_id:
            self._evidence.slots[role].show_intake(done, of)

    @Slot(object, object)
    def _show_glimpse(self, role: PhotoRole, picture: bytes) -> None:
        batch = self.intake.batch
        if batch is None or batch.ticket_id == self.ticket_id:
            self._evidence.slots[role].show_glimpse(picture)

    @Slot(object, object)
    def _tell_visit(self, result: AddedFiles, kept: tuple[Kept, ...]) -> None:
        if self.ticket_id is not None and (kept or result != AddedFiles(role=result.role)):
            self._tell_added(self.ticket_id, result, kept)

    @Slot(object, object, object)
    def _tell_added(self, ticket_id: TicketId, result: AddedFiles, kept: tuple[Kept, ...]) -> None:
        words = partial(_added_words, result)
        if kept:
            self.said.emit(words, partial(self.taking_back.begin, ticket_id, kept))
        else:
            self.refused.emit(words)
        self.changed.emit()

    def _tell_changed(self, _done: Done) -> None:
        self.changed.emit()


def _added_words(result: AddedFiles) -> str:
    """Return what became of the files, a whole sentence in the language in use."""
    sentence = added_sentence(result) or _("There is no picture in it")
    return sentence[:1].upper() + sentence[1:]
