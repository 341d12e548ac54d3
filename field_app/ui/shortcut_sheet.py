"""All shortcuts on one sheet."""

from PySide6.QtWidgets import QGridLayout, QWidget

from field_app.texts import _
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shortcuts import TWINS
from field_app.ui.theme import Theme


def shortcuts() -> tuple[tuple[str, str], ...]:
    """Return keys and what they do, in the language in use."""
    return (
        ("Ctrl+1 … 5", _("Go to a place on the rail")),
        ("/", _("Search")),
        ("J  K", _("Next or previous job")),
        ("Enter", _("Open the job")),
        ("Ctrl+Enter", _("The main button of the screen")),
        ("D", _("Sort by deadline, nearest, newest")),
        ("N", _("Directions")),
        ("Ctrl+Z", _("Undo the last act")),
        ("F5", _("Fetch now")),
        ("F11", _("Full screen")),
        ("?", _("All shortcuts")),
    )


class ShortcutSheet(Sheet):
    """Keys at the left, what they do at the right; Thai twins in brackets."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        """Make the sheet over the window of a widget."""
        super().__init__(theme, over, _("All shortcuts"), width=620)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, (keys, words) in enumerate(shortcuts()):
            twins = " ".join(TWINS[key] for key in keys.split() if key in TWINS)
            shown = f"{keys}  ({twins})" if twins else keys
            grid.addWidget(ThaiLabel(theme, shown, weight=600, wraps=False), line, 0)
            grid.addWidget(ThaiLabel(theme, words, colour="text2"), line, 1)
        self.body.addLayout(grid)
