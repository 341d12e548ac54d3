"""What may be wrong with a map file, below `errors.MapUnreadable`."""

from field_app.domain.errors import MapUnreadable
from field_app.texts.catalogue import mark


class MapDamaged(MapUnreadable):
    """A map file is damaged, or its end is missing."""

    title = mark("The map file is damaged, or a part of it is missing.")
    hint = mark(
        "Nothing was changed, and the job list works without it. Copy the file again from where "
        "it came from, or ask your IT for it."
    )


class MapKindUnknown(MapUnreadable):
    """A file is no map package, or of a kind that cannot be drawn."""

    title = mark("This file is no map that the program can draw.")
    hint = mark(
        "Nothing was changed. Ask your IT for an MBTiles or PMTiles file with pictures (PNG, JPEG, "
        "WebP) or vector tiles, and with an index."
    )
