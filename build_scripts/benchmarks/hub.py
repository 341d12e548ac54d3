"""The benchmark's hub: made by the hub's own importer, served by the program's own command."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from field_app.cli.demo.hub_process import run_program
from field_app.domain.clock import SystemClock
from field_app.domain.people import Role
from field_app.hub.building import open_hub
from field_app.hub.service.importer import import_file
from field_app.hub.settings import FILE_NAME, load_settings
from field_app.hub.setup import make_folder

USERNAME: Final = "bench"
PASSWORD: Final = "benchmark-2569"  # noqa: S105 - a made-up person at a hub of minutes
CREW: Final = "bench-1"
RULE: Final = f'\n[[rules]]\ncrew = "{CREW}"\n'


def make_hub(folder: Path, tickets: bytes) -> None:
    """Make a hub whose only crew has all tickets of a CSV file."""
    make_folder(folder)
    with (folder / FILE_NAME).open("a", encoding="utf-8") as settings:
        settings.write(RULE)
    hub = open_hub(folder, load_settings(folder), SystemClock())
    try:
        hub.accounts.add_crew(CREW, "ทีมทดสอบความเร็ว")
        hub.accounts.add_person(
            USERNAME, PASSWORD, name="ผู้ทดสอบความเร็ว", role=Role.CREW, crew_id=CREW
        )
        hub.refresh()
        report = import_file(hub, tickets)
    finally:
        hub.close()
    if report.bad_rows:
        raise ValueError(f"the made-up tickets have bad rows: {report.bad_rows[0]}")


def import_news(folder: Path, tickets: bytes) -> None:
    """Let `field-app hub import` take newer rows over while the hub serves."""
    file = folder.parent / "news.csv"
    file.write_bytes(tickets)
    run_program(["hub", "import", str(folder), str(file)])


def lines_of(folder: Path) -> Iterator[bytes]:
    """Yield the hub's tickets as lines of JSON, as the baseline sends them."""
    with sqlite3.connect(folder / "hub.db") as db:
        for revision, document in db.execute(
            "SELECT revision, document FROM ticket ORDER BY revision"
        ):
            yield b'{"cursor":"%d","ticket":%s}\n' % (revision, bytes(document))
    db.close()
