"""Seen before: one photo looked up among a million at the hub, beside a plain scan.

The million is made up, but looks like ours: the points of the tests' pictures, each bit turned
with three chances in eight, so that words that are frequent in pictures are frequent here too.
The tests' own pictures are among them, and are looked up as copies: turned, mirrored, cut, saved
anew. On SQLite, or on the PostgreSQL server that `FIELD_APP_TEST_POSTGRESQL` names, as for tests
(`CONTRIBUTING.md`), in a schema of its own that is removed afterwards.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import create_engine, func, make_url, select

from build_scripts.benchmarks.figures import Measure
from build_scripts.benchmarks.suite import Say, Wanted
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.service import fingerprints
from field_app.vision.fingerprint import (
    HEAD,
    POINT_BYTES,
    Fingerprint,
    constellation,
    fingerprint_of,
)
from field_app.vision.likeness import likeness
from field_app.vision.postings import BATCH, NUMBER_BYTES, WORD_BITS, WORDS, batch_of
from tests.vision.labelled import CHANGES, places, preview_of

PHOTOS: Final = 1_000_000
FEW: Final = 100_000
"""Photos without `--full`."""
SCANNED: Final = 5_000
"""Photos that the plain scan compares; a whole one takes minutes."""
AT_ONCE: Final = 50_000
"""Photos that are made up at once."""
SEED: Final = 4
SCHEMA: Final = "field_app_bench"
MS: Final = 1_000

Words = NDArray[np.uint64]


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    count = PHOTOS if wanted.is_full else FEW
    with _place(folder) as url:
        return _measure(url, count, wanted.rounds, say)


@contextmanager
def _place(folder: Path) -> Iterator[str]:
    """Give the URL of an empty database, on the server that is named or in a file."""
    named = os.environ.get("FIELD_APP_TEST_POSTGRESQL", "")
    if not named:
        yield f"sqlite:///{folder / 'hub.db'}"
        return
    engine = create_engine(named)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
    try:
        url = make_url(named).update_query_dict({"options": f"-csearch_path={SCHEMA}"})
        yield url.render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
        engine.dispose()


def _measure(url: str, count: int, rounds: int, say: Say) -> list[Measure]:
    """Measure on an empty database."""
    known = {name: _print_of(preview_of(picture)) for name, picture in places().items()}
    database = Database(url)
    empty = _size(database)
    say(f"making {count:,} photos up")
    begun = perf_counter()
    _fill(url, count, [found.plain for found in known.values()])
    built_s = perf_counter() - begun
    added_ms = [_add(database, name, found) for name, found in known.items()]
    photo_bytes = (_size(database) - empty) / count
    copies = list(_copies())
    search_ms: list[float] = []
    scan_ms: list[float] = []
    right = wrong = 0
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}, {len(copies)} copies looked up")
        for at, (name, copy) in enumerate(copies):
            begun = perf_counter()
            with database.read() as connection:
                found = {each.photo_id for each in fingerprints.search(connection, copy)}
            search_ms.append((perf_counter() - begun) * MS)
            right += name in found
            wrong += len(found - {name})
            if at == 0:
                scan_ms.append(_scan(database, copy))
    database.close()
    asked = len(search_ms)

    def line(
        key: str, name: str, unit: str, values: list[float], goal: float | None = None
    ) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values), goal=goal)

    return [
        line("search", f"a copy looked up among {count:,} photos", "ms", search_ms, 50.0),
        line("search_worst", "  the slowest", "ms", [max(search_ms)], 50.0),
        line("scan", f"plain scan of {SCANNED:,} photos only", "ms", scan_ms),
        line("missed", f"copies not found, of {asked:,}", "", [asked - right], 0.02 * asked),
        line("wrong", "other photos found", "", [wrong], 0.005 * asked),
        line("add", "one more photo written into the index, with its commit", "ms", added_ms),
        line("built", "all of them written at once", "s", [built_s]),
        line("photo", "bytes a photo in the database", "B", [photo_bytes]),
    ]


def _print_of(preview: bytes) -> Fingerprint:
    """Return the fingerprint of a picture that has one."""
    found = fingerprint_of(preview)
    if found is None:
        raise ValueError("the tests' pictures can all be compared")
    return found


def _copies() -> Iterator[tuple[str, Fingerprint]]:
    """Give a copy of each of the tests' pictures, changed in another way each."""
    changes = list(CHANGES.values())
    for at, (name, picture) in enumerate(places().items()):
        yield name, _print_of(preview_of(changes[at % len(changes)](picture)))


def _add(database: Database, name: str, found: Fingerprint) -> float:
    """Add a photo to the index; return how many ms it took until it was on disk."""
    begun = perf_counter()
    with database.write() as connection:
        fingerprints.add(connection, name, found)
    return (perf_counter() - begun) * MS


def _scan(database: Database, copy: Fingerprint) -> float:
    """Compare a picture with the first photos one by one; return the ms."""
    mine = constellation(copy.plain)
    begun = perf_counter()
    first = select(tables.fingerprint.c.print).where(tables.fingerprint.c.number <= SCANNED)
    with database.read() as connection:
        for row in connection.execute(first).scalars():
            theirs = constellation(bytes(row))
            if mine is not None and theirs is not None:
                likeness(mine, theirs)
    return (perf_counter() - begun) * MS


def _size(database: Database) -> int:
    """Return the bytes of the database, on SQLite of its file."""
    with database.read() as connection:
        if connection.dialect.name == "sqlite":
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())
        whole = func.pg_total_relation_size
        sizes = select(whole("fingerprint") + whole("posting"))
        return int(connection.execute(sizes).scalar_one())


def _fill(url: str, count: int, pool: list[bytes]) -> None:
    """Write made-up photos into the hub's tables: their fingerprints, then the whole index."""
    rng = np.random.default_rng(SEED)
    seen = [each for stored in pool if (each := constellation(stored)) is not None]
    looks = np.concatenate([each.looks for each in seen])
    points = min(len(each.looks) for each in seen)
    words = np.empty((count, points), np.uint64)
    sheets = _Sheets(url)
    for first in range(0, count, AT_ONCE):
        part = words[first : first + AT_ONCE]
        drawn = looks[rng.integers(0, len(looks), part.shape)]
        part[:] = drawn ^ _three_in_eight(rng, part.shape)
        prints = _prints(rng, first + 1, part, pool[0])
        sheets.write("fingerprint (number, photo_id, print)", prints)
    for word in range(WORDS):
        for first in range(0, count + 1, BATCH):
            start = max(1, first)
            batch = words[start - 1 : first + BATCH - 1]
            sheets.write("posting (key, batch, numbers)", _postings(word, start, batch))
    sheets.close()


class _Sheets:
    """Writes many rows at once."""

    def __init__(self, url: str) -> None:
        """Open a connection without the hub's care."""
        self._engine = create_engine(url)
        self._connection = self._engine.raw_connection()
        is_sqlite = self._engine.dialect.name == "sqlite"
        self._marks = ", ".join(["?" if is_sqlite else "%s"] * 3)
        if is_sqlite:
            self._connection.cursor().execute("PRAGMA synchronous = OFF")

    def write(self, where: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Write rows of three columns and commit them."""
        sql = f"INSERT INTO {where} VALUES ({self._marks})"  # noqa: S608 - names of this module
        self._connection.cursor().executemany(sql, tuple(rows))
        self._connection.commit()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._engine.dispose()


def _three_in_eight(rng: np.random.Generator, shape: tuple[int, ...]) -> Words:
    """Return random words of which three bits in eight are set."""
    one, two, three = (rng.integers(0, 1 << 64, shape, np.uint64) for _ in range(3))
    turned: Words = one & (two | three)
    return turned


def _prints(
    rng: np.random.Generator, first: int, words: Words, like: bytes
) -> Iterator[tuple[int, str, bytes]]:
    """Give the rows of fingerprints; points lie anywhere, the cells are one picture's."""
    points = words.shape[1]
    _, width, height, count, rows, columns = HEAD.unpack_from(like)
    head = HEAD.pack(like[0], width, height, points, rows, columns)
    cells = like[HEAD.size + count * POINT_BYTES :]
    for number, own in enumerate(words, start=first):
        where = rng.integers(0, 256, 4 * points, np.uint8)
        yield number, f"made-up-{number}", head + where.tobytes() + own.tobytes() + cells


def _postings(word: int, first: int, words: Words) -> Iterator[tuple[int, int, bytes]]:
    """Give the rows of a batch of the index whose keys are of one word of the points."""
    pairs = words >> np.uint64(word * WORD_BITS)
    pairs &= np.uint64((1 << WORD_BITS) - 1)
    pairs <<= np.uint64(32)
    pairs |= np.arange(first, first + len(words), dtype=np.uint64)[:, None]
    flat = pairs.ravel()
    flat.sort()
    flat = flat[np.r_[True, flat[1:] != flat[:-1]]]
    of_keys = (flat >> np.uint64(32)).astype(np.int32)
    held = flat.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :NUMBER_BYTES]
    starts = np.flatnonzero(np.r_[True, of_keys[1:] != of_keys[:-1]])
    ends = np.r_[starts[1:], len(flat)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        key = word << WORD_BITS | int(of_keys[start])
        yield key, batch_of(first), held[start:end].tobytes()
