"""Area maps down: the rest of a file in one request, from whichever byte on."""

import re
from typing import Final

import requests

from field_app.domain.errors import NotTheHub
from field_app.hub_client.errors import content_type, failure_of, translated
from field_app.hub_client.hub import TakePart
from field_app.hub_client.session import HubSession

PACKAGE_TYPE: Final = "application/octet-stream"
PIECE_BYTES: Final = 16 * 1024
"""What of a piece did not come before a break is fetched again."""
OK: Final = 200
PARTIAL: Final = 206
_SPAN: Final = re.compile(r"bytes (?P<start>[0-9]{1,18})-[0-9]{1,18}/[0-9]{1,18}")


def fetch(session: HubSession, sha256: str, offset: int, take: TakePart) -> None:
    """Fetch an area map's bytes from an offset on; see `Hub.basemap`."""
    headers = {"Accept-Encoding": "identity"}
    if offset:
        headers["Range"] = f"bytes={offset}-"
    with session.ask("GET", f"basemaps/{sha256}", headers=headers) as response:
        at = _start_of(response, sha256)
        with translated():
            pieces = response.iter_content(PIECE_BYTES)
            piece = next(pieces, b"")
        while piece:
            take(at, piece)
            at += len(piece)
            with translated():
                piece = next(pieces, b"")


def _start_of(response: requests.Response, sha256: str) -> int:
    """Return the place of an answer's first byte.

    Raises:
        NotTheHub: It is not the map that was asked for.
        FieldAppError: What the hub refused.
    """
    if not response.ok:
        raise failure_of(response)
    kind, name = content_type(response), response.headers.get("ETag", "")
    if kind != PACKAGE_TYPE or name != f'"{sha256}"':
        raise NotTheHub(f"a map as {kind or 'no content type'}, named {name[:80] or 'nothing'}")
    if response.status_code == OK:
        return 0
    span = _SPAN.fullmatch(response.headers.get("Content-Range", ""))
    if response.status_code != PARTIAL or span is None:
        raise NotTheHub(f"status {response.status_code} instead of a part of a map")
    return int(span["start"])
