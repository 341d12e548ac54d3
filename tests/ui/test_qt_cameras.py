"""What QtMultimedia gives: frames become pictures, formats are chosen, nothing is no crash."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCameraDevice, QVideoFrame
from pytestqt.qtbot import QtBot

from field_app.ui.camera.cameras import Trouble, found_cameras
from field_app.ui.camera.frames import LIVE_PX, Frames
from field_app.ui.camera.qt_cameras import QtCamera, QtCameras, best_format
from tests.ui.painted_camera import scene


class Seen(QObject):
    """Keeps what became of the frames."""

    def __init__(self, frames: Frames) -> None:
        super().__init__()
        self.pictures: list[QImage] = []
        self.shots: list[QImage] = []
        frames.pictured.connect(self.pictures.append)
        frames.took.connect(self.shots.append)


@pytest.fixture
def frames(qtbot: QtBot) -> Iterator[Frames]:
    """Frames that a test gives."""
    owner = QObject()
    yield Frames(owner)
    owner.deleteLater()


def test_frames_become_pictures_for_the_screen(qtbot: QtBot, frames: Frames) -> None:
    seen = Seen(frames)
    frames.start()
    frames.sink.setVideoFrame(QVideoFrame(scene(width=1920, height=1080)))
    qtbot.waitUntil(lambda: bool(seen.pictures))
    assert seen.pictures[0].size() == QSize(LIVE_PX, 720)
    assert seen.shots == []


def test_a_photo_is_the_next_whole_frame(qtbot: QtBot, frames: Frames) -> None:
    seen = Seen(frames)
    frames.start()
    whole = scene(width=1920, height=1080)
    frames.take()
    frames.sink.setVideoFrame(QVideoFrame(whole))
    qtbot.waitUntil(lambda: bool(seen.shots))
    assert seen.shots[0].size() == QSize(1920, 1080)
    assert seen.shots[0].pixelColor(700, 500) == whole.pixelColor(700, 500)
    frames.sink.setVideoFrame(QVideoFrame(whole))
    qtbot.waitUntil(lambda: len(seen.pictures) == 2)
    assert len(seen.shots) == 1


def test_frames_that_come_too_fast_are_left_out(qtbot: QtBot, frames: Frames) -> None:
    seen = Seen(frames)
    frames.start()
    for _round in range(5):
        frames.sink.setVideoFrame(QVideoFrame(scene()))
    qtbot.waitUntil(lambda: not frames.is_making)
    assert len(seen.pictures) == 1


def test_after_the_stop_nothing_is_told(qtbot: QtBot, frames: Frames) -> None:
    seen = Seen(frames)
    frames.start()
    frames.sink.setVideoFrame(QVideoFrame(scene()))
    frames.stop()
    qtbot.waitUntil(lambda: not frames.is_making)
    frames.sink.setVideoFrame(QVideoFrame(scene()))
    assert (seen.pictures, seen.shots) == ([], [])


def test_a_camera_that_is_not_there_says_so() -> None:
    owner, troubles = QObject(), list[Trouble]()
    camera = QtCamera(QCameraDevice(), owner)
    camera.failed.connect(troubles.append)
    camera.start()
    assert troubles == [Trouble.GONE]
    camera.stop()


def test_this_computers_cameras_are_found_or_none() -> None:
    found = found_cameras(QObject())
    assert isinstance(found, QtCameras)
    assert (found.trouble is None) == bool(found.devices())


def a_format(width: int, height: int, fps: float) -> Any:
    """Return a camera's format, as Qt describes it."""
    return SimpleNamespace(resolution=lambda: QSize(width, height), maxFrameRate=lambda: fps)


def test_the_sharpest_format_that_still_moves_is_chosen() -> None:
    usual, slow = a_format(640, 480, 30), a_format(2592, 1944, 2)
    sharp, fast, huge = a_format(1920, 1080, 30), a_format(1920, 1080, 60), a_format(9000, 6000, 30)
    formats: Any = [usual, slow, sharp, fast, huge]
    assert best_format(formats) is formats[3]
    assert best_format(formats[1:2]) is None
