"""The invitation: a secret that lets one phone in, and no other after it."""

import secrets
from hmac import compare_digest
from typing import Final

SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody mixes up when an address is typed by hand."""
LENGTH: Final = 26
"""31 signs to the power of 26 are 128.8 bits."""


def new_secret() -> str:
    """Return a secret that nobody can guess."""
    return "".join(secrets.choice(SIGNS) for _place in range(LENGTH))


def is_same(said: str, known: str) -> bool:
    """Compare two secrets in a time that tells nothing of them."""
    return compare_digest(said.encode("utf-8", "replace"), known.encode("utf-8"))


class Invitation:
    """One address for one phone. The caller takes care that one thread asks at a time."""

    def __init__(self) -> None:
        self.token = new_secret()
        """Stands in the address."""
        self._cookie = ""

    @property
    def is_taken(self) -> bool:
        """Whether a phone opened the page."""
        return bool(self._cookie)

    def admits(self, token: str) -> bool:
        """Return whether an address is the invitation's."""
        return is_same(token, self.token)

    def knows(self, cookie: str) -> bool:
        """Return whether it is the phone that opened the page first."""
        return bool(self._cookie) and is_same(cookie, self._cookie)

    def welcome(self, cookie: str) -> str | None:
        """Let a phone open the page.

        Args:
            cookie: What it says that it was given; empty for nothing.

        Returns:
            What it has to say from now on; None when another phone was first.
        """
        if not self._cookie:
            self._cookie = new_secret()
            return self._cookie
        return self._cookie if self.knows(cookie) else None
