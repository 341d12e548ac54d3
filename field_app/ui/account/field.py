"""A field of a form: its name over an input with an icon."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from field_app.ui.office import Office
from field_app.ui.shared.labels import IconLabel, ThaiLabel


class Field(QWidget):
    """A label over an input of 52 pixels with an icon."""

    def __init__(self, office: Office, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = office.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.label = ThaiLabel(office.theme, role="label", weight=600, wraps=False)
        self.input = QLineEdit(self)
        self.input.setProperty("tall", "52")
        self._icon = IconLabel(office.theme, icon, "text2", 20, self.input)
        column.addWidget(self.label)
        column.addWidget(self.input)
        self._fit()
        office.theme.changed.connect(self._fit)

    def say(self, words: str, example: str = "") -> None:
        """Name the field in the language in use."""
        self.label.setText(words)
        self.input.setAccessibleName(words)
        self.input.setPlaceholderText(example)

    def mark_bad(self, *, is_bad: bool) -> None:
        """Draw a red line while what is typed did not work."""
        self.input.setProperty("bad", str(is_bad).lower())
        self.input.style().unpolish(self.input)
        self.input.style().polish(self.input)

    def _fit(self) -> None:
        self.input.setTextMargins(self.theme.px(28), 0, 0, 0)
        self._icon.move(self.theme.px(13), self.theme.px(16))
