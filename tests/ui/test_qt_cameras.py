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
from field_app.ui.camera.qt_cameras import LIVE_PX, QtCamera, QtCameras, best_format
from tests.ui.painted_camera import scene


class Seen(QObject):
    """Keeps what a camera told."""

    def __init__(self, camera: QtCamera) -> None:
        super().__init__()
        self.pictures: list[QImage] = []
        self.shots: list[QImage] = []
        self.troubles: list[Trouble] = []
        camera.pictured.connect(self.pictures.append)
        camera.took.connect(self.shots.append)
        camera.failed.connect(self.troubles.append)


@pytest.fixture
def camera(qtbot: QtBot) -> Iterator[QtCamera]:
    """A camera without a device, whose frames a test gives."""
    owner = QObject()
    yield QtCamera(QCameraDevice(), owner)
    owner.deleteLater()


def test_frames_become_pictures_for_the_screen(qtbot: QtBot, camera: QtCamera) -> None:
    seen = Seen(camera)
    camera._is_on = True
    camera.sink.setVideoFrame(QVideoFrame(scene(width=1920, height=1080)))
    qtbot.waitUntil(lambda: bool(seen.pictures))
    assert seen.pictures[0].size() == QSize(LIVE_PX, 720)
    assert seen.shots == []


def test_a_photo_is_the_next_whole_frame(qtbot: QtBot, camera: QtCamera) -> None:
    seen = Seen(camera)
    camera._is_on = True
    whole = scene(width=1920, height=1080)
    camera.take()
    camera.sink.setVideoFrame(QVideoFrame(whole))
    qtbot.waitUntil(lambda: bool(seen.shots))
    assert seen.shots[0].size() == QSize(1920, 1080)
    assert seen.shots[0].pixelColor(700, 500) == whole.pixelColor(700, 500)
    camera.sink.setVideoFrame(QVideoFrame(whole))
    qtbot.waitUntil(lambda: len(seen.pictures) == 2)
    assert len(seen.shots) == 1


def test_frames_that_come_too_fast_are_left_out(qtbot: QtBot, camera: QtCamera) -> None:
    seen = Seen(camera)
    camera._is_on = True
    for _round in range(5):
        camera.sink.setVideoFrame(QVideoFrame(scene()))
    qtbot.waitUntil(lambda: camera._making is None)
    assert len(seen.pictures) == 1


def test_a_camera_that_is_off_tells_nothing(qtbot: QtBot, camera: QtCamera) -> None:
    seen = Seen(camera)
    camera._is_on = True
    camera.sink.setVideoFrame(QVideoFrame(scene()))
    camera.stop()
    qtbot.waitUntil(lambda: camera._making is None)
    camera.sink.setVideoFrame(QVideoFrame(scene()))
    assert (seen.pictures, seen.shots, seen.troubles) == ([], [], [])


def test_a_camera_that_is_not_there_says_so(camera: QtCamera) -> None:
    seen = Seen(camera)
    camera.start()
    assert seen.troubles == [Trouble.GONE]


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
