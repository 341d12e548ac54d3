"""`field-app sync`: one round with the hub, without a window."""

from datetime import datetime
from typing import Final

import click

from field_app.app import App
from field_app.cli.choices import Choices
from field_app.cli.table import write_table
from field_app.domain.clock import SystemClock
from field_app.domain.errors import FieldAppError, StoreDamaged
from field_app.queries.day_end import DayEnd, OnlyHere, day_end
from field_app.sync.engine import RoundReport
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _, ngettext
from field_app.texts.dates import time_of_day, weekday_date
from field_app.texts.numbers import count, file_size
from field_app.unfinished import Unfinished

FAILED: Final = 1
SIGN_IN_FIRST: Final = 3
LATER: Final = 4
NEEDS_YOU: Final = 5


@click.command("sync")
@click.option(
    "--status", "is_only_look", is_flag=True, help="Only say what exists on this computer alone."
)
@click.pass_obj
def sync_command(choices: Choices, *, is_only_look: bool) -> None:
    """Send what waits and fetch what is new, once.

    Exit codes: 0 all is at the hub, 1 this computer failed, 3 sign in first, 4 the hub cannot be
    had now or something waits, 5 something needs you.
    """
    Unfinished(choices.settings.data_dir, SystemClock()).go_on()
    app = App.open(choices.settings.data_dir, _hear, _hear_status, SystemClock())
    try:
        if app.person is None:
            click.echo(_("Nobody is signed in here. Open the window and sign in once."), err=True)
            code = SIGN_IN_FIRST
        else:
            code = _look(app) if is_only_look else _round(app)
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
    if not report.is_complete or status.unsent_count:
        return LATER
    return NEEDS_YOU if status.attention_count else 0


def _look(app: App) -> int:
    """Write what exists on this computer only, and return the exit code; asks no hub."""
    end: DayEnd = app.see(day_end)
    write_table(_only_here(end))
    if end.count:
        return LATER
    return NEEDS_YOU if end.attention_count else 0


def _only_here(end: DayEnd) -> list[tuple[str, str]]:
    """Return the table of the day's end: the sum, each job, and what does not count."""
    return [
        (_("Only on this computer"), f"{count(end.count)} · {file_size(end.left_bytes)}"),
        *((f"  {job.ticket_id}", _job(job)) for job in end.jobs),
        (_("Colleagues' rescue packs"), count(len(end.packs))),
        (_("Also in a rescue pack since"), _when(end.packed_at)),
        (_("Not handed in yet"), count(len(end.drafts))),
        (_("Needs you"), count(end.attention_count)),
        (_("Last confirmed by the hub"), _when(end.confirmed_at)),
    ]


def _when(at: datetime | None) -> str:
    """Return day and time, or that it never was."""
    return _("never") if at is None else f"{weekday_date(at)} {time_of_day(at)}"


def _job(job: OnlyHere) -> str:
    """Return how much of one job exists here only."""
    photos = ngettext("{count} photo", "{count} photos", job.photo_count)
    deeds = ngettext("{count} entry", "{count} entries", len(job.acts))
    parts = [deeds.format(count=len(job.acts))] if job.acts else []
    parts += [photos.format(count=job.photo_count)] if job.photo_count else []
    return " · ".join([*parts, file_size(job.left_bytes)])


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
        (_("Colleagues' rescue packs"), count(status.pack_count)),
        (_("Photos paused by you"), count(status.resting_count)),
        (_("Needs you"), count(status.attention_count)),
    ]


def _hear(_changes: object) -> None:
    """Nobody looks at a window here."""


def _hear_status(_status: object) -> None:
    """Nobody looks at a window here."""
