"""Looking at a photo beside the earlier one that shows the same."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from field_app.domain.changes import Changes
from field_app.domain.ids import PhotoId, TicketId
from field_app.queries.repeats import Repeat, repeat_of
from field_app.ui.office import Office
from field_app.ui.photos.repeat_sheet import RepeatSheet


class RepeatShow(QObject):
    """Opens the sheet over one screen, and keeps it true while pictures arrive.

    Signals:
        job_wished: TicketId. A person wants to open the earlier photo's job.
        outdated: What the fact said is so no more.
    """

    job_wished = Signal(str)
    outdated = Signal()

    def __init__(self, office: Office, screen: QWidget) -> None:
        super().__init__(screen)
        self._office = office
        self._screen = screen
        self._photo: tuple[TicketId, PhotoId] | None = None
        self.sheet: RepeatSheet | None = None
        office.bus.changed.connect(self._follow)

    def open(self, ticket_id: TicketId, photo_id: str) -> None:
        """Show a photo of this ticket beside the earlier one."""
        self._photo = (ticket_id, PhotoId(photo_id))
        self._ask()

    def close(self) -> None:
        """Go away, if it is there."""
        if self.sheet is not None:
            self.sheet.close_it()

    def _ask(self) -> None:
        if self._photo is not None:
            self._office.see(repeat_of, *self._photo, then=partial(self._take, self._photo))

    def _take(self, photo: tuple[TicketId, PhotoId], repeat: Repeat | None) -> None:
        if photo != self._photo:
            return  # asked for, and closed again or another one wished meanwhile
        if repeat is None:
            self.close()
            self._photo = None
            self.outdated.emit()
        elif self.sheet is not None:
            self.sheet.show_repeat(repeat)
        else:
            office = self._office
            now = office.clock.now()
            sheet = RepeatSheet(office.theme, office.background, repeat, now, self._screen)
            sheet.job_wished.connect(self._leave_for_job)
            sheet.closed.connect(self._forget)
            self.sheet = sheet
            sheet.open_sheet()

    @Slot(object)
    def _follow(self, _changes: Changes) -> None:
        if self.sheet is not None:
            self._ask()

    @Slot(str)
    def _leave_for_job(self, ticket_id: str) -> None:
        self.close()
        self.job_wished.emit(ticket_id)

    @Slot()
    def _forget(self) -> None:
        self.sheet = None
        self._photo = None
