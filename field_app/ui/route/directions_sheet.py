"""The way to a job: a code for the phone, this computer's navigation, or its coordinates."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.place import Place
from field_app.texts import _
from field_app.ui.photos.qr_code import QrCode
from field_app.ui.route.work_list import geo_uri
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme

SIDE: Final = 232
"""Pixels of the code: seven for each of its modules and the white round them."""
Open = Callable[[str], bool]


def open_here(uri: str) -> bool:
    """Hand a place to whatever this computer opens `geo:` with; return whether it has that."""
    return QDesktopServices.openUrl(uri)


class DirectionsSheet(Sheet):
    """Hands a place over, by a code that needs no network or within this computer.

    Signals:
        copied: str. These coordinates are wanted on the clipboard.
    """

    copied = Signal(str)

    def __init__(
        self, theme: Theme, over: QWidget, title: str, place: Place, *, opens: Open = open_here
    ) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window.
            title: The job's title.
            place: Where the job is.
            opens: Opens a `geo:` address; returns whether there is anything that does.
        """
        super().__init__(theme, over, _("The way there"), width=640)
        self._opens = opens
        self.uri = geo_uri(place.latitude, place.longitude)
        self.coordinates = f"{place.latitude:.6f}, {place.longitude:.6f}"
        row = QHBoxLayout()
        row.setSpacing(20)
        self.code = QrCode(SIDE, self)
        self.code.show_words(self.uri)
        self.code.setAccessibleName(_("Code of the place for a phone"))
        row.addWidget(self.code)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(ThaiLabel(theme, title, role="h2"))
        words.addWidget(ThaiLabel(theme, self.coordinates, role="label", colour="text2"))
        hint = _("Scan the code with a phone: its navigation opens the place. No network is used.")
        words.addWidget(ThaiLabel(theme, hint))
        self.said = ThaiLabel(theme, role="label", colour="warnText")
        self.said.hide()
        words.addWidget(self.said)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.copy = LineButton(theme, lambda: _("Copy coordinates"), icon="copy", parent=self)
        self.copy.clicked.connect(self._copy)
        self.add_button(self.copy)
        self.open = PrimaryButton(
            theme, lambda: _("Open in navigation"), icon="navigation", parent=self
        )
        self.open.clicked.connect(self._open)
        self.add_button(self.open)

    @Slot()
    def _copy(self) -> None:
        self.copied.emit(self.coordinates)
        self.close_it()

    @Slot()
    def _open(self) -> None:
        """Open the place; where nothing can, say so and leave the other ways."""
        if self._opens(self.uri):
            self.close_it()
            return
        self.said.setText(
            _("This computer has no navigation app. Scan the code, or copy the coordinates.")
        )
        self.said.show()
        self.copy.setFocus()
