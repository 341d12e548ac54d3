"""What changed at the hub while a question was held open there."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final

from field_app.domain.errors import FieldAppError
from field_app.hub_client.hub import Change
from field_app.protocol.messages import ChangeLine

NEWS_LINES: Final = 100
"""Lines of news that are kept in memory; of more only that there are some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What changed after a cursor."""

    after: str
    """The cursor."""
    run: str
    """The run that the hub is in; empty when it does not say."""
    changes: tuple[Change, ...]
    """All that `Hub.changes` would tell, its last line too; empty when that is too much to keep."""


def gather(lines: Generator[Change]) -> tuple[Change, ...] | None:
    """Return all lines of the hub's answer; none when it is cut or long, None without a change.

    Args:
        lines: As of `Hub.changes`. They are read to the very end where they are few, so that the
            connection is free for the next question.

    Raises:
        FieldAppError: Not even one line came.
    """
    heard: list[Change] = []
    try:
        with closing(lines):
            heard.extend(islice(lines, NEWS_LINES))
    except FieldAppError:
        if not heard:
            raise
    is_whole = any(isinstance(line, ChangeLine) and line.done for line in heard[-1:])
    if len(heard) == is_whole:
        return None
    return tuple(heard) if is_whole else ()
