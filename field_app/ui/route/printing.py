"""Leads the work list onto paper or into a PDF: where to, the pages, and how it went."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from field_app.domain.copy_errors import CopyNotWritten
from field_app.domain.errors import FieldAppError
from field_app.domain.paper_errors import PaperNotMade, PaperNotWritten
from field_app.photos.bare import write_copy
from field_app.queries.route import DayRoute, day_route
from field_app.queries.status import reference
from field_app.texts import _
from field_app.texts.dates import local
from field_app.ui.office import Office

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from field_app.ui.route.paper import Paper

PDF: Final = ".pdf"
FOLDER_KEY: Final = "route/folder"


class Printing(QObject):
    """Prints and saves the work list of one screen, one at a time.

    Signals:
        news_wished: (object, object). Say what this callable returns; nothing to undo.
    """

    news_wished = Signal(object, object)

    def __init__(self, office: Office, screen: QWidget) -> None:
        super().__init__(screen)
        self._office, self._screen = office, screen
        self._printer: QPrinter | None = None
        self.paper: Paper | None = None

    def save(self) -> None:
        """Let a person choose a file and put the work list there."""
        now = self._office.clock.now()
        name = _("work-list-{day}").format(day=f"{local(now):%Y-%m-%d}") + PDF
        offered = str(Path(self._folder()) / name)
        chosen, _kind = QFileDialog.getSaveFileName(
            self._screen, _("Save the work list"), offered, f"PDF (*{PDF})"
        )
        if chosen:
            path = Path(chosen if chosen.casefold().endswith(PDF) else chosen + PDF)
            self._make(lambda paper: paper.make_pdf(partial(self._write, path)))

    def print(self) -> None:
        """Let a person choose a printer and print the work list."""
        printer = self._asked_printer()
        if printer is not None:
            self._printer = printer  # it must live until it has everything
            self._make(lambda paper: paper.print_on(printer, self._printed))

    def shut_down(self) -> None:
        """Give up what is being made."""
        paper, self.paper = self.paper, None
        if paper is not None:
            paper.close()

    def _asked_printer(self) -> "QPrinter | None":
        """Ask for a printer; None when the person wants none."""
        try:
            # Loaded here: a system library that is missing must cost printing only.
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

            from field_app.ui.route.paper import A4  # noqa: PLC0415
        except ImportError as error:
            self._fail(PaperNotMade(f"nothing can be printed: {error}"))
            return None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(A4)
        printer.setDocName(_("Work list"))
        dialog = QPrintDialog(printer, self._screen.window())
        return printer if dialog.exec() else None

    def _make(self, go_on: Callable[["Paper"], object]) -> None:
        """Ask for the newest route, then make the pages."""
        if self.paper is None:
            self._go_on = go_on
            self._office.background.run(
                self._html, done=self._lay_out, failed=self._fail, is_question=True
            )

    def _html(self) -> str:
        """Write the work list; in the back room, as sixty codes take a while."""
        # Loaded here: what makes codes is seldom wanted.
        from field_app.ui.route.work_list import WorkList, work_list_html  # noqa: PLC0415

        app = self._office.app
        route: DayRoute = app.see(day_route)
        person = app.person
        crews = {crew.id: crew.name for crew in app.see(reference).crews}
        crew_id = None if person is None else person.crew_id
        crew = crews.get(crew_id, "") if crew_id is not None else ""
        now = self._office.clock.now()
        return work_list_html(WorkList(route=route, person=person, crew=crew, now=now))

    def _lay_out(self, html: str) -> None:
        try:
            # Loaded here: a system library that is missing must cost printing only.
            from field_app.ui.route.paper import Paper  # noqa: PLC0415
        except ImportError as error:
            self._fail(PaperNotMade(f"web pages cannot be made: {error}"))
            return
        self.paper = Paper(html, self._fail, self)
        self._go_on(self.paper)

    def _write(self, path: Path, data: bytes) -> None:
        self.paper = None
        self._path = path
        self._office.background.run(
            write_pdf, path, data, done=self._saved, failed=self._fail, is_outside=True
        )

    def _saved(self, path: Path) -> None:
        self._office.settings.setValue(FOLDER_KEY, str(path.parent))
        name = QDir.toNativeSeparators(str(path))
        self.news_wished.emit(lambda: _("Saved: {file}").format(file=name), None)

    def _printed(self) -> None:
        self.paper = self._printer = None
        self.news_wished.emit(lambda: _("The work list is at the printer"), None)

    def _fail(self, failure: FieldAppError) -> None:
        self.paper = self._printer = None
        self._office.bus.complain(failure)

    def _folder(self) -> str:
        """Return where the last work list went, else the person's documents."""
        kept = str(self._office.settings.value(FOLDER_KEY, ""))
        if kept and Path(kept).is_dir():
            return kept
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def write_pdf(path: Path, data: bytes) -> Path:
    """Put a PDF where a person wants it, whole or not at all; return its file.

    Raises:
        PaperNotWritten: It cannot be written there.
    """
    try:
        write_copy(path, data)
    except CopyNotWritten as error:
        raise PaperNotWritten(error.detail) from error
    return path
