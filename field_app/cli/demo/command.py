"""`field-app demo`: a made-up town, a real hub, and a crew's day by hand or told by itself."""

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from field_app.app import App
from field_app.cli.choices import Choices
from field_app.cli.demo.hub_process import HubProcess
from field_app.cli.demo.plan import DEMO_PASSWORD, town_plan
from field_app.cli.demo.proof import report_of
from field_app.cli.demo.stage import CrewFiles, set_stage
from field_app.domain.changes import Changes
from field_app.domain.clock import SystemClock
from field_app.domain.ids import TicketId
from field_app.hub_client import shaping
from field_app.resources import resource
from field_app.sync.status import SyncStatus
from field_app.texts import _

NETWORKS: Final = {
    "good": shaping.GOOD,
    "slow": shaping.SLOW,
    "flapping": shaping.FLAPPING,
    "none": shaping.NONE,
}
NOT_PROVEN: Final = 1
"""Exit code of a headless day after which hub and laptops do not agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The stage while the demo runs."""

    folder: Path
    hub: HubProcess
    files: CrewFiles
    switch: shaping.Switch
    clock: SystemClock

    @property
    def hub_folder(self) -> Path:
        """Return the hub's data folder."""
        return self.folder / "hub"

    def data_dir(self, username: str) -> Path:
        """Return the data folder of somebody's laptop."""
        return self.folder / "laptops" / username

    def open_app(self, username: str) -> Callable[..., App]:
        """Return what opens somebody's laptop behind the network switch."""

        def open_it(
            tell: Callable[[Changes], None], tell_status: Callable[[SyncStatus], None]
        ) -> App:
            return App.open(
                self.data_dir(username),
                tell,
                tell_status,
                self.clock,
                network=lambda: shaping.ShapedAdapter(self.switch),
            )

        return open_it

    def choose_network(self, name: str) -> None:
        """Switch the network."""
        self.switch.to(NETWORKS[name])


@click.command("demo")
@click.option("--headless", is_flag=True, help="Let the day tell itself, without a display.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the pictures and report.json of a headless day.",
)
@click.pass_obj
def demo_command(choices: Choices, *, headless: bool, out: Path | None) -> int:
    """Show a crew's day in a made-up town; nothing of it is kept.

    Without a display the day tells itself and leaves pictures.
    """
    if not headless and not has_display():
        click.echo(_("There is no display here, so the day tells itself (--headless)."))
        headless = True
    if headless:
        return _tell_the_day(out or Path("field-app-demo"))
    with _stage() as demo:
        return _play_by_hand(demo)


def has_display() -> bool:
    """Return whether a window can be shown to a person."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def _stage() -> Iterator[Demo]:
    """Set the stage, and clear it away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="field-app-demo-"))
    closing = threading.Event()
    clock = SystemClock()
    try:
        click.echo(_("Making the demo town …"))
        set_stage(folder / "hub", clock)
        files = CrewFiles(folder / "camera", clock.now())
        with HubProcess(folder / "hub", folder / "hub.log") as hub:
            switch = shaping.Switch(closing.wait)
            yield Demo(folder=folder, hub=hub, files=files, switch=switch, clock=clock)
            closing.set()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _play_by_hand(demo: Demo) -> int:
    """Sign the crew in and open the window with the network bar; return the exit code."""
    plan = town_plan()
    crew = plan.people[0].username
    hands: Any = import_module("field_app.ui.demo.by_hand")
    click.echo(
        _("Photos to add are in {folder}. Everybody's password is {password}.").format(
            folder=demo.files.folder, password=DEMO_PASSWORD
        )
    )
    code: int = hands.play(
        hands.Stage(
            open_app=demo.open_app(crew),
            data_dir=demo.data_dir(crew),
            clock=demo.clock,
            hub_url=demo.hub.url,
            username=crew,
            password=DEMO_PASSWORD,
            position=plan.crew_position,
            switch=demo.choose_network,
            tiles=resource("basemap", "bangkok.mbtiles"),
            find_plugged=demo.files.find_plugged,
        )
    )
    return code


def _tell_the_day(out: Path) -> int:
    """Let the day tell itself; return 0 if hub and laptops agree byte for byte."""
    started = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("[0-9][0-9]-*.png"), out / "report.json"):
        old.unlink(missing_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    day: Any = import_module("field_app.ui.demo.day")
    played: Any = import_module("field_app.ui.demo.play")
    director: Any = import_module("field_app.ui.demo.director")
    start: Any = import_module("field_app.ui.start")
    plan = town_plan()
    with _stage() as demo:
        _qt = start.make_application(["field-app"])
        players = director.Director(out)
        facts = day.Day(
            played.Play(
                open_app=demo.open_app,
                data_dir=demo.data_dir,
                switch=demo.choose_network,
                hub_url=demo.hub.url,
                crew=plan.people[0].username,
                supervisor=plan.people[-1].username,
                password=DEMO_PASSWORD,
                ticket_id=TicketId(demo.files.ticket_id),
                before=demo.files.before,
                after=demo.files.after,
                find_plugged=demo.files.find_plugged,
                position=plan.crew_position,
                tiles=resource("basemap", "bangkok.mbtiles"),
                clock=demo.clock,
            ),
            players,
        ).tell()
        report = report_of(facts, demo.hub_folder, TicketId(demo.files.ticket_id))
    report["pictures"] = players.pictures
    report["seconds"] = {**players.seconds, "total": round(time.monotonic() - started, 1)}
    (out / "report.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=2), encoding="utf-8"
    )
    click.echo(_("The day is told: {folder}").format(folder=out / "report.json"))
    for sentence in report["failures"]:
        click.echo(f"✗ {sentence}", err=True)
    if report["failures"]:
        return NOT_PROVEN
    click.echo(
        _("{photos} photos and {operations} operations are at the hub, byte for byte.").format(
            photos=len(report["photos"]), operations=len(report["operations"])
        )
    )
    return 0
