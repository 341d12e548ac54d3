"""What a supervisor reads and says: ready reasons for sending back, marks of the queue."""

from typing import Final

from field_app.queries.review import ReviewRow
from field_app.queries.tickets import TicketDetail
from field_app.texts import _, mark, ngettext
from field_app.ui.photos.check_words import badges_words

SEND_BACK_REASONS: Final = (
    mark("The after photo is not clear"),
    mark("This is not the reported place"),
    mark("The work is not done properly"),
    mark("A before photo is missing"),
    mark("The photo belongs to another job"),
    mark("Words to the citizen are missing"),
)
"""Ready reasons, in the order of the keys 1 to 6."""


WARNING: Final = "warning"
"""Key of a mark that no status of the design has: amber."""


def reason_text(chosen: tuple[int, ...], own_words: str) -> str:
    """Return the reason as the crew will read it, one sentence a line.

    Args:
        chosen: Places in `SEND_BACK_REASONS`, from 0.
        own_words: What the supervisor typed; may be empty.
    """
    lines = [_(SEND_BACK_REASONS[place]) for place in sorted(chosen)]
    if own_words.strip():
        lines.append(own_words.strip())
    return "\n".join(lines)


def photos_there(row: ReviewRow) -> str:
    """Return '2 of 4 photos', short enough for a mark."""
    words = ngettext("{arrived} of {all} photo", "{arrived} of {all} photos", row.announced_count)
    return words.format(arrived=row.arrived_count, all=row.announced_count)


def awaited_words(detail: TicketDetail) -> tuple[str, str]:
    """Return that photos are still to come and from whom, in two sentences; empty when none."""
    ticket = detail.ticket
    count, all_count = len(ticket.missing_photos), len(ticket.work_photos)
    if not count:
        return "", ""
    title = _("{arrived} of {all} photos are at the hub").format(
        arrived=all_count - count, all=all_count
    )
    crew = detail.crews.get(ticket.crew_id, "") if ticket.crew_id is not None else ""
    if crew:
        waiting = _("Waiting for {count} from {crew}.").format(count=count, crew=crew)
    else:
        waiting = _("Waiting for {count} more.").format(count=count)
    counts = (
        _("Approved. The report counts as complete when they are all there.")
        if ticket.is_closed
        else _("The report counts as complete when they are all there.")
    )
    return title, f"{waiting} {counts}"


def approved_words(detail: TicketDetail | None) -> str:
    """Return that a job was approved, and for how many photos it still waits."""
    missing = 0 if detail is None else len(detail.ticket.missing_photos)
    if not missing:
        return _("Approved")
    words = ngettext(
        "Approved · still waiting for {count} photo",
        "Approved · still waiting for {count} photos",
        missing,
    )
    return words.format(count=missing)


def marks_of(row: ReviewRow) -> tuple[tuple[str, str], ...]:
    """Return what stands out in a row of the queue: status of the design or `WARNING`, and words.

    The most worrying one comes first; a row with nothing odd has one that says so.
    """
    if row.is_decided:
        return ((WARNING, _("Approved, {count} missing").format(count=row.missing_count)),)
    marks = []
    if row.missing_count:
        marks.append((WARNING, photos_there(row)))
    if row.is_declined:
        marks.append(("forwarded", _("Not our job")))
    elif row.after is None:
        marks.append((WARNING, _("No after photo")))
    odd = [check for check in row.checks if check.kind.is_odd]
    if odd:
        marks.append((WARNING, badges_words(odd)))
    if row.is_overdue:
        marks.append(("overdue", _("Late")))
    return tuple(marks) or (("finished", _("Photos in place")),)
