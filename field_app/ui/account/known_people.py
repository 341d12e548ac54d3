"""Who signed in on this computer before, each as a button."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.domain.people import Person
from field_app.texts import _
from field_app.ui.shared.buttons import Tag
from field_app.ui.shared.flow_layout import FlowLayout
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

FEWEST = 2
"""A single person's name stands in its field already."""


class KnownPeople(QWidget):
    """Spares a person from typing their user name.

    Signals:
        chosen: str. The user name of a person.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, people: Sequence[Person], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label = ThaiLabel(theme, role="label", weight=600, wraps=False)
        self._row = QWidget(self)
        flow = FlowLayout(self._row)
        self.buttons: dict[str, Tag] = {}
        for person in people:
            button = Tag(theme, partial(str, person.name), parent=self._row)
            button.clicked.connect(partial(self._choose, person.username))
            self.buttons[person.username] = button
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(self._row)
        self._say()
        self.setVisible(len(people) >= FEWEST)

    def mark(self, username: str) -> None:
        """Mark whose name is in the field; nobody's for an unknown one."""
        for name, button in self.buttons.items():
            button.setChecked(name == username.strip())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _choose(self, username: str, *_checked: bool) -> None:
        self.mark(username)
        self.chosen.emit(username)

    def _say(self) -> None:
        self._label.setText(_("Who are you?"))
