"""Who signed in on this computer before, each as a button."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.domain.people import Person
from field_app.texts import _, ngettext
from field_app.ui.shared.buttons import Tag
from field_app.ui.shared.flow_layout import FlowLayout
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

FEWEST = 2
"""A single person's name stands in its field already."""


class KnownPeople(QWidget):
    """Spares a person from typing their user name, and says whose work is still here.

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
        self._people = tuple(people)
        self._unsent: Mapping[str, int] = {}
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
        self.kept = ThaiLabel(theme, role="caption", colour="text3")
        self.kept.hide()
        column.addWidget(self.kept)
        self._say()
        self.setVisible(len(people) >= FEWEST)

    def mark(self, username: str) -> None:
        """Mark whose name is in the field; nobody's for an unknown one."""
        for name, button in self.buttons.items():
            button.setChecked(name == username.strip())

    def show_unsent(self, counts: Mapping[str, int]) -> None:
        """Say beside each name how much the hub does not have yet.

        Args:
            counts: By user name; 0 is not said.
        """
        self._unsent = {name: count for name, count in counts.items() if count}
        for person in self._people:
            self.buttons[person.username].set_words(partial(self._words_of, person))
        self.kept.setVisible(any(name in self.buttons for name in self._unsent))
        if not self.kept.isHidden():
            self.show()

    def _words_of(self, person: Person) -> str:
        count = self._unsent.get(person.username, 0)
        if not count:
            return person.name
        unsent = ngettext("{count} thing not at the hub", "{count} things not at the hub", count)
        return f"{person.name} · {unsent.format(count=count)}"

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
        self.kept.setText(
            _("It is kept here for each of you, and sent after that person signs in.")
        )
