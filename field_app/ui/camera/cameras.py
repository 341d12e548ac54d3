"""What the sheet needs of cameras; QtMultimedia stands behind it, or what a test makes up."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage


class Trouble(StrEnum):
    """Why there is no picture."""

    NO_PROGRAM = "no_program"
    """A library of the system that cameras need is missing."""
    NONE = "none"
    """No camera is there."""
    REFUSED = "refused"
    """The system does not let this program use cameras."""
    BUSY = "busy"
    """It gives no picture: mostly because another program has it."""
    GONE = "gone"
    """It was unplugged while it was on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One camera that can be turned on."""

    key: str
    """The same while it stays plugged in, and mostly also the next time."""
    name: str
    """As the system describes it."""


class Camera(QObject):
    """One camera; it sees something between `start` and `stop`.

    Lives in the GUI thread. Pictures are made ready elsewhere: whoever gets one only paints it.

    Signals:
        pictured: QImage. What it sees now, of a size for the screen.
        took: QImage. The whole picture that was wished by `take`.
        failed: Trouble. It gives no picture any more.
    """

    pictured = Signal(QImage)
    took = Signal(QImage)
    failed = Signal(object)

    def start(self) -> None:
        """Turn it on."""
        raise NotImplementedError

    def take(self) -> None:
        """Wish the next picture in its full size."""
        raise NotImplementedError

    def stop(self) -> None:
        """Turn it off, at once; nothing is told after that."""
        raise NotImplementedError


class Cameras(QObject):
    """The cameras of this computer.

    Signals:
        changed: One was plugged in or taken away.
    """

    changed = Signal()

    @property
    def trouble(self) -> Trouble | None:
        """Why none can be used; None when one can be tried."""
        raise NotImplementedError

    def devices(self) -> tuple[Device, ...]:
        """Return those that are there, the system's favourite first."""
        raise NotImplementedError

    def make(self, key: str, parent: QObject) -> Camera:
        """Return a camera that is off; it may be gone meanwhile, which it says when started."""
        raise NotImplementedError


class NoCameras(Cameras):
    """Stands where the system's libraries for cameras are missing."""

    @property
    def trouble(self) -> Trouble:
        """Always the same."""
        return Trouble.NO_PROGRAM

    def devices(self) -> tuple[Device, ...]:
        """Return none."""
        return ()


Find = Callable[[QObject], Cameras]
"""Returns the cameras, owned by a parent."""


def found_cameras(parent: QObject) -> Cameras:
    """Return this computer's cameras; loads what they need, so not at a start."""
    try:
        from field_app.ui.camera.qt_cameras import QtCameras  # noqa: PLC0415 - as above
    except ImportError:  # a system without sound has no libpulse, and Qt loads it with cameras
        return NoCameras(parent)
    return QtCameras(parent)
