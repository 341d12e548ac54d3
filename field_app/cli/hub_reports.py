"""What the hub's commands print: an import's outcome and how the hub stands."""

from typing import TYPE_CHECKING, Final

import click

from field_app.domain.clock import SystemClock
from field_app.texts import _
from field_app.texts.dates import date_and_time

if TYPE_CHECKING:
    from field_app.hub.service.figures import Figures
    from field_app.hub.service.importer import ImportReport

SHOWN_ROWS: Final = 200
"""Bad rows that are listed one by one."""
GB: Final = 1_000_000_000


def tell_progress(done: int, total: int) -> None:
    """Show how far an import is."""
    line = _("{done} of {total} rows").format(done=f"{done:,}", total=f"{total:,}")
    click.echo(f"\r{line}", nl=done == total, err=True)


def show_import(report: "ImportReport", *, is_dry_run: bool) -> None:
    """Show what an import did."""
    if is_dry_run:
        click.echo(_("Nothing was changed: this was a dry run."))
    for row in report.bad_rows[:SHOWN_ROWS]:
        click.echo(
            _("Line {line}, column {column}: {reason}").format(
                line=row.line, column=row.column or "–", reason=row.reason
            )
        )
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


def show_figures(figures: "Figures") -> None:
    """Show how a hub stands."""
    click.echo(_("Jobs: {count}").format(count=sum(figures.tickets.values())))
    for state, count in sorted(figures.tickets.items()):
        click.echo(f"  {count:>7,}  {state}")
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
        click.echo(f"  {when}  {done.ticket_id}  {done.type}  {done.outcome}  {done.person}")
