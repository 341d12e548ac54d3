"""What an installation may change: `FIELD_APP_…` in the environment, else sensible defaults.

Read by hand and not by a settings library: that would cost every start a third of a second.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from field_app.domain.errors import FileUnreadable
from field_app.texts import Language
from field_app.texts.catalogue import LANGUAGES

PREFIX: Final = "FIELD_APP_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices of whoever installed the program; people's own choices are kept by the windows."""

    data_dir: Path
    """Folder of everything that the program keeps."""
    language: Language | None = None
    """None for what was chosen in the window, Thai at first."""
    hub_url: str = ""
    """Address that the sign-in screen offers; empty for none."""
    basemap: Path | None = None
    """An MBTiles file; None for the map that comes with the program."""


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this installation; an empty variable counts as none.

    Raises:
        FileUnreadable: `FIELD_APP_LANGUAGE` names a language that there is not.
    """

    def said(name: str) -> str:
        return environment.get(PREFIX + name, "").strip()

    spoken = said("LANGUAGE")
    language = next((known for known in LANGUAGES if known == spoken), None)
    if spoken and language is None:
        raise FileUnreadable(f"{PREFIX}LANGUAGE: {spoken!r} is none of {', '.join(LANGUAGES)}")
    data_dir, basemap = said("DATA_DIR"), said("BASEMAP")
    return Settings(
        data_dir=Path(data_dir) if data_dir else _data_dir(),
        language=language,
        hub_url=said("HUB_URL"),
        basemap=Path(basemap) if basemap else None,
    )


def _data_dir() -> Path:
    """Return where this system keeps a program's data of one user."""
    return user_data_path("field-app", appauthor=False, roaming=False)
