"""Leads through saving and opening rescue packs; knows actions and sheets, draws nothing."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from field_app.actions import packs as actions
from field_app.domain.changes import Changes
from field_app.domain.pack_errors import NothingToPack, PackCancelled
from field_app.queries.packs import (
    PACK_SUFFIX,
    Amount,
    PackContent,
    amount,
    carried,
    look_into,
)
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.packs.open_sheet import OpenSheet
from field_app.ui.packs.pack_sheet import PackSheet
from field_app.ui.packs.places import file_name, offered_folder
from field_app.ui.packs.save_sheet import SaveSheet
from field_app.ui.shared.folders import open_folder
from field_app.ui.shared.sheet import Sheet


class Watch(QObject):
    """Hears from the back room how far it is, and tells it to break off.

    Made in the GUI thread; `tell` is called from the back room.

    Signals:
        moved: (int, int). Hundredths done and in all.
    """

    moved = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_cancelled = False
        self._told = -1

    @Slot()
    def cancel(self) -> None:
        """Break off at the next step."""
        self._is_cancelled = True

    def tell(self, done: int, total: int) -> None:
        """Tell how far it is; once for each hundredth, so that the window is not flooded.

        Raises:
            PackCancelled: It was broken off.
        """
        if self._is_cancelled:
            raise PackCancelled("a person broke it off")
        share = 100 * done // max(1, total)
        if share != self._told:
            self._told = share
            self.moved.emit(share, 100)


class Packing(QObject):
    """The way of one screen to rescue packs; packs may also be dropped on the screen.

    Signals:
        taken_in: The outbox has more than before.
    """

    taken_in = Signal()

    def __init__(self, office: Office, screen: QWidget) -> None:
        super().__init__(screen)
        self.office = office
        self._screen = screen
        self.sheet: PackSheet | None = None
        screen.setAcceptDrops(True)
        screen.installEventFilter(self)

    @Slot()
    def begin(self) -> None:
        """Save what is unsent; with nothing unsent, open a pack."""
        self.office.see(amount, then=self._offer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a pack that is dropped on the screen."""
        if isinstance(event, QDropEvent):
            path = _dropped(event)
            if path is None:
                return False
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent) and event.type() is QEvent.Type.Drop:
                self.open_pack(path)
            return True
        return False

    def open_pack(self, path: Path | None) -> None:
        """Open a pack; None lets a person choose its file."""
        if self._is_covered():
            return
        sheet = OpenSheet(self.office, self._screen, path)
        sheet.path_wished.connect(self._choose_file)
        sheet.look_wished.connect(self._look)
        sheet.take_wished.connect(self._take)
        sheet.carry_wished.connect(self._carry)
        self.office.see(carried, then=sheet.show_carried)
        self._show(sheet, sheet.choose if path is None else sheet.secret.input)

    def _offer(self, found: Amount) -> None:
        if found.is_nothing:
            self.open_pack(None)
            if self.sheet is not None:
                words = (_(NothingToPack.title), _("You can open another laptop's pack here."))
                self.sheet.banner.show_message("ok", *words)
            return
        person = self.office.app.person
        if person is None or self._is_covered():
            return
        name = file_name(person.username, self.office.clock.now())
        sheet = SaveSheet(self.office, self._screen, found, offered_folder() / name)
        sheet.path_wished.connect(self._choose_place)
        sheet.save_wished.connect(self._save)
        sheet.open_wished.connect(self._open_other)
        self._show(sheet, sheet.first.input)

    def _is_covered(self) -> bool:
        """Return whether a sheet asks something already."""
        return any(sheet.isVisible() for sheet in self._screen.window().findChildren(Sheet))

    def _show(self, sheet: PackSheet, focus: QWidget) -> None:
        self.sheet = sheet
        sheet.closed.connect(self._forget)
        sheet.folder_wished.connect(open_folder)
        sheet.open_it(focus)

    @Slot()
    def _forget(self) -> None:
        self.sheet = None

    @Slot()
    def _open_other(self) -> None:
        self.open_pack(None)

    @Slot()
    def _choose_place(self) -> None:
        if self.sheet is None:
            return
        filters = f"{_('Rescue pack')} (*{PACK_SUFFIX})"
        title = _("Save unsent work to USB")
        name, _chosen = QFileDialog.getSaveFileName(
            self.sheet, title, str(self.sheet.path), filters
        )
        if name:
            path = Path(name)
            is_named = path.suffix == PACK_SUFFIX
            self.sheet.show_path(path if is_named else path.with_name(path.name + PACK_SUFFIX))

    @Slot()
    def _choose_file(self) -> None:
        if self.sheet is None:
            return
        filters = f"{_('Rescue pack')} (*{PACK_SUFFIX})"
        name, _chosen = QFileDialog.getOpenFileName(
            self.sheet, _("Open a rescue pack"), str(offered_folder()), filters
        )
        if name:
            self.sheet.show_path(Path(name))

    @Slot(object, str)
    def _save(self, path: Path, passphrase: str) -> None:
        self._work(actions.save, (path, passphrase), self._saved)

    @Slot(object, str)
    def _take(self, path: Path, passphrase: str) -> None:
        self._work(actions.take_in, (path, passphrase), self._taken)

    @Slot(object)
    def _carry(self, path: Path) -> None:
        self._work(actions.carry, (path,), self._kept)

    def _work(
        self,
        action: Callable[..., object],
        args: tuple[object, ...],
        then: Callable[..., object],
    ) -> None:
        """Do slow work in the back room, watched by the sheet."""
        sheet = self.sheet
        if sheet is None or sheet.is_working:
            return
        watch = Watch(sheet)
        watch.moved.connect(sheet.show_share)
        sheet.cancel_wished.connect(watch.cancel)
        sheet.show_working()
        self.office.do(action, *args, watch.tell, then=then, failed=sheet.show_failure)

    @Slot(object, str)
    def _look(self, path: Path, passphrase: str) -> None:
        sheet = self.sheet
        if isinstance(sheet, OpenSheet):
            self.office.see(
                look_into, path, passphrase, then=self._looked, failed=sheet.show_failure
            )

    def _looked(self, content: PackContent) -> None:
        if isinstance(self.sheet, OpenSheet):
            self.sheet.show_content(content)

    def _saved(self, saved: actions.Saved) -> None:
        if isinstance(self.sheet, SaveSheet):
            self.sheet.show_saved(saved)

    def _kept(self, _changes: Changes) -> None:
        if isinstance(self.sheet, OpenSheet):
            self.sheet.show_kept()
        self.office.app.sync_now()

    def _taken(self, taken: actions.Taken) -> None:
        if isinstance(self.sheet, OpenSheet):
            self.sheet.show_taken(taken)
        self.taken_in.emit()


def _dropped(event: QDropEvent) -> Path | None:
    """Return the pack that hangs on the mouse, or None."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix == PACK_SUFFIX), None)
