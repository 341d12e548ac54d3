"""Which part of a file is asked for (RFC 9110, 14): one range, or the whole file."""

import re
from collections.abc import MutableMapping
from typing import Any, Final

from field_app.hub.problems import HubProblem

ONE_RANGE: Final = re.compile(r"bytes=(?P<start>[0-9]{1,18})-(?P<end>[0-9]{0,18})")


def check_range(scope: MutableMapping[str, Any], size_bytes: int) -> None:
    """Leave a request's Range only if it is one that the file has; any other form is as none.

    Raises:
        HubProblem: 416 when the file ends before the range begins.
    """
    asked = [value.decode("latin-1") for name, value in scope["headers"] if name == b"range"]
    found = ONE_RANGE.fullmatch(asked[0]) if len(asked) == 1 else None
    if found is not None and int(found["start"]) >= size_bytes:
        span = {"Content-Range": f"bytes */{size_bytes}"}
        raise HubProblem(416, "The file has no such part.", headers=span)
    if found is None or (found["end"] and int(found["end"]) < int(found["start"])):
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"range"]
