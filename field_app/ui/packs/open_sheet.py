"""The sheet that opens a rescue pack: which file, its passphrase, what is inside."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from field_app.actions.packs import Taken
from field_app.domain.pack_errors import PackOfAnother
from field_app.queries.packs import Carried, PackContent
from field_app.texts import _
from field_app.texts.dates import date_and_time
from field_app.texts.numbers import count
from field_app.ui.office import Office
from field_app.ui.packs.pack_sheet import PackSheet
from field_app.ui.packs.save_sheet import content_words
from field_app.ui.packs.secret_field import SecretField
from field_app.ui.shared.buttons import QuietButton

MOST_CARRIED: Final = 3
"""Carried packs that are told of."""


def carried_words(pack: Carried) -> str:
    """Return what became of a pack that this laptop carries for a colleague."""
    name = pack.name or pack.sha256[:8]
    if pack.failure:
        return _("{name}: the hub did not take it. Give the file to your IT.").format(name=name)
    receipt = pack.receipt
    if receipt is None:
        return _("{name}: waits for the network").format(name=name)
    taken = receipt.applied + receipt.recorded
    return _(
        "{name}: at the hub · new: {things} things, {photos} photos · not taken: {left}"
    ).format(
        name=name,
        things=count(taken),
        photos=count(receipt.photos_new),
        left=count(receipt.refused + receipt.photos_refused + receipt.photos_damaged),
    )


class OpenSheet(PackSheet):
    """Asks for a pack and its passphrase.

    Signals:
        look_wished: (Path, str). See what is inside.
        take_wished: (Path, str). Put it into the outbox.
        carry_wished: Path. Carry a colleague's pack, closed as it is, to the hub.
    """

    look_wished = Signal(object, str)
    take_wished = Signal(object, str)
    carry_wished = Signal(object)

    def __init__(self, office: Office, over: QWidget, path: Path | None) -> None:
        """Make the sheet.

        Args:
            office: Gives colours and sizes.
            over: Any widget of the window to cover.
            path: The pack's file; None when it is still to be chosen.
        """
        super().__init__(office, over, _("Open a rescue pack"), lambda: _("Look inside"))
        self.content: PackContent | None = None
        self.add_words(
            _("Your own work from another laptop goes into the outbox here and is sent from here.")
        )
        self.add_file_row(lambda: _("Choose file"))
        self.secret = SecretField(office, self)
        self.secret.say(_("Passphrase of the rescue pack"))
        self.secret.input.returnPressed.connect(self.decide)
        self.secret.input.textChanged.connect(self._forget_content)
        self.form.addWidget(self.secret)
        self.inside = self.add_words("", role="rowTitle", colour="text")
        self.inside.hide()
        self.carry = QuietButton(
            office.theme,
            lambda: _("It is a colleague's: carry it to the hub"),
            icon="truck",
            parent=self,
        )
        self.carry.clicked.connect(self._carry)
        self.form.addWidget(self.carry, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_path(path)

    def show_path(self, path: Path | None) -> None:
        """Name the file; what was seen in another one counts no more."""
        super().show_path(path)
        self._forget_content()

    def decide(self) -> None:
        """Look inside, then take it in; or say what is missing."""
        if self.path is None:
            self.banner.show_message("danger", _("No file chosen yet"), _("Choose the pack first."))
            self.choose.setFocus()
        elif self.content is None:
            self.look_wished.emit(self.path, self.secret.input.text())
        else:
            self.take_wished.emit(self.path, self.secret.input.text())

    def show_carried(self, carried: Sequence[Carried]) -> None:
        """Say what became of the packs that this laptop carries."""
        for pack in carried[-MOST_CARRIED:]:
            self.add_words(carried_words(pack), role="caption")

    def show_kept(self) -> None:
        """Say that a colleague's pack is here and goes to the hub by itself."""
        sentences = [
            _("It stays sealed: nobody can read it here. Open this sheet again to see what came."),
        ]
        self.show_end(_("The pack goes to the hub by itself"), sentences)

    def show_content(self, content: PackContent) -> None:
        """Say what is inside, and whether it can be taken in here."""
        self.show_form()
        made = _("Work of {name}, saved {when}").format(
            name=content.maker_name,
            when=date_and_time(content.made_at, self.office.clock.now()),
        )
        holds = content_words(content.operations, content.photos, content.photo_bytes)
        self.inside.setText(f"{made}\n{holds}")
        self.inside.show()
        if not content.is_mine:
            self.banner.show_message("warn", _(PackOfAnother.title), _(PackOfAnother.hint))
            return
        self.content = content
        self.carry.hide()
        self.banner.hide()
        self.deed.set_words(lambda: _("Put into my outbox"))
        self.deed.setFocus()

    def show_taken(self, taken: Taken) -> None:
        """Say what was new here."""
        new = _("New here: things you did: {things} · photos: {photos}")
        known = _("Here already: things you did: {things} · photos: {photos}")
        sentences = [
            new.format(things=count(taken.operations), photos=count(taken.photos)),
            known.format(things=count(taken.known_operations), photos=count(taken.known_photos)),
        ]
        if taken.damaged_photos:
            lost = _("Photos that are damaged in the pack: {count}. Keep the pack.")
            sentences.append(lost.format(count=count(taken.damaged_photos)))
        self.show_end(_("It is in the outbox"), sentences, is_well=not taken.damaged_photos)

    def _carry(self) -> None:
        if self.path is None:
            self.decide()
        else:
            self.carry_wished.emit(self.path)

    def _forget_content(self) -> None:
        if self.content is not None:
            self.content = None
            self.inside.hide()
            self.carry.show()
            self.deed.set_words(lambda: _("Look inside"))
