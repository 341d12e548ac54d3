"""What the command line was told for all its commands."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from field_app.settings import Settings, load_settings
from field_app.texts import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The installation's settings with what this call says otherwise."""

    settings: Settings
    language: Language


def choices_of(language: str | None, data_dir: str | None) -> Choices:
    """Return the choices of one call; what is not said comes from the settings.

    Raises:
        FileUnreadable: A variable of the environment has a value that is none.
    """
    settings = load_settings()
    said: dict[str, Any] = {}
    if data_dir is not None:
        said["data_dir"] = Path(data_dir).absolute()
    if language is not None:
        said["language"] = language
    settings = replace(settings, **said)
    return Choices(settings=settings, language=settings.language or "th")
