"""Colleagues' rescue packs that are on this laptop and not at the hub, in words."""

from field_app.texts import ngettext


def packs_words(count: int) -> str:
    """Return how many there are, for narrow places."""
    words = ngettext("{count} rescue pack only here", "{count} rescue packs only here", count)
    return words.format(count=count)


def kept_packs_words(count: int) -> str:
    """Return how many there are, and that they are kept."""
    return ngettext(
        "{count} rescue pack of a colleague is not at the hub yet. It is kept on this computer.",
        "{count} rescue packs of colleagues are not at the hub yet."
        " They are kept on this computer.",
        count,
    ).format(count=count)
