"""What a supervisor reads and says: ready reasons for sending back, marks of the queue."""

from typing import Final

from field_app.texts import _, mark

SEND_BACK_REASONS: Final = (
    mark("The after photo is not clear"),
    mark("This is not the reported place"),
    mark("The work is not done properly"),
    mark("A before photo is missing"),
    mark("The photo belongs to another job"),
    mark("Words to the citizen are missing"),
)
"""Ready reasons, in the order of the keys 1 to 6."""


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
