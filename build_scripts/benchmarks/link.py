"""A bad network between a laptop and a hub on loopback: a process of its own that can be measured.

`Link` starts it (`link_process`) and speaks with it, so that it takes no turn of the measured side.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

ROOT: Final = Path(__file__).resolve().parents[2]
STOP_LIMIT_S: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a network is. Rates are shared by all connections of the link."""

    up_bits_per_s: float | None = None
    """From laptop to hub; None for as fast as it goes."""
    down_bits_per_s: float | None = None
    """From hub to laptop."""
    round_trip_s: float = 0.0
    """Half of it in each direction; a new connection costs a whole one before its first byte."""
    break_after_bytes: tuple[int, int] | None = None
    """Each connection is reset when a random number of bytes between these went up."""
    break_every_s: tuple[float, float] | None = None
    """All connections are reset together, a random number of seconds between these apart."""
    gone_s: float = 0.0
    """Seconds after each such break in which new connections are refused."""
    seed: int = 1


SLOW: Final = Profile(up_bits_per_s=1_000_000, down_bits_per_s=8_000_000, round_trip_s=0.3)
"""A village's mobile network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Bytes since the link was made, HTTP's own included, TCP's and IP's not."""

    up_carried: int
    """Over the bottleneck from laptop to hub, also what a break then lost."""
    up_delivered: int
    """Handed to the hub."""
    down_carried: int
    down_delivered: int
    connections: int
    breaks: int
    """Connections that the link reset or let go silent."""

    def since(self, before: "Counts") -> "Counts":
        """Return the counts without what was counted before."""
        old = asdict(before)
        return Counts(**{name: value - old[name] for name, value in asdict(self).items()})


class Link:
    """The running network; use as a context."""

    def __init__(self, hub_port: int, profile: Profile) -> None:
        """Start it before a hub on loopback.

        Raises:
            OSError: The process did not start.
        """
        command = [sys.executable, "-m", "build_scripts.benchmarks.link_process"]
        self._process = subprocess.Popen(
            [*command, str(hub_port), json.dumps(asdict(profile))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.port: int = self._answer()["port"]
        """Where laptops call, on 127.0.0.1."""

    @property
    def url(self) -> str:
        """The hub's address as seen from behind this network."""
        return f"http://127.0.0.1:{self.port}"

    def counts(self) -> Counts:
        """Return what passed so far."""
        return Counts(**self._ask("counts"))

    def change(self, profile: Profile) -> None:
        """Make it another network for connections that begin from now on, and for all rates."""
        self._ask("change", **asdict(profile))

    def break_all(self) -> None:
        """Reset all connections."""
        self._ask("break")

    def mute(self) -> None:
        """Let all present connections go silent for ever, without a reset; new ones work."""
        self._ask("mute")

    def hush(self, seconds: float) -> None:
        """Let nothing pass for a while; connections stay."""
        self._ask("hush", seconds=seconds)

    def stop(self) -> None:
        """End it; open connections are reset."""
        self._process.communicate(timeout=STOP_LIMIT_S)

    def __enter__(self) -> Self:
        """Return the running network."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.stop()

    def _ask(self, command: str, **values: Any) -> Any:
        """Give a command and return what the process answers."""
        if self._process.stdin is None:
            raise OSError("the link's process cannot be spoken to")
        self._process.stdin.write(json.dumps({"do": command, **values}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        """Return the next line of the process."""
        line = "" if self._process.stdout is None else self._process.stdout.readline()
        if not line:
            raise OSError(f"the link's process ended with {self._process.wait(STOP_LIMIT_S)}")
        return json.loads(line)


def profile_of(values: dict[str, Any]) -> Profile:
    """Return a profile that travelled as JSON."""
    sound: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Profile(**sound)
