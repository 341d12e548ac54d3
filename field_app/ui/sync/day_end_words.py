"""What the day's end says: only what the rows say, never more."""

from field_app.queries.day_end import DayEnd, OnlyHere, PackHere
from field_app.queries.local_state import LocalState
from field_app.texts import _, ngettext
from field_app.texts.dates import time_of_day, weekday_date
from field_app.texts.numbers import file_size
from field_app.ui.shared.words import local_words
from field_app.ui.sync.rows import error_words
from field_app.ui.sync.words import act_name, photos_count


def end_title(end: DayEnd) -> str:
    """Return '0 things exist only on this laptop', whatever the number is."""
    return ngettext(
        "{count} thing exists only on this laptop",
        "{count} things exist only on this laptop",
        end.count,
    ).format(count=end.count)


def end_sentence(end: DayEnd, *, is_online: bool) -> str:
    """Return whether the computer can be put away, and since when the hub has everything."""
    parts = [_amount(end, is_online=is_online) if end.count else _safe(end)]
    if end.packed_at is not None:
        when = f"{weekday_date(end.packed_at)} {time_of_day(end.packed_at)}"
        parts.append(
            _("What was only here on {when} is in a rescue pack as well.").format(when=when)
        )
    if end.attention_count:
        parts.append(
            ngettext(
                "{count} thing needs you: look at it in the outbox.",
                "{count} things need you: look at them in the outbox.",
                end.attention_count,
            ).format(count=end.attention_count)
        )
    if end.drafts:
        parts.append(
            ngettext(
                "{count} draft is not handed in yet and only here.",
                "{count} drafts are not handed in yet and only here.",
                len(end.drafts),
            ).format(count=len(end.drafts))
        )
    return " ".join(parts)


def job_facts(job: OnlyHere) -> str:
    """Return 'Start work, Finish job · 2 photos · 4.1 MB · since Thu 19 Nov 2026 10:12'."""
    parts = []
    if job.acts:
        parts.append(", ".join(act_name(act) for act in dict.fromkeys(job.acts)))
    if job.photo_count:
        parts.append(photos_count(job.photo_count))
    if job.pictured_count:
        parts.append(picture_words(job.pictured_count))
    parts.append(file_size(job.left_bytes))
    if job.since is not None:
        when = f"{weekday_date(job.since)} {time_of_day(job.since)}"
        parts.append(_("since {when}").format(when=when))
    return " · ".join(parts)


def picture_words(count: int) -> str:
    """Return that the hub can show so many photos whose originals it does not have."""
    return ngettext(
        "the hub has a smaller picture of {count}, the original is still only here",
        "the hub has smaller pictures of {count}, the originals are still only here",
        count,
    ).format(count=count)


def chip_words(job: OnlyHere) -> str:
    """Return where what is only here stands."""
    if job.local is LocalState.PAUSED and job.pictured_count:
        return _("Waits for the depot")
    return local_words(job.local)


def advice(job: OnlyHere, *, is_online: bool) -> str:
    """Return why it is only here, and what to do."""
    match job.local:
        case LocalState.ATTENTION:
            return _("The hub did not take it: look and choose in the outbox")
        case LocalState.PAUSED if job.pictured_count:
            return _("It waits for the depot: turn off “Full photos at the depot” there")
        case LocalState.PAUSED:
            return _("You paused it: send it now, or at the depot")
        case LocalState.RETRY:
            why = error_words(job.last_error)
            return f"{why} · " + _("tried again by itself, or take it on a USB stick")
        case _ if not is_online:
            return _("No signal: drive past a place with one, or take it on a USB stick")
        case _:
            return _("On its way: leave the computer on for a moment")


def pack_facts(pack: PackHere) -> str:
    """Return 'A colleague's rescue pack · 4.1 MB'."""
    kind = _("A colleague's rescue pack")
    return f"{kind} · {file_size(pack.size_bytes)}"


def pack_advice(pack: PackHere, *, is_online: bool) -> str:
    """Return why a colleague's pack is still here, and what to do."""
    if pack.local is LocalState.ATTENTION:
        return _("The hub did not take it: give the file to your IT")
    if pack.local is LocalState.PAUSED:
        return _("You paused it: send it now, or at the depot")
    if pack.local is LocalState.RETRY:
        return _("The hub could not take it just now: it is sent again by itself")
    if is_online:
        return _("On its way: leave the computer on for a moment")
    return _("No signal: it goes by itself as soon as there is one")


def _amount(end: DayEnd, *, is_online: bool) -> str:
    """Return how much it is, and that closing loses nothing."""
    jobs = ngettext("{count} job", "{count} jobs", len(end.jobs)).format(count=len(end.jobs))
    packs = ngettext("{count} rescue pack", "{count} rescue packs", len(end.packs))
    told = [jobs] if end.jobs else []
    told += [packs.format(count=len(end.packs))] if end.packs else []
    size = file_size(end.left_bytes)
    if not end.packs and all(job.local is LocalState.PAUSED for job in end.jobs):
        kept = _("{jobs}, {size}. It rests until you send it. Closing loses nothing.")
    elif is_online:
        kept = _("{jobs}, {size}. Leave the computer on until it says 0. Closing loses nothing.")
    else:
        kept = _(
            "{jobs}, {size}. Do not hand this computer over or wipe it. Closing loses nothing:"
            " it is sent when the app is open and has a signal."
        )
    return kept.format(jobs=" · ".join(told), size=size)


def _safe(end: DayEnd) -> str:
    """Return that it is safe to close, with the hub's own times."""
    if end.confirmed_at is None:
        return _("Safe to close. Nothing was handed in on this computer yet.")
    when = f"{weekday_date(end.confirmed_at)} {time_of_day(end.confirmed_at)}"
    return _("Safe to close. The hub confirmed the last of it {when}, by its own clock.").format(
        when=when
    )
