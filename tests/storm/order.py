"""Order: what a program takes from the system at random comes from the seed instead."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from types import SimpleNamespace
from typing import Final
from unittest.mock import patch

import requests
from cryptography import fernet

from field_app import line as line_module
from field_app.actions import photos as photo_actions
from field_app.domain import ids
from field_app.domain.clock import Clock
from field_app.packs import sealing
from field_app.photos.intake import read_facts
from field_app.photos.shrink import make_copies
from tests.storm.chance import Chance

RANDOM_BITS: Final = 74
_copies = lru_cache(maxsize=64)(make_copies)
_facts = lru_cache(maxsize=64)(read_facts)


class _Ids:
    """Makes UUIDv7 of the town's clock and the seed, each later than the one before."""

    def __init__(self, chance: Chance, clock: Clock) -> None:
        self._chance = chance
        self._clock = clock
        self._count = 0

    def uuid7(self) -> str:
        """Return the next one."""
        self._count += 1
        ms = int(self._clock.now().timestamp() * 1000)
        digits = f"{ms:012x}7{self._count % 4096:03x}8{self._chance.bits(60):015x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


class _Names:
    """Names of temporary files."""

    def __init__(self) -> None:
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self._count += 1
        return f"{self._count:08d}"


@contextmanager
def ordered(chance: Chance, clock: Clock, keys: Chance) -> Iterator[None]:
    """Take ids, pauses, names and keys from a seed; shrink a picture once, however often it comes.

    Args:
        chance: Gives ids and pauses.
        clock: The town's.
        keys: Gives keys and salts: whoever makes more packs has no other ids because of that.
    """
    seals = SimpleNamespace(token_bytes=keys.some)
    fernet_clock = SimpleNamespace(time=lambda: clock.now().timestamp())
    system = SimpleNamespace(SystemRandom=lambda: SimpleNamespace(random=chance.part))
    with ExitStack() as stack:
        for room, name, stand_in in (
            (ids, "uuid_utils", _Ids(chance, clock)),
            (line_module, "secrets", system),
            (tempfile, "_name_sequence", _Names()),
            (photo_actions, "make_copies", _copies),
            (photo_actions, "read_facts", _facts),
            (sealing, "secrets", seals),
            (fernet, "os", SimpleNamespace(urandom=keys.some)),
            (fernet, "time", fernet_clock),
            (requests.sessions, "get_environ_proxies", lambda *_args, **_options: {}),
        ):
            stack.enter_context(patch.object(room, name, stand_in))
        yield
