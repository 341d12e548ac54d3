"""Looking at photos and drawing on them: what both the work and the review screen offer."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from field_app.actions import copies, photos
from field_app.actions.recording import Done
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import OperationId, PhotoId, TicketId
from field_app.domain.lifecycle import may_do
from field_app.domain.photo import Mark, PhotoRole
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import TicketDetail, ticket_detail
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.photos.card_words import best_file
from field_app.ui.photos.copy_choices import CopyChoices
from field_app.ui.photos.copy_saving import CopySaving
from field_app.ui.photos.facts import cards_of, versions_of
from field_app.ui.photos.ghost import GhostChoices
from field_app.ui.photos.markup_editor import MarkupEditor
from field_app.ui.photos.photo_viewer import PhotoViewer
from field_app.ui.photos.repeat_show import RepeatShow
from field_app.ui.shared.words import photo_words
from field_app.ui.sync.undoing import Undoing


class PhotoShow(QObject):
    """Opens the viewer and the editor over one screen, and does what they wish.

    Signals:
        said: (object, object). A callable that returns what was done, and one that undoes it.
        changed: A photo has other marks, or a copy of it was drawn.
        retake_wished: PhotoId. A person wants to take a photo again.
        job_wished: TicketId. A person wants to open the job of an earlier photo.
    """

    said = Signal(object, object)
    changed = Signal()
    retake_wished = Signal(str)
    job_wished = Signal(str)

    def __init__(self, office: Office, undoing: Undoing, screen: QWidget) -> None:
        super().__init__(screen)
        self._office = office
        self._undoing = undoing
        self._screen = screen
        self._detail: TicketDetail | None = None
        self._undrawn: set[tuple[str, tuple[Mark, ...]]] = set()
        self.choices = CopyChoices(office.settings)
        self.saving = CopySaving(office, self.choices, screen)
        self.repeats = RepeatShow(office, screen)
        self.repeats.outdated.connect(self.changed)
        self.repeats.job_wished.connect(self._leave_for_job)
        self.viewer: PhotoViewer | None = None
        self.editor: MarkupEditor | None = None

    def open(self, detail: TicketDetail, photo_id: PhotoId) -> None:
        """Show a photo of a ticket as large as the window."""
        self._detail = detail
        office = self._office
        cards = [
            version
            for role in PhotoRole
            for card in cards_of(detail.photos, role)
            for version in (card, *versions_of(detail.photos, card))
        ]
        now = office.clock.now()
        viewer = PhotoViewer(office.theme, office.background, cards, now, self._screen)
        viewer.allow(
            marking=self._may("mark_photo", detail),
            marks_seen=self.choices.shows_marks,
            retaking=self._may("add_photo", detail) and self._may("remove_photo", detail),
            pairing=self._may("pair_photo", detail),
        )
        viewer.ghost.layer.use(GhostChoices(office.settings))
        viewer.markup_wished.connect(self._mark_up)
        viewer.drawing_wished.connect(self._draw_for_viewer)
        viewer.marks_switched.connect(self.switch_marks)
        viewer.public_wished.connect(partial(self.saving.save_public, detail))
        viewer.stamped_wished.connect(partial(self.saving.save_stamped, detail))
        viewer.retake_wished.connect(self._retake)
        viewer.pair_wished.connect(partial(self._pair, detail.ticket.id))
        viewer.facts.repeat_wished.connect(partial(self.repeats.open, detail.ticket.id))
        viewer.closed.connect(self._forget_viewer)
        self.viewer = viewer
        viewer.open_at(photo_id)

    def draw_missing(self, detail: TicketDetail) -> None:
        """Draw the marks of a ticket's photos into copies where that was not done yet."""
        if not self.choices.shows_marks:
            return
        for card in detail.photos:
            key = (card.photo.sha256, card.photo.marks)
            needs = card.is_marked_up and card.marked is None and best_file(card) is not None
            if needs and key not in self._undrawn:
                self._undrawn.add(key)  # tried once: what fails now fails the next time too
                self._office.do(copies.draw_marks, *key, then=self._drawn, failed=self._leave_out)

    @Slot(bool)
    def switch_marks(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Show marks wherever photos are shown large, or nowhere."""
        if is_on != self.choices.shows_marks:
            self.choices.shows_marks = is_on
            self.changed.emit()

    def _may(self, act: str, detail: TicketDetail) -> bool:
        person = self._office.app.person
        return person is not None and may_do(act, detail.ticket.state, person.role)

    @Slot(object)
    def _draw_for_viewer(self, card: PhotoCard) -> None:
        drawn = partial(self._show_drawn, card.photo.id)
        args = (card.photo.sha256, card.photo.marks)
        self._office.do(copies.draw_marks, *args, then=drawn, failed=self._tell_undrawn)

    def _show_drawn(self, photo_id: PhotoId, path: Path) -> None:
        if self.viewer is not None:
            self.viewer.take_marked(photo_id, path)

    def _tell_undrawn(self, failure: FieldAppError) -> None:
        if self.viewer is not None:
            self.viewer.show_failure(failure)

    @Slot(object)
    def _retake(self, card: PhotoCard) -> None:
        """Close the viewer, so that what is done and its undo are seen below."""
        if self.viewer is not None:
            self.viewer.close_it()
        self.retake_wished.emit(card.photo.id)

    def _pair(self, ticket_id: TicketId, card: PhotoCard, pair_id: str) -> None:
        args = (ticket_id, card.photo.id, PhotoId(pair_id))
        self._office.do(photos.pair, *args, then=self._paired)

    def _paired(self, done: Done) -> None:
        """Go on looking: another choice undoes it, and so does the undo below."""
        undo = partial(self._undo, "pair_photo", done.operation_id, done.ticket_id)
        self.said.emit(lambda: f"{_('Before and after paired')} · {done.ticket_id}", undo)
        self.changed.emit()
        self._office.see(ticket_detail, done.ticket_id, then=self._show_anew)

    def _show_anew(self, detail: TicketDetail) -> None:
        if self.viewer is not None:
            self.viewer.take_cards(detail.photos)

    @Slot(str)
    def _leave_for_job(self, ticket_id: str) -> None:
        """Close the viewer, so that the job is seen."""
        if self.viewer is not None:
            self.viewer.close_it()
        self.job_wished.emit(ticket_id)

    @Slot(object)
    def _mark_up(self, card: PhotoCard) -> None:
        path = best_file(card)
        if path is None or self._detail is None:
            return
        office = self._office
        title = f"{_('Mark up')} · {photo_words(card.photo.role)}"
        marks = card.photo.marks
        editor = MarkupEditor(office.theme, office.background, title, marks, self._screen)
        args = (editor, self._detail.ticket.id, card.photo.id)
        editor.save_wished.connect(partial(self._save, *args))
        editor.closed.connect(self._forget_editor)
        self.editor = editor
        editor.open_it(path)

    def _save(
        self, editor: MarkupEditor, ticket_id: TicketId, photo_id: PhotoId, marks: tuple[Mark, ...]
    ) -> None:
        saved = partial(self._saved, editor)
        args = (ticket_id, photo_id, marks)
        self._office.do(photos.mark, *args, then=saved, failed=editor.show_failure)

    def _saved(self, editor: MarkupEditor, done: Done) -> None:
        """Close editor and viewer, so that what was done and its undo are seen below."""
        if self.editor is editor:
            editor.close_it()
        if self.viewer is not None:
            self.viewer.close_it()
        undo = partial(self._undo, "mark_photo", done.operation_id, done.ticket_id)
        self.said.emit(lambda: f"{_('Marks saved')} · {done.ticket_id}", undo)
        self.changed.emit()

    def _undo(self, act: str, operation_id: OperationId, ticket_id: TicketId) -> None:
        self._undoing.take_back(act, operation_id, ticket_id, self._undone)

    def _undone(self, _done: Done) -> None:
        self.changed.emit()

    def _drawn(self, _path: Path) -> None:
        self.changed.emit()

    def _leave_out(self, _failure: FieldAppError) -> None:
        """Show the photo without its marks: the viewer says why."""

    @Slot()
    def _forget_viewer(self) -> None:
        self.viewer = None

    @Slot()
    def _forget_editor(self) -> None:
        self.editor = None
