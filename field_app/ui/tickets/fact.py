"""A fact of a job: an icon, what is so, and what more there is to know."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme


class Fact(QWidget):
    """An icon, a fact and what more there is to know of it."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, icon, "text2", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._fact = ThaiLabel(theme, weight=600)
        self._more = ThaiLabel(theme, role="caption", colour="text3")
        words.addWidget(self._fact)
        words.addWidget(self._more)
        row.addLayout(words, 1)

    def show_fact(self, fact: str, more: str) -> None:
        """Show both lines in the language in use; an empty fact hides all."""
        self._fact.setText(fact)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setVisible(bool(fact))
