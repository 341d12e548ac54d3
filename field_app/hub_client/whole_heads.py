"""Answers whose head is whole: Python takes one that was cut off anywhere for a complete one."""

from http.client import HTTPResponse, IncompleteRead
from io import BufferedReader
from typing import Final, Protocol, cast

HEAD_ENDS: Final = frozenset({b"\r\n", b"\n"})


class _File(Protocol):
    """What an answer's head is read from."""

    def readline(self, limit: int = -1, /) -> bytes:
        """Return the next line, nothing at the end."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class _LastLine:
    """Lines on their way, of which the last is remembered."""

    def __init__(self, file: _File) -> None:
        self._file = file
        self.line = b""

    def readline(self, limit: int = -1, /) -> bytes:
        """Return the next line, nothing at the end."""
        self.line = self._file.readline(limit)
        return self.line

    def close(self) -> None:
        """Close what is read from."""
        self._file.close()


class WholeHead(HTTPResponse):
    """An answer of which nothing counts when its head broke off, perhaps within a number."""

    def begin(self) -> None:
        """Read the head.

        Raises:
            IncompleteRead: The connection ended before the empty line did.
            HTTPException: It is no head of HTTP.
        """
        file = self.fp
        lines = _LastLine(file)
        self.fp = cast("BufferedReader", lines)
        try:
            super().begin()
        finally:
            if self.fp is not None:  # it is closed already when there is no body to read
                self.fp = file
        if lines.line not in HEAD_ENDS:
            self.close()
            raise IncompleteRead(lines.line)
