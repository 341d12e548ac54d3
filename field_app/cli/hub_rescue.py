"""`field-app hub import-rescue`: work that came on a stick."""

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from field_app.cli.hub_folder import FOLDER, failed, opened
from field_app.cli.table import write_table
from field_app.domain.errors import FieldAppError
from field_app.domain.pack_errors import NotThisKey
from field_app.domain.verdict import Outcome, Reason, Verdict
from field_app.texts import _, mark
from field_app.texts.dates import time_of_day, weekday_date
from field_app.texts.numbers import count

if TYPE_CHECKING:
    from field_app.hub.building import Hub
    from field_app.hub.service.rescue import PackReport
    from field_app.packs.reading import Pack, SealedPack
    from field_app.protocol.pack import PackManifest

NOT_ALL: Final = 3
"""Exit code of an import of which something could not be taken."""
WHY_REFUSED: Final[Mapping[Reason, str]] = {
    Reason.NOT_ALLOWED: mark("this person may not do this on this job"),
    Reason.UNKNOWN_TICKET: mark("the hub has no such job"),
    Reason.UNKNOWN_CREW: mark("the hub has no such crew"),
    Reason.UNKNOWN_PHOTO: mark("the photo is not on this job at the hub"),
    Reason.MALFORMED: mark("the hub cannot read it"),
}
"""What whoever imports a pack is told of what the hub refuses."""


@click.command("import-rescue")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase from standard input.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option(
    "--unknown-laptop", is_flag=True, help="Trust the name in a pack of a laptop unknown here."
)
def import_rescue(
    folder: Path, file: Path, *, passphrase_stdin: bool, dry_run: bool, unknown_laptop: bool
) -> None:
    """Take over the work in a laptop's rescue pack; nothing comes in twice.

    Packs of this hub's own laptops open by themselves, else the passphrase is asked for.
    """
    from field_app.hub.service.rescue import RescueRefused
    from field_app.packs.reading import open_pack

    with opened(folder) as hub:
        try:
            with open_pack(file) as sealed:
                pack = _opened(hub, sealed, is_piped=passphrase_stdin)
                report = hub.rescue.take(pack, is_dry_run=dry_run, is_vouched_for=unknown_laptop)
        except FieldAppError as error:
            raise failed(f"{_(error.title)} {_(error.hint)}") from error
        except RescueRefused as error:
            raise failed(_(str(error))) from error
        except OSError as error:
            raise failed(
                _(
                    "The hub's disk failed: {reason}. What was taken so far stays; try again."
                ).format(reason=error.strerror)
            ) from error
    _show(report, pack.manifest, is_dry_run=dry_run)
    if not report.is_whole:
        raise SystemExit(NOT_ALL)


def _opened(hub: "Hub", sealed: "SealedPack", *, is_piped: bool) -> "Pack":
    """Open a pack with the hub's key for its device, else with a passphrase."""
    try:
        return hub.rescue.opened(sealed)
    except NotThisKey:
        if not sealed.header.by_passphrase:
            raise
    if is_piped:
        passphrase = sys.stdin.readline().rstrip("\r\n")
    else:
        passphrase = click.prompt(_("Passphrase of the rescue pack"), hide_input=True)
    return sealed.with_passphrase(passphrase)


def _show(report: "PackReport", manifest: "PackManifest", *, is_dry_run: bool) -> None:
    """Show what came of a pack."""
    from field_app.hub.service.rescue import PhotoFate

    if is_dry_run:
        click.echo(_("Nothing was changed: this was a dry run."))
    click.echo(_("Work of {name}").format(name=report.maker.name))
    write_table(
        [
            (_("Applied"), count(report.count(Outcome.APPLIED))),
            (_("Here already"), count(report.count(Outcome.DUPLICATE))),
            (_("Only kept on the timeline"), count(report.count(Outcome.RECORDED))),
            (_("Refused"), count(report.count(Outcome.REFUSED))),
            (_("Photos, new"), count(report.photo_count(PhotoFate.NEW))),
            (_("Photos, here already"), count(report.photo_count(PhotoFate.HERE))),
            (_("Photos, damaged"), count(report.photo_count(PhotoFate.DAMAGED) + report.missing)),
            (_("Photos, not wanted"), count(report.photo_count(PhotoFate.REFUSED))),
        ]
    )
    for words in _left_out(report, manifest):
        click.echo(words)
    if not report.is_whole:
        click.echo(_("Keep the file: not everything in it could be taken."))


def _left_out(report: "PackReport", manifest: "PackManifest") -> Iterator[str]:
    """Say of each thing that was not taken which job it is of, what it is, and why."""
    from field_app.hub.service.rescue import PhotoFate

    for operation, verdict in zip(manifest.operations, report.verdicts, strict=True):
        if verdict.outcome is Outcome.REFUSED:
            yield _("Refused: {what}: {reason}").format(
                what=_work(operation.wire), reason=_why(verdict)
            )
    for photo in manifest.photos:
        what = " · ".join((photo.ticket_id, _("Photo"), _moment(photo.added_at)))
        if report.photos.get(photo.id) is PhotoFate.DAMAGED:
            yield _("Damaged in the pack: {what}").format(what=what)
        elif report.photos.get(photo.id) is PhotoFate.REFUSED:
            yield _("Not wanted: {what}: no work at the hub announces it").format(what=what)


def _work(wire: Mapping[str, object]) -> str:
    """Return '2026-AAA · Finish job · Wed 25 Nov 2026 10:15' of an operation, as far as it says."""
    from field_app.domain.clock import from_stamp
    from field_app.ui.sync.words import act_name

    try:
        when = _moment(from_stamp(str(wire.get("made_at"))))
    except ValueError:
        when = ""
    job, kind = str(wire.get("ticket_id", "?")), str(wire.get("type", "?"))
    return " · ".join(part for part in (job, act_name(kind), when) if part)


def _moment(at: datetime) -> str:
    """Return day and time."""
    return f"{weekday_date(at)} {time_of_day(at)}"


def _why(verdict: Verdict) -> str:
    """Return why the hub refused something; what is wrong with its form stays as it was told."""
    known = WHY_REFUSED.get(verdict.reason) if verdict.reason is not None else None
    if known is None:
        return verdict.detail or "?"
    is_form = verdict.reason is Reason.MALFORMED and verdict.detail
    return f"{_(known)} ({verdict.detail})" if is_form else _(known)
