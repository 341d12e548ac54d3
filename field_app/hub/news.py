"""News: wakes the laptops that wait for a change."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

RECHECK_S: Final = 1.0
"""How often a waiting laptop's question is asked again, for changes from another process."""


@dataclass(slots=True)
class News:
    """Everybody who waits, each in the event loop of its own request."""

    is_closed: bool = False
    _waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = field(default_factory=set)

    def tell(self) -> None:
        """Wake everybody; may be called in any thread."""
        for loop, woken in tuple(self._waiting):
            if not loop.is_closed():
                loop.call_soon_threadsafe(woken.set)

    def close(self) -> None:
        """Let nobody wait any more, because the hub stops."""
        self.is_closed = True
        self.tell()

    async def wait(self, timeout_s: float) -> None:
        """Return at the next news, but at the latest after `timeout_s` seconds."""
        me = (asyncio.get_running_loop(), asyncio.Event())
        self._waiting.add(me)
        try:
            if not self.is_closed:
                await asyncio.wait_for(me[1].wait(), timeout_s)
        except TimeoutError:
            return
        finally:
            self._waiting.discard(me)
