"""The web view with the map page in it, and the wire between page and program."""

import logging
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Slot
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from field_app.ui.map.answers import AppScheme, TileScheme
from field_app.ui.map.bridge import Bridge
from field_app.ui.map.given import Given
from field_app.ui.map.grounds import Grounds
from field_app.ui.map.guard import Guard

logger = logging.getLogger(__name__)

PAGE: Final = "app://page/map.html"


class MapPage(QWebEnginePage):
    """The page; what its script complains of goes to the log."""

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, text: str, line: int, source: str
    ) -> None:
        """Log one line of the page's console; errors as warnings."""
        is_error = level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel
        is_missing_tile = source.startswith("tiles:") or "tiles://" in text
        chosen = logging.WARNING if is_error and not is_missing_tile else logging.DEBUG
        logger.log(chosen, "Map page: %s (%s:%d)", text, source, line)

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        _kind: QWebEnginePage.NavigationType,
        _is_main: bool,  # noqa: FBT001 - Qt's signature
        /,
    ) -> bool:
        """Stay on the map page whatever is clicked."""
        return QUrl(url).toString() == PAGE


class WebMap(QObject):
    """Owns view, page, profile and handlers, and takes them down in the order that Qt needs."""

    def __init__(
        self,
        html: str,
        data: Mapping[str, Given],
        grounds: Grounds,
        titles: Callable[[str], str],
        home: QWidget,
    ) -> None:
        """Start the page.

        Args:
            html: The map page.
            data: Gives the JSON of each name under `app://data/`, at once or later.
            grounds: Where the tiles come from.
            titles: Gives the titles of tickets, both as JSON lists.
            home: The widget that holds the view.
        """
        super().__init__(home)
        self.is_alive = True
        """Whether the page's process has not ended since it was last told to load."""
        self.bridge = Bridge(titles, self)
        self.guard = Guard()
        # Not a child of the window: a profile must outlive its page.
        self._profile = QWebEngineProfile(QCoreApplication.instance())
        self._profile.setUrlRequestInterceptor(self.guard)
        self._handlers = (
            AppScheme(html, data, self._profile),
            TileScheme(grounds, self._profile),
        )
        for name, handler in zip((b"app", b"tiles"), self._handlers, strict=True):
            self._profile.installUrlSchemeHandler(name, handler)
        self.view = QWebEngineView(home)
        self.view.setAcceptDrops(False)
        self.page = MapPage(self._profile, self.view)
        self._set_up_page()
        self.view.setPage(self.page)
        self.page.loadFinished.connect(self._leave_drops)
        self.page.renderProcessTerminated.connect(self._die)
        self.view.destroyed.connect(self._profile.deleteLater)

    def load(self) -> None:
        """Fetch the page, in a new process if the last one ended."""
        self.is_alive = True
        self.page.load(QUrl(PAGE))

    @Slot()
    def _die(self) -> None:
        self.is_alive = False

    @Slot()
    def _leave_drops(self) -> None:
        """Leave what is dropped to the widget that holds the map; Qt's inner one would take it."""
        for inside in self.view.findChildren(QWidget):
            inside.setAcceptDrops(False)

    def close(self) -> None:
        """Take the page down before its profile, else Qt warns of trouble."""
        self.view.hide()
        self.page.deleteLater()
        self.view.deleteLater()

    def _set_up_page(self) -> None:
        attribute = QWebEngineSettings.WebAttribute
        settings = self.page.settings()
        for unwanted in (
            attribute.PluginsEnabled,
            attribute.JavascriptCanOpenWindows,
            attribute.LocalStorageEnabled,
            attribute.PdfViewerEnabled,
        ):
            settings.setAttribute(unwanted, False)  # noqa: FBT003 - Qt knows it by place only
        channel = QWebChannel(self.page)
        channel.registerObject("bridge", self.bridge)
        self.page.setWebChannel(channel)
