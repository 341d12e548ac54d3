"""Words, dates and numbers as people read them, in Thai and in English."""

from field_app.texts.catalogue import (
    Language,
    _,
    language,
    mark,
    ngettext,
    set_language,
)

__all__ = ["Language", "_", "language", "mark", "ngettext", "set_language"]
