"""A file from the platform: its encoding, its two shapes, and its rows checked one by one."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from field_app.domain.place import Place
from field_app.hub.service import file_faults as faults
from field_app.hub.service.file_faults import BadRow, BadValue, NotTheFile

BANGKOK: Final = timezone(timedelta(hours=7))
"""The zone of times that name none."""
BOM: Final = b"\xef\xbb\xbf"
ENCODING_NAMES: Final = {"utf-8": "UTF-8", "cp874": "TIS-620"}
YEARS: Final = range(2000, 2200)
"""Years that a time may have: platforms write the year 1 for none, and some write 2569."""
FIELD_LIMIT: Final = 1_000_000
"""Longest field in characters."""
NO_PHOTO: Final = re.compile(r"https?://[^/]+/[^/]*/?")
"""An address that names a bucket but no file: the platform's way to say that there is none."""
TICKET_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One row, checked."""

    line: int
    ticket_id: str
    categories: tuple[str, ...]
    words: str
    place: Place | None
    address: str
    subdistrict: str
    district: str
    province: str
    reported_at: datetime
    status_words: str
    last_activity: datetime
    started_at: datetime | None
    finished_at: datetime | None
    response: str
    """The agency's words for the citizen; may be empty."""
    photo_urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """One of the two shapes: which column says what."""

    columns: frozenset[str]
    words: str
    status: str
    categories: Callable[[Fields], tuple[str, ...]]
    place: Callable[[Fields], Place | None]


def read_rows(data: bytes) -> Iterator[FileRow | BadRow]:
    """Give the rows of a file in its order.

    Args:
        data: The file: UTF-8 with or without byte order mark, or TIS-620 (cp874).

    Raises:
        NotTheFile: It is no CSV in one of the two shapes.
    """
    body = data.removeprefix(BOM)
    if not body.strip():
        raise NotTheFile(faults.EMPTY)
    if b"\x00" in body:
        raise NotTheFile(faults.NO_TEXT)
    encoding = "utf-8" if body != data else _encoding_of(body)
    records = _records(body)
    _, header = next(records, (0, []))
    names = _names_of(header, encoding)
    shape = _shape_of(names, body)
    for line, values in records:
        if any(values):
            yield _row(line, names, values, shape, encoding)


def _records(body: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give (first line, values) of each record, every byte standing for one character.

    Commas, quotes and line ends are the same bytes in all the encodings, so rows can be told
    apart before anybody knows what their letters mean.
    """
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(body.decode("latin-1"), newline=""))
    line = 1
    try:
        for values in reader:
            yield line, values
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotTheFile(faults.BROKEN_LINE, line=line) from error


def _encoding_of(body: bytes) -> str:
    """Return the encoding of most lines that are not plain ASCII."""
    lines = [line for line in body.splitlines() if not line.isascii()]
    readable = sum(1 for line in lines if _is_utf8(line))
    return "utf-8" if readable * 2 >= len(lines) else "cp874"


def _is_utf8(line: bytes) -> bool:
    """Whether a line can be read as UTF-8."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decode(value: str, encoding: str) -> str:
    """Return a value's text; its bytes stand for characters until here.

    Raises:
        UnicodeDecodeError: The bytes are not of this encoding.
    """
    return value.encode("latin-1").decode(encoding).strip()


def _names_of(header: list[str], encoding: str) -> list[str]:
    """Return the columns' names."""
    try:
        return [_decode(name, encoding) for name in header]
    except UnicodeDecodeError as error:
        raise NotTheFile(faults.NO_TEXT) from error


def _shape_of(header: list[str], body: bytes) -> _Shape:
    """Return the shape whose columns are all there."""
    for shape in SHAPES:
        if shape.columns <= set(header):
            return shape
    if body.lstrip()[:1] in {b"{", b"["}:
        raise NotTheFile(faults.PLATFORM_ERROR)
    missing = min((sorted(shape.columns - set(header)) for shape in SHAPES), key=len)
    raise NotTheFile(faults.NO_COLUMNS, columns=", ".join(missing))


def _row(
    line: int, names: list[str], values: list[str], shape: _Shape, encoding: str
) -> FileRow | BadRow:
    """Return a row, checked, or what is wrong with it."""
    if len(values) != len(names):
        counts = {"found": len(values), "expected": len(names)}
        return BadRow(line=line, column="", reason=faults.COLUMN_COUNT, facts=counts)
    try:
        fields = {}
        for name, value in zip(names, values, strict=True):
            fields[name] = _readable(name, value, encoding)
        return _checked(line, fields, shape)
    except BadValue as bad:
        return BadRow(line=line, column=bad.column, reason=bad.reason, facts=bad.facts)


def _readable(name: str, value: str, encoding: str) -> str:
    """Return a value's text or say that it is in another encoding."""
    try:
        return _decode(value, encoding)
    except UnicodeDecodeError as error:
        raise BadValue(name, faults.OTHER_LETTERS, encoding=ENCODING_NAMES[encoding]) from error


def _checked(line: int, fields: Fields, shape: _Shape) -> FileRow:
    """Return a row whose values are all sound."""
    if not TICKET_ID.fullmatch(fields["ticket_id"]):
        raise BadValue("ticket_id", faults.NO_ID)
    if not fields[shape.status]:
        raise BadValue(shape.status, faults.NO_STATUS)
    photos = (fields["photo"], fields.get("photo_after", ""))
    return FileRow(
        line=line,
        ticket_id=fields["ticket_id"],
        categories=shape.categories(fields),
        words=fields[shape.words],
        place=shape.place(fields),
        address=fields["address"],
        subdistrict=fields["subdistrict"],
        district=fields["district"],
        province=fields["province"],
        reported_at=_time(fields, "timestamp"),
        status_words=fields[shape.status],
        last_activity=_time(fields, "last_activity"),
        started_at=_time_or_none(fields, "timestamp_inprogress"),
        finished_at=_time_or_none(fields, "timestamp_finished"),
        response=fields.get("org_response", ""),
        photo_urls=tuple(url for url in photos if url and not NO_PHOTO.fullmatch(url)),
    )


def _time(fields: Fields, column: str) -> datetime:
    """Return a time in UTC; one without zone is Bangkok's."""
    try:
        at = datetime.fromisoformat(fields[column])
    except ValueError as error:
        reason = faults.ODD_TIME if fields[column] else faults.NO_TIME
        raise BadValue(column, reason) from error
    if at.year not in YEARS:
        raise BadValue(column, faults.ODD_YEAR, year=at.year)
    return (at if at.tzinfo else at.replace(tzinfo=BANGKOK)).astimezone(UTC)


def _time_or_none(fields: Fields, column: str) -> datetime | None:
    """Return a time in UTC, or None when the column is empty or missing."""
    return _time(fields, column) if fields.get(column) else None


def _categories_one(fields: Fields) -> tuple[str, ...]:
    """Return the categories in `ถนน` or `ถนน,แสงสว่าง`."""
    return tuple(dict.fromkeys(c.strip(' "') for c in fields["type"].split(",") if c.strip(' "')))


def _categories_braces(fields: Fields) -> tuple[str, ...]:
    """Return the categories in `{ถนน,แสงสว่าง}`."""
    text = fields["type"]
    if not (text.startswith("{") and text.endswith("}")):
        raise BadValue("type", faults.NO_BRACES)
    return _categories_one({"type": text[1:-1]})


def _place_two(fields: Fields) -> Place | None:
    """Return the place in two columns; None when both are empty."""
    if not fields["latitude"] and not fields["longitude"]:
        return None
    latitude = _number("latitude", fields["latitude"])
    return _place("latitude", latitude, _number("longitude", fields["longitude"]))


def _place_coords(fields: Fields) -> Place | None:
    """Return the place in one column, longitude first; None when it is empty."""
    if not fields["coords"]:
        return None
    longitude, comma, latitude = fields["coords"].partition(",")
    if not comma:
        raise BadValue("coords", faults.ODD_PLACE)
    return _place("coords", _number("coords", latitude), _number("coords", longitude))


def _place(column: str, latitude: float, longitude: float) -> Place:
    """Return a place on the earth."""
    try:
        return Place(latitude=latitude, longitude=longitude)
    except ValueError as error:
        raise BadValue(column, faults.NOT_ON_EARTH) from error


def _number(column: str, text: str) -> float:
    """Return a number."""
    try:
        number = float(text)
    except ValueError as error:
        raise BadValue(column, faults.ODD_NUMBER) from error
    if not math.isfinite(number):
        raise BadValue(column, faults.ODD_NUMBER)
    return number


_SHARED: Final = frozenset(
    {"ticket_id", "type", "photo", "address", "subdistrict", "district", "province"}
    | {"timestamp", "last_activity"}
)
SHAPES: Final = (
    _Shape(
        columns=_SHARED | {"description", "latitude", "longitude", "status"},
        words="description",
        status="status",
        categories=_categories_one,
        place=_place_two,
    ),
    _Shape(
        columns=_SHARED | {"comment", "coords", "state"},
        words="comment",
        status="state",
        categories=_categories_braces,
        place=_place_coords,
    ),
)
"""What the platform's API gives, and what district offices download."""
