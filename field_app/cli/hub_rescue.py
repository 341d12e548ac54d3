"""`field-app hub import-rescue`: work that came on a stick."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from field_app.cli.hub_folder import FOLDER, failed, opened
from field_app.cli.table import write_table
from field_app.domain.errors import FieldAppError
from field_app.domain.pack_errors import NotThisKey
from field_app.domain.verdict import Outcome
from field_app.texts import _
from field_app.texts.numbers import count

if TYPE_CHECKING:
    from field_app.hub.building import Hub
    from field_app.hub.service.rescue import PackReport
    from field_app.packs.reading import Pack, SealedPack

NOT_ALL: Final = 3
"""Exit code of an import of which something could not be taken."""


@click.command("import-rescue")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase from standard input.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_rescue(folder: Path, file: Path, *, passphrase_stdin: bool, dry_run: bool) -> None:
    """Take over the work in a laptop's rescue pack; nothing comes in twice.

    Packs of this hub's own laptops open by themselves, else the passphrase is asked for.
    """
    from field_app.hub.service.rescue import RescueRefused
    from field_app.packs.reading import open_pack

    with opened(folder) as hub:
        try:
            with open_pack(file) as sealed:
                pack = _opened(hub, sealed, is_piped=passphrase_stdin)
                report = hub.rescue.take(pack, is_dry_run=dry_run)
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
    _show(report, is_dry_run=dry_run)
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


def _show(report: "PackReport", *, is_dry_run: bool) -> None:
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
    for verdict in report.verdicts:
        if verdict.outcome is Outcome.REFUSED:
            click.echo(
                _("Refused: {operation}: {reason}").format(
                    operation=verdict.operation_id or "?", reason=verdict.detail or verdict.reason
                )
            )
    if not report.is_whole:
        click.echo(_("Keep the file: not everything in it could be taken."))
