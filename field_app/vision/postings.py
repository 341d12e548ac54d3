"""Postings: which photos have a point that looks so; what makes a search need no scan.

A point's 64 bits are cut into four words of 16. Two looks of one point mostly agree in at least
one whole word, so each word is a key under which the photo's number stands. Numbers of a
million photos share one row of the table, three bytes each: these would be 192 million rows else.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from field_app.vision.fingerprint import constellation

WORD_BITS: Final = 16
WORDS: Final = 4
NUMBER_BYTES: Final = 3
NUMBER_LIMIT: Final = 1 << 24
"""Photos that can be numbered."""
BATCH: Final = 1 << 20
"""Photos whose numbers share a row. It is written anew for each photo, so it may not grow for ever;
with eight rows for a million photos a search takes three times as long."""
VOTES: Final = 3
"""Keys that must agree: of the labelled set's copies, 1 in 1,000 has fewer."""
CANDIDATES: Final = 48
"""Photos that are looked at more closely, those with most votes first."""


def keys_of(stored: bytes) -> tuple[int, ...]:
    """Return the keys of a stored fingerprint, each once; none when it is of another form."""
    known = constellation(stored)
    if known is None:
        return ()
    words = known.looks[:, None] >> np.arange(WORDS, dtype=np.uint64) * np.uint64(WORD_BITS)
    keys = (words & np.uint64((1 << WORD_BITS) - 1)) + (
        np.arange(WORDS, dtype=np.uint64) << np.uint64(WORD_BITS)
    )
    return tuple(np.unique(keys.astype(np.int64)).tolist())


def batch_of(number: int) -> int:
    """Return the batch of a photo's number."""
    return number // BATCH


def packed(number: int) -> bytes:
    """Return a photo's number as it stands in a row."""
    return number.to_bytes(NUMBER_BYTES, "little")


def candidates(rows: Iterable[bytes]) -> tuple[int, ...]:
    """Return the numbers that stand in most rows, most first; may be empty.

    Args:
        rows: The rows of all keys of one fingerprint.
    """
    flat = np.frombuffer(b"".join(rows), np.uint8)
    if not len(flat):
        return ()
    split = flat.reshape(-1, NUMBER_BYTES).astype(np.int64)
    numbers = split[:, 0] | split[:, 1] << 8 | split[:, 2] << 16
    votes = np.bincount(numbers)
    enough = np.flatnonzero(votes >= VOTES)
    best = np.argsort(-votes[enough], kind="stable")[:CANDIDATES]
    return tuple(enough[best].tolist())
