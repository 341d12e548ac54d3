"""Frames of a camera become pictures, in a thread of their own. Import it late, as `qt_cameras`."""

from typing import Final

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoSink

LIVE_PX: Final = 1280
"""Long side of a live picture, pixels."""


class Frames(QObject):
    """Takes the frames that come into its sink, between `start` and `stop`.

    Signals:
        pictured: QImage. A frame, of a size for the screen; those that come too fast are left out.
        took: QImage. A whole frame, which was wished by `take`.
    """

    pictured = Signal(QImage)
    took = Signal(QImage)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._take_frame)
        self._is_on = False
        self._wants_whole = False
        self._making: _Making | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    @property
    def is_making(self) -> bool:
        """Whether a frame is being made ready."""
        return self._making is not None

    def start(self) -> None:
        """Make pictures from now on."""
        self._is_on = True

    def take(self) -> None:
        """Wish the next frame in its full size."""
        self._wants_whole = True

    def stop(self) -> None:
        """Make none any more, and tell nothing."""
        self._is_on = self._wants_whole = False

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
        if self._is_on and not live.isNull():
            self.pictured.emit(live)
        if self._is_on and not whole.isNull():
            self.took.emit(whole)


class _News(QObject):
    """Tells of a frame that is ready.

    Signals:
        made: (QImage, QImage). For the screen, and whole; the latter null when not wished.
    """

    made = Signal(QImage, QImage)


class _Making(QRunnable):
    """Turns one frame into pictures; kept by `Frames` until they are there."""

    def __init__(self, frame: QVideoFrame, *, is_whole: bool) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._frame = frame
        self._is_whole = is_whole
        self.news = _News()

    def run(self) -> None:
        """Do it, in a thread of the pool."""
        whole = self._frame.toImage()
        self.news.made.emit(for_screen(whole), whole if self._is_whole else QImage())


def for_screen(whole: QImage) -> QImage:
    """Return a frame no larger than the screen needs it."""
    if max(whole.width(), whole.height()) <= LIVE_PX:
        return whole
    fit, fast = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
    return whole.scaled(LIVE_PX, LIVE_PX, fit, fast)
