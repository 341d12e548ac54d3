"""Leads through saving copies for others: what they show, where they go, that they are there."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from field_app.actions import copies
from field_app.actions.copies import Copy
from field_app.domain.errors import FieldAppError
from field_app.domain.photo import Mark
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.photos.card_words import best_file
from field_app.ui.photos.copy_choices import CopyChoices
from field_app.ui.photos.public_editor import PublicEditor
from field_app.ui.photos.saved_sheet import SavedSheet
from field_app.ui.photos.stamp_sheet import StampSheet
from field_app.ui.photos.stamp_words import StampFacts, stamp_lines

JPEG = ".jpg"


class CopySaving(QObject):
    """Saves copies of the photos of one screen."""

    def __init__(self, office: Office, choices: CopyChoices, screen: QWidget) -> None:
        super().__init__(screen)
        self._office = office
        self._choices = choices
        self._screen = screen
        self.asker: PublicEditor | StampSheet | None = None

    def save_public(self, detail: TicketDetail, card: PhotoCard) -> None:
        """Let a person hide what nobody may recognise, then save a copy for citizens."""
        path = best_file(card)
        if path is None:
            return
        office = self._office
        marks = card.photo.marks
        editor = PublicEditor(office.theme, office.background, marks, self._choices, self._screen)
        editor.copy_wished.connect(partial(self._save_public, editor, detail, card))
        self._begin(editor)
        editor.open_it(path)
        propose = partial(self._propose, editor)
        office.do(copies.propose_regions, card.photo.sha256, marks, then=propose)

    def save_stamped(self, detail: TicketDetail, card: PhotoCard) -> None:
        """Show the copy with its stamp, then save it."""
        facts = self._facts(detail, card)
        sheet = StampSheet(self._office, self._screen, facts, self._choices)
        sheet.copy_wished.connect(partial(self._save_stamped, sheet, detail, card))
        self._begin(sheet)
        sheet.open_it(sheet.primary)

    def _propose(self, editor: PublicEditor, regions: tuple[Mark, ...]) -> None:
        """Frame what was found, if the person is still there and anything was."""
        if self.asker is editor and regions:
            editor.propose(regions)

    def _begin(self, asker: PublicEditor | StampSheet) -> None:
        """Know who asks, until it is closed."""
        asker.closed.connect(self._forget)
        self.asker = asker

    @Slot()
    def _forget(self) -> None:
        self.asker = None

    def _save_public(
        self,
        editor: PublicEditor,
        detail: TicketDetail,
        card: PhotoCard,
        marks: tuple[Mark, ...],
        is_stamped: bool,  # noqa: FBT001 - Qt's signal
    ) -> None:
        stamp: tuple[str, ...] = ()
        if is_stamped:
            stamp = stamp_lines(self._facts(detail, card), self._choices.stamp_parts)
        copy = Copy(sha256=card.photo.sha256, marks=marks, stamp=stamp)
        path = self._choose(editor, detail, card, "public")
        self._save(copy, path, editor)

    def _save_stamped(
        self, sheet: StampSheet, detail: TicketDetail, card: PhotoCard, copy: Copy
    ) -> None:
        self._save(copy, self._choose(sheet, detail, card, "stamped"), sheet)

    def _choose(
        self, over: QWidget, detail: TicketDetail, card: PhotoCard, kind: str
    ) -> Path | None:
        """Let a person choose where the copy goes."""
        offered = self._choices.offered_path(detail.ticket.id, card.photo.role, kind)
        name, _chosen = QFileDialog.getSaveFileName(
            over, _("Save the copy"), str(offered), f"{_('Picture')} (*{JPEG})"
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix.casefold() in {JPEG, ".jpeg"} else Path(name + JPEG)

    def _save(self, copy: Copy, path: Path | None, asker: PublicEditor | StampSheet) -> None:
        if path is None:
            asker.go_on()
            return
        failed: Callable[[FieldAppError], object] = asker.show_failure
        saved = partial(self._saved, asker)
        self._office.do(copies.save_copy, copy, path, then=saved, failed=failed)

    def _saved(self, asker: PublicEditor | StampSheet, path: Path) -> None:
        self._choices.remember_folder(path)
        if self.asker is asker:
            asker.close_it()
        sheet = SavedSheet(self._office.theme, self._screen, path)
        sheet.open_it(sheet.done)

    def _facts(self, detail: TicketDetail, card: PhotoCard) -> StampFacts:
        """Return what a stamp is made of."""
        crew_id = detail.ticket.crew_id
        crew = detail.crews.get(crew_id, "") if crew_id is not None else ""
        now = self._office.clock.now()
        return StampFacts(ticket=detail.ticket, card=card, crew=crew, now=now)
