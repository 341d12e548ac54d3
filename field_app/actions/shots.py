"""What a person does with new photos beside adding them: hide them, and show them again."""

from collections.abc import Mapping

from field_app.domain.changes import Changes
from field_app.queries.desk import Desk
from field_app.store import shots


def hide(desk: Desk, keys: tuple[str, ...]) -> Changes:
    """Call these photos not new any more; the files themselves are not touched.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    shots.hide(desk.db, keys, desk.clock.now())
    return Changes()


def show_again(desk: Desk, keys: tuple[str, ...]) -> Changes:
    """Call hidden photos new again.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    shots.show_again(desk.db, keys)
    return Changes()


def remember(desk: Desk, hashes: Mapping[str, str]) -> Changes:
    """Remember what was read, so that a second look need not read it.

    Args:
        desk: Where the person works.
        hashes: The sha256 of files by their keys.

    Raises:
        StoreFailed: It could not be written; nothing changed.
    """
    shots.remember(desk.db, hashes)
    return Changes()
