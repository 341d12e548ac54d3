"""`kill -9` while a pack is written, or taken in at the hub: never half a pack, nothing twice."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

from field_app.packs.reading import open_pack
from tests.helpers.packs import PASSPHRASE
from tests.helpers.town import Laptop, Town
from tests.stories.test_rescue_packs import hub_takes, saves

SAVING = """
import sys
from pathlib import Path
from field_app.actions.packs import save
from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.packs import sealing
sealing.SCRYPT["n"] = 2
app = App.open(Path(sys.argv[1]), lambda news: None, lambda news: None, SystemClock())
print("ready", flush=True)
while True:
    app.do(save, Path(sys.argv[2]), sys.argv[3], lambda done, total: None)
"""
IMPORTING = """
import sys
from field_app.cli.hub import hub_group
print("ready", flush=True)
hub_group(["--language", "en", "import-rescue", *sys.argv[1:]])
"""


@pytest.fixture
def photos(town: Town, ana: Laptop) -> int:
    """Six photos of 300 kB that ana took without a network."""
    ticket = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    for _number in range(6):
        ana.adds_photo(ticket, size=520)
    return 6


def killed(program: str, arguments: Sequence[str], after_s: float) -> None:
    """Run a program of its own and kill it some time after it is ready."""
    words = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        Event().wait(after_s)
        child.kill()


@pytest.mark.timeout(90)
def test_a_pack_whose_writing_was_killed_is_whole_or_not_there(
    town: Town, ana: Laptop, photos: int, tmp_path: Path
) -> None:
    path = tmp_path / "day.fieldrescue"
    chance = random.Random(4)
    ana.closes()

    for _life in range(5):
        killed(SAVING, [str(ana.folder), str(path), PASSPHRASE], chance.uniform(0, 0.5))
        if path.exists():
            with open_pack(path) as sealed:
                pack = sealed.with_passphrase(PASSPHRASE)
                assert len(pack.manifest.photos) == photos
                for photo in pack.manifest.photos:
                    assert sum(map(len, pack.bytes_of(photo))) == photo.size_bytes

    ana.app = town.open_app(ana)
    assert hub_takes(town, saves(ana, path).path).is_whole


@pytest.mark.timeout(90)
def test_an_import_that_is_killed_again_and_again_ends_with_everything_once(
    town: Town, ana: Laptop, photos: int, tmp_path: Path
) -> None:
    path = saves(ana, tmp_path / "day.fieldrescue").path
    chance = random.Random(5)

    for _life in range(4):
        killed(IMPORTING, [str(town.folder / "hub"), str(path)], chance.uniform(0.2, 1.4))

    report = hub_takes(town, path)
    assert report.is_whole
    assert len(report.photos) == photos
    town.everyone_agrees()
