"""Reads the photos of a card, alone or in the real window, and says what it took, as JSON.

python -m build_scripts.benchmarks.tray_work read CARD
python -m build_scripts.benchmarks.tray_work window CARD DATA_DIR
"""

import io
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from PIL import Image
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from build_scripts.benchmarks.opened_window import pss_bytes
from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.photos.plugged import PictureFile, Plugged, Root, look
from field_app.photos.shots import THUMB_PX, read_shot
from field_app.ui import start
from field_app.ui.tray.door import TRAY
from field_app.ui.tray.pile import PAGE
from field_app.ui.tray.screen import TrayScreen

TIMES: Final = 20
TICK_MS: Final = 5
STARTED_S: Final = 3.0
"""After that the start is over, and what it loads late."""
PATIENCE_S: Final = 120.0
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MB: Final = 1_000_000
MS: Final = 1_000


def read(card: Path) -> dict[str, float]:
    """Read a photo with and without a small picture inside, and as anybody would, in turns."""
    without = next((card / "DCIM" / "100BENCH").iterdir())
    inside = with_picture_inside(without, card / "inside.jpg")
    ways: dict[str, Callable[[], object]] = {
        "plain": lambda: plain(without),
        "without": lambda: read_shot(_file(without)),
        "inside": lambda: read_shot(_file(inside)),
    }
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for _number in range(TIMES):
        for way, do in ways.items():
            begun = time.process_time()
            do()
            spent[way].append((time.process_time() - begun) * MS)
    return {f"{way}_cpu": median(each[1:]) for way, each in spent.items()}


def plain(path: Path) -> bytes:
    """Make a small picture as anybody would."""
    out = io.BytesIO()
    with Image.open(path) as picture:
        picture.thumbnail((THUMB_PX, THUMB_PX))
        picture.save(out, "JPEG")
    return out.getvalue()


def with_picture_inside(photo: Path, path: Path) -> Path:
    """Write a photo whose Exif has a small picture, as cameras write it; return its path."""
    small = plain(photo)
    entries = b"".join(
        tag.to_bytes(2, "little") + (4).to_bytes(2, "little") + (1).to_bytes(4, "little")
        + value.to_bytes(4, "little")
        for tag, value in ((0x0201, 44), (0x0202, len(small)))
    )  # fmt: skip
    body = (
        b"Exif\0\0II*\0" + (8).to_bytes(4, "little")
        + (0).to_bytes(2, "little") + (14).to_bytes(4, "little")
        + (2).to_bytes(2, "little") + entries + bytes(4)
    ) + small  # fmt: skip
    segment = b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    path.write_bytes(b"\xff\xd8" + segment + photo.read_bytes()[2:])
    if Image.open(path).getexif().get_ifd(-1).get(0x0201) != 44:
        raise ValueError("the small picture is not where it should be")
    return path


def window(card: Path, data_dir: Path) -> dict[str, float]:
    """Plug the card in, open the tray, and watch how long the window ever pauses."""
    clock, qt = SystemClock(), start.make_application(["field-app"])
    there: list[Root] = []
    opened = start.open_window(
        lambda tell, tell_status: App.open(data_dir, tell, tell_status, clock),
        data_dir,
        clock,
        has_map=False,
        find_plugged=lambda: _find(there),
    )
    opened.window.show()
    workplace = opened.window.workplace
    if workplace is None or workplace.tray.watch is None:
        raise LookupError("nobody is signed in who could have new photos")
    screen = workplace.screen_of(TRAY)
    if not isinstance(screen, TrayScreen):
        raise TypeError("the tray is another one")
    watched = _Watched(qt)
    begun = time.perf_counter()
    watched.until(lambda: time.perf_counter() > begun + STARTED_S)
    before = pss_bytes(os.getpid())
    watched.worst = 0.0
    there.append(Root(path=card, name="BENCH"))
    begun = time.perf_counter()
    workplace.tray.watch.look()
    watched.until(lambda: bool(workplace.tray.notice.words))
    counted = time.perf_counter() - begun
    begun = time.perf_counter()
    workplace.go_to(TRAY)
    photos = screen.view.list.photos
    watched.until(lambda: len(photos.lines) > PAGE and not screen.is_waiting)
    shown = time.perf_counter() - begun
    figures = {
        "counted": counted,
        "shown": shown,
        "frame": watched.worst * MS,
        "memory": (pss_bytes(os.getpid()) - before) / MB,
    }
    opened.close()
    return figures


class _Watched:
    """Lets the window live and remembers its longest pause: how late a quick timer ever was."""

    def __init__(self, qt: QApplication) -> None:
        self._qt = qt
        self._ticked = time.perf_counter()
        self.worst = 0.0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, now - self._ticked - TICK_MS / MS)
        self._ticked = now

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        limit = time.perf_counter() + PATIENCE_S
        flags = QEventLoop.ProcessEventsFlag
        while not is_so():
            if time.perf_counter() > limit:
                raise TimeoutError("the tray does not get on")
            self._qt.processEvents(flags.AllEvents | flags.WaitForMoreEvents)


def _find(there: list[Root]) -> tuple[Plugged, ...]:
    return look(there)


def _file(path: Path) -> PictureFile:
    return PictureFile(path=path, key=path.name, size_bytes=1, changed_at=EPOCH)


def main() -> None:
    """Do what the command line says and print the figures."""
    way, card = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(read(card) if way == "read" else window(card, Path(sys.argv[3]))))


if __name__ == "__main__":
    main()
