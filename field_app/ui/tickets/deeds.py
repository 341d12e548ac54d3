"""What a person does with a job from the list: begin, find the way, copy, say where they are."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from field_app.actions.position import keep_measured, keep_position
from field_app.actions.recording import Done
from field_app.actions.tickets import start
from field_app.domain.changes import Changes
from field_app.domain.ids import TicketId
from field_app.domain.place import Place
from field_app.domain.position import Position, PositionSource
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.sync.undoing import Undoing


class TicketDeeds(QObject):
    """Does it in the back room and says what became of it.

    Signals:
        started: str. Work on this job has begun.
        placed: The person's place was kept; distances are new.
        news_wished: (object, object). Say what this callable returns, with one that undoes it or
            None.
    """

    started = Signal(str)
    placed = Signal()
    news_wished = Signal(object, object)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._said: Position | None = None
        self.undoing = Undoing(office, self)

    @Slot(str)
    def start(self, ticket_id: str) -> None:
        """Begin work."""
        self._office.do(start, TicketId(ticket_id), then=self._started)

    @Slot(str)
    def copy(self, ticket_id: str) -> None:
        """Put the job's number on the clipboard."""
        QGuiApplication.clipboard().setText(ticket_id)
        self.news_wished.emit(lambda: _("Copied: {number}").format(number=ticket_id), None)

    def direct(self, title: str, place: Place, over: QWidget) -> None:
        """Hand a job's place over: by a code, to this computer's navigation, or copied."""
        from field_app.ui.route.directions_sheet import DirectionsSheet  # noqa: PLC0415 - has codes

        sheet = DirectionsSheet(self._office.theme, over, title, place)
        sheet.copied.connect(self._copy_place)
        sheet.open_it(sheet.open)

    @Slot(str)
    def _copy_place(self, words: str) -> None:
        """Put coordinates on the clipboard, for the navigation of any phone or car."""
        QGuiApplication.clipboard().setText(words)
        self.news_wished.emit(
            lambda: _("Coordinates copied: paste them into any navigation ({place})").format(
                place=words
            ),
            None,
        )

    def be_at(self, place: Place | None) -> None:
        """Keep this as the person's place; None when there was none to choose."""
        if place is None:
            self.news_wished.emit(lambda: _("Choose a job with a place first"), None)
        else:
            now = self._office.clock.now()
            self._said = Position(place=place, source=PositionSource.SAID, at=now)
            self._office.do(keep_position, place, then=self._placed)

    def _started(self, done: Done) -> None:
        self.started.emit(done.ticket_id)
        args = ("start", done.operation_id, done.ticket_id, self._tell_undone)
        take_back = partial(self.undoing.take_back, *args)
        self.news_wished.emit(lambda: _("Work started"), take_back)

    def _tell_undone(self, _done: Done) -> None:
        self.news_wished.emit(lambda: _("Taken back · it was not sent"), None)

    def _placed(self, _changes: Changes) -> None:
        """Tell where the person is now; a click beside a pin is easily made, and so undone."""
        bus, before = self._office.bus, self._office.bus.position
        if self._said is not None:
            bus.tell_position(self._said)
        self.placed.emit()
        undo = None if before is None else partial(self._put_back, before)
        self.news_wished.emit(lambda: _("You are here now"), undo)

    def _put_back(self, before: Position) -> None:
        self._said = before
        self._office.do(keep_measured, before, then=self._back)

    def _back(self, _changes: Changes) -> None:
        if self._said is not None:
            self._office.bus.tell_position(self._said)
        self.placed.emit()
