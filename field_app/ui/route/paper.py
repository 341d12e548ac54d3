"""Pages for paper, made by the web view: it breaks Thai between words and shapes it rightly."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QCoreApplication, QMarginsF, QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWebEngineCore import QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView

from field_app.domain.errors import FieldAppError
from field_app.domain.paper_errors import PaperNotMade
from field_app.ui.map.answers import AppScheme
from field_app.ui.map.guard import Guard
from field_app.ui.map.web_map import PAGE, MapPage

A4: Final = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4),
    QPageLayout.Orientation.Portrait,
    QMarginsF(12, 14, 12, 16),
    QPageLayout.Unit.Millimeter,
)
"""Wide enough for the printers that offices have, and for the line below each page."""
Done = Callable[[bytes], object]
Failed = Callable[[FieldAppError], object]


class Paper(QObject):
    """Makes one document and then goes away; nothing of it leaves this computer.

    Attributes:
        guard: Has blocked whatever the page asked for elsewhere.
    """

    def __init__(self, html: str, failed: Failed, parent: QObject) -> None:
        """Begin to lay the page out.

        Args:
            html: The whole page; fonts and styles at `app://assets`.
            failed: Is told when that does not work.
            parent: Owner.
        """
        super().__init__(parent)
        self._failed = failed
        self._then: Callable[[], object] | None = None
        self.guard = Guard()
        # Not a child of the window: a profile must outlive its page.
        self._profile = QWebEngineProfile(QCoreApplication.instance())
        self._profile.setUrlRequestInterceptor(self.guard)
        self._handler = AppScheme(html, {}, self._profile)
        self._profile.installUrlSchemeHandler(QByteArray(b"app"), self._handler)
        self.view = QWebEngineView()
        self.page = MapPage(self._profile, self.view)
        self.view.setPage(self.page)
        self.view.destroyed.connect(self._profile.deleteLater)
        self.page.loadFinished.connect(self._go_on)
        self.page.renderProcessTerminated.connect(self._give_up)

    def make_pdf(self, done: Done) -> None:
        """Give the document as PDF to `done`."""
        self._begin(lambda: self.page.printToPdf(lambda made: self._give(made, done), A4))

    def print_on(self, printer: QPrinter, done: Callable[[], object]) -> None:
        """Print the document and call `done` when the printer has it all.

        Args:
            printer: Must live until then.
            done: Is called once.
        """
        self._done_printing = done
        self.view.printFinished.connect(self._check_printed)
        self._begin(lambda: self.view.print(printer))

    def close(self) -> None:
        """Take the page down before its profile, else Qt warns of trouble."""
        self.page.deleteLater()
        self.view.deleteLater()
        self.deleteLater()

    def _begin(self, then: Callable[[], object]) -> None:
        self._then = then
        self.page.load(QUrl(PAGE))

    @Slot(bool)
    def _go_on(self, is_loaded: bool) -> None:  # noqa: FBT001 - a slot of Qt's signal
        if is_loaded and self._then is not None:
            self._then()
        else:
            self._give_up()

    def _give(self, made: QByteArray, done: Done) -> None:
        """Hand the document over, after Chromium has returned from telling it."""
        data = bytes(made.data())
        QTimer.singleShot(0, self, lambda: self._hand_over(data, done))

    def _hand_over(self, data: bytes, done: Done) -> None:
        if data:
            self.close()
            done(data)
        else:
            self._give_up()

    @Slot(bool)
    def _check_printed(self, is_printed: bool) -> None:  # noqa: FBT001 - a slot of Qt's signal
        if is_printed:
            self.close()
            self._done_printing()
        else:
            self._give_up()

    @Slot()
    def _give_up(self) -> None:
        self.close()
        self._failed(PaperNotMade("the web view made no pages"))
