"""`field-app sync`: one round with the hub, without a window."""

from typing import Final

import click

from field_app.app import App
from field_app.cli.choices import Choices
from field_app.cli.table import write_table
from field_app.domain.clock import SystemClock
from field_app.domain.errors import FieldAppError, StoreDamaged
from field_app.sync.engine import RoundReport
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _
from field_app.texts.numbers import count, file_size

FAILED: Final = 1
SIGN_IN_FIRST: Final = 3
LATER: Final = 4
NEEDS_YOU: Final = 5


@click.command("sync")
@click.pass_obj
def sync_command(choices: Choices) -> None:
    """Send what waits and fetch what is new, once.

    Exit codes: 0 all is at the hub, 1 this computer failed, 3 sign in first, 4 the hub cannot be
    had now or something waits, 5 something needs you.
    """
    app = App.open(choices.settings.data_dir, _hear, _hear_status, SystemClock())
    try:
        if app.person is None:
            click.echo(_("Nobody is signed in here. Open the window and sign in once."), err=True)
            code = SIGN_IN_FIRST
        else:
            code = _round(app)
    finally:
        app.close()
    click.get_current_context().exit(code)


def _round(app: App) -> int:
    """Run a round, write what became of it, and return the exit code."""
    report = app.sync_once()
    status = app.status()
    write_table(_rows(report, status))
    rescued = app.pop_rescue()
    if rescued is not None:
        click.echo(f"{_(StoreDamaged.title)} {_(StoreDamaged.hint)}", err=True)
        click.echo(_("Rescued work that was not sent: {count}").format(count=rescued), err=True)
    if report.error is not None:
        say(report.error)
    if report.reach is Reach.SIGNED_OUT:
        return SIGN_IN_FIRST
    if not report.is_complete or status.waiting_count:
        return LATER
    return NEEDS_YOU if status.attention_count else 0


def say(error: FieldAppError) -> None:
    """Write what happened, what is safe and what to do."""
    click.echo(f"{_(error.title)} {_(error.hint)}", err=True)
    click.echo(f"[{type(error).__name__}: {error.detail}]", err=True)


def _rows(report: RoundReport, status: SyncStatus) -> list[tuple[str, str]]:
    """Return the table of a round."""
    tally = report.tally
    return [
        (_("Sent to the hub"), count(tally.delivered)),
        (_("Photos that arrived at the hub"), count(tally.uploaded)),
        (_("Bytes of photos sent"), file_size(tally.sent_bytes)),
        (_("Jobs fetched"), count(tally.pulled)),
        (_("Jobs that left"), count(tally.removed)),
        (_("Pictures fetched"), count(tally.fetched)),
        (_("Still waiting"), count(status.waiting_count)),
        (_("Needs you"), count(status.attention_count)),
    ]


def _hear(_changes: object) -> None:
    """Nobody looks at a window here."""


def _hear_status(_status: object) -> None:
    """Nobody looks at a window here."""
