"""Reads tile packages in the format PMTiles, version 3: one file with a directory of its own.

The file is read by seek, never mapped into memory: a stick that is pulled out while a file is
mapped would end the program.

Source: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
"""

import json
from pathlib import Path
from typing import BinaryIO, Final, Self

from pmtiles.tile import (
    Compression,
    HeaderDict,
    TileType,
    deserialize_header,
    tileid_to_zxy,
    zxy_to_tileid,
)

from field_app.domain.errors import MapUnreadable
from field_app.domain.map_errors import MapDamaged, MapKindUnknown
from field_app.maps.directories import Directories
from field_app.maps.tile_data import (
    MOST_BYTES,
    VECTOR_TYPE,
    layer_names,
    media_type_of,
    said_date,
    said_layers,
    unpacked,
)
from field_app.maps.tiles import (
    LONGEST_ATTRIBUTION,
    LONGEST_NAME,
    MAX_ZOOM,
    WORLD,
    Bounds,
    Remark,
    RemarkKind,
    TileKind,
    TilePackageFacts,
    checked_bounds,
    plain_words,
)

MAGIC: Final = b"PMTiles"
VERSION: Final = 3
HEAD_BYTES: Final = 127
TYPES: Final = {
    TileType.MVT: VECTOR_TYPE,
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
}
"""What can be drawn; AVIF and MLT cannot."""
PACKING: Final = frozenset({Compression.NONE, Compression.GZIP, Compression.UNKNOWN})
"""Brotli and zstd are allowed by the specification and hardly used; they are refused with words."""
MOST_METADATA_BYTES: Final = 8_000_000
E7: Final = 1e7
"""Places stand in the head in degrees times ten million."""


class PMTiles:
    """A PMTiles file that is open for reading, a `tiles.TilePackage`."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            MapDamaged: It is damaged or cut off.
            MapKindUnknown: Another version, or it holds nothing that can be drawn.
            MapUnreadable: It is missing or cannot be read.
        """
        self.path = path
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as error:
            raise MapUnreadable(f"{path.name}: {error.strerror}") from error
        try:
            self._size = path.stat().st_size
            self._head = self._read_head()
            self._directories = Directories(
                self._read,
                root=(self._head["root_offset"], self._head["root_length"]),
                leaves_offset=self._head["leaf_directory_offset"],
            )
            self.facts = self._read_facts()
        except (OSError, ValueError) as error:
            self._file.close()
            raise MapDamaged(f"{path.name}: {error}") from error
        except MapUnreadable:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile unpacked, or None; see `tiles.TilePackage.tile`."""
        if not 0 <= zoom <= MAX_ZOOM or not (0 <= column < 2**zoom and 0 <= row < 2**zoom):
            return None
        try:
            lies = self.place_of(zoom, column, row)
            return None if lies is None else unpacked(self._read(*lies))
        except (OSError, ValueError) as error:
            raise MapDamaged(f"{self.path.name}: {error}") from error

    def place_of(self, zoom: int, column: int, row: int) -> tuple[int, int] | None:
        """Return offset and length of a tile's packed bytes in the file; None if there is none.

        Raises:
            ValueError: A directory is damaged.
            OSError: The file cannot be read.
        """
        found = self._directories.find(zxy_to_tileid(zoom, column, row))
        return None if found is None else (self._head["tile_data_offset"] + found[0], found[1])

    def has_zoom(self, zoom: int) -> bool:
        """Return whether there is any tile of a level.

        Raises:
            MapDamaged: The file is damaged.
        """
        return bool(self.sample(zoom, 1))

    def sample(self, zoom: int, most: int) -> list[tuple[int, int]]:
        """Return column and row of some tiles of a level, spread over its curve.

        Raises:
            MapDamaged: The file is damaged.
        """
        first, beyond = zxy_to_tileid(zoom, 0, 0), zxy_to_tileid(zoom + 1, 0, 0)
        found = set()
        try:
            start = self._directories.next(first)
            if start is None or start >= beyond:
                return []
            last = self._directories.previous(beyond - 1)
            for step in range(most):
                wanted = start + (last - start) * step // max(1, most - 1)
                at = self._directories.next(wanted)
                if at is not None and at < beyond:
                    found.add(tileid_to_zxy(at)[1:])
        except (OSError, ValueError) as error:
            raise MapDamaged(f"{self.path.name}: {error}") from error
        return sorted(found)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self, offset: int, length: int) -> bytes:
        if length > MOST_BYTES:
            raise ValueError(f"{length} bytes at once")
        if offset + length > self._size:
            raise ValueError(f"{self._size} bytes of {offset + length} at least")
        self._file.seek(offset)
        data = self._file.read(length)
        if len(data) != length:
            raise ValueError("the file became shorter")
        return data

    def _read_head(self) -> HeaderDict:
        data = self._read(0, HEAD_BYTES)
        if not data.startswith(MAGIC) or data[len(MAGIC)] != VERSION:
            raise MapKindUnknown(f"{self.path.name}: not PMTiles of version {VERSION}")
        head = deserialize_header(data)
        kind = head["tile_type"]
        if kind not in TYPES and kind != TileType.UNKNOWN:
            raise MapKindUnknown(f"{self.path.name}: tiles are {kind.name}")
        if not {head["internal_compression"], head["tile_compression"]} <= PACKING:
            raise MapKindUnknown(f"{self.path.name}: packed in another way than gzip")
        end = head["tile_data_offset"] + head["tile_data_length"]
        if end > self._size:
            raise ValueError(f"{self._size} bytes of {end}")
        return head

    def _read_facts(self) -> TilePackageFacts:
        head = self._head
        said = self._metadata()
        texts = {name: str(value) for name, value in said.items()}
        lowest, highest = self._zooms()
        at = self.sample(lowest, 1)[0]
        media_type, remarks = self._media_type(self.tile(lowest, *at) or b"")
        is_vector = media_type == VECTOR_TYPE
        layers = said_layers(said) if is_vector else ()
        return TilePackageFacts(
            name=plain_words(texts.get("name", ""), LONGEST_NAME),
            attribution=plain_words(texts.get("attribution", ""), LONGEST_ATTRIBUTION),
            kind=TileKind.VECTOR if is_vector else TileKind.RASTER,
            media_type=media_type,
            is_gzipped=head["tile_compression"] == Compression.GZIP,
            bounds=_bounds(head),
            min_zoom=lowest,
            max_zoom=highest,
            size_bytes=self._size,
            data_on=said_date(texts),
            layers=layers or (layer_names(self.tile(lowest, *at) or b"") if is_vector else ()),
            remarks=remarks,
        )

    def _metadata(self) -> dict[str, object]:
        length = self._head["metadata_length"]
        if length > MOST_METADATA_BYTES:
            raise ValueError(f"{length} bytes of metadata")
        if length == 0:
            return {}
        text = unpacked(self._read(self._head["metadata_offset"], length))
        try:
            said = json.loads(text)
        except RecursionError as error:
            raise ValueError("metadata are brackets without end") from error
        return said if isinstance(said, dict) else {}

    def _zooms(self) -> tuple[int, int]:
        there = [zoom for zoom in range(MAX_ZOOM + 1) if self.has_zoom(zoom)]
        if not there:
            raise MapKindUnknown(f"{self.path.name}: the package has no tiles")
        return there[0], there[-1]

    def _media_type(self, first: bytes) -> tuple[str, tuple[Remark, ...]]:
        stated = TYPES.get(self._head["tile_type"])
        shown = media_type_of(first)
        media_type = shown or stated
        if media_type is None or media_type not in TYPES.values():
            raise MapKindUnknown(f"{self.path.name}: tiles are {media_type or 'of no known type'}")
        differs = shown and stated and shown != stated
        return media_type, (Remark(kind=RemarkKind.TYPE_DIFFERS),) if differs else ()


def _bounds(head: HeaderDict) -> Bounds:
    west, south, east, north = (
        head["min_lon_e7"] / E7,
        head["min_lat_e7"] / E7,
        head["max_lon_e7"] / E7,
        head["max_lat_e7"] / E7,
    )
    return (
        WORLD if west == south == east == north == 0 else checked_bounds(west, south, east, north)
    )
