"""`field-app hub`: the commands by which IT sets up and looks after a hub.

Exit codes: 0 done · 1 it could not be done, and the last line says why · 2 the command was
written wrong · 3 imported, but some rows were left out.
"""

import logging
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from field_app.domain.clock import SystemClock
from field_app.domain.errors import FieldAppError
from field_app.domain.people import Role
from field_app.texts import Language, _, set_language

if TYPE_CHECKING:
    from field_app.hub.building import Hub

SOME_LEFT_OUT: Final = 3
"""Exit code of an import that left rows out."""
FOLDER: Final = click.Path(path_type=Path, file_okay=False)
FILE: Final = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group("hub")
@click.option("--language", type=click.Choice(["th", "en"]), help="Language of the messages.")
@click.pass_context
def hub_group(context: click.Context, language: str | None) -> None:
    """Set up and run the agency's hub."""
    if language is None and context.parent is None:
        language = "en" if os.environ.get("LANG", "th").startswith("en") else "th"
    if language is not None:
        set_language(cast("Language", language))


@hub_group.command()
@click.argument("folder", type=FOLDER)
@click.option("--admin", required=True, help="User name of the first admin.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def init(folder: Path, admin: str, *, password_stdin: bool) -> None:
    """Make a hub's data folder with its first admin."""
    from field_app.hub.setup import AlreadyThere, make_folder

    password = _password(admin, is_piped=password_stdin)
    try:
        make_folder(folder)
    except AlreadyThere as error:
        raise _failed(_("The folder {folder} is not empty.").format(folder=folder)) from error
    except OSError as error:
        raise _failed(
            _("The folder cannot be made: {reason}").format(reason=error.strerror)
        ) from error
    with _open(folder) as hub:
        _add_person(hub, (admin, password), admin, Role.ADMIN, None)
    click.echo(_("The hub is ready in {folder}.").format(folder=folder))
    click.echo(_("What to do next:"))
    for command in (
        f'field-app hub crew add "{folder}" civil-1 --name "…"',
        f'field-app hub user add "{folder}" NAME --name "…" --role crew --crew civil-1',
        f'field-app hub import "{folder}" FILE.csv',
        f'field-app hub serve "{folder}"',
    ):
        click.echo(f"  {command}")
    click.echo(
        _("The settings with their explanations are in {file}.").format(file=folder / "hub.toml")
    )


@hub_group.command()
@click.argument("folder", type=FOLDER)
@click.option("--host", help="Address to listen on; 127.0.0.1 is this computer only.")
@click.option("--port", type=click.IntRange(0, 65535), help="0 takes a free port.")
@click.option("--certfile", type=FILE, help="TLS certificate chain, PEM.")
@click.option("--keyfile", type=FILE, help="TLS key, PEM.")
@click.option("--port-file", type=click.Path(path_type=Path), help="Write the port to this file.")
@click.option("--behind-proxy", is_flag=True, help="A proxy on this computer speaks TLS.")
def serve(folder: Path, *, port_file: Path | None, behind_proxy: bool, **chosen: Any) -> None:
    """Run the hub until it is stopped."""
    from field_app.hub.server import Address, NoTls
    from field_app.hub.server import serve as run

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")

    logging.getLogger("alembic").setLevel(logging.WARNING)

    def tell(url: str, port: int) -> None:
        if port_file is not None:
            part = port_file.with_name(f"{port_file.name}.part")
            part.write_text(f"{port}\n", encoding="ascii")
            part.replace(port_file)
        click.echo(_("The hub listens at {url}. Stop it with Ctrl+C.").format(url=url))

    with _open(folder) as hub:
        address = Address(is_behind_proxy=behind_proxy, **_address(folder, hub, chosen))
        try:
            with suppress(KeyboardInterrupt):
                run(hub, address, tell)
        except NoTls as error:
            raise _failed(
                _(
                    "Other computers could listen in. Give certfile and keyfile, or --behind-proxy "
                    "when a proxy on this computer speaks TLS."
                )
            ) from error
        except OSError as error:
            raise _failed(
                _("The hub cannot listen there: {reason}").format(reason=error)
            ) from error


@hub_group.group()
def user() -> None:
    """People who sign in."""


@user.command("add")
@click.argument("folder", type=FOLDER)
@click.argument("username")
@click.option("--name", required=True, help="Name as colleagues see it.")
@click.option("--role", required=True, type=click.Choice([r.value for r in Role]))
@click.option("--crew", "crew_id", help="Crew of a crew member.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add_user(
    folder: Path, username: str, *, name: str, role: str, crew_id: str | None, password_stdin: bool
) -> None:
    """Add somebody who may sign in."""
    password = _password(username, is_piped=password_stdin)
    with _open(folder) as hub:
        _add_person(hub, (username, password), name, Role(role), crew_id)
    click.echo(_("{name} may sign in as {username}.").format(name=name, username=username))


@hub_group.group()
def crew() -> None:
    """Crews that get jobs."""


@crew.command("add")
@click.argument("folder", type=FOLDER)
@click.argument("crew_id")
@click.option("--name", required=True, help="Name as people see it.")
def add_crew(folder: Path, crew_id: str, name: str) -> None:
    """Add a crew, or rename one."""
    from field_app.hub.service.accounts import AccountRefused

    with _open(folder) as hub:
        try:
            hub.accounts.add_crew(crew_id, name)
        except AccountRefused as error:
            raise _failed(_(str(error))) from error
        hub.refresh()
    click.echo(_("The crew {name} is ready.").format(name=name))


@hub_group.command("import")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=FILE)
@click.option("--photos", type=FOLDER, help="Folder of citizens' photos named by ticket id.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_tickets(folder: Path, file: Path, *, photos: Path | None, dry_run: bool) -> None:
    """Take over jobs from a CSV file of the platform."""
    from field_app.cli.hub_reports import show_import, tell_progress
    from field_app.hub.service.citizen_photos import photos_in
    from field_app.hub.service.importer import import_file

    with _open(folder) as hub:
        try:
            pictures = photos_in(photos) if photos is not None else ()
            report = import_file(
                hub, file.read_bytes(), photos=pictures, is_dry_run=dry_run, tell=tell_progress
            )
        except FieldAppError as error:
            raise _failed(f"{_(error.title)} {_(error.hint)}\n{error.detail}") from error
        except OSError as error:
            raise _failed(
                _("The file cannot be read: {reason}").format(reason=error.strerror)
            ) from error
    show_import(report, is_dry_run=dry_run)
    if report.bad_rows:
        raise SystemExit(SOME_LEFT_OUT)


@hub_group.command()
@click.argument("folder", type=FOLDER)
def status(folder: Path) -> None:
    """Show how the hub stands."""
    from field_app.cli.hub_reports import show_figures
    from field_app.hub.service.figures import figures_of

    with _open(folder) as hub:
        show_figures(figures_of(hub))


@contextmanager
def _open(folder: Path) -> "Iterator[Hub]":
    """Open the hub in a folder; a known failure becomes a sentence and exit code 1."""
    from field_app.hub.building import open_hub
    from field_app.hub.database import DatabaseClosed
    from field_app.hub.settings import load_settings
    from field_app.hub.setup import is_hub

    if not is_hub(folder):
        raise _failed(
            _("There is no hub in {folder}. Make one with: field-app hub init").format(
                folder=folder
            )
        )
    try:
        hub = open_hub(folder, load_settings(folder), SystemClock())
    except FieldAppError as error:
        raise _failed(_("The hub's settings are wrong: {reason}").format(reason=error)) from error
    except DatabaseClosed as error:
        raise _failed(
            _("The hub's database cannot be opened: {reason}").format(reason=error)
        ) from error
    try:
        yield hub
    finally:
        hub.close()


def _password(username: str, *, is_piped: bool) -> str:
    """Return a password from a pipe or a question; empty when the hub shall make one."""
    from field_app.hub.service.accounts import PASSWORD_LENGTH

    if is_piped:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        question = _("Password of {username} (empty: make one)").format(username=username)
        password = click.prompt(
            question, hide_input=True, default="", show_default=False, confirmation_prompt=True
        )
    if (password or is_piped) and len(password) < PASSWORD_LENGTH:
        raise _failed(_("A password has at least 8 characters."))
    return str(password)


def _add_person(
    hub: "Hub", account: tuple[str, str], name: str, role: Role, crew_id: str | None
) -> None:
    """Add a person; a password that the hub makes is shown once."""
    from field_app.hub.service.accounts import AccountRefused

    username, chosen = account
    password = chosen or secrets.token_urlsafe(9)
    try:
        hub.accounts.add_person(username, password, name=name, role=role, crew_id=crew_id)
    except AccountRefused as error:
        raise _failed(_(str(error))) from error
    if not chosen:
        click.echo(
            _("Password of {username}, shown only now: {password}").format(
                username=username, password=password
            )
        )


def _address(folder: Path, hub: "Hub", chosen: dict[str, Any]) -> dict[str, Any]:
    """Return where to listen: the command's word, else the settings'."""
    kept = hub.settings
    files = {"certfile": kept.certfile, "keyfile": kept.keyfile}
    port = chosen["port"]
    return {
        "host": chosen["host"] or kept.host,
        "port": kept.port if port is None else port,
        **{name: chosen[name] or (folder / file if file else None) for name, file in files.items()},
    }


def _failed(words: str) -> click.ClickException:
    """Return what ends a command with a sentence and exit code 1."""
    return click.ClickException(words)
