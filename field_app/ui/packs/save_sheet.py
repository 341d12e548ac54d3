"""The sheet that saves unsent work to a rescue pack: what is inside, a passphrase, where."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from field_app.actions.packs import Saved
from field_app.queries.packs import Amount
from field_app.texts import _
from field_app.texts.dates import date_and_time
from field_app.texts.numbers import count, file_size
from field_app.ui.office import Office
from field_app.ui.packs.pack_sheet import PackSheet
from field_app.ui.packs.secret_field import SecretField
from field_app.ui.shared.buttons import LineButton, QuietButton


def content_words(operations: int, photos: int, photo_bytes: int) -> str:
    """Return how much is in a pack."""
    return _("Things you did: {things} · photos: {photos} · {size}").format(
        things=count(operations), photos=count(photos), size=file_size(photo_bytes)
    )


class SaveSheet(PackSheet):
    """Asks how to seal the outbox, and where to.

    Signals:
        save_wished: (Path, str). The file and the passphrase.
        open_wished: Open another laptop's pack instead.
    """

    save_wished = Signal(object, str)
    open_wished = Signal()

    def __init__(self, office: Office, over: QWidget, amount: Amount, path: Path) -> None:
        """Make the sheet.

        Args:
            office: Gives colours and sizes.
            over: Any widget of the window to cover.
            amount: What is unsent.
            path: Where the file is offered to go.
        """
        super().__init__(office, over, _("Save unsent work to USB"), lambda: _("Save"))
        words = content_words(amount.operations, amount.photos, amount.photo_bytes)
        self.add_words(words, role="rowTitle", colour="text")
        self.add_words(
            _(
                "It becomes one sealed file, a rescue pack. It stays in the outbox too, and "
                "nothing arrives twice."
            )
        )
        if amount.packed_at is not None:
            when = date_and_time(amount.packed_at, office.clock.now())
            self.add_words(_("Last saved: {when}").format(when=when), role="caption")
        self.first, self.again = SecretField(office, self), SecretField(office, self)
        self.first.say(_("Passphrase, at least 8 characters"))
        self.again.say(_("The passphrase once more"))
        self.first.eye.toggled.connect(self.again.eye.setChecked)
        for field in (self.first, self.again):
            self.form.addWidget(field)
            field.input.returnPressed.connect(self.decide)
        self.add_words(
            _("Remember it: on another laptop nothing opens the pack without it."), role="caption"
        )
        self.add_file_row(lambda: _("Choose place"))
        self.show_path(path)
        self.other = QuietButton(
            office.theme,
            lambda: _("Open another laptop's pack"),
            icon="folder-open",
            parent=self,
        )
        self.other.clicked.connect(self._open_other)
        self.form.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)

    def decide(self) -> None:
        """Save, or say what is missing."""
        passphrase = self.first.input.text()
        is_same = passphrase == self.again.input.text()
        self.again.mark_bad(is_bad=not is_same)
        if not is_same:
            self.banner.show_message(
                "danger", _("The two passphrases differ."), _("Type the same words twice.")
            )
            self.again.input.setFocus()
            return
        self.save_wished.emit(self.path, passphrase)

    def show_saved(self, saved: Saved) -> None:
        """Say where the pack is and what to do with it."""
        missing = len(saved.missing)
        sentences = [
            str(saved.path),
            content_words(saved.operations, saved.photos, saved.size_bytes),
            _(
                "Eject the stick, then give it to your IT at the hub, or open the pack on a laptop "
                "with a network."
            ),
        ]
        if missing:
            lost = _("Photos whose files are lost here: {count}")
            sentences.append(lost.format(count=missing))
        self.show_end(_("Saved and read back"), sentences, is_well=not missing)
        self.folder = self.add_button(
            LineButton(self.theme, lambda: _("Show in folder"), parent=self)
        )
        self.folder.clicked.connect(lambda: self.folder_wished.emit(saved.path.parent))

    def _open_other(self) -> None:
        self.close_it()
        self.open_wished.emit()
