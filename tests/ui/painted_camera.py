"""Cameras that see what a test paints; no real one is needed."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage

from field_app.resources import resource
from field_app.ui.camera.cameras import Camera, Cameras, Device, Trouble

BUILT_IN = Device(key="/dev/video0", name="Integrated Camera")
USB = Device(key="/dev/video2", name="USB Camera C270")


def scene(name: str = "pothole_after", width: int = 1280, height: int = 720) -> QImage:
    """Return what a camera sees: the middle of a demo picture."""
    picture = QImage(str(resource("demo", "photos", f"{name}.jpg")))
    wide = picture.scaled(width, height, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    left, top = (wide.width() - width) // 2, (wide.height() - height) // 2
    return wide.copy(left, top, width, height)


class PaintedCamera(Camera):
    """Sees what the test lets it see."""

    def __init__(self, desk: "PaintedCameras", device: Device, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.device = device
        self.is_on = False
        self.is_wished = False

    def start(self) -> None:
        self.is_on = True
        self._desk.starts.append(self.device)
        trouble = self._desk.refusals.get(self.device.key)
        if trouble is not None:
            self.failed.emit(trouble)
        elif not self._desk.is_silent:
            self.pictured.emit(self._desk.scene)

    def take(self) -> None:
        self.is_wished = True
        if not self._desk.is_silent:
            self.took.emit(self._desk.scene)

    def stop(self) -> None:
        self.is_on = False
        self._desk.stops.append(self.device)


class PaintedCameras(Cameras):
    """A desk with cameras that can be plugged in and out."""

    def __init__(self, *plugged: Device) -> None:
        super().__init__()
        self.plugged = list(plugged)
        self.refusals: dict[str, Trouble] = {}
        self.is_silent = False
        self.scene = scene()
        self.made: list[PaintedCamera] = []
        self.starts: list[Device] = []
        self.stops: list[Device] = []

    @property
    def trouble(self) -> Trouble | None:
        return None if self.plugged else Trouble.NONE

    def devices(self) -> tuple[Device, ...]:
        return tuple(self.plugged)

    def make(self, key: str, parent: QObject) -> Camera:
        device = next(one for one in self.plugged if one.key == key)
        camera = PaintedCamera(self, device, parent)
        self.made.append(camera)
        return camera

    def plug(self, *devices: Device) -> None:
        """Have exactly these from now on."""
        self.plugged = list(devices)
        self.changed.emit()

    def sees(self, picture: QImage) -> None:
        """Show something else to the camera that is on."""
        self.scene = picture
        self.made[-1].pictured.emit(picture)
