"""What the hub's commands print: an import's outcome and how the hub stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from field_app.domain.clock import SystemClock
from field_app.domain.ticket import EntryKind
from field_app.domain.verdict import Outcome
from field_app.texts import _
from field_app.texts.dates import date_and_time

if TYPE_CHECKING:
    from field_app.hub.service.figures import Figures
    from field_app.hub.service.file_faults import BadRow
    from field_app.hub.service.importer import ImportReport

SHOWN_ROWS: Final = 200
"""Bad rows that are listed one by one."""
SHOWN_REPORTS: Final = 20
"""Reports that wait for photos and are listed one by one."""
GB: Final = 1_000_000_000


def tell_progress(done: int, total: int) -> None:
    """Show how far an import is."""
    line = _("{done} of {total} rows").format(done=f"{done:,}", total=f"{total:,}")
    click.echo(f"\r{line}", nl=done == total, err=True)


def show_import(report: "ImportReport", *, is_dry_run: bool) -> None:
    """Show what an import did."""
    if is_dry_run:
        click.echo(_("Nothing was changed: this was a dry run."))
    _show_bad_rows(report.bad_rows)
    for words, count in report.unknown_statuses.most_common():
        click.echo(
            _("Unknown status “{words}” in {count} rows, kept as it is.").format(
                words=words, count=count
            )
        )
    if report.missing_crews:
        click.echo(
            _("The rules name crews that do not exist: {crews}").format(
                crews=", ".join(report.missing_crews)
            )
        )
    click.echo(
        _(
            "New: {added} · changed: {changed} · as before: {unchanged} · left out: {bad} · "
            "given to a crew: {assigned} · photos: {photos}"
        ).format(
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
            bad=len(report.bad_rows),
            assigned=report.assigned,
            photos=report.photos,
        )
    )
    if report.bad_rows and not is_dry_run:
        click.echo(
            _(
                "The rows named above were left out, all others are in. Mend them in the file and "
                "import it again: nothing comes in twice."
            )
        )


def _show_bad_rows(rows: "Sequence[BadRow]") -> None:
    """Show what is wrong with the rows that were left out."""
    for row in rows[:SHOWN_ROWS]:
        reason = _(row.reason).format(**row.facts)
        if row.column:
            line = _("Line {line}, column {column}: {reason}").format(
                line=row.line, column=row.column, reason=reason
            )
        else:
            line = _("Line {line}: {reason}").format(line=row.line, reason=reason)
        click.echo(line)
    if len(rows) > SHOWN_ROWS:
        click.echo(_("… and {count} more rows.").format(count=f"{len(rows) - SHOWN_ROWS:,}"))


def show_figures(figures: "Figures") -> None:
    """Show how a hub stands."""
    from field_app.ui.resolve.words import HAPPENINGS
    from field_app.ui.shared.words import STATE_WORDS

    click.echo(_("Jobs: {count}").format(count=sum(figures.tickets.values())))
    for state, words in STATE_WORDS.items():
        if count := figures.tickets.get(state, 0):
            click.echo(f"  {count:>7,}  {_(words)}")
    click.echo(
        _("Crews: {crews} · people: {people} · signed-in devices: {devices}").format(
            crews=figures.crews, people=figures.people, devices=figures.devices
        )
    )
    click.echo(
        _("Photos: {here} here, {awaited} on their way, {uploads} uploads open").format(
            here=figures.photos, awaited=figures.photos_awaited, uploads=figures.open_uploads
        )
    )
    if figures.screen_copies:
        click.echo(
            _("  of {count} of those on their way there is a smaller picture here").format(
                count=f"{figures.screen_copies:,}"
            )
        )
    if figures.photos_unknown:
        click.echo(
            _("Older photos still to be looked at for repeats: {count}").format(
                count=f"{figures.photos_unknown:,}"
            )
        )
    _show_reports(figures)
    click.echo(
        _("Disk: {free} GB of {total} GB free").format(
            free=f"{figures.disk_free_bytes / GB:,.1f}",
            total=f"{figures.disk_total_bytes / GB:,.1f}",
        )
    )
    click.echo(
        _("Operations: {count}, revision {revision}").format(
            count=figures.operations, revision=figures.revision
        )
    )
    now = SystemClock().now()
    for done in figures.latest:
        when = date_and_time(done.received_at, now)
        what = _(HAPPENINGS[EntryKind(done.type)])
        if done.outcome == Outcome.RECORDED:
            what = _("{what} (only kept on the timeline)").format(what=what)
        click.echo(f"  {when}  {done.ticket_id}  {what}  {done.person}")


def _show_reports(figures: "Figures") -> None:
    """Show how many reports are complete, and what the others wait for."""
    waiting = figures.reports_awaited
    click.echo(
        _("Reports: {complete} complete, {waiting} wait for photos").format(
            complete=f"{figures.reports:,}", waiting=f"{len(waiting):,}"
        )
    )
    for report in waiting[:SHOWN_REPORTS]:
        there = _("{arrived} of {announced} photos are here").format(
            arrived=report.arrived, announced=report.announced
        )
        click.echo(f"  {report.ticket_id}  {there}  {report.crew}")
    if len(waiting) > SHOWN_REPORTS:
        click.echo(_("  … and {count} more.").format(count=f"{len(waiting) - SHOWN_REPORTS:,}"))
