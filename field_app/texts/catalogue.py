"""The catalogue of sentences: English in the source, Thai from `resources/translations/th/*.po`.

One language is in use at a time in the whole program, in all its threads.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Literal, get_args

from field_app.resources import resource

Language = Literal["th", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


class _Chosen:
    """Holds the language in use; Thai until somebody chooses."""

    language: Language = "th"


def set_language(to: Language) -> None:
    """Speak this language from now on; texts already on the screen are not changed.

    Raises:
        ValueError: It is not one of `LANGUAGES`.
    """
    if to not in LANGUAGES:
        raise ValueError(f"There are texts in {', '.join(LANGUAGES)}, not in {to!r}")
    _Chosen.language = to


def language() -> Language:
    """Return the language in use."""
    return _Chosen.language


def _(sentence: str) -> str:
    """Return a sentence in the language in use; fill its {placeholders} afterwards.

    A sentence without translation comes back in English.
    """
    if _Chosen.language == "en":
        return sentence
    return thai().get(sentence, sentence)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a sentence that fits `count`; Thai has one form for every number."""
    if _Chosen.language == "th" and singular in thai():
        return thai()[singular]
    return singular if count == 1 else plural


def mark(sentence: str) -> str:
    """Return the sentence as it is: it is looked up by `_` when it is shown.

    For sentences that are made when a module is loaded, such as class attributes.
    """
    return sentence


@cache
def thai() -> Mapping[str, str]:
    """Return every Thai sentence by its English one, read once from all the .po files.

    Sentences still marked fuzzy are left out. Takes about 0.1 s, most of it loading Babel.

    Raises:
        FileNotFoundError: The program came without its translations.
        babel.messages.pofile.PoFileError: A file is no .po file.
    """
    from babel.messages.pofile import read_po  # noqa: PLC0415  English needs no Babel

    sentences: dict[str, str] = {}
    for path in sorted(resource("translations", "th").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="th", abort_invalid=True)
        for message in catalogue:
            source, translation = _first(message.id), _first(message.string)
            if source and translation and not message.fuzzy:
                sentences[source] = translation
    return sentences


def _first(forms: str | Sequence[str] | None) -> str:
    """Return the only form, or the first of singular and plural; empty when there is none."""
    if isinstance(forms, str):
        return forms
    return forms[0] if forms else ""
