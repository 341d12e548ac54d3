"""Coordinates of a place in every form, each with a button that copies it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.place import Place
from field_app.maps.coordinates import Form, written
from field_app.texts import _, mark
from field_app.ui.shared.announce import announce
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.choice_sheet import ChoiceSheet
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

FORMS: Final[Mapping[Form, str]] = {
    Form.DEGREES: mark("Decimal degrees"),
    Form.MINUTES: mark("Degrees and minutes"),
    Form.UTM: mark("UTM, WGS 84"),
    Form.MGRS: mark("MGRS"),
}


class CopySheet(ChoiceSheet):
    """Shows places in four forms; the keys 1 to 9 copy them, too."""

    def __init__(self, theme: Theme, over: QWidget, places: Sequence[tuple[str, Place]]) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            places: Names in the language in use, and places; a lone one needs no name.
        """
        super().__init__(theme, over, _("Coordinates"))
        area = FittingScroll(self)
        self._column = area.column
        self._column.setSpacing(theme.px(8))
        self.body.addWidget(area)
        self.buttons: list[LineButton] = []
        for name, place in places:
            if len(places) > 1:
                self._column.addWidget(ThaiLabel(theme, name, role="rowTitle"))
            for form in Form:
                words = written(place, form)
                if words:
                    self._column.addLayout(self._make_row(form, words))

    def decide(self) -> None:
        """Copy the first form: what most maps understand."""
        self.buttons[0].click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by number."""
        number = event.text()
        if number.isdecimal() and 0 < int(number) <= len(self.buttons):
            event.accept()
            self.buttons[int(number) - 1].click()
        else:
            super().keyPressEvent(event)

    def _make_row(self, form: Form, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(ThaiLabel(self.theme, _(FORMS[form]), role="caption", colour="text2"))
        value = ThaiLabel(self.theme, words, weight=600)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        said.addWidget(value)
        row.addLayout(said, 1)
        button = LineButton(self.theme, lambda: _("Copy"), icon="copy", parent=self)
        button.setAccessibleName(f"{_('Copy')} {_(FORMS[form])} {words}")
        button.clicked.connect(partial(self._copy, button, words))
        self.buttons.append(button)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _copy(self, button: LineButton, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        for other in self.buttons:
            other.set_words(lambda: _("Copy"), icon="copy")
        button.set_words(lambda: _("Copied"), icon="check")
        button.setAccessibleName(_("Copied: {number}").format(number=words))
        announce(button)
