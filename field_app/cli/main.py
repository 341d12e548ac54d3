"""The command line: `field-app` and its commands, each loaded when it is called."""

import importlib
import logging
import sys
from collections.abc import Callable, Sequence
from typing import Final

import click

from field_app import __version__
from field_app.cli.choices import Choices, choices_of
from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.resources import resource
from field_app.sync.status import SyncStatus
from field_app.texts import _, mark, set_language

COMMANDS: Final = {
    "demo": ("field_app.cli.demo.command", "demo_command"),
    "doctor": ("field_app.cli.doctor", "doctor_command"),
    "help": ("field_app.cli.guide", "help_command"),
    "hub": ("field_app.cli.hub", "hub_group"),
    "prepare": ("field_app.cli.prepare", "prepare_command"),
    "rescue": ("field_app.cli.rescue", "rescue_group"),
    "sync": ("field_app.cli.sync", "sync_command"),
}
"""Command → the module and the name in it."""
FAILED: Final = 1
BUG: Final = 70
"""`EX_SOFTWARE` of sysexits.h."""
BROKEN_OFF: Final = 130
BUG_WORDS: Final = mark(
    "Something went wrong inside the program ({kind}). Your work is safe on this computer. "
    "Start it again; if it happens again, send the lines above to your IT."
)

_log = logging.getLogger(__name__)


class LazyGroup(click.Group):
    """A group whose commands are loaded when they are called, so that the others start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loaded now; None when there is none of this name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.version_option(__version__, prog_name="field-app")
@click.option("--language", type=click.Choice(["th", "en"]), help="Speak Thai or English.")
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False),
    help="Keep everything in this folder instead of the usual one.",
)
@click.pass_context
def program(context: click.Context, language: str | None, data_dir: str | None) -> None:
    """Field App: a crew's jobs, map and photos, with or without a network.

    Without a command the window opens.
    """
    choices = choices_of(language, data_dir)
    context.obj = choices
    set_language(choices.language)
    if context.invoked_subcommand is None:
        _open_window(choices)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 well, 1 failed, 2 misused, 70 a bug."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        result = program.main(arguments, prog_name="field-app", standalone_mode=False)
    except FieldAppError as error:
        say_failure(error)
        return FAILED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return BROKEN_OFF
    except Exception as error:  # noqa: BLE001 - the last wall: a sentence instead of a trace
        _log.exception("a bug ended the program")
        click.echo(_(BUG_WORDS).format(kind=type(error).__name__), err=True)
        return BUG
    return result if isinstance(result, int) else 0


def say_failure(error: FieldAppError) -> None:
    """Write a known failure in the user's words, and the technician's in brackets."""
    click.echo(f"{_(error.title)} {_(error.hint)}", err=True)
    click.echo(f"[{type(error).__name__}: {error.detail}]", err=True)


def _open_window(choices: Choices) -> None:
    """Open the window and leave with its exit code when it closes."""
    from field_app.app import App
    from field_app.domain.clock import SystemClock
    from field_app.ui import start
    from field_app.unfinished import Unfinished

    settings = choices.settings
    clock = SystemClock()

    def open_app(tell: Callable[[Changes], None], tell_status: Callable[[SyncStatus], None]) -> App:
        return App.open(settings.data_dir, tell, tell_status, clock, hub_url=settings.hub_url)

    tiles = settings.basemap or resource("basemap", "bangkok.mbtiles")
    code = start.run(
        open_app,
        settings.data_dir,
        clock,
        tiles=tiles,
        language=settings.language,
        unfinished=Unfinished(settings.data_dir, clock),
    )
    click.get_current_context().exit(code)
