"""What an installation may change: `FIELD_APP_…` in the environment, else sensible defaults."""

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from field_app.domain.errors import FileUnreadable


def _data_dir() -> Path:
    """Return where this system keeps a program's data of one user."""
    return user_data_path("field-app", appauthor=False, roaming=False)


class Settings(BaseSettings):
    """Choices of whoever installed the program; people's own choices are kept by the windows."""

    model_config = SettingsConfigDict(env_prefix="FIELD_APP_", frozen=True, extra="ignore")

    data_dir: Path = Field(default_factory=_data_dir)
    """Folder of everything that the program keeps."""
    language: Literal["th", "en"] | None = None
    """None for what was chosen in the window, Thai at first."""
    hub_url: str = ""
    """Address that the sign-in screen offers; empty for none."""
    basemap: Path | None = None
    """An MBTiles file; None for the map that comes with the program."""
    theme: Literal["light"] = "light"


def load_settings() -> Settings:
    """Return the settings of this installation.

    Raises:
        FileUnreadable: A variable has a value that is none.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "FIELD_APP_" + ".".join(str(part) for part in first["loc"]).upper()
        raise FileUnreadable(f"{where}: {first['msg']}") from error
