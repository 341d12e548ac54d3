"""An errand: what a thread of its own does for another one, which also meets its failure."""

from collections.abc import Callable
from types import TracebackType
from typing import Self


class Errand:
    """Is entered by the thread that does it; nothing that is raised inside ends that thread."""

    def __init__(self, ring: Callable[[], object]) -> None:
        """Make it; nothing runs yet.

        Args:
            ring: Is called once it is over, in the thread that did it.
        """
        self._ring = ring
        self._failure: BaseException | None = None
        self.is_over = False

    def meet(self) -> None:
        """Do nothing if it went well so far.

        Raises:
            BaseException: What it failed with.
        """
        if self._failure is not None:
            raise self._failure

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._failure = error
        self.is_over = True
        self._ring()
        return True
