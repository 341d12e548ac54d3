"""HTTP/1.1 as a proxy must read it: heads, and how many bytes follow them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final, Self

PIECE: Final = 16 * 1024
BODILESS: Final = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a request or an answer."""

    raw: bytes
    first: tuple[str, ...]
    """The words of the first line."""
    fields: dict[str, str]
    """Header values by lower-case name."""

    @classmethod
    async def read(cls, reader: asyncio.StreamReader) -> Self:
        """Read a head.

        Raises:
            asyncio.IncompleteReadError: The connection ends before the head does.
        """
        raw = await reader.readuntil(b"\r\n\r\n")
        first, *lines = raw.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines if line)
        fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
        return cls(raw, tuple(first.split()), fields)

    @property
    def length(self) -> int:
        """Return the bytes of the body that are announced."""
        return int(self.fields.get("content-length", "0"))

    @property
    def closes(self) -> bool:
        """Whether no other message follows on this connection."""
        return self.fields.get("connection", "").lower() == "close"

    def number(self, name: str) -> int | None:
        """Return a header that is a whole number, or None."""
        text = self.fields.get(name, "")
        return int(text) if text.isdigit() else None


async def body_of(head: Head, reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yield the bytes that follow a head, as they come.

    Raises:
        asyncio.IncompleteReadError: The connection ends before the body does.
    """
    if head.fields.get("transfer-encoding", "").lower() == "chunked":
        size = -1
        while size:
            line = await reader.readuntil(b"\r\n")
            size = int(line, 16)
            yield line + await reader.readexactly(size + 2)
        return
    left = head.length
    while left:
        piece = await reader.read(min(left, PIECE))
        if not piece:
            raise asyncio.IncompleteReadError(b"", left)
        left -= len(piece)
        yield piece


async def answer_body_of(
    method: str, head: Head, reader: asyncio.StreamReader
) -> AsyncIterator[bytes]:
    """Yield the bytes that follow an answer's head."""
    if method == "HEAD" or int(head.first[1]) in BODILESS:
        return
    async for piece in body_of(head, reader):
        yield piece
