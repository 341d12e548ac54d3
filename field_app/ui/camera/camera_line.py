"""The line to one camera at a time: turned on, gone, back again, silent."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from field_app.ui.camera.cameras import Camera, Cameras, Device, Trouble
from field_app.ui.camera.choices import CameraChoice

SILENT_MS: Final = 8_000
"""How long a picture is waited for after turning a camera on or asking it for one."""


class CameraLine(QObject):
    """Keeps one camera on while it is wished, whatever is plugged in and out.

    Signals:
        opening: Device. It is being turned on.
        pictured: QImage. What it sees now.
        took: QImage. The picture that was wished.
        troubled: Trouble. There is no picture.
        devices_changed: There are other cameras than before.
    """

    opening = Signal(object)
    pictured = Signal(QImage)
    took = Signal(QImage)
    troubled = Signal(object)
    devices_changed = Signal()

    def __init__(self, cameras: Cameras, choice: CameraChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._cameras = cameras
        self._choice = choice
        self._camera: Camera | None = None
        self._is_wished = False
        self.device: Device | None = None
        """The one that is on, or was meant to be."""
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENT_MS)
        self._silence.timeout.connect(self._tell_silent)
        cameras.changed.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Whether a camera is on."""
        return self._camera is not None

    def devices(self) -> tuple[Device, ...]:
        """Return the cameras to choose from."""
        return self._cameras.devices()

    def open(self) -> None:
        """Turn on the camera that was chosen last, or say why there is none."""
        self._is_wished = True
        self._turn_off()
        trouble = self._cameras.trouble
        device = self._choice.of(self.devices()) if trouble is None else None
        if device is None:
            self.troubled.emit(trouble or Trouble.NONE)
            return
        self.device = device
        camera = self._camera = self._cameras.make(device.key, self)
        camera.pictured.connect(self._take_picture)
        camera.took.connect(self._take_whole)
        camera.failed.connect(self._fail)
        self.opening.emit(device)
        self._silence.start()
        camera.start()

    def turn_to_next(self) -> None:
        """Turn on the next camera, and remember it."""
        devices = self.devices()
        if len(devices) > 1:
            keys = [device.key for device in devices]
            here = keys.index(self.device.key) if self.device and self.device.key in keys else -1
            self._choice.remember(devices[(here + 1) % len(devices)])
            self.open()

    def take(self) -> None:
        """Wish a picture in its full size."""
        if self._camera is not None:
            self._silence.start()
            self._camera.take()

    def close(self) -> None:
        """Turn the camera off, at once and for good."""
        self._is_wished = False
        self._turn_off()

    def _turn_off(self) -> None:
        self._silence.stop()
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.pictured.disconnect(self._take_picture)
            camera.took.disconnect(self._take_whole)
            camera.failed.disconnect(self._fail)
            camera.stop()
            camera.deleteLater()

    @Slot(QImage)
    def _take_picture(self, picture: QImage) -> None:
        self._silence.stop()
        self.pictured.emit(picture)

    @Slot(QImage)
    def _take_whole(self, picture: QImage) -> None:
        self._silence.stop()
        self.took.emit(picture)

    @Slot(object)
    def _fail(self, trouble: Trouble) -> None:
        self._turn_off()
        self.troubled.emit(trouble)

    @Slot()
    def _tell_silent(self) -> None:
        self._fail(Trouble.BUSY)

    @Slot()
    def _follow(self) -> None:
        """Notice that the camera is gone, or that there is one now."""
        if not self._is_wished:
            return
        self.devices_changed.emit()
        is_there = self.device is not None and self.device in self.devices()
        if self.is_on and not is_there:
            self._fail(Trouble.GONE)
        elif not self.is_on and self.devices():
            self.open()
