"""What a person does with the camera, and what the main button is called meanwhile."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from field_app.texts import _


class Stage(Enum):
    """What a person does with the camera."""

    WAITING = auto()
    """It is being turned on."""
    AIMING = auto()
    TAKING = auto()
    """The whole picture is wished."""
    WRITING = auto()
    """It is here, and made into a file."""
    LOOKING = auto()
    """It is taken, and neither kept nor thrown away."""
    TROUBLED = auto()


HELD = frozenset({Stage.WRITING, Stage.LOOKING})
"""There is a photo that a person has yet to decide about."""

AIM: Final[tuple[Callable[[], str], str]] = (lambda: _("Take photo"), "camera")
MAIN: Final[dict[Stage, tuple[Callable[[], str], str]]] = {
    Stage.LOOKING: (lambda: _("Keep photo"), "check"),
    Stage.TROUBLED: (lambda: _("Try again"), "refresh-cw"),
}
"""Words and icon of the main button where it does something else than taking a photo."""
