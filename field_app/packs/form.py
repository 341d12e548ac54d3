"""The form of a rescue pack's file, version 1.

A zip archive, stored and not compressed, whose entries are:

* `header.json`: clear text, see `protocol.pack.PackHeader`: version, device, time, two counts, and
  the pack's own key sealed twice at most: with the passphrase's key and with the device's;
* `photo-N-M`: piece M of photo N of the manifest, `PIECE_BYTES` of the original each, sealed with
  the pack's own key;
* `manifest`: sealed with the same key; see `protocol.pack.PackManifest`. It names every photo with
  its size and sha256, so that no piece can be missing, too many, another's or in another order
  without being noticed.

There are no other entries. A pack is written under another name, read back and renamed, so a
file that ends in `.fieldrescue` was whole once. Another version has another number in the header.
"""

import math
from typing import Final

from field_app.protocol.messages import OPERATION_LIMIT_BYTES, PHOTO_LIMIT_BYTES

HEADER: Final = "header.json"
MANIFEST: Final = "manifest"
PIECE_BYTES: Final = 4 * 1024 * 1024
"""Bytes of a photo that are sealed, and in memory, at once."""
HEADER_LIMIT_BYTES: Final = 16 * 1024
MANIFEST_LIMIT_BYTES: Final = 256 * 1024 * 1024
"""Of the sealed manifest: some ten thousand operations with previews."""
SERVED_MANIFEST_LIMIT_BYTES: Final = 64 * 1024 * 1024
"""Of a sealed manifest that a hub opens while it serves laptops: some three thousand of them."""
LEAST_MANIFEST_BYTES: Final = 1024 * 1024
"""Of a manifest with nothing but whose it is, and names of photos that were lost."""
OPERATION_BYTES: Final = 4 * OPERATION_LIMIT_BYTES
"""Of an operation in it, with the ticket as it was to be."""
PHOTO_BYTES: Final = 1024
"""Of a photo's description in it."""
TOKEN_LIMIT_BYTES: Final = PIECE_BYTES * 4 // 3 + 256
"""A sealed piece: base64 and a little more."""
PACK_LIMIT_BYTES: Final = 16 * 1024 * 1024 * 1024
MOST_ENTRIES: Final = 200_000
DIRECTORY_LIMIT_BYTES: Final = MOST_ENTRIES * 96
"""Of the archive's own list of entries: 46 bytes each, the name, and 28 where numbers are long."""


def piece_name(photo: int, piece: int) -> str:
    """Return the entry of a piece; photos and pieces count from 0."""
    return f"photo-{photo}-{piece}"


def pieces_of(size_bytes: int) -> int:
    """Return how many pieces a photo of a size has."""
    return max(1, math.ceil(size_bytes / PIECE_BYTES))


def is_sound_size(size_bytes: int) -> bool:
    """Return whether a photo may have this size."""
    return 0 <= size_bytes <= PHOTO_LIMIT_BYTES


def manifest_limit(operations: int, photos: int) -> int:
    """Return how many bytes a sealed manifest of so many operations and photos may have."""
    plain = LEAST_MANIFEST_BYTES + operations * OPERATION_BYTES + photos * PHOTO_BYTES
    return min(MANIFEST_LIMIT_BYTES, plain * 4 // 3)


def sealed_bytes(size_bytes: int) -> int:
    """Return about how many bytes a photo takes in a pack."""
    return size_bytes * 4 // 3 + 512 * pieces_of(size_bytes)
