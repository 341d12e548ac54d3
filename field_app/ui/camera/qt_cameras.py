"""Cameras by QtMultimedia. Import it late: it loads Qt's media libraries.

The photo is the next whole frame of the live picture, made ready in a thread of its own, so that
what was seen is what is kept. Qt's image capture was not compared: that needs a real camera.
"""

from typing import Final

from PySide6.QtCore import (
    QCameraPermission,
    QCoreApplication,
    QObject,
    Qt,
    Slot,
)
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
)

from field_app.ui.camera.cameras import Camera, Cameras, Device, Trouble
from field_app.ui.camera.frames import Frames

SMOOTH_FPS: Final = 10.0
"""Slower than that, nobody can aim."""
MOST_PIXELS: Final = 13_000_000
"""Larger frames are no sharper with a laptop's lens."""


class QtCameras(Cameras):
    """What QtMultimedia finds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watch = QMediaDevices(self)
        self._watch.videoInputsChanged.connect(self.changed)

    @property
    def trouble(self) -> Trouble | None:
        """Whether the system refuses, or nothing is plugged in."""
        if _is_refused():
            return Trouble.REFUSED
        return None if QMediaDevices.videoInputs() else Trouble.NONE

    def devices(self) -> tuple[Device, ...]:
        """Return those that are there, the system's favourite first."""
        favourite = _key(QMediaDevices.defaultVideoInput())
        found = [
            Device(key=_key(one), name=one.description()) for one in QMediaDevices.videoInputs()
        ]
        return tuple(sorted(found, key=lambda device: device.key != favourite))

    def make(self, key: str, parent: QObject) -> Camera:
        """Return the camera of a key."""
        inputs = QMediaDevices.videoInputs()
        device = next((one for one in inputs if _key(one) == key), QCameraDevice())
        return QtCamera(device, parent)


class QtCamera(Camera):
    """One camera, its frames turned into pictures in a thread of its own."""

    def __init__(self, device: QCameraDevice, parent: QObject) -> None:
        super().__init__(parent)
        self._is_known = not device.isNull()
        self._is_on = False
        self._camera = QCamera(device, self)
        best = best_format(device.videoFormats())
        if best is not None:
            self._camera.setCameraFormat(best)
        self._frames = Frames(self)
        self._frames.pictured.connect(self.pictured)
        self._frames.took.connect(self.took)
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._frames.sink)
        self._camera.errorOccurred.connect(self._tell_error)

    def start(self) -> None:
        """Turn it on."""
        if not self._is_known:
            self.failed.emit(Trouble.GONE)
            return
        self._is_on = True
        app = QCoreApplication.instance()
        asked = QCameraPermission()
        if app is not None and app.checkPermission(asked) is Qt.PermissionStatus.Undetermined:
            app.requestPermission(asked, self, self._begin)  # the system asks the person
        else:
            self._begin()

    def take(self) -> None:
        """Wish the next frame in its full size."""
        self._frames.take()

    def stop(self) -> None:
        """Turn it off."""
        self._is_on = False
        self._frames.stop()
        self._camera.stop()

    def _begin(self, _answer: object = None) -> None:
        if self._is_on and _is_refused():
            self.failed.emit(Trouble.REFUSED)
        elif self._is_on:
            self._frames.start()
            self._camera.start()

    @Slot(QCamera.Error, str)
    def _tell_error(self, error: QCamera.Error, _words: str) -> None:
        if self._is_on and error is not QCamera.Error.NoError:
            self.failed.emit(Trouble.REFUSED if _is_refused() else Trouble.BUSY)


def best_format(formats: list[QCameraFormat]) -> QCameraFormat | None:
    """Return the format with the most pixels that still moves smoothly; None to let Qt choose."""
    smooth = [
        one for one in formats if one.maxFrameRate() >= SMOOTH_FPS and _pixels(one) <= MOST_PIXELS
    ]
    return max(smooth, key=lambda one: (_pixels(one), one.maxFrameRate()), default=None)


def _pixels(one: QCameraFormat) -> int:
    size = one.resolution()
    return size.width() * size.height()


def _key(device: QCameraDevice) -> str:
    """Return what a device is remembered by."""
    return bytes(device.id().data()).decode("utf-8", "replace")


def _is_refused() -> bool:
    """Whether the system told this program that it may use no camera."""
    app = QCoreApplication.instance()
    denied = Qt.PermissionStatus.Denied
    return app is not None and app.checkPermission(QCameraPermission()) is denied
