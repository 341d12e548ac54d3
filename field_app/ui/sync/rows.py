"""One row of the outbox in words: what, how much, how far, and what happens next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from field_app.domain import errors
from field_app.domain.errors import FieldAppError
from field_app.domain.operation import UNDO_WINDOW_S
from field_app.queries.act_rows import ActRow
from field_app.queries.outbox import Delivered, Pauses
from field_app.queries.tickets import LocalState
from field_app.texts import _, ngettext
from field_app.texts.dates import local, short_date, time_of_day
from field_app.texts.numbers import file_size
from field_app.ui.photos.words import at_hub_words
from field_app.ui.sync.words import act_name, countdown, photos_count, reason_short

ALL_PERCENT = 100
NO_PAUSES = Pauses()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What all rows have in common while they are shown."""

    now: datetime
    """For the countdown and the day."""
    is_online: bool
    """Whether the hub can be reached now."""
    rests: Pauses = NO_PAUSES
    """What a person lets rest."""


def percent(part: int, whole: int) -> int:
    """Return how much of the whole is there, 0 to 100, rounded down."""
    return min(ALL_PERCENT, part * ALL_PERCENT // whole) if whole > 0 else 0


def row_words(row: ActRow, number: int, moment: Moment) -> RowWords:
    """Return the words of a row.

    Args:
        row: What is on its way.
        number: Its place in the line, from 1; only what is to be sent by itself is counted.
        moment: What all rows have in common.
    """
    return RowWords(
        title=f"{act_name(row.type)} · {row.ticket_title}",
        facts=_facts(row, moment.now),
        state=state_words(row, moment),
        sentence=_sentence(row, number, moment),
    )


def state_words(row: ActRow, moment: Moment) -> str:
    """Return the chip's text, 'Retry in 0:30'."""
    match row.local:
        case LocalState.SENDING:
            share = percent(row.sent_bytes, row.size_bytes)
            return _("Sending {percent}%").format(percent=share) if share else _("Sending")
        case LocalState.RETRY if row.retry_at is not None and row.retry_at > moment.now:
            return _("Retry in {time}").format(time=countdown(row.retry_at, moment.now))
        case LocalState.ATTENTION:
            return _("Needs attention")
        case LocalState.PAUSED if moment.rests.by_policy:
            return _("Waits for the depot")
        case LocalState.PAUSED:
            return _("Paused by you")
        case _:
            return _("Queued") if moment.is_online else _("Waiting for signal")


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
    """Return 'Receipt 7F2A-19 · 2 photos'; an item that left without one says so."""
    if not item.receipt:
        return _("Settled without a receipt")
    number = _("Receipt {number}").format(number=item.receipt)
    return f"{number} · {photos_count(item.photo_count)}" if item.photo_count else number


def _facts(row: ActRow, now: datetime) -> str:
    """Return '3 photos + words · 4.1 MB · saved 10:12'."""
    parts = []
    if row.photo_count and row.has_words:
        parts.append(_("{photos} + words").format(photos=photos_count(row.photo_count)))
    elif row.photo_count:
        parts.append(photos_count(row.photo_count))
    elif row.has_words:
        parts.append(_("Words"))
    if row.size_bytes:
        parts.append(file_size(row.size_bytes))
    clock = time_of_day(row.made_at)
    if local(row.made_at).date() == local(now).date():
        parts.append(_("saved {time}").format(time=clock))
    else:
        day = short_date(row.made_at, now)
        parts.append(_("saved {time}").format(time=f"{day} {clock}"))
    return " · ".join(parts)


def _sentence(row: ActRow, number: int, moment: Moment) -> str:
    """Return what happens next, without a full stop."""
    match row.local:
        case LocalState.ATTENTION:
            return reason_short(row.reason)
        case LocalState.SENDING if row.open_photos:
            return f"{_amount(row)} · {_after_amount(row)}"
        case LocalState.SENDING:
            return _("On its way to the hub")
        case LocalState.RETRY:
            return _broken(row)
        case LocalState.PAUSED:
            return _resting(row, moment.rests)
        case _:
            return _in_line(row, number, moment)


def _amount(row: ActRow) -> str:
    """Return '2.6 MB of 6.2 MB'."""
    return _("{sent} of {all}").format(
        sent=file_size(row.sent_bytes), all=file_size(row.size_bytes)
    )


def _after_amount(row: ActRow) -> str:
    """Return how many photos are there, or what becomes of the bytes after a break."""
    if row.photo_count > 1:
        return at_hub_words(row.arrived_count, row.photo_count)
    return _("after a break it goes on from the same point")


def _broken(row: ActRow) -> str:
    """Return why the last try ended, and that nothing is lost."""
    why = error_words(row.last_error)
    if row.sent_bytes and row.size_bytes:
        share = percent(row.sent_bytes, row.size_bytes)
        after = _("goes on at {percent}%").format(percent=share)
    else:
        after = _("tries again by itself")
    if row.attempts < 2:  # noqa: PLR2004 - one failure is told by the sentence itself
        return f"{why} · {after}"
    tried = ngettext("tried {count} time", "tried {count} times", row.attempts)
    return f"{why} · {after} · {tried.format(count=row.attempts)}"


def _resting(row: ActRow, rests: Pauses) -> str:
    """Return until when it rests."""
    if rests.everything:
        return _("Nothing is sent until you press “Go on sending”")
    if row.ticket_id in rests.jobs:
        after = _("is not sent until you press “Send now”")
    elif row.pictured_count:
        after = ngettext(
            "a smaller picture of {count}, the original only here",
            "smaller pictures of {count}, the originals only here",
            row.pictured_count,
        ).format(count=row.pictured_count)
    else:
        after = _("full photos go at the depot")
    there = at_hub_words(row.arrived_count, row.photo_count)
    return f"{there} · {after}"


def _in_line(row: ActRow, number: int, moment: Moment) -> str:
    """Return where a waiting act stands."""
    if not moment.is_online:
        return _("Saved on this computer · sent by itself when the network is back")
    is_fresh = moment.now - row.made_at < timedelta(seconds=UNDO_WINDOW_S)
    if row.undo_id is not None and is_fresh:
        return _("Sent in a few seconds · can still be undone")
    place = _("No. {number} in line").format(number=number)
    if row.words_at_hub:
        return f"{place} · " + at_hub_words(row.arrived_count, row.photo_count)
    if row.photo_count:
        return f"{place} · " + _("words go first, photos after")
    return place
