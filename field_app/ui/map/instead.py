"""What stands in the map's place while there is no map: a sentence, and a button to try again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from field_app.texts import _

TARGET_PX = 44
"""Height of the button, as of all that is touched."""


class InsteadOfMap(QWidget):
    """Says that the map is coming, or that there is none.

    Signals:
        wished: Try again.
    """

    wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_given_up = False
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again = QPushButton(self)
        self.again.setMinimumHeight(TARGET_PX)
        self.again.clicked.connect(self.wished)
        rows = QVBoxLayout(self)
        rows.addStretch()
        rows.addWidget(self.sentence)
        rows.addWidget(self.again, alignment=Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch()
        self.say_coming()

    def say_coming(self) -> None:
        """Say that the map is being opened."""
        self._is_given_up = False
        self.retranslate()

    def say_given_up(self) -> None:
        """Say that the map cannot be shown, and offer to try again."""
        self._is_given_up = True
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        self.sentence.setText(
            _("The map cannot be shown. Your jobs are all in the list and nothing is lost.")
            if self._is_given_up
            else _("The map is being opened.")
        )
        self.again.setText(_("Open the map again"))
        self.again.setVisible(self._is_given_up)
