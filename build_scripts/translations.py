"""Which sentences the program says, and whether all of them are there in Thai.

python -m build_scripts.translations        prints what is missing or stale, exit code 1 if any
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).resolve().parent.parent
PROGRAM: Final = ROOT / "field_app"
THAI: Final = ROOT / "resources" / "translations" / "th"
MARKERS: Final[Mapping[str, int]] = {"_": 1, "mark": 1, "ngettext": 2}
"""The functions that take a sentence, and how many of their first arguments are sentences."""

PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the program."""

    text: str
    """In English; for `ngettext` the singular."""
    place: str
    """File and line, 'field_app/ui/start.py:12'."""
    placeholders: frozenset[str]
    """'{count}' and the like; for `ngettext` those of singular and plural together."""


def sentences(folder: Path = PROGRAM) -> Iterator[Sentence]:
    """Find every sentence in the Python files below a folder.

    Raises:
        ValueError: A sentence is not written down as a plain string, so nobody could translate it.
    """
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in MARKERS:
                    place = f"{path.relative_to(folder.parent).as_posix()}:{node.lineno}"
                    yield from _sentence(name, node, place)


def _sentence(function: str, call: ast.Call, place: str) -> Iterator[Sentence]:
    """Return the sentence of one call; none where a variable is looked up that was marked."""
    forms = call.args[: MARKERS[function]]
    texts = [form.value for form in forms if isinstance(form, ast.Constant)]
    strings = [text for text in texts if isinstance(text, str)]
    if any(isinstance(form, ast.JoinedStr | ast.BinOp) for form in forms):
        raise ValueError(f"{place}: {function}() takes a plain string; fill it afterwards")
    if len(strings) == MARKERS[function]:
        found = frozenset(sign for text in strings for sign in PLACEHOLDER.findall(text))
        yield Sentence(text=strings[0], place=place, placeholders=found)


def thai_messages() -> Iterator[tuple[Path, Message]]:
    """Return every message of the Thai files."""
    for path in sorted(THAI.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="th", abort_invalid=True):
                if message.id:
                    yield path, message


def _first(forms: str | list[str] | tuple[str, ...] | None) -> str:
    """Return the only form, or the first of singular and plural; empty when there is none."""
    if isinstance(forms, str):
        return forms
    return forms[0] if forms else ""


def faults() -> list[str]:
    """Return what is wrong with the Thai sentences, one line each; empty when nothing is."""
    said = {sentence.text: sentence for sentence in sentences()}
    thai: dict[str, str] = {}
    found = []
    for path, message in thai_messages():
        text, translation = _first(message.id), _first(message.string)
        if message.fuzzy or not translation:
            found.append(f"{path.name}: not translated: {text!r}")
            continue
        if text not in said:
            found.append(f"{path.name}: no longer said: {text!r}")
        if thai.setdefault(text, translation) != translation:
            found.append(f"{path.name}: translated in two ways: {text!r}")
    for text, sentence in said.items():
        if text not in thai:
            found.append(f"{sentence.place}: not in Thai: {text!r}")
        elif frozenset(PLACEHOLDER.findall(thai[text])) != sentence.placeholders:
            found.append(f"{sentence.place}: other placeholders in Thai: {thai[text]!r}")
    return found


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    found = faults()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
