"""`field-app prepare`: fetch everything for a day, go offline, open it, and say what is missing."""

from typing import Final

import click

from field_app.actions.prepare import want_maps
from field_app.app import App
from field_app.cli.choices import Choices
from field_app.cli.sync import FAILED, LATER, SIGN_IN_FIRST, say
from field_app.domain.clock import SystemClock
from field_app.domain.errors import FieldAppError
from field_app.domain.readiness import DaySheet, Lack
from field_app.preparing import Fetching, check, surroundings
from field_app.queries.readiness import to_fetch
from field_app.resources import resource
from field_app.sync.status import SyncStatus
from field_app.texts import _
from field_app.ui.prepare.words import (
    checked_words,
    fetching_words,
    finding_advice,
    finding_title,
    sheet_facts,
    sheet_title,
)
from field_app.unfinished import Unfinished

BUNDLED: Final = ("basemap", "bangkok.mbtiles")


@click.command("prepare")
@click.pass_obj
def prepare_command(choices: Choices) -> None:
    """Fetch everything for a day without network and open it once.

    Exit codes: 0 ready, 1 this computer failed, 3 sign in first, 4 something is missing.
    """
    clock = SystemClock()
    Unfinished(choices.settings.data_dir, clock).go_on()
    app = App.open(choices.settings.data_dir, _hear, _hear_status, clock)
    try:
        if app.person is None:
            click.echo(_("Nobody is signed in here. Open the window and sign in once."), err=True)
            code = SIGN_IN_FIRST
        else:
            bundled = choices.settings.basemap or resource(*BUNDLED)
            around = surroundings(bundled)
            _fetch(app, Fetching(clock.now()), around.bundled)
            code = _show(check(app, around, _tell))
    except FieldAppError as error:
        say(error)
        code = FAILED
    finally:
        app.close()
    click.get_current_context().exit(code)


def _fetch(app: App, fetching: Fetching, bundled: object) -> None:
    """Run rounds while they bring something."""
    while True:
        report = app.sync_once()
        app.do(want_maps, bundled)
        plan = app.see(to_fetch, bundled)
        if fetching.is_over(plan):
            if report.error is not None:
                say(report.error)
            return
        click.echo(fetching_words(plan), err=True)


def _show(sheet: DaySheet) -> int:
    """Write the day's sheet and return the exit code."""
    click.echo(f"{sheet_title(sheet)}: {sheet_facts(sheet)}")
    click.echo(checked_words(sheet.at))
    for finding in sheet.findings:
        click.echo(f"- {finding_title(finding)}. {finding_advice(finding)}")
    if any(finding.lack is Lack.SIGN_IN for finding in sheet.findings):
        return SIGN_IN_FIRST
    return 0 if sheet.is_ready else LATER


def _tell(done: int, total: int) -> bool:
    """Show how far it is; go on."""
    line = _("Opened {done} of {total}").format(done=done, total=total)
    click.echo(f"\r{line}", nl=done == total, err=True)
    return True


def _hear(_changes: object) -> None:
    """Nobody looks at a window here."""


def _hear_status(_status: SyncStatus) -> None:
    """Nobody looks at a window here."""
