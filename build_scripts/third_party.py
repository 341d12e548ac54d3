"""Writes which libraries of others a built program contains, and under which licences."""

import sys
from collections.abc import Collection
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Final

OWN: Final = "field-app"
TEXTS: Final = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
"""How files with the words of a licence begin, in capitals."""
RULE: Final = "=" * 80


def write_list(target: Path, modules: Collection[str]) -> Path:
    """Write the list with all licence texts and return `target`.

    Args:
        target: The text file to write.
        modules: Top-level names of all modules in the program; unknown ones are Python's own.
    """
    owners = packages_distributions()
    names = {name for module in modules for name in owners.get(module, ())} - {OWN}
    found = sorted((distribution(name) for name in names), key=lambda d: d.name.lower())
    head = [
        "Field App contains the following libraries. Their licences follow the list.",
        "",
        f"{'Python':<28} {sys.version.split()[0]:<14} PSF-2.0",
        *(f"{d.name:<28} {d.version:<14} {licence_of(d)}" for d in found),
        "",
    ]
    texts = [f"{RULE}\n{d.name} {d.version}\n{RULE}\n{text}" for d in found for text in words_of(d)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join([*head, *texts]), encoding="utf-8")
    return target


def licence_of(library: Distribution) -> str:
    """Return the short name of a library's licence; "see below" where it names none."""
    facts = library.metadata
    if "License-Expression" in facts:
        return facts["License-Expression"]
    classes = facts.get_all("Classifier") or []
    names = [c.rsplit(" :: ", 1)[-1] for c in classes if c.startswith("License ::")]
    if names:
        return "; ".join(names)
    plain = facts["License"].strip() if "License" in facts else ""
    return plain.splitlines()[0][:80] if plain else "see below"


def words_of(library: Distribution) -> list[str]:
    """Return the licence texts that came with a library; may be empty."""
    texts = []
    for file in library.files or ():
        if file.name.upper().startswith(TEXTS) and ".dist-info" in str(file.parent):
            path = Path(str(file.locate()))
            if path.is_file():
                texts.append(path.read_text(encoding="utf-8", errors="replace"))
    return texts
