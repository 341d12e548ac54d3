"""What an agency may change about its hub: the file `hub.toml` in the hub's folder."""

import tomllib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from field_app.domain.errors import FileUnreadable
from field_app.domain.ticket import TicketState

FILE_NAME: Final = "hub.toml"
DEFAULT_DEADLINE_DAYS: Final = 7


class Rule(BaseModel):
    """Which crew gets a new ticket."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: str = ""
    """Empty for any category."""
    area: str = ""
    """A subdistrict or district; empty for any place."""
    crew: str


class HubSettings(BaseModel):
    """Everything in `hub.toml`; each line may be missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency: str = ""
    """The agency's name, as laptops show it."""
    host: str = "127.0.0.1"
    port: int = Field(default=8700, ge=0, le=65535)
    database_url: str = ""
    """A SQLAlchemy URL; empty for the file `hub.db` in the hub's folder."""
    certfile: str = ""
    """Certificate chain for TLS, PEM; relative to the hub's folder."""
    keyfile: str = ""
    templates: tuple[str, ...] = ()
    """Sentences that a crew may send to citizens."""
    rules: tuple[Rule, ...] = ()
    """The first rule that fits decides; a ticket that none fits waits for a supervisor."""
    deadlines_days: dict[str, int] = Field(default_factory=dict)
    """Days from report to deadline, by category; seven for the others."""
    statuses: dict[str, TicketState] = Field(default_factory=dict)
    """The agency's own status words and what they mean here."""
    screen_copies_first: bool = False
    """Whether laptops send a picture of each photo for the screen first, and originals at the
    depot."""
    password_memory_kib: int = Field(default=65536, ge=8)
    """Memory that checking one password takes (Argon2id)."""
    password_rounds: int = Field(default=3, ge=1)


def load_settings(folder: Path) -> HubSettings:
    """Return the settings of the hub in `folder`; the defaults when there is no file.

    Raises:
        FileUnreadable: The file is no TOML, or a line is unknown or wrong.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return HubSettings()
    try:
        return HubSettings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FileUnreadable(f"{path}: {where}: {first['msg']}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{path}: {error}") from error


def database_url(folder: Path, settings: HubSettings) -> str:
    """Return the URL of the hub's database."""
    return settings.database_url or f"sqlite:///{(folder / 'hub.db').resolve().as_posix()}"
