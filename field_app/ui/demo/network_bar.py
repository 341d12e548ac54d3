"""The demo bar: a slim strip below the window that switches the network."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from field_app.texts import _, mark
from field_app.ui.shared.buttons import Tag
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

NETWORKS: Final[Sequence[tuple[str, str]]] = (
    ("good", mark("Good")),
    ("slow", mark("Slow (1 Mbit/s, 300 ms)")),
    ("flapping", mark("Comes and goes")),
    ("none", mark("None")),
)
"""Name of a network → its words."""


class NetworkBar(QWidget):
    """Lets a person make the demo's network worse."""

    def __init__(
        self, theme: Theme, choose: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        """Make the bar; `choose` gets the name of the network that was clicked."""
        super().__init__(parent)
        self.setProperty("surface", "surface2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        self._title = ThaiLabel(theme, role="label", weight=600, wraps=False)
        self._hint = ThaiLabel(theme, role="caption", colour="text3", wraps=False)
        row.addWidget(self._title)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.tags: dict[str, Tag] = {}
        for name, words in NETWORKS:
            tag = Tag(theme, partial(_, words), parent=self)
            tag.clicked.connect(partial(self._choose, choose, name))
            self._group.addButton(tag)
            row.addWidget(tag)
            self.tags[name] = tag
        self.tags["good"].setChecked(True)
        row.addStretch(1)
        row.addWidget(self._hint)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _choose(self, choose: Callable[[str], object], name: str, _is_on: object = None) -> None:
        choose(name)

    def _say(self) -> None:
        self._title.setText(_("Demo · network"))
        self._hint.setText(_("Made-up town, everything is thrown away at the end"))
