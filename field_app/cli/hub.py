"""`field-app hub`: the commands by which IT sets up and looks after a hub.

Exit codes: 0 done · 1 it could not be done, and the last line says why · 2 the command was
written wrong · 3 imported, but some of it was left out.
"""

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from field_app.cli.hub_basemap import basemap
from field_app.cli.hub_folder import FOLDER, failed, opened
from field_app.cli.hub_people import add_person, ask_password, crew, device, user
from field_app.cli.hub_rescue import import_rescue
from field_app.domain.people import Role
from field_app.texts import Language, _, set_language

if TYPE_CHECKING:
    from field_app.hub.building import Hub

SOME_LEFT_OUT: Final = 3
"""Exit code of an import that left rows out."""
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

    if not admin.strip():
        raise failed(_("A person needs a user name and a name."))
    password = ask_password(admin, is_piped=password_stdin)
    try:
        make_folder(folder)
    except AlreadyThere as error:
        raise failed(_("The folder {folder} is not empty.").format(folder=folder)) from error
    except OSError as error:
        raise failed(
            _("The folder cannot be made: {reason}").format(reason=error.strerror)
        ) from error
    with opened(folder) as hub:
        add_person(hub, (admin, password), admin, Role.ADMIN, None)
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

    with opened(folder) as hub:
        address = Address(is_behind_proxy=behind_proxy, **_address(folder, hub, chosen))
        try:
            with _ending_well():
                run(hub, address, tell)
        except NoTls as error:
            raise failed(
                _(
                    "Other computers could listen in. Give certfile and keyfile, or --behind-proxy "
                    "when a proxy on this computer speaks TLS."
                )
            ) from error
        except OSError as error:
            raise failed(_("The hub cannot listen there: {reason}").format(reason=error)) from error


@contextmanager
def _ending_well() -> Iterator[None]:
    """Let Ctrl+C and SIGTERM, which the server raises again once it stopped, end in exit code 0."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@hub_group.command("import")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=FILE)
@click.option("--photos", type=FOLDER, help="Folder of citizens' photos named by ticket id.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_tickets(folder: Path, file: Path, *, photos: Path | None, dry_run: bool) -> None:
    """Take over jobs from a CSV file of the platform."""
    from field_app.cli.hub_reports import show_import, tell_progress
    from field_app.hub.service.citizen_photos import photos_in
    from field_app.hub.service.file_faults import NotTheFile
    from field_app.hub.service.importer import import_file

    with opened(folder) as hub:
        try:
            pictures = photos_in(photos) if photos is not None else ()
            report = import_file(
                hub, file.read_bytes(), photos=pictures, is_dry_run=dry_run, tell=tell_progress
            )
        except NotTheFile as error:
            why = _(error.reason).format(**error.facts)
            raise failed(f"{_(error.title)} {why} {_(error.hint)}") from error
        except OSError as error:
            raise failed(
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

    with opened(folder) as hub:
        show_figures(figures_of(hub))


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


for _command in (user, crew, device, basemap, import_rescue):
    hub_group.add_command(_command)
