"""The public copy: a person decides what nobody may recognise, then saves a bare copy."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from field_app.domain.photo import Mark, MarkKind
from field_app.texts import _, ngettext
from field_app.ui.background import Background
from field_app.ui.photos.copy_choices import CopyChoices
from field_app.ui.photos.markup_board import Marks, Tool
from field_app.ui.photos.markup_editor import MarkupEditor
from field_app.ui.shared.worded_switch import WordedSwitch
from field_app.ui.theme import Theme


class PublicEditor(MarkupEditor):
    """Frames what is hidden in a copy for citizens; the photo's own marks stay as they are.

    Signals:
        copy_wished: (tuple of Mark, bool). What is drawn into the copy, and whether it is stamped.
    """

    copy_wished = Signal(object, bool)

    tools = (Tool.SELECT, Tool.BLUR)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        marks: Marks,
        choices: CopyChoices,
        over: QWidget,
    ) -> None:
        """Make the editor.

        Args:
            theme: Gives colours and sizes.
            background: Loads the picture.
            marks: The photo's own; its blurred places are framed already.
            choices: Remembers whether public copies are stamped.
            over: Any widget of the window to cover.
        """
        self._others = tuple(mark for mark in marks if mark.kind is not MarkKind.BLUR)
        blurs = tuple(mark for mark in marks if mark.kind is MarkKind.BLUR)
        super().__init__(theme, background, _("Public copy"), blurs, over)
        self._choices = choices
        self._add_switches()
        self.say_proposed(())

    def propose(self, regions: tuple[Mark, ...]) -> None:
        """Frame places where a face or a number plate may be; a person keeps or deletes each."""
        if self.is_changed:  # what a person did meanwhile can still be undone
            for region in regions:
                self.board.add(region)
        else:
            self.board.start_with((*self.board.marks, *regions))
        self.say_proposed(regions)

    def say_proposed(self, regions: tuple[Mark, ...]) -> None:
        """Say how many places were proposed, and that a person decides."""
        fact = _("Frame faces, number plates and whatever shows who lives here.")
        if regions:
            fact = ngettext(
                "{count} place may show a face or a number plate.",
                "{count} places may show faces or number plates.",
                len(regions),
            ).format(count=len(regions))
        sentence = _(
            "What is framed is blurred in the copy for good. Delete a frame that is not needed, "
            "and add what is missing. The photo itself stays as it is."
        )
        self.banner.show_message("info", fact, sentence)

    def save(self) -> None:
        """Tell what the copy shows."""
        if not self.canvas.has_picture:
            return
        self.primary.setEnabled(False)
        drawn = self._others if self.others.is_on else ()
        self.copy_wished.emit((*self.marks(), *drawn), self.stamp.is_on)

    def go_on(self) -> None:
        """Let a person decide again, as when no file was chosen."""
        self.primary.setEnabled(True)

    def _add_switches(self) -> None:
        self.others = WordedSwitch(self.theme, lambda: _("Also arrows, boxes and words"), self)
        self.others.setVisible(bool(self._others))
        self.stamp = WordedSwitch(
            self.theme, lambda: _("With the stamp"), self, is_on=self._choices.stamps_public
        )
        self.stamp.toggled.connect(self._remember_stamp)
        for place, switch in enumerate((self.others, self.stamp)):
            self.foot.insertWidget(1 + place, switch)

    def _remember_stamp(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._choices.stamps_public = is_on

    def _primary_words(self) -> str:
        return _("Save public copy…")

    def _hint_words(self) -> str:
        return _("All facts beside the pixels are left out: place, time, camera, names.")
