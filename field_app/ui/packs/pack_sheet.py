"""What both sheets of rescue packs share: a form, work that can be broken off, an end."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from field_app.domain.errors import FieldAppError
from field_app.texts import _
from field_app.ui.office import Office
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segmented_bar import SegmentedBar
from field_app.ui.shared.sheet import Sheet


class PackSheet(Sheet):
    """A sheet about one pack's file.

    Signals:
        path_wished: A person wants to choose the file.
        cancel_wished: Break off what is under way.
        folder_wished: Path. Show the folder of the file.
    """

    path_wished = Signal()
    cancel_wished = Signal()
    folder_wished = Signal(object)

    def __init__(self, office: Office, over: QWidget, title: str, deed: Callable[[], str]) -> None:
        """Make the sheet.

        Args:
            office: Gives colours and sizes.
            over: Any widget of the window to cover.
            title: What is done here, in the language in use.
            deed: Returns the words of the main button.
        """
        super().__init__(office.theme, over, title, width=620)
        self.office = office
        self.path: Path | None = None
        self.is_working = False
        self.area = FittingScroll(self)
        self.form = self.area.column
        self.form.setSpacing(12)
        self.body.addWidget(self.area)
        self.banner = Banner(office.theme, self)
        self.body.addWidget(self.banner)
        self.bar = SegmentedBar(office.theme, self)
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.later = self.add_button(LineButton(office.theme, lambda: _("Not now"), parent=self))
        self.later.clicked.connect(self.close_it)
        self.deed = self.add_button(PrimaryButton(office.theme, deed, parent=self))
        self.deed.clicked.connect(self.decide)

    def decide(self) -> None:
        """Do what the main button says; each sheet knows how."""
        raise NotImplementedError

    def add_words(self, words: str, *, role: str = "body", colour: str = "text2") -> ThaiLabel:
        """Add a sentence to the form and return it."""
        label = ThaiLabel(self.theme, words, role=role, colour=colour)
        self.form.addWidget(label)
        return label

    def add_file_row(self, words: Callable[[], str]) -> None:
        """Add the line that names the file, with a button to choose another one."""
        row = QHBoxLayout()
        row.setSpacing(12)
        self.file_name = ThaiLabel(self.theme, role="label")
        self.choose = LineButton(self.theme, words, icon="folder-open", parent=self)
        self.choose.clicked.connect(self.path_wished)
        row.addWidget(self.file_name, 1)
        row.addWidget(self.choose)
        self.form.addLayout(row)

    def show_path(self, path: Path | None) -> None:
        """Name the file."""
        self.path = path
        self.file_name.setText(_("No file chosen yet") if path is None else str(path))

    def show_working(self) -> None:
        """Show that it is under way and can be broken off."""
        self.is_working = True
        self.area.setEnabled(False)
        self.banner.hide()
        self.deed.hide()
        self.later.set_words(lambda: _("Cancel"))
        self.bar.show()
        self.show_share(0, 1)

    def show_share(self, done: int, total: int) -> None:
        """Show how far it is, in bytes."""
        self.bar.show_share(done / max(1, total))
        words = _("{percent}% done").format(percent=100 * done // max(1, total))
        self.bar.setAccessibleName(words)
        self.bar.setToolTip(words)

    def show_form(self) -> None:
        """Let a person change and try again."""
        self.is_working = False
        self.area.setEnabled(True)
        self.bar.hide()
        self.deed.show()
        self.later.set_words(lambda: _("Not now"))

    def show_failure(self, failure: FieldAppError) -> None:
        """Say why it did not work; what was typed stays."""
        self.show_form()
        self.banner.show_failure(failure)

    def show_end(self, fact: str, sentences: Sequence[str], *, is_well: bool = True) -> None:
        """Show what came of it; only closing is left."""
        self.show_form()
        self.area.hide()
        self.deed.hide()
        self.banner.show_message("ok" if is_well else "warn", fact, "\n".join(sentences))
        self.later.set_words(lambda: _("Close"))
        self.later.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_it(self) -> None:
        """Go away; while something is under way it is broken off first."""
        if self.is_working:
            self.cancel_wished.emit()
        else:
            super().close_it()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter is the main button."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            if self.deed.isVisible():
                self.decide()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Close when the language changes: what it says would be in the old one."""
        is_idle = self.isVisible() and not self.is_working
        if event.type() is QEvent.Type.LanguageChange and is_idle:
            self.close_it()
        super().changeEvent(event)
