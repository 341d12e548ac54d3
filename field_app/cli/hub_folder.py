"""The hub's folder as its commands open it: a known failure is a sentence and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from field_app.domain.clock import SystemClock
from field_app.domain.errors import FieldAppError
from field_app.texts import _

if TYPE_CHECKING:
    from field_app.hub.building import Hub

FOLDER: Final = click.Path(path_type=Path, file_okay=False)


@contextmanager
def opened(folder: Path) -> "Iterator[Hub]":
    """Open the hub in a folder; a known failure becomes a sentence and exit code 1."""
    from field_app.hub.building import open_hub
    from field_app.hub.database import DatabaseClosed
    from field_app.hub.settings import load_settings
    from field_app.hub.setup import is_hub

    if not is_hub(folder):
        raise failed(
            _("There is no hub in {folder}. Make one with: field-app hub init").format(
                folder=folder
            )
        )
    try:
        hub = open_hub(folder, load_settings(folder), SystemClock())
    except FieldAppError as error:
        raise failed(_("The hub's settings are wrong: {reason}").format(reason=error)) from error
    except DatabaseClosed as error:
        raise failed(
            _("The hub's database cannot be opened: {reason}").format(reason=error)
        ) from error
    try:
        yield hub
    finally:
        hub.close()


class Failed(click.ClickException):
    """What ends a command with a sentence, in the user's language, and exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the sentence."""
        click.echo(self.format_message(), file=file, err=file is None)


def failed(words: str) -> Failed:
    """Return what ends a command with a sentence and exit code 1."""
    return Failed(words)
