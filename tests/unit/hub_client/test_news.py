"""News: kept when all of it came and it is little, told of when it is more."""

from collections.abc import Generator

import pytest

from field_app.domain.errors import Unreachable
from field_app.domain.ids import TicketId
from field_app.hub_client.hub import Change
from field_app.hub_client.news import NEWS_LINES, gather
from field_app.protocol.changes import UnreadableLine
from field_app.protocol.messages import ChangeLine

DONE = ChangeLine(cursor="9", done=True)


class Stream:
    """The hub's lines, and whether they were read to the very end."""

    def __init__(self, *lines: Change, is_cut: bool = False) -> None:
        self._lines = lines
        self._is_cut = is_cut
        self.is_read = False

    def read(self) -> Generator[Change]:
        yield from self._lines
        if self._is_cut:
            raise Unreachable("cut")
        self.is_read = True


def _changed(count: int) -> list[UnreadableLine]:
    """Return so many lines that each tell of a ticket."""
    return [UnreadableLine("8", TicketId(str(number))) for number in range(count)]


def test_a_few_changes_are_kept_and_the_stream_is_read_to_its_end() -> None:
    stream = Stream(*_changed(2), DONE)
    assert gather(stream.read()) == (*_changed(2), DONE)
    assert stream.is_read


@pytest.mark.parametrize("stream", [Stream(DONE), Stream()])
def test_where_nothing_changed_there_is_no_news(stream: Stream) -> None:
    assert gather(stream.read()) is None


@pytest.mark.parametrize(
    "stream",
    [
        Stream(*_changed(2), is_cut=True),
        Stream(*_changed(2)),
        Stream(*_changed(NEWS_LINES), DONE),
    ],
)
def test_of_what_is_cut_or_much_only_that_it_is_there_is_told(stream: Stream) -> None:
    assert gather(stream.read()) == ()


def test_a_stream_that_brought_nothing_is_a_failure() -> None:
    with pytest.raises(Unreachable):
        gather(Stream(is_cut=True).read())
