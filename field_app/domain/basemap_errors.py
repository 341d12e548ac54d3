"""Why an area map of the hub did not come, below `errors.MapUnreadable` and `NoRoomForMap`."""

from field_app.domain.errors import MapUnreadable, Retry
from field_app.domain.map_errors import NoRoomForMap
from field_app.texts.catalogue import mark


class MapArrivedDamaged(MapUnreadable):
    """A map that came from the hub is not the one that was named."""

    title = mark("The map arrived damaged and was thrown away.")
    hint = mark("Nothing else was changed. It is fetched again by itself in a while.")
    retry = Retry.LATER


class MapWaitsForRoom(NoRoomForMap):
    """A map of the hub would use the room that photos need; refused before a byte of it comes."""

    hint = mark(
        "What is here of it stays, and jobs and photos go on. Make room on the disk; then it goes "
        "on by itself."
    )
    retry = Retry.LATER
