"""The system's word about the network: a reason to ask the hub at once, and never an answer."""

from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot
from PySide6.QtNetwork import QNetworkInformation

from field_app.ui.bus import Bus
from field_app.ui.office import Laptop

CALM_MS: Final = 2_000
"""A network that comes and goes is asked after once it has kept still for so long."""


class NetworkNews(Protocol):
    """What tells that the network became another one.

    Signals:
        moved: It came, went, or goes another way.
        metered_changed: Whether it is metered is no longer as it was.
    """

    @property
    def moved(self) -> SignalInstance:
        """Return the signal."""
        ...

    @property
    def metered_changed(self) -> SignalInstance:
        """Return the signal."""
        ...

    def is_metered(self) -> bool:
        """Return whether the system calls the network metered."""
        ...


class SystemNetwork(QObject):
    """The news of this computer's system; see `NetworkNews`."""

    moved = Signal()
    metered_changed = Signal()

    def __init__(self, information: QNetworkInformation, parent: QObject | None = None) -> None:
        """Listen to what Qt was told."""
        super().__init__(parent)
        self._information = information
        for signal in (
            information.reachabilityChanged,
            information.transportMediumChanged,
            information.isBehindCaptivePortalChanged,
        ):
            signal.connect(self._pass_on)
        information.isMeteredChanged.connect(self.metered_changed)

    @classmethod
    def found(cls, parent: QObject | None = None) -> "SystemNetwork | None":
        """Return the system's news; None where no part of the system tells any."""
        if not QNetworkInformation.loadDefaultBackend():
            return None
        return cls(QNetworkInformation.instance(), parent)

    def is_metered(self) -> bool:
        """Return whether the system calls the network metered."""
        return self._information.isMetered()

    @Slot()
    def _pass_on(self) -> None:
        self.moved.emit()


class NetworkWatch(QObject):
    """Asks the hub when the network became another one; only the hub's answer counts.

    The first news is acted on at once, what follows closely once more when it is over.
    """

    def __init__(
        self, news: NetworkNews, app: Laptop, bus: Bus, parent: QObject | None = None
    ) -> None:
        """Begin to listen."""
        super().__init__(parent)
        self._news = news
        self._app = app
        self._bus = bus
        self._is_stale = False
        self.calm = QTimer(self)
        self.calm.setSingleShot(True)
        self.calm.setInterval(CALM_MS)
        self.calm.timeout.connect(self._look_again)
        news.moved.connect(self._ask)
        news.metered_changed.connect(self._tell_metered)
        self._tell_metered()

    @Slot()
    def _ask(self) -> None:
        self._is_stale = self.calm.isActive()
        if not self._is_stale:
            self._app.sync_now()
        self.calm.start()

    @Slot()
    def _look_again(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._app.sync_now()

    @Slot()
    def _tell_metered(self) -> None:
        self._bus.tell_metered(is_metered=self._news.is_metered())
