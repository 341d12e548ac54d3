"""`field-app rescue`: unsent work onto a stick and from a stick, without a window."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from field_app.app import App
from field_app.cli.choices import Choices
from field_app.cli.sync import SIGN_IN_FIRST
from field_app.cli.table import write_table
from field_app.domain.clock import SystemClock
from field_app.protocol.pack import PACK_SUFFIX
from field_app.texts import _
from field_app.texts.numbers import count, file_size
from field_app.unfinished import Unfinished

STDIN = click.option(
    "--passphrase-stdin", is_flag=True, help="Read the passphrase from standard input."
)


@click.group("rescue")
def rescue_group() -> None:
    """Carry unsent work by stick, in a rescue pack.

    Exit codes: 0 done, 1 it could not be done, 3 sign in first.
    """


@rescue_group.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@STDIN
@click.pass_obj
def export(choices: Choices, file: Path, *, passphrase_stdin: bool) -> None:
    """Save everything that the hub does not hold into FILE; it stays in the outbox too."""
    from field_app.actions.packs import Saved, save

    file = file if file.suffix == PACK_SUFFIX else file.with_name(f"{file.name}{PACK_SUFFIX}")
    with _app(choices) as app:
        passphrase = _asked(is_piped=passphrase_stdin, is_new=True)
        saved: Saved = app.do(save, file, passphrase, _watch)
    write_table(
        [
            (_("Saved to"), str(saved.path)),
            (_("Things you did"), count(saved.operations)),
            (_("Photos"), count(saved.photos)),
            (_("Size"), file_size(saved.size_bytes)),
        ]
    )
    if saved.missing:
        click.echo(
            _("Photos whose files are lost here: {count}").format(count=len(saved.missing)),
            err=True,
        )


@rescue_group.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@STDIN
@click.pass_obj
def import_pack(choices: Choices, file: Path, *, passphrase_stdin: bool) -> None:
    """Put your own work from FILE into the outbox of this computer; twice is harmless."""
    from field_app.actions.packs import Taken, take_in

    with _app(choices) as app:
        passphrase = _asked(is_piped=passphrase_stdin, is_new=False)
        taken: Taken = app.do(take_in, file, passphrase, _watch)
    write_table(
        [
            (_("Things you did, new here"), count(taken.operations)),
            (_("Things you did, here already"), count(taken.known_operations)),
            (_("Photos, new"), count(taken.photos)),
            (_("Photos, here already"), count(taken.known_photos)),
            (_("Photos, damaged"), count(taken.damaged_photos)),
        ]
    )


@contextmanager
def _app(choices: Choices) -> Iterator[App]:
    """Open the program of whoever is signed in here."""
    Unfinished(choices.settings.data_dir, SystemClock()).go_on()
    app = App.open(choices.settings.data_dir, _hear, _hear, SystemClock())
    try:
        if app.person is None:
            click.echo(_("Nobody is signed in here. Open the window and sign in once."), err=True)
            click.get_current_context().exit(SIGN_IN_FIRST)
        yield app
    finally:
        app.close()


def _asked(*, is_piped: bool, is_new: bool) -> str:
    """Return the passphrase from a pipe or a question."""
    if is_piped:
        return sys.stdin.readline().rstrip("\r\n")
    question = _("Passphrase of the rescue pack")
    return str(click.prompt(question, hide_input=True, confirmation_prompt=is_new))


def _hear(_news: object) -> None:
    """Nobody looks at a window here."""


def _watch(_done: int, _total: int) -> None:
    """A command is broken off by Ctrl+C."""
