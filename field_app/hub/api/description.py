"""The hub described for machines (OpenAPI 3.1): what each door takes and what it may answer."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from field_app.hub.service.soundness import (
    ID,
    NUMBER_LIMIT,
    OFFSET_LIMIT_MS,
    PIXEL_LIMIT,
    SHA256,
)
from field_app.protocol.codec import PREVIEW_LIMIT_BASE64, WORKS
from field_app.protocol.messages import (
    BATCH_LIMIT,
    PHOTO_LIMIT_BYTES,
    PROBLEM_TYPE,
    Basemaps,
    ChangeLine,
    Problem,
    SignedIn,
    SignIn,
    UploadOffsets,
    Verdicts,
)
from field_app.protocol.pack import PackReceipt
from field_app.protocol.roll_call import Absent, RollCall

JSON: Final = "application/json"
REFERENCE: Final = "#/components/schemas/{model}"
MESSAGES: Final = (
    SignIn,
    SignedIn,
    Verdicts,
    UploadOffsets,
    Basemaps,
    PackReceipt,
    RollCall,
    Absent,
    Problem,
    ChangeLine,
)
BUSY: Final = frozenset({503, 507})
"""What any door may answer: the database is busy, or there is no room."""
WORDS: Final[Mapping[int, str]] = {
    200: "Here it is.",
    201: "It was begun, or was there already.",
    204: "Done.",
    206: "A part of it.",
    304: "It is as it was.",
    400: "The request is not what the hub expects.",
    401: "Sign in first.",
    404: "This is not here, or not for you.",
    409: "It does not fit what the hub knows.",
    410: "This is no longer here.",
    411: "It does not say how large it is.",
    412: "The hub speaks tus 1.0.0 only, or was started anew.",
    413: "It is too large.",
    415: "It is packed in a way that the hub does not take.",
    416: "The file has no such part.",
    422: "A part of the address is not valid.",
    423: "Another connection goes on with this.",
    429: "It was tried too often.",
    460: "The bytes arrived damaged.",
    503: "The hub is busy.",
    507: "The hub has no room left.",
}
ONE_ID: Final = f"^{ID.pattern}$"
TIME: Final = (
    "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{3})?Z$"
)
"""How laptops write a time; the hub reads other forms of RFC 3339 too."""
LIMITS: Final[Mapping[str, Mapping[str, Any]]] = {
    "photo_id": {"pattern": ONE_ID},
    "crew_id": {"pattern": ONE_ID},
    "sha256": {"pattern": f"^{SHA256.pattern}$"},
    "size_bytes": {"minimum": 1, "maximum": PHOTO_LIMIT_BYTES},
    "width": {"minimum": 1, "maximum": PIXEL_LIMIT},
    "height": {"minimum": 1, "maximum": PIXEL_LIMIT},
    "preview": {"maxLength": PREVIEW_LIMIT_BASE64, "contentEncoding": "base64"},
}
"""What fields of a payload may be, by their names."""
BINARY: Final = {"type": "string", "format": "binary"}


def named(model: str) -> dict[str, str]:
    """Return the reference to a message's form."""
    return {"$ref": REFERENCE.format(model=model)}


def header(name: str, *, needed: bool = True, **form: Any) -> dict[str, Any]:
    """Return a header that a request may have; `form` is its JSON schema."""
    return {"name": name, "in": "header", "required": needed, "schema": {"type": "string", **form}}


def door(
    good: Mapping[int, Mapping[str, Any]],
    problems: Iterable[int] = (),
    *,
    headers: Iterable[Mapping[str, Any]] = (),
    body: Mapping[str, Any] | None = None,
    is_open: bool = False,
) -> dict[str, Any]:
    """Return what the description says of one door, as arguments of its route.

    Args:
        good: The forms of bodies by media type, by status; no body for an empty one.
        problems: Statuses of problem documents, besides those that any door has.
        headers: What `header` returned.
        body: The forms of the request's body by media type.
        is_open: Whether it needs no token.
    """
    bad = {*problems, *BUSY, *(() if is_open else (401,))}
    answers = {status: _answer(status, forms) for status, forms in good.items()}
    answers |= {status: _answer(status, {PROBLEM_TYPE: named("Problem")}) for status in sorted(bad)}
    more: dict[str, Any] = {"security": [] if is_open else [{"token": []}]}
    if headers:
        more["parameters"] = list(headers)
    if body is not None:
        more["requestBody"] = {
            "required": True,
            "content": {kind: {"schema": form} for kind, form in body.items()},
        }
    return {"status_code": next(iter(good)), "responses": answers, "openapi_extra": more}


def add_description(app: FastAPI) -> None:
    """Let `app.openapi()` tell the messages too."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            whole = get_openapi(title=app.title, version=app.version, routes=app.routes)
            parts = whole.setdefault("components", {})
            parts["schemas"] = _forms()
            parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            for way in whole["paths"].values():
                for told in way.values():
                    if JSON in told["responses"].get("422", {}).get("content", {}):
                        del told["responses"]["422"]  # the library's own form, never sent
            app.openapi_schema = whole
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents


def _answer(status: int, forms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of one answer."""
    content = {kind: {"schema": form} for kind, form in forms.items()}
    return {"description": WORDS[status], **({"content": content} if content else {})}


def _forms() -> dict[str, Any]:
    """Return the JSON schema of each message by its name."""
    forms: dict[str, Any] = {}
    for kind in MESSAGES:
        form = TypeAdapter[Any](kind).json_schema(ref_template=REFERENCE, mode="serialization")
        forms |= form.pop("$defs", {})
        forms[kind.__name__] = form
    for name, work in WORKS.items():
        form = TypeAdapter[Any](work).json_schema(ref_template=REFERENCE)
        forms |= form.pop("$defs", {})
        del form["properties"]["type"]
        for field, limits in LIMITS.items():
            form["properties"].get(field, {}).update(limits)
        forms[work.__name__] = {**form, "title": f"Payload of {name}"}
    forms["Operation"] = _operation()
    forms["OperationBatch"] = {
        "type": "object",
        "required": ["operations"],
        "properties": {
            "operations": {"type": "array", "items": named("Operation"), "maxItems": BATCH_LIMIT}
        },
    }
    return forms


def _operation() -> dict[str, Any]:
    """Return the JSON schema of an operation as it is sent: type and payload belong together."""
    text = {"type": "string", "pattern": ONE_ID}
    number = {"type": "integer", "minimum": 0, "exclusiveMaximum": NUMBER_LIMIT}
    offset = {"type": "integer", "minimum": -OFFSET_LIMIT_MS, "maximum": OFFSET_LIMIT_MS}
    common: dict[str, Any] = {
        **dict.fromkeys(("id", "ticket_id", "actor_id", "device_id"), text),
        **dict.fromkeys(("based_on", "seq"), number),
        "made_at": {"type": "string", "pattern": TIME},
    }
    return {
        "oneOf": [
            {
                "type": "object",
                "required": ["type", "payload", *common],
                "properties": {
                    **common,
                    "clock_offset_ms": offset,
                    "type": {"const": name},
                    "payload": named(work.__name__),
                },
            }
            for name, work in WORKS.items()
        ]
    }
