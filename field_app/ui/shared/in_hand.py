"""What goes on while a person does other things, and is asked about before the window closes."""

from PySide6.QtCore import QObject, Signal


class InHand(QObject):
    """Something that takes a while; take one of the classes below it.

    Signals:
        idle: Nothing is being done any more.
    """

    idle = Signal()

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        raise NotImplementedError

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The names of what is not done yet, as people know it; empty when nothing is."""
        raise NotImplementedError

    def stop(self) -> None:
        """Do no more than what is under way; `idle` says when that is done."""
        raise NotImplementedError
