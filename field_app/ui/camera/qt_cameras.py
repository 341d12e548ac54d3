"""Cameras by QtMultimedia. Import it late: it loads Qt's media libraries.

The photo is the next whole frame of the live picture, made ready in a thread of its own. Qt's
image capture was not taken: with these media libraries it takes the same frame of the stream, and
decodes it in the window's thread.
"""

from typing import Final

from PySide6.QtCore import (
    QCameraPermission,
    QCoreApplication,
    QObject,
    QRunnable,
    Qt,
    QThreadPool,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoSink,
)

from field_app.ui.camera.cameras import Camera, Cameras, Device, Trouble

LIVE_PX: Final = 1280
"""Long side of a live picture, pixels."""
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
        self._making: _Making | None = None
        self._wants_whole = False
        self._camera = QCamera(device, self)
        best = best_format(device.videoFormats())
        if best is not None:
            self._camera.setCameraFormat(best)
        self.sink = QVideoSink(self)
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self.sink)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.sink.videoFrameChanged.connect(self._take_frame)
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
        self._wants_whole = True

    def stop(self) -> None:
        """Turn it off."""
        self._is_on = False
        self._wants_whole = False
        self._camera.stop()

    def _begin(self, _answer: object = None) -> None:
        if self._is_on and _is_refused():
            self.failed.emit(Trouble.REFUSED)
        elif self._is_on:
            self._camera.start()

    @Slot(QVideoFrame)
    def _take_frame(self, frame: QVideoFrame) -> None:
        """Have a frame made ready, unless the one before is still being made: it is left out."""
        if self._making is not None or not self._is_on or not frame.isValid():
            return
        making = self._making = _Making(QVideoFrame(frame), is_whole=self._wants_whole)
        self._wants_whole = False
        making.news.made.connect(self._take_made, Qt.ConnectionType.QueuedConnection)
        self._pool.start(making)

    @Slot(QImage, QImage)
    def _take_made(self, live: QImage, whole: QImage) -> None:
        self._making = None
        if not self._is_on:
            return
        if not live.isNull():
            self.pictured.emit(live)
        if not whole.isNull():
            self.took.emit(whole)

    @Slot(QCamera.Error, str)
    def _tell_error(self, error: QCamera.Error, _words: str) -> None:
        if self._is_on and error is not QCamera.Error.NoError:
            self.failed.emit(Trouble.REFUSED if _is_refused() else Trouble.BUSY)


class _News(QObject):
    """Tells of a frame that is ready.

    Signals:
        made: (QImage, QImage). For the screen, and whole; the latter null when not wished.
    """

    made = Signal(QImage, QImage)


class _Making(QRunnable):
    """Turns one frame into pictures; kept by its camera until they are there."""

    def __init__(self, frame: QVideoFrame, *, is_whole: bool) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._frame = frame
        self._is_whole = is_whole
        self.news = _News()

    def run(self) -> None:
        """Do it, in a thread of the pool."""
        whole = self._frame.toImage()
        live = whole
        if max(whole.width(), whole.height()) > LIVE_PX:
            live = whole.scaled(
                LIVE_PX,
                LIVE_PX,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.FastTransformation,
            )
        self.news.made.emit(live, whole if self._is_whole else QImage())


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
