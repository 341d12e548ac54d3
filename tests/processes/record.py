"""What the proxy noticed: which bytes the laptop knows to be at the hub, and what it sent again."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from tests.processes.messages import Head

UPLOADS: Final = "/photos/upload"
SERVER_ERROR: Final = 500
SUCCESS: Final = range(200, 300)


@dataclass(slots=True)
class Record:
    """Notes on uploads, kept by the proxy; read when it is over."""

    statuses: Counter[int] = field(default_factory=Counter)
    """How often the hub answered what, repeated requests included."""
    sent_again: list[str] = field(default_factory=list)
    """Requests with bytes whose arrival the laptop had been told."""
    taken_back: list[str] = field(default_factory=list)
    """Answers by which the hub holds fewer bytes than it had acknowledged."""
    life: int = 0
    """The laptop's life; what is told to an earlier one is told to nobody."""
    offered_bytes: int = 0
    """Bytes of photos that the laptop began to send."""
    _acknowledged: dict[str, int] = field(default_factory=dict)
    """Bytes that a laptop was told to be at the hub, by the upload's path."""
    _path_of: dict[str, str] = field(default_factory=dict)
    """Paths that the laptop was told, by what was announced at the creation."""

    def asks(self, head: Head) -> None:
        """Look at a request of the laptop before anything happens to it."""
        method, path = head.first[0], head.first[1]
        if UPLOADS not in path:
            return
        start = head.number("upload-offset") if method == "PATCH" else 0
        if method == "POST":
            path = self._path_of.get(head.fields["upload-metadata"], "")
        if method in {"POST", "PATCH"} and head.length:
            self.offered_bytes += head.length
            known = self._acknowledged.get(path, 0)
            if start is None or start < known:
                self.sent_again.append(f"{method} {path} from {start}, {known} acknowledged")

    def answered(self, status: int) -> None:
        """Count an answer of the hub."""
        self.statuses[status] += 1

    def told(self, life: int, asked: Head, answer: Head) -> None:
        """Note an answer whose head was passed on to its last byte, to the life that asked."""
        method, path = asked.first[0], asked.first[1]
        offset = answer.number("upload-offset")
        if UPLOADS not in path or int(answer.first[1]) not in SUCCESS or offset is None:
            return
        if life != self.life:
            return
        if method == "POST":
            path = answer.fields["location"]
            self._path_of[asked.fields["upload-metadata"]] = path
        known = self._acknowledged.get(path, 0)
        if offset < known:
            self.taken_back.append(f"{method} {path}: {offset}, {known} acknowledged")
        self._acknowledged[path] = max(offset, known)

    def server_errors(self) -> dict[int, int]:
        """Return how often the hub answered with an error of its own; 507 is none."""
        return {
            status: count
            for status, count in self.statuses.items()
            if status >= SERVER_ERROR and status != 507
        }
