"""Visits of a phone: opens the sheet for one, and keeps its line until all is taken in."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.ui.office import Office

if TYPE_CHECKING:
    from field_app.ui.photos.phone_link import PhoneLink
    from field_app.ui.photos.phone_sheet import Find, PhoneSheet


class PhoneVisits(QObject):
    """One visit at a time; what it needs is loaded with the first.

    Signals:
        moved: (PhotoRole, int, int). As of `PhotoIntake`.
        changed: The job's photos are no longer as they were.
        over: (AddedFiles, tuple of Kept). A visit ended; what became of its photos.
    """

    moved = Signal(object, int, int)
    changed = Signal()
    over = Signal(object, object)

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
        """Returns this computer's addresses; None asks the system."""
        self.sheet: PhoneSheet | None = None
        self.link: PhoneLink | None = None
        """Of the newest visit; it may still take photos in while its sheet is closed."""

    def open(self, ticket_id: TicketId, role: PhotoRole) -> None:
        """Open the sheet and the page for photos of one role."""
        if self.sheet is not None:
            return
        # a start does not pay for TLS and codes that few of its days need
        from field_app.handoff.page import Errand  # noqa: PLC0415
        from field_app.ui.photos.phone_link import PhoneLink  # noqa: PLC0415
        from field_app.ui.photos.phone_networks import found_addresses  # noqa: PLC0415
        from field_app.ui.photos.phone_sheet import PhoneSheet  # noqa: PLC0415

        office = self._office
        link = self.link = PhoneLink(office, Errand(ticket_id=ticket_id, role=role), self)
        link.intake.moved.connect(self.moved)
        link.saved.connect(self.changed)
        link.over.connect(self._end)
        find = self.find or found_addresses
        self.sheet = PhoneSheet(office.theme, office.background, link, find, self._window)
        self.sheet.closed.connect(self._forget_sheet)
        self.sheet.begin()

    @Slot()
    def close(self) -> None:
        """Close the sheet and the page, at once."""
        if self.sheet is not None:
            self.sheet.close_it()

    @Slot()
    def _forget_sheet(self) -> None:
        self.sheet = None

    @Slot(object, object)
    def _end(self, result: Any, kept: Any) -> None:
        """Let the line go once nothing comes from it any more."""
        link = self.sender()
        if link is self.link:
            self.link = None
        link.deleteLater()
        self.over.emit(result, kept)
