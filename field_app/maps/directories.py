"""The directories of a PMTiles file: where in the file each tile lies.

Source: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md, 4.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from field_app.maps.tile_data import unpacked

MOST_BYTES: Final = 4_000_000
"""Of a directory, packed or not: reading one is work in proportion to it."""
LEAVES_KEPT: Final = 64
ENTRIES_KEPT: Final = 1_000_000
"""Of all leaves together, so that large ones do not take the memory of `LEAVES_KEPT` of them."""
DEEPEST: Final = 4
"""Levels of directories, as the reference readers look for them."""
LONGEST_NUMBER_BITS: Final = 63
"""Shift of the last of ten bytes that a number may have."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Entries in ascending order of tile id, a list a column."""

    ids: list[int]
    runs: list[int]
    """How many tiles in a row have the same bytes; 0 for a further directory."""
    lengths: list[int]
    offsets: list[int]

    def before(self, tile_id: int) -> int:
        """Return which entry is the last that begins at a tile id or before; -1 for none."""
        return bisect_right(self.ids, tile_id) - 1


class Directories:
    """Finds tiles; keeps the directories that were read last."""

    def __init__(
        self, read: Callable[[int, int], bytes], *, root: tuple[int, int], leaves_offset: int
    ) -> None:
        """Read the root.

        Args:
            read: Gives the bytes at an offset, of a length; ValueError beyond the end.
            root: Offset and length of the root in the file.
            leaves_offset: Where in the file the further directories begin.

        Raises:
            ValueError: The root is damaged.
        """
        self._read = read
        self._leaves_offset = leaves_offset
        self._leaves: OrderedDict[int, Directory] = OrderedDict()
        self._entries = 0
        """Of all leaves that are kept."""
        self.root = self._directory(*root)

    def find(self, tile_id: int) -> tuple[int, int] | None:
        """Return offset and length of a tile within the tile data; None if there is none.

        Raises:
            ValueError: A directory is damaged; so for all methods.
        """
        directory = self.root
        for _ in range(DEEPEST):
            at = directory.before(tile_id)
            if at < 0:
                return None
            if directory.runs[at]:
                is_there = tile_id - directory.ids[at] < directory.runs[at]
                return (directory.offsets[at], directory.lengths[at]) if is_there else None
            directory = self._leaf(directory, at)
        raise ValueError("directories lie in a circle")

    def next(self, tile_id: int) -> int | None:
        """Return the first tile id from a given one on; None behind the last."""
        return self._next(self.root, tile_id, DEEPEST)

    def previous(self, tile_id: int) -> int:
        """Return the last tile id up to a given one, of which there must be one."""
        directory = self.root
        for _ in range(DEEPEST):
            at = directory.before(tile_id)
            if at < 0:
                raise ValueError("a directory does not begin where it is said to")
            if directory.runs[at]:
                return min(tile_id, directory.ids[at] + directory.runs[at] - 1)
            directory = self._leaf(directory, at)
        raise ValueError("directories lie in a circle")

    def _next(self, directory: Directory, tile_id: int, deepest: int) -> int | None:
        if not deepest:
            raise ValueError("directories lie in a circle")
        at = max(0, directory.before(tile_id))
        for entry in range(at, min(at + 2, len(directory.ids))):
            first, run = directory.ids[entry], directory.runs[entry]
            if run and tile_id < first + run:
                return max(first, tile_id)
            if not run:
                inside = self._next(self._leaf(directory, entry), tile_id, deepest - 1)
                if inside is not None:
                    return inside
        return None

    def _leaf(self, directory: Directory, at: int) -> Directory:
        offset = self._leaves_offset + directory.offsets[at]
        kept = self._leaves.get(offset)
        if kept is not None:
            self._leaves.move_to_end(offset)
            return kept
        leaf = self._directory(offset, directory.lengths[at])
        self._leaves[offset] = leaf
        self._entries += len(leaf.ids)
        while len(self._leaves) > 1 and self._is_full():
            _, dropped = self._leaves.popitem(last=False)
            self._entries -= len(dropped.ids)
        return leaf

    def _is_full(self) -> bool:
        return len(self._leaves) > LEAVES_KEPT or self._entries > ENTRIES_KEPT

    def _directory(self, offset: int, length: int) -> Directory:
        if length > MOST_BYTES:
            raise ValueError(f"a directory of {length} bytes")
        plain = unpacked(self._read(offset, length))
        if len(plain) > MOST_BYTES:
            raise ValueError(f"a directory of {len(plain)} bytes, unpacked")
        return directory_of(plain)


def directory_of(data: bytes) -> Directory:
    """Read an unpacked directory, a list a column, which is quicker than an object an entry.

    Raises:
        ValueError: It is damaged.
    """
    numbers = _varints(data)
    count = numbers[0] if numbers else 0
    if count == 0 or len(numbers) != 4 * count + 1:
        raise ValueError("a directory is damaged")
    ids, total = [], 0
    for step in numbers[1 : count + 1]:
        total += step
        ids.append(total)
    runs, lengths, said = (numbers[1 + n * count : 1 + (n + 1) * count] for n in (1, 2, 3))
    offsets: list[int] = []
    for at, value in enumerate(said):
        # 0 says: right behind the entry before.
        follows = value == 0 and at > 0
        offsets.append(offsets[-1] + lengths[at - 1] if follows else value - 1)
    return Directory(ids, runs, lengths, offsets)


def _varints(data: bytes) -> list[int]:
    numbers: list[int] = []
    value = shift = 0
    for byte in data:
        if byte < 128:  # noqa: PLR2004 - the last byte of a number
            numbers.append(value | byte << shift if shift else byte)
            value = shift = 0
        else:
            value |= (byte & 127) << shift
            shift += 7
            if shift > LONGEST_NUMBER_BITS:
                raise ValueError("a directory is damaged")
    if shift:
        raise ValueError("a directory is cut off")
    return numbers
