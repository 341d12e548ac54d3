"""A broken promise, and the demand that it is kept."""


class Lost(AssertionError):
    """A promise was broken."""


def demand(holds: object, words: str) -> None:
    """Raise Lost with these words unless something holds."""
    if not holds:
        raise Lost(words)
