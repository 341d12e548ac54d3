"""Where the map's page sits: begun, begun again when its process ends, given up when in vain."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from field_app.domain.errors import FieldAppError, MapUnreadable
from field_app.maps.page import page
from field_app.ui.background import Background
from field_app.ui.map.deaths import Deaths
from field_app.ui.map.instead import InsteadOfMap

if TYPE_CHECKING:
    from field_app.ui.map.web_map import WebMap

logger = logging.getLogger(__name__)

HAS_WIRE: Final = "window.qt && qt.webChannelTransport ? 'yes' : 'no'"
"""Asked of a page that was loaded; a new process may not know the program yet."""
PATIENCE_MS: Final = 30_000
"""After so long a page that does not get ready is begun again."""


class Seat(QObject):
    """Holds the web view in a widget, or what stands there instead.

    Signals:
        lost: The page is gone, for the moment or until a person asks for it.
    """

    lost = Signal()

    def __init__(
        self,
        home: QWidget,
        background: Background,
        cache_folder: Path,
        make: Callable[[str], "WebMap"],
    ) -> None:
        """Take a seat.

        Args:
            home: The widget that holds the view.
            background: Makes the page away from the GUI thread.
            cache_folder: Where the page is kept between starts.
            make: Makes the web view of the page's HTML; it may fail to import it.
        """
        super().__init__(home)
        self._background = background
        self._cache_folder = cache_folder
        self._make = make
        self.web: WebMap | None = None
        self._deaths = Deaths()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.come_back)
        self.instead = InsteadOfMap(home)
        self.instead.wished.connect(self.begin)
        self._stack = QStackedLayout(home)
        self._stack.addWidget(self.instead)

    @Slot()
    def begin(self) -> None:
        """Begin with the page, also when a person asks for it once more."""
        self._deaths.forget()
        self.instead.say_coming()
        self._background.run(page, self._cache_folder, done=self._start, failed=self._give_up)

    def be_ready(self) -> None:
        """Hear that the page is drawn."""
        self._patience.stop()

    def shut_down(self) -> None:
        """Take the page down; the seat stays empty."""
        self._patience.stop()
        self.lost.emit()
        if self.web is not None:
            self._stack.removeWidget(self.web.view)
            self.web.close()
            self.web.deleteLater()
            self.web = None

    @Slot()
    def come_back(self) -> None:
        """Load the page again after its process had ended, unless that happens all the time."""
        if self.web is None or self._deaths.is_one_too_many():
            self._give_up(MapUnreadable("the map's process ended again and again"))
            return
        logger.warning("The map's process ended; the map is shown again")
        self.lost.emit()
        QTimer.singleShot(0, self.web, self._load)

    def _start(self, html: str) -> None:
        """Put the page into a web view."""
        try:
            self.web = self._make(html)
        except ImportError as error:
            self._give_up(MapUnreadable(f"web pages cannot be shown: {error}"))
            return
        self.web.page.loadFinished.connect(self._check_loaded)
        self.web.page.renderProcessTerminated.connect(self.come_back)
        self._stack.addWidget(self.web.view)
        # A hidden page has no size and draws nothing, so it is shown while it loads.
        self._stack.setCurrentWidget(self.web.view)
        self._load()

    @Slot()
    def _load(self) -> None:
        if self.web is not None:
            self._patience.start()
            self.web.load()

    @Slot(bool)
    def _check_loaded(self, is_loaded: bool) -> None:  # noqa: FBT001 - a slot of Qt's signal
        if self.web is None or not self.web.is_alive:
            return
        if is_loaded:
            self.web.page.runJavaScript(HAS_WIRE, self._check_wire)
        else:
            self._give_up(MapUnreadable("the map page did not load"))

    @Slot(object)
    def _check_wire(self, answer: object) -> None:
        """Load once more a page that a new process began without its wire to the program."""
        if answer != "yes" and self.web is not None and self.web.is_alive:
            self.come_back()

    def _give_up(self, error: FieldAppError) -> None:
        """Say that there is no map; the rest of the program goes on."""
        logger.error("The map is not shown: %s", error.detail)
        self.shut_down()
        self.instead.say_given_up()
        self._stack.setCurrentWidget(self.instead)
