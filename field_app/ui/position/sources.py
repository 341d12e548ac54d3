"""What tells where the computer is: chosen by a person, off at first."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from PySide6.QtCore import QObject, QSettings, SignalInstance

from field_app.domain.place import Place

WAY_KEY: Final = "position/way"
PORT_KEY: Final = "position/port"
SPEED_KEY: Final = "position/speed"
ADDRESS_KEY: Final = "position/address"
SPEEDS: Final = (4800, 9600, 38400, 115200)
"""Bits a second of receivers at a serial port; most say 9600, old ones 4800."""
USUAL_SPEED: Final = 9600
HIGHEST_PORT: Final = 65_535


class PositionWay(StrEnum):
    """How the computer is to learn where it is."""

    OFF = "off"
    """Not at all: the person says it."""
    SYSTEM = "system"
    SERIAL = "serial"
    """A GPS receiver at a serial port, which a USB one is too."""
    NETWORK = "network"
    """A GPS receiver, or a phone as one, that speaks over TCP."""


class Trouble(StrEnum):
    """Why nothing is heard."""

    MISSING = "missing"
    """This computer has no such source, or the library for it is not there."""
    REFUSED = "refused"
    """The system forbids it."""
    CLOSED = "closed"
    """The port or address cannot be opened, or was lost."""
    NOISE = "noise"
    """What comes is no NMEA."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person chose."""

    way: PositionWay = PositionWay.OFF
    port: str = ""
    """Name of the serial port as the system has it: `COM4`, `ttyUSB0`."""
    speed: int = USUAL_SPEED
    """Bits a second."""
    address: str = ""
    """`host:port`."""

    @property
    def host_and_port(self) -> tuple[str, int] | None:
        """The parts of the address; None when it is none."""
        host, _colon, number = self.address.strip().rpartition(":")
        host = host.strip().removeprefix("[").removesuffix("]")
        if not host or not number.isdecimal() or not 0 < int(number) <= HIGHEST_PORT:
            return None
        return host, int(number)

    @property
    def is_complete(self) -> bool:
        """Whether everything is there that its way needs."""
        if self.way is PositionWay.SERIAL:
            return bool(self.port)
        return self.way is not PositionWay.NETWORK or self.host_and_port is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One measured place, as it comes from a source."""

    place: Place
    heading_deg: float | None = None
    """Degrees clockwise from north while moving; None when standing or not known."""


class Source(Protocol):
    """What measures.

    Signals:
        fixed: Fix. A place was measured.
        heard: Something came, a place or not.
        failed: Trouble. Nothing comes any more.
    """

    @property
    def fixed(self) -> SignalInstance:
        """Return the signal."""
        ...

    @property
    def heard(self) -> SignalInstance:
        """Return the signal."""
        ...

    @property
    def failed(self) -> SignalInstance:
        """Return the signal."""
        ...

    def start(self) -> None:
        """Begin to measure."""
        ...

    def stop(self) -> None:
        """Let the device go; returns at once, and nothing is told any more."""
        ...

    def wait(self) -> None:
        """Wait until it has let go, at most some seconds; before the program ends."""
        ...


class MakeSource(Protocol):
    """Makes the source that a person chose."""

    def __call__(self, wanted: Wanted, parent: QObject, /) -> Source:
        """Return it, not started yet."""
        ...


def remembered(settings: QSettings) -> Wanted:
    """Return what was chosen last on this computer; off when that makes no sense."""
    way = str(settings.value(WAY_KEY, ""))
    speed = str(settings.value(SPEED_KEY, ""))
    wanted = Wanted(
        way=PositionWay(way) if way in set(PositionWay) else PositionWay.OFF,
        port=str(settings.value(PORT_KEY, "")),
        speed=int(speed) if speed.isdecimal() and int(speed) in SPEEDS else USUAL_SPEED,
        address=str(settings.value(ADDRESS_KEY, "")),
    )
    return wanted if wanted.is_complete else replace(wanted, way=PositionWay.OFF)


def remember(settings: QSettings, wanted: Wanted) -> None:
    """Remember what was chosen on this computer."""
    settings.setValue(WAY_KEY, wanted.way.value)
    settings.setValue(PORT_KEY, wanted.port)
    settings.setValue(SPEED_KEY, str(wanted.speed))
    settings.setValue(ADDRESS_KEY, wanted.address)
