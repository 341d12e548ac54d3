"""Operations found in the bytes of a database that SQLite cannot read any more."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from field_app.domain.operation import Operation
from field_app.protocol.codec import Malformed, load_operation, load_ticket
from field_app.protocol.messages import OPERATION_LIMIT_BYTES

BEGINNING: Final = re.compile(rb'\{"id":"[0-9a-f]{8}-[0-9a-f-]{27}","ticket_id":"')
"""How the JSON of every stored operation begins."""
DECODER: Final = json.JSONDecoder()


def operation_in(body: object) -> Operation | None:
    """Return the operation in a column of the outbox, or None when it is none."""
    if not isinstance(body, str | bytes):
        return None
    try:
        return load_operation(body)
    except Malformed:
        return None


def is_ticket_or_none(body: object) -> bool:
    """Return whether a column holds a ticket that can be read, or nothing."""
    if body is None:
        return True
    if not isinstance(body, str | bytes):
        return False
    try:
        load_ticket(body)
    except Malformed:
        return False
    return True


def operations_in(paths: tuple[Path, ...]) -> tuple[Operation, ...]:
    """Return all operations whose JSON lies whole in some files, each once, by `seq`.

    One that the hub has already is found too: sent again, it is answered as a duplicate.
    """
    found: dict[str, Operation] = {}
    for path in paths:
        if not path.is_file():
            continue
        for body in _objects(path.read_bytes()):
            operation = operation_in(json.dumps(body))
            if operation is not None:
                found[operation.id] = operation
    return tuple(sorted(found.values(), key=lambda operation: operation.seq))


def _objects(data: bytes) -> Iterator[Any]:
    """Yield what can be read as JSON wherever an operation begins."""
    for match in BEGINNING.finditer(data):
        piece = data[match.start() : match.start() + 2 * OPERATION_LIMIT_BYTES]
        try:
            yield DECODER.raw_decode(piece.decode("utf-8", "replace"))[0]
        except json.JSONDecodeError:
            continue
