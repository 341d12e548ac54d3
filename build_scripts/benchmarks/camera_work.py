"""Gives made-up frames to the camera's sheet parts, and says what it took, as JSON.

python -m build_scripts.benchmarks.camera_work FOLDER
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from field_app.domain.clock import SystemClock
from field_app.resources import resource
from field_app.texts.dates import local
from field_app.ui.camera.cameras import found_cameras
from field_app.ui.camera.shot import QUALITY, encoded
from field_app.ui.camera.sight import Sight
from field_app.ui.photos.ghosted_photo import fitted_ghost
from field_app.ui.theme import Theme

TIMES: Final = 20
FRAME: Final = (1920, 1080)
"""Of a usual webcam."""
ROOM: Final = (1860, 1046)
"""Of the picture in a window that fills a large screen."""
FRAME_MS: Final = 33
TICK_MS: Final = 5
WATCHED_S: Final = 4.0
MS: Final = 1_000


def scene(name: str) -> QImage:
    """Return a frame of a demo picture."""
    return QImage(str(resource("demo", "photos", f"{name}.jpg"))).scaled(*FRAME)


def alone(picture: QImage) -> None:
    """Paint a picture as anybody would."""
    shown = QPixmap(*ROOM)
    painter = QPainter(shown)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRect(0, 0, *ROOM), picture)
    painter.end()


def in_turns(folder: Path, sight: Sight) -> dict[str, float]:
    """Do each thing a few times, in turns."""
    frame = scene("pothole_after")
    before, after = (resource("demo", "photos", f"pothole_{w}.jpg") for w in ("before", "after"))
    at, file = local(SystemClock().now()), str(folder / "frame.jpg")
    sight.show_picture(frame.scaledToWidth(1280))
    ways: dict[str, Callable[[], object]] = {
        "plain": lambda: alone(sight.picture),
        "ghost": sight.grab,
        "written": lambda: frame.save(file, b"JPG", QUALITY),
        "shot": lambda: encoded(frame, "Camera", at),
        "bent": lambda: fitted_ghost(before, after),
    }
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for _number in range(TIMES):
        for way, do in ways.items():
            begun = time.process_time()
            do()
            spent[way].append((time.process_time() - begun) * MS)
    return {way: median(each[1:]) for way, each in spent.items()}


def longest_pause(qt: QApplication, sight: Sight) -> float:
    """Let frames come as from a webcam; return how late a quick timer ever was, milliseconds."""
    from PySide6.QtMultimedia import QVideoFrame  # noqa: PLC0415 - what the program loads late, too

    from field_app.ui.camera.frames import Frames  # noqa: PLC0415 - as above

    frames = Frames(sight)
    frames.pictured.connect(sight.show_picture)
    frames.start()
    pictures = [scene("pothole_after"), scene("pothole_before")]
    came, late, ticked = 0, 0.0, time.perf_counter()

    def give() -> None:
        nonlocal came
        frames.sink.setVideoFrame(QVideoFrame(pictures[came % 2]))
        came += 1

    def tick() -> None:
        nonlocal late, ticked
        now = time.perf_counter()
        late, ticked = max(late, now - ticked - TICK_MS / MS), now

    timers: list[Any] = []
    for wait, deed in ((FRAME_MS, give), (TICK_MS, tick)):
        timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(deed)
        timer.start(wait)
        timers.append(timer)
    end = time.perf_counter() + WATCHED_S
    flags = QEventLoop.ProcessEventsFlag
    while time.perf_counter() < end:
        qt.processEvents(flags.AllEvents | flags.WaitForMoreEvents)
    frames.stop()
    if came < WATCHED_S * MS / FRAME_MS / 2:
        raise RuntimeError(f"only {came} frames came")
    return late * MS


def main() -> None:
    """Measure and print the figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = QApplication(sys.argv[:1])
    theme = Theme()
    theme.apply()
    begun = time.perf_counter()
    found_cameras(qt).devices()
    load = (time.perf_counter() - begun) * MS
    sight = Sight(theme)
    sight.resize(*ROOM)
    sight.show_ghost(scene("pothole_before"))
    sight.switch_ghost(is_on=True)
    sight.show()
    figures = in_turns(Path(sys.argv[1]), sight)
    print(json.dumps({"load": load, "pause": longest_pause(qt, sight)} | figures))


if __name__ == "__main__":
    main()
