"""`field-app hub user`, `crew` and `device`: who works with the hub, and on what."""

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from field_app.cli.hub_folder import FOLDER, failed, opened
from field_app.cli.table import write_table
from field_app.domain.clock import SystemClock
from field_app.domain.people import Role
from field_app.texts import _
from field_app.texts.dates import date_and_time

if TYPE_CHECKING:
    from field_app.hub.building import Hub


@click.group()
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
    password = ask_password(username, is_piped=password_stdin)
    with opened(folder) as hub:
        add_person(hub, (username, password), name, Role(role), crew_id)
    click.echo(_("{name} may sign in as {username}.").format(name=name, username=username))


@user.command("password")
@click.argument("folder", type=FOLDER)
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def set_password(folder: Path, username: str, *, password_stdin: bool) -> None:
    """Give somebody another password."""
    from field_app.hub.service.accounts import AccountRefused

    chosen = ask_password(username, is_piped=password_stdin)
    password = chosen or _made_password()
    with opened(folder) as hub:
        try:
            person = hub.accounts.set_password(username, password)
        except AccountRefused as error:
            raise failed(_(str(error))) from error
    if not chosen:
        _show_password(username, password)
    click.echo(
        _("{name} has a new password. Laptops that are signed in stay so.").format(name=person.name)
    )


@click.group()
def crew() -> None:
    """Crews that get jobs."""


@crew.command("add")
@click.argument("folder", type=FOLDER)
@click.argument("crew_id")
@click.option("--name", required=True, help="Name as people see it.")
def add_crew(folder: Path, crew_id: str, name: str) -> None:
    """Add a crew, or rename one."""
    from field_app.hub.service.accounts import AccountRefused

    with opened(folder) as hub:
        try:
            hub.accounts.add_crew(crew_id, name)
        except AccountRefused as error:
            raise failed(_(str(error))) from error
        hub.refresh()
    click.echo(_("The crew {name} is ready.").format(name=name))


@click.group()
def device() -> None:
    """Laptops on which people signed in."""


@device.command("list")
@click.argument("folder", type=FOLDER)
def list_devices(folder: Path) -> None:
    """Show all laptops, the last seen first."""
    with opened(folder) as hub:
        devices = hub.accounts.devices()
    if not devices:
        click.echo(_("Nobody has signed in yet."))
        return
    now = SystemClock().now()
    heads = (_("Device"), _("User name"), _("Last seen"), _("State"), _("Name"))
    rows = [
        (
            known.id,
            known.username,
            date_and_time(known.last_seen_at, now),
            _("signed out by IT") if known.is_revoked else _("signed in"),
            known.name,
        )
        for known in devices
    ]
    write_table([heads, *rows])


@device.command("revoke")
@click.argument("folder", type=FOLDER)
@click.argument("device_id")
def revoke_device(folder: Path, device_id: str) -> None:
    """Take a lost laptop's sign-in away."""
    from field_app.hub.service.accounts import AccountRefused

    with opened(folder) as hub:
        try:
            hub.accounts.revoke(device_id)
        except AccountRefused as error:
            raise failed(_(str(error))) from error
    click.echo(_("This laptop is signed out from its next contact with the hub on."))


def ask_password(username: str, *, is_piped: bool) -> str:
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
        raise failed(_("A password has at least 8 characters."))
    return str(password)


def add_person(
    hub: "Hub", account: tuple[str, str], name: str, role: Role, crew_id: str | None
) -> None:
    """Add a person; a password that the hub makes is shown once."""
    from field_app.hub.service.accounts import AccountRefused

    username, chosen = account
    password = chosen or _made_password()
    try:
        hub.accounts.add_person(username, password, name=name, role=role, crew_id=crew_id)
    except AccountRefused as error:
        raise failed(_(str(error))) from error
    if not chosen:
        _show_password(username, password)


def _made_password() -> str:
    """Return a password that nobody guesses."""
    return secrets.token_urlsafe(9)


def _show_password(username: str, password: str) -> None:
    """Show a password that the hub made."""
    click.echo(
        _("Password of {username}, shown only now: {password}").format(
            username=username, password=password
        )
    )
