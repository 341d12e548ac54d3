"""What a round works with, and what it finds out."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime

from field_app.domain.changes import Changes
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import PhotoId
from field_app.hub_client.hub import Hub
from field_app.hub_client.news import News
from field_app.photos.vault import Size
from field_app.queries.desk import Desk
from field_app.sync.ahead import in_turn
from field_app.sync.lanes import Lanes
from field_app.sync.parts import Part
from field_app.sync.pictures import Pictures
from field_app.sync.status import Reach


class Interrupted(Exception):
    """The program closes; what is done so far stays, the rest is for the next round."""


def _go_on(_seconds: float) -> None:
    """Wait not at all."""


def _nothing() -> None:
    """Tell nobody."""


def _not_shown(_sha256: str, _held_bytes: int) -> None:
    """Show nobody how far a map is."""


def _no_news() -> bool:
    """Return that nothing is known of news."""
    return False


def _nothing_heard() -> News | None:
    """Return that nobody listened."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Desk, hub and the ears that listen; passed to every step of a round."""

    desk: Desk
    hub: Hub
    lanes: Lanes
    """On what photos go up."""
    pictures: Pictures
    """How pictures come down."""
    chance: Callable[[], float]
    """From 0 to 1, for pauses that differ between laptops."""
    tell: Callable[[Changes], None]
    tell_sent: Callable[[PhotoId, int], None]
    is_stopping: Callable[[], bool]
    rest: Callable[[float], object] = _go_on
    """Waits some seconds, so that the windows' threads get the processor; not at all in tests."""
    heard: Callable[[], None] = _nothing
    """Is called when the hub answers, and when less waits than before."""
    has_news: Callable[[], bool] = _no_news
    """Whether something was heard of the hub that is worth another look, while photos go up."""
    take_news: Callable[[], News | None] = _nothing_heard
    """Gives once what was heard of the hub; None when it is to be asked."""
    ahead: Callable[[Generator[Part]], Generator[Part]] = in_turn
    """How parts of the hub's stream are read while others are stored."""
    is_probe: bool = False
    """Whether the hub was out of reach a moment ago: it is asked something small first."""
    tell_map: Callable[[str, int], None] = _not_shown
    """Is told how many bytes of an area map are here, by its hash."""
    begun_maps: set[str] = field(default_factory=set)
    """Maps that this program has had open for writing; kept between rounds."""
    misses: dict[tuple[PhotoId, Size], datetime] = field(default_factory=dict)
    """Pictures that the hub did not have, and when it was asked; kept between rounds."""

    def now(self) -> datetime:
        """Return the present."""
        return self.desk.clock.now()

    def check(self) -> None:
        """Raise Interrupted when the program closes."""
        if self.is_stopping():
            raise Interrupted("the program closes")


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of a round, filled while it runs."""

    has_heard: bool = False
    """Whether the hub answered anything of the protocol."""
    delivered: int = 0
    parked: int = 0
    postponed: int = 0
    pulled: int = 0
    removed: int = 0
    uploaded: int = 0
    sent_bytes: int = 0
    """Bytes of photos that the hub acknowledged in this round."""
    fetched: int = 0
    maps: int = 0
    """Area maps that came to their end."""
    has_more: bool = False
    """Whether another round at once has something to do."""
    clock_offset_ms: int | None = None
    """Hub time minus laptop time, milliseconds; None when the hub did not say."""
    trouble: FieldAppError | None = None
    """What concerned some items only and did not end the round."""


def note_answer(site: Site, tally: Tally) -> None:
    """Let it be known that the hub answered."""
    tally.has_heard = True
    site.heard()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReport:
    """What became of one round."""

    reach: Reach
    tally: Tally
    error: FieldAppError | None = None
    """What ended the round early, or what some items met; None when all went well."""
    asked_s: float | None = None
    """Seconds that the hub asked to wait."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing went wrong."""
        return self.error is None
