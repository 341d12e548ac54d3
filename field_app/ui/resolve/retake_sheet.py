"""The sheet that asks how a photo is to be taken again."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QWidget

from field_app.texts import _
from field_app.ui.shared.buttons import QuietButton, RowButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme


class RetakeSheet(Sheet):
    """Says what taking again means, and offers the ways.

    Signals:
        camera_wished: With this computer's camera.
        file_wished: From a file.
    """

    camera_wished = Signal()
    file_wished = Signal()

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(theme, over, _("Take this photo again"))
        self._words = ThaiLabel(theme, _what_it_means(), colour="text2")
        self.with_camera = RowButton(
            theme, lambda: _("With this computer's camera"), icon="camera", height=52, parent=self
        )
        self.from_file = RowButton(
            theme, lambda: _("From a file"), icon="folder-open", height=52, parent=self
        )
        for part in (self._words, self.with_camera, self.from_file):
            self.body.addWidget(part)
        not_now = QuietButton(theme, lambda: _("Not now"), parent=self)
        not_now.clicked.connect(self.close_it)
        self.add_button(not_now)
        self.with_camera.clicked.connect(self._wish_camera)
        self.from_file.clicked.connect(self._wish_file)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.title.setText(_("Take this photo again"))
            self._words.setText(_what_it_means())
        super().changeEvent(event)

    @Slot()
    def _wish_camera(self) -> None:
        self.close_it()
        self.camera_wished.emit()

    @Slot()
    def _wish_file(self) -> None:
        self.close_it()
        self.file_wished.emit()


def _what_it_means() -> str:
    return _(
        "The new photo is shown and counts. The earlier one stays, and can be seen when the new "
        "one is large."
    )
