"""What is given to the map page when it asks, at once or later."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Later:
    """JSON that takes a while to write."""

    ask: Callable[[Callable[[bytes], object]], object]
    """Gets what to call with the JSON, in the GUI thread."""


Given = Callable[[], bytes] | Later
"""Gives JSON."""
