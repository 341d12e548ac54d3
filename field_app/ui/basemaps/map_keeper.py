"""Leads through the maps of this computer; knows actions and the sheet, draws nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from field_app.actions import basemaps as actions
from field_app.domain.changes import Changes
from field_app.queries.basemaps import area_maps
from field_app.texts import _
from field_app.ui.background import Job
from field_app.ui.basemaps.maps_sheet import MapsSheet
from field_app.ui.office import Office
from field_app.ui.packs.places import offered_folder
from field_app.ui.shared.sheet import Sheet

SUFFIXES: Final = frozenset({".mbtiles", ".pmtiles"})


class Watch(QObject):
    """Hears from the back room how far a copy is, and tells it to break off.

    Made in the GUI thread; `tell` is called from the back room.

    Signals:
        moved: int. Hundredths done.
    """

    moved = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_cancelled = False
        self._told = -1
        self.job: Job | None = None
        """The copying itself; the window cancels it when it closes."""

    @Slot()
    def cancel(self) -> None:
        """Break off at the next block."""
        self._is_cancelled = True

    def tell(self, done: int, whole: int) -> bool:
        """Tell how far it is, once for each hundredth; return whether to go on."""
        if self._is_cancelled or (self.job is not None and self.job.is_cancelled):
            return False  # and nothing is told: the sheet may have gone, with its signals
        share = 100 * done // max(1, whole)
        if share != self._told:
            self._told = share
            self.moved.emit(share)
        return True


class MapKeeper(QObject):
    """The way of a map panel to the maps of this computer; files may be dropped on the panel."""

    def __init__(self, office: Office, panel: Any) -> None:
        """Serve a panel.

        Args:
            office: Does and sees.
            panel: The `ui.map.map_view.MapView`, which is loaded late and so not named here.
        """
        super().__init__(panel)
        self.office = office
        self._panel: Any = panel
        self.sheet: MapsSheet | None = None
        panel.setAcceptDrops(True)
        panel.installEventFilter(self)
        self._panel.maps_wished.connect(self.show_maps)
        office.bus.changed.connect(self._follow)

    @Slot()
    def show_maps(self) -> None:
        """Show the sheet."""
        if any(sheet.isVisible() for sheet in self._panel.window().findChildren(Sheet)):
            return
        self.sheet = sheet = MapsSheet(self.office, self._panel)
        sheet.closed.connect(self._forget)
        sheet.file_wished.connect(self._choose_file)
        sheet.fetch_wished.connect(lambda sha256: self._do(actions.want, sha256))
        sheet.stop_wished.connect(lambda sha256: self._do(actions.stop, sha256))
        sheet.remove_wished.connect(self._remove)
        self._look()
        sheet.open_it(sheet.open_file)

    def open_map(self, path: Path) -> None:
        """Copy a map file and draw with it."""
        if self.sheet is None:
            self.show_maps()
        sheet = self.sheet
        if sheet is None or sheet.is_copying:
            return
        watch = Watch(sheet)
        watch.moved.connect(sheet.show_share)
        sheet.cancel_wished.connect(watch.cancel)
        sheet.closed.connect(watch.cancel)
        sheet.show_copying()
        watch.job = self.office.background.run_for_minutes(
            self.office.app.do,
            actions.bring,
            path,
            watch.tell,
            self._panel.area(),
            done=self._brought,
            failed=sheet.show_copy_failure,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a map file that is dropped on the map."""
        if isinstance(event, QDropEvent):
            path = _dropped(event)
            if path is None:
                return False
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent | QDragMoveEvent):
                self.open_map(path)
            return True
        return False

    @Slot()
    def _choose_file(self) -> None:
        if self.sheet is None:
            return
        filters = f"{_('Map file')} (*.mbtiles *.pmtiles);;{_('All files')} (*)"
        name, _chosen = QFileDialog.getOpenFileName(
            self.sheet, _("Open a map file"), str(offered_folder()), filters
        )
        if name:
            self.open_map(Path(name))

    def _do(self, action: Callable[..., Any], sha256: str) -> None:
        if self.sheet is not None:
            self.office.do(action, sha256, failed=self.sheet.show_failure)

    @Slot(str)
    def _remove(self, sha256: str) -> None:
        self._panel.leave_map(sha256)
        self._do(actions.remove, sha256)

    def _brought(self, brought: actions.Brought) -> None:
        if self.sheet is not None:
            self.sheet.show_added(brought.shelved)

    def _look(self) -> None:
        if self.sheet is not None:
            self.office.see(area_maps, then=self.sheet.show_maps, failed=self.sheet.show_failure)

    @Slot()
    def _forget(self) -> None:
        self.sheet = None

    @Slot(object)
    def _follow(self, changes: Changes) -> None:
        if changes.maps:
            self._panel.reopen_maps()
            self._look()


def _dropped(event: QDropEvent) -> Path | None:
    """Return the map file that hangs on the mouse, or None."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() in SUFFIXES), None)
