"""Shortcuts: Latin letters and the Thai letters on the same keys."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

TWINS: Final = {
    "A": "ฟ", "B": "ิ", "C": "แ", "D": "ก", "E": "ำ", "F": "ด", "G": "เ", "H": "้", "I": "ร",
    "J": "่", "K": "า", "L": "ส", "M": "ท", "N": "ื", "O": "น", "P": "ย", "Q": "ๆ", "R": "พ",
    "S": "ห", "T": "ะ", "U": "ี", "V": "อ", "W": "ไ", "X": "ป", "Y": "ั", "Z": "ผ",
    "/": "ฝ", "?": "ฦ", ".": "ใ", ",": "ม", "-": "ข", "=": "ช", "0": "จ",
    "1": "ๅ", "2": "/", "3": "-", "4": "ภ", "5": "ถ", "6": "ุ", "7": "ึ", "8": "ค", "9": "ต",
}  # fmt: skip
"""What the Kedmanee layout sends for the key with this Latin cap."""


SHIFTED: Final = {"C": "ฉ"}
"""The same with Shift, for the keys that are used with it."""

LATIN: Final = {ord(thai): cap for cap, thai in TWINS.items() if cap.isalpha()}
"""The Latin cap of a key by the code of the Thai letter on it."""


def letter_of(event: QKeyEvent) -> str:
    """Return the Latin cap of a pressed letter key in either layout; empty for other keys."""
    code = event.key()
    for known in (code, ord(event.text()) if len(event.text()) == 1 else 0):
        if known in LATIN:
            return LATIN[known]
        if ord("A") <= known <= ord("Z"):
            return chr(known)
    return ""


def bind(owner: QWidget, keys: str, deed: Callable[[], object]) -> None:
    """Let keys do something while `owner` is in sight.

    Letters, alone or with Ctrl, also work by their Thai twin. While a text field has the focus it
    gets single letters itself, so they do nothing here.

    Args:
        owner: The screen or window; hidden owners hear nothing.
        keys: As QKeySequence writes them: `J`, `/`, `Ctrl+Return`, `Ctrl+Shift+C`, `F5`.
        deed: What they do.
    """
    sequences = [QKeySequence(keys)]
    twin = TWINS.get(keys)
    if twin is not None and not (twin in TWINS and twin != keys):
        sequences.append(QKeySequence(ord(twin)))
    modifier, _plus, letter = keys.rpartition("+")
    control = Qt.KeyboardModifier.ControlModifier
    if modifier == "Ctrl" and letter.isalpha() and letter in TWINS:
        sequences.append(QKeySequence(control.value | ord(TWINS[letter])))
    if modifier == "Ctrl+Shift" and letter in SHIFTED:
        both = control.value | Qt.KeyboardModifier.ShiftModifier.value
        sequences += [QKeySequence(both | ord(twins[letter])) for twins in (TWINS, SHIFTED)]
    for sequence in sequences:
        shortcut = QShortcut(sequence, owner)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(deed)
        if len(sequences) > 1:  # where one key press can mean both, only one of them is told
            shortcut.activatedAmbiguously.connect(deed)
