"""Many photos at once: looked for, asked about, taken in with a way to stop, and accounted for."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.photos.folders import Gathering
from field_app.texts import _, mark
from field_app.ui.office import Office
from field_app.ui.photos.account_sheet import AccountSheet
from field_app.ui.photos.gathering import PhotoGathering, Wish, source_of
from field_app.ui.photos.intake import Batch, Kept, PhotoIntake
from field_app.ui.photos.intake_bar import IntakeBar
from field_app.ui.photos.many_sheet import MANY, ManySheet
from field_app.ui.photos.sources import PhotoSource, shown_name
from field_app.ui.photos.words import AddedFiles, Fate, FileRow

NOT_AMONG_NEWEST = mark("Only the newest were wanted.")
NOT_LOOKED_AT = mark("There were too many; this one was not looked at.")


class BulkIntake(QObject):
    """Takes in whatever a person gives, for one screen.

    Signals:
        ended: (TicketId, AddedFiles, tuple of Kept). A batch is over; what became of it.
    """

    ended = Signal(object, object, object)

    def __init__(self, office: Office, bar: IntakeBar, parent: QObject) -> None:
        """Make it.

        Args:
            office: What every screen works with.
            bar: Shows how far it is.
            parent: As in Qt.
        """
        super().__init__(parent)
        self._office = office
        self._bar = bar
        self._shown: TicketId | None = None
        self._result: AddedFiles | None = None
        self.gathering = PhotoGathering(office, self)
        self.intake = PhotoIntake(office, self)
        self.gathering.moved.connect(self._show_found)
        self.gathering.ended.connect(self._take_found)
        self.intake.moved.connect(self._show_moved)
        self.intake.ended.connect(self._tell)
        self.intake.failed.connect(office.bus.complain)
        bar.stop_wished.connect(self.stop)
        bar.list_wished.connect(self.show_list)

    def turn_to(self, ticket_id: TicketId) -> None:
        """Know which job is in sight; what is being taken in for another one goes on."""
        if ticket_id != self._shown:
            self._shown = ticket_id
            if not self.is_busy:
                self._bar.hide()

    @property
    def is_busy(self) -> bool:
        """Whether something is being looked for or taken in."""
        return self.gathering.is_busy or self.intake.is_busy

    def add(self, ticket_id: TicketId, role: PhotoRole, sources: tuple[PhotoSource, ...]) -> None:
        """Take in files, folders or a picture from the clipboard."""
        if sources:
            self.gathering.look(Wish(ticket_id=ticket_id, role=role, sources=sources))

    @Slot()
    def stop(self) -> None:
        """Look no further, and try no photo after the one under way."""
        if self.gathering.is_busy:
            self.gathering.stop()
        self.intake.stop()
        if not self.intake.is_busy:
            self._bar.hide()

    @Slot()
    def show_list(self) -> None:
        """Show what became of each file of the last batch."""
        if self._result is not None:
            sheet = AccountSheet(self._office.theme, self._bar, self._result)
            sheet.open_it(sheet.done)

    @Slot(int)
    def _show_found(self, count: int) -> None:
        if count > MANY and not self.intake.is_busy:
            self._bar.show_looking(count)

    @Slot(object, object)
    def _take_found(self, wish: Wish, found: Gathering) -> None:
        """Take in what was found, or ask first when it is very much."""
        count = len(found.files)
        if count <= MANY:
            self._take(wish, found, newest=None)
            return
        if not self.intake.is_busy:
            self._bar.hide()
        size, theme = found.size_bytes, self._office.theme
        sheet = ManySheet(theme, self._bar, count, size, is_cut=found.is_cut)
        sheet.all_wished.connect(partial(self._take, wish, found, newest=None))
        sheet.newest_wished.connect(partial(self._take, wish, found, newest=MANY))
        sheet.open_it(sheet.newest)

    def _take(self, wish: Wish, found: Gathering, *, newest: int | None) -> None:
        files = tuple(found.files) if newest is None else found.newest(newest)
        pasted = tuple(s for s in wish.sources if not isinstance(s.content, Path))
        rows = [
            FileRow(name=shown_name(path), fate=Fate.UNREADABLE, why=failure.title)
            for path, failure in found.refused
        ]
        taken = {file.path for file in files}
        rows += [
            FileRow(name=shown_name(file.path), fate=Fate.LEFT, why=NOT_AMONG_NEWEST)
            for file in found.files
            if file.path not in taken
        ]
        if found.is_cut:
            rows.append(FileRow(name=_("more files"), fate=Fate.LEFT, why=NOT_LOOKED_AT))
        self.intake.take(
            Batch(
                ticket_id=wish.ticket_id,
                role=wish.role,
                sources=(*pasted, *map(source_of, files)),
                rows=tuple(rows),
                others=found.others,
            )
        )

    @Slot(object, int, int)
    def _show_moved(self, _role: PhotoRole, done: int, of: int) -> None:
        batch = self.intake.batch
        if batch is not None and of:
            job = batch.ticket_id if batch.ticket_id != self._shown else ""
            self._bar.show_saving(done, of, self.intake.under_way, job)

    @Slot(object, object)
    def _tell(self, result: AddedFiles, kept: tuple[Kept, ...]) -> None:
        self._result = result
        self._bar.show_result(result)
        self.ended.emit(self.intake.ended_for, result, kept)
