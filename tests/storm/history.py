"""A history: one world from its morning to the quiet after the storm."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from tests.storm import truth
from tests.storm.packs import PACK_STEPS
from tests.storm.promises import check_wiped
from tests.storm.steps import STEPS
from tests.storm.template import Template, work_folder
from tests.storm.world import World

LENGTH: Final = (15, 40)
"""Least and most steps."""
CHECK_EVERY: Final = 4
PACKS_BESIDE: Final = 0.35
"""How often something happens to packs and pauses after a step, in histories that have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What became of one history."""

    seed: int
    trace: tuple[str, ...]
    fingerprint: str
    """A hash of all that happened."""


class Storm:
    """Runs histories one after the other; use as a context."""

    def __init__(self) -> None:
        """Make the morning that all histories begin with."""
        self._template = Template()

    def history(self, seed: int, tell: Callable[[str], None] | None = None) -> Story:
        """Run the history of a seed.

        Args:
            seed: Everything follows from it.
            tell: Is told each line of the story as it happens.

        Raises:
            Exception: Nothing of the kind that the program knows: a bug, or a broken promise; its
                notes tell the seed and the end of the story.
        """
        folder = work_folder()
        try:
            world = World(seed, self._template, folder)
            world.listener = tell
            try:
                _run(world)
            except BaseException as error:
                error.add_note(_words(seed, world))
                raise
            finally:
                world.closes()
        finally:
            shutil.rmtree(folder)
        return Story(seed=seed, trace=tuple(world.trace), fingerprint=world.fingerprint())

    def closes(self) -> None:
        """Remove what was made."""
        self._template.remove()


@contextmanager
def a_storm() -> Iterator[Storm]:
    """Give what runs histories."""
    storm = Storm()
    try:
        yield storm
    finally:
        storm.closes()


def _run(world: World) -> None:
    """Let things happen, then let it be quiet, and check."""
    for step in range(world.chance.between(*LENGTH)):
        world.tell(f"[{step}]")
        world.chance.weighed(STEPS)(world)
        if world.depot.has_packs:
            _goes_on_with_packs(world)
        world.road.goes_on(world)
        world.pins.goes_on(world)
        world.evidence.goes_on(world)
        if step % CHECK_EVERY == 0:
            truth.check_now(world)
    truth.heal(world)
    truth.check_all(world)


def _goes_on_with_packs(world: World) -> None:
    """Let something happen to packs and pauses, and look at laptops that were wiped."""
    check_wiped(world)
    if world.depot.chance.happens(PACKS_BESIDE):
        world.depot.chance.weighed(PACK_STEPS)(world)
        check_wiped(world)


def _words(seed: int, world: World) -> str:
    """Return where a history was when it went wrong."""
    step = next((line for line in reversed(world.trace) if line.startswith("[")), "[]")
    last = "\n".join(world.trace[-25:])
    return f"seed {seed}, step {step}:\n{last}"
