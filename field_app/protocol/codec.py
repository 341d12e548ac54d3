"""Between JSON and the messages: everything that enters is checked here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

import orjson

from field_app.domain.operation import NOTE_LIMIT, AddPhoto, Note, Operation, Work
from field_app.domain.ticket import Ticket, TimelineEntry
from field_app.protocol.messages import (
    BATCH_LIMIT,
    OPERATION_LIMIT_BYTES,
    OperationBatch,
    Problem,
    Reference,
    SignedIn,
    SignIn,
    UploadOffsets,
    Verdicts,
)
from field_app.protocol.roll_call import NAMED_AT_ONCE, Absent, RollCall

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
DUMP_OPTIONS: Final = orjson.OPT_UTC_Z
UNSAID: Final = (
    b',"has_screen_copy":false',
    b',"screen_copies_first":false',
    b',"basemaps":[]',
    b',"moved_pin":null',
)
"""What is usually so is not said, so that nothing is longer on the wire for what an agency does not
use. Inside of words a quotation mark is written otherwise, so none are cut."""
PREVIEW_LIMIT_BASE64: Final = 16 * 1024
"""Characters of a 12 kB preview in base64."""

WORKS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {kind.__dataclass_fields__["type"].default: kind for kind in get_args(Work)}
)
"""Each kind of work by its type's name."""


_adapters: Final[dict[type[Any], "TypeAdapter[Any]"]] = {}


def _adapter(kind: type[T]) -> "TypeAdapter[T]":
    """Return what checks one kind of message; made when it is first needed, as it takes a while.

    For a bad message it raises pydantic's ValidationError, a kind of ValueError.
    """
    made = _adapters.get(kind)
    if made is None:
        from pydantic import TypeAdapter  # noqa: PLC0415 - a quarter of a second, not at the start

        made = _adapters[kind] = TypeAdapter(kind)
    return made


class Malformed(ValueError):
    """Bytes that are not the message they should be.

    The text says where and what, in English, without the offending value.
    """


def dump(message: object) -> bytes:
    """Return the JSON of any message or domain dataclass except operations, UTF-8."""
    data = orjson.dumps(message, option=DUMP_OPTIONS)
    for unsaid in UNSAID:
        data = data.replace(unsaid, b"")
    return data


def load_ticket(data: bytes | str) -> Ticket:
    """Return the ticket in `data`.

    Raises:
        Malformed: It is none.
    """
    return _load(Ticket, data)


def load_entry(data: bytes | str) -> TimelineEntry:
    """Return one line of a ticket's timeline.

    Raises:
        Malformed: It is none.
    """
    return _load(TimelineEntry, data)


def load_reference(data: bytes | str) -> Reference:
    """Return what a laptop must know of the agency.

    Raises:
        Malformed: It is none.
    """
    return _load(Reference, data)


def load_verdicts(data: bytes) -> Verdicts:
    """Return the hub's answers to a batch.

    Raises:
        Malformed: They are none.
    """
    return _load(Verdicts, data)


def load_sign_in(data: bytes) -> SignIn:
    """Return a request to sign in.

    Raises:
        Malformed: It is none.
    """
    return _load(SignIn, data)


def load_signed_in(data: bytes) -> SignedIn:
    """Return the answer to a sign-in.

    Raises:
        Malformed: It is none.
    """
    return _load(SignedIn, data)


def load_uploads(data: bytes) -> UploadOffsets:
    """Return where my uploads stand.

    Raises:
        Malformed: It is none.
    """
    return _load(UploadOffsets, data)


def load_roll_call(data: bytes) -> RollCall:
    """Return what a laptop names.

    Raises:
        Malformed: It is no roll call, or one of too many names.
    """
    call = _load(RollCall, data)
    if max(len(call.operations), len(call.photos)) > NAMED_AT_ONCE:
        raise Malformed(f"a roll call may name {NAMED_AT_ONCE} operations and photos")
    return call


def load_absent(data: bytes) -> Absent:
    """Return what the hub lacks, and what it only recorded.

    Raises:
        Malformed: It is no answer to a roll call.
    """
    return _load(Absent, data)


def load_problem(data: bytes) -> Problem:
    """Return what the hub says is wrong.

    Raises:
        Malformed: It is no problem document.
    """
    return _load(Problem, data)


def load_as(kind: type[T], data: bytes | str) -> T:
    """Return the message of a kind in `data`; for those that have no function of their own.

    Raises:
        Malformed: It is none.
    """
    return _load(kind, data)


def operation_to_dict(operation: Operation) -> dict[str, Any]:
    """Return the wire's form of an operation: `type` and `payload` beside each other."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(operation, option=DUMP_OPTIONS))
    payload: dict[str, Any] = plain.pop("work")
    plain["type"] = payload.pop("type")
    plain["payload"] = payload
    return plain


def operation_from_dict(plain: object) -> Operation:
    """Return the operation in its wire's form.

    Raises:
        Malformed: It is none, or it breaks a limit.
    """
    if not isinstance(plain, dict) or not isinstance(plain.get("payload"), dict):
        raise Malformed("an operation must be an object with an object 'payload'")
    kind = plain.get("type")
    if not isinstance(kind, str) or kind not in WORKS:
        raise Malformed("type: no operation of this protocol")
    inside = {k: v for k, v in plain.items() if k not in {"type", "payload"}}
    inside["work"] = {**plain["payload"], "type": kind}
    try:
        data = orjson.dumps(inside)
    except orjson.JSONEncodeError as error:
        raise Malformed("the operation is no plain JSON") from error
    if len(data) > OPERATION_LIMIT_BYTES:
        raise Malformed(f"the operation is larger than {OPERATION_LIMIT_BYTES} bytes")
    _load(WORKS[kind], orjson.dumps(inside["work"]))
    operation = _load(Operation, data)
    _check_limits(operation)
    return operation


def dump_operation(operation: Operation) -> bytes:
    """Return the JSON of one operation in its wire's form."""
    return orjson.dumps(operation_to_dict(operation))


def load_operation(data: bytes | str) -> Operation:
    """Return the operation in `data`.

    Raises:
        Malformed: It is none.
    """
    return operation_from_dict(_plain(data))


def dump_batch(batch: OperationBatch) -> bytes:
    """Return the JSON of a batch."""
    return orjson.dumps({"operations": [operation_to_dict(o) for o in batch.operations]})


def load_batch_items(data: bytes) -> list[object]:
    """Return a batch's operations, each still unchecked, so that one bad one spoils no other.

    Raises:
        Malformed: It is no batch, or one of more than `BATCH_LIMIT`.
    """
    plain = _plain(data)
    items = plain.get("operations") if isinstance(plain, dict) else None
    if not isinstance(items, list):
        raise Malformed("a batch must be an object with a list 'operations'")
    if len(items) > BATCH_LIMIT:
        raise Malformed(f"a batch may hold {BATCH_LIMIT} operations")
    return items


def _plain(data: bytes | str) -> object:
    """Return parsed JSON."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"no JSON: {error}") from error


def _load(kind: type[T], data: bytes | str) -> T:
    """Return checked data of one kind."""
    try:
        return _adapter(kind).validate_json(data)
    except ValueError as error:
        from pydantic import ValidationError  # noqa: PLC0415 - see `_adapter`

        if not isinstance(error, ValidationError):
            raise
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Malformed(f"{where}: {first['msg']}") from error


def _check_limits(operation: Operation) -> None:
    """Raise Malformed when words or preview are larger than allowed."""
    work = operation.work
    words = work.text if isinstance(work, Note) else getattr(work, "note", "")
    if len(words) > NOTE_LIMIT:
        raise Malformed(f"a note may have {NOTE_LIMIT} characters")
    if isinstance(work, AddPhoto) and len(work.preview) > PREVIEW_LIMIT_BASE64:
        raise Malformed("the preview is larger than 12 kB")
