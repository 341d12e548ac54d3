"""One row of the outbox in words: what, how much, how far, and what happens next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from field_app.domain import errors
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import PhotoId
from field_app.domain.operation import UNDO_WINDOW_S
from field_app.queries.outbox import Delivered, OutboxItem
from field_app.queries.tickets import LocalState
from field_app.texts import _
from field_app.texts.dates import local, short_date, time_of_day
from field_app.texts.numbers import file_size
from field_app.ui.sync.words import act_name, countdown, photos_count, reason_short

ALL_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """Everything that a row says."""

    title: str
    facts: str
    state: str
    sentence: str

    @property
    def spoken(self) -> str:
        """Return the whole row for a screen reader."""
        return ", ".join((self.title, self.state, self.sentence, self.facts))


def percent(part: int, whole: int) -> int:
    """Return how much of the whole is there, 0 to 100, rounded down."""
    return min(ALL_PERCENT, part * ALL_PERCENT // whole) if whole > 0 else 0


def moving(item: OutboxItem, uploads: Mapping[PhotoId, int]) -> OutboxItem:
    """Return an item with the bytes of its photo that are under way now.

    Args:
        item: As it was read.
        uploads: Bytes handed to the network, by photo.
    """
    photo_id = item.photo_id
    if photo_id is None or photo_id not in uploads or item.local is LocalState.ATTENTION:
        return item
    sent = min(item.size_bytes, uploads[photo_id])
    return replace(item, sent_bytes=sent, local=LocalState.SENDING, retry_at=None, last_error="")


def row_words(item: OutboxItem, number: int, now: datetime, *, is_online: bool) -> RowWords:
    """Return the words of a row.

    Args:
        item: What is on its way.
        number: Its place in the line, from 1; parked items are not counted.
        now: For the countdown and the day.
        is_online: Whether the hub can be reached now.
    """
    return RowWords(
        title=f"{act_name(item.type)} · {item.ticket_title}",
        facts=_facts(item, now),
        state=state_words(item, now, is_online=is_online),
        sentence=_sentence(item, number, now, is_online=is_online),
    )


def state_words(item: OutboxItem, now: datetime, *, is_online: bool) -> str:
    """Return the chip's text, 'Retry in 0:30'."""
    match item.local:
        case LocalState.SENDING:
            share = percent(item.sent_bytes, item.size_bytes)
            return _("Sending {percent}%").format(percent=share) if share else _("Sending")
        case LocalState.RETRY if item.retry_at is not None and item.retry_at > now:
            return _("Retry in {time}").format(time=countdown(item.retry_at, now))
        case LocalState.ATTENTION:
            return _("Needs attention")
        case _:
            return _("Queued") if is_online else _("Waiting for signal")


def error_words(name: str) -> str:
    """Return what a known failure is called, without its full stop.

    Args:
        name: Name of a class in `domain.errors`; anything else is told in general words.
    """
    failure = getattr(errors, name, None) if name.isidentifier() else None
    if isinstance(failure, type) and issubclass(failure, FieldAppError):
        return _(failure.title).rstrip(".")
    return _("Sending did not work")


def delivered_facts(item: Delivered) -> str:
    """Return 'Receipt 7F2A-19'; an item that left without one says so."""
    if not item.receipt:
        return _("Settled without a receipt")
    return _("Receipt {number}").format(number=item.receipt)


def _facts(item: OutboxItem, now: datetime) -> str:
    """Return '3 photos · 4.1 MB · saved 10:12'."""
    parts = []
    if item.photo_count:
        parts.append(photos_count(item.photo_count))
    if item.size_bytes:
        parts.append(file_size(item.size_bytes))
    clock = time_of_day(item.made_at)
    if local(item.made_at).date() == local(now).date():
        parts.append(_("saved {time}").format(time=clock))
    else:
        day = short_date(item.made_at, now)
        parts.append(_("saved {time}").format(time=f"{day} {clock}"))
    return " · ".join(parts)


def _sentence(item: OutboxItem, number: int, now: datetime, *, is_online: bool) -> str:
    """Return what happens next, without a full stop."""
    match item.local:
        case LocalState.ATTENTION:
            return reason_short(item.reason)
        case LocalState.SENDING if item.size_bytes:
            amount = _("{sent} of {all}").format(
                sent=file_size(item.sent_bytes), all=file_size(item.size_bytes)
            )
            return f"{amount} · " + _("after a break it goes on from the same point")
        case LocalState.SENDING:
            return _("On its way to the hub")
        case LocalState.RETRY:
            return _broken(item)
        case _:
            return _in_line(item, number, now, is_online=is_online)


def _broken(item: OutboxItem) -> str:
    """Return why the last try ended, and that nothing is lost."""
    why = error_words(item.last_error)
    if item.sent_bytes and item.size_bytes:
        share = percent(item.sent_bytes, item.size_bytes)
        at = _("goes on at {percent}%").format(percent=share)
        return f"{why} · {at}"
    return f"{why} · " + _("tries again by itself")


def _in_line(item: OutboxItem, number: int, now: datetime, *, is_online: bool) -> str:
    """Return where a waiting item stands."""
    if not is_online:
        return _("Saved on this computer · sent by itself when the network is back")
    if item.can_undo and now - item.made_at < timedelta(seconds=UNDO_WINDOW_S):
        return _("Sent in a few seconds · can still be undone")
    place = _("No. {number} in line").format(number=number)
    if item.photo_count:
        return f"{place} · " + _("words go first, photos after")
    return place
