"""What a supervisor reads and says: ready reasons for sending back, marks of the queue."""

from typing import Final

from field_app.queries.review import ReviewRow
from field_app.texts import _, mark
from field_app.ui.photos.facts import is_far

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


def marks_of(row: ReviewRow) -> tuple[tuple[str, str], ...]:
    """Return what stands out in a row of the queue: status of the design or `WARNING`, and words.

    The most worrying one comes first; a row with nothing odd has one that says so.
    """
    marks = []
    if row.is_declined:
        marks.append(("forwarded", _("Not our job")))
    elif row.after is None:
        marks.append((WARNING, _("No after photo")))
    elif is_far(row.after):
        marks.append((WARNING, _("Far from the place")))
    if row.is_overdue:
        marks.append(("overdue", _("Late")))
    return tuple(marks) or (("finished", _("Photos in place")),)
