"""What may be wrong with a map file, below `errors.MapUnreadable`."""

from field_app.domain.errors import DiskFull, MapUnreadable
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


class NoRoomForMap(DiskFull):
    """A map would use the last room, which is kept for what people do."""

    title = mark("There is no room for this map on this computer.")
    hint = mark(
        "Nothing was changed, and work can still be saved. Remove a map that is no longer needed, "
        "or make room on the disk, then do it again."
    )


class MapNotCopied(MapUnreadable):
    """A map file could not be copied to its end, as when a stick was pulled out."""

    title = mark("The map was not copied to its end.")
    hint = mark(
        "Nothing was changed. Leave the stick in the computer until the map is here, and open the "
        "file again."
    )


class MapCopyStopped(MapUnreadable):
    """A person stopped the copying of a map file."""

    title = mark("Copying the map was stopped.")
    hint = mark("Nothing was changed. Open the file again when you want it.")
