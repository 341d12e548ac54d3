"""The sheet for a copy with a stamp: how it will look, and what the stamp says."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from field_app.actions.copies import Copy, make_copy
from field_app.domain.errors import FieldAppError, PhotoUnreadable
from field_app.queries.desk import Desk
from field_app.texts import _
from field_app.ui.background import Job
from field_app.ui.office import Office
from field_app.ui.photos.copy_choices import CopyChoices
from field_app.ui.photos.stamp_words import PARTS, StampFacts, stamp_lines
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shared.worded_switch import WordedSwitch

BESIDES_PX = 276
"""Height of everything but the preview, pixels of the design."""
LEAST_PX = 230
PREVIEW_PX = 520
MARKS = "marks"


def preview(desk: Desk, copy: Copy, room: QSize) -> QImage:
    """Return how a copy will look, small enough for a place on the screen. Slow.

    Raises:
        PictureMissing: This computer has no picture of it.
        PhotoUnreadable: The picture cannot be read.
    """
    image = QImage.fromData(make_copy(desk, copy))
    if image.isNull():
        raise PhotoUnreadable("the copy that was made cannot be read")
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(room, keep, smooth)


class StampSheet(Sheet):
    """Shows the copy and lets a person choose what its stamp says.

    Signals:
        copy_wished: Copy. It is to be saved.
    """

    copy_wished = Signal(object)

    def __init__(
        self, office: Office, over: QWidget, facts: StampFacts, choices: CopyChoices
    ) -> None:
        """Make the sheet.

        Args:
            office: Draws the preview.
            over: Any widget of the window to cover.
            facts: What the stamp is made of.
            choices: Remembers what it says.
        """
        super().__init__(office.theme, over, _("Copy with a stamp"), width=800)
        self._office = office
        self._facts = facts
        self._choices = choices
        self._job: Job | None = None
        theme = office.theme
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tall = max(theme.px(LEAST_PX), over.window().height() - theme.px(BESIDES_PX))
        self.picture.setFixedHeight(tall)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(16))
        middle.addWidget(self.picture, 1)
        middle.addLayout(self._make_switches())
        self.body.addLayout(middle)
        self.banner = Banner(theme, self)
        self.body.addWidget(self.banner)
        hint = _(
            "The stamp stands below the picture. Time and place are those of the photo's file."
        )
        self.body.addWidget(ThaiLabel(theme, hint, role="caption", colour="text2"))
        away = LineButton(theme, lambda: _("Not now"), parent=self)
        away.clicked.connect(self.close_it)
        self.add_button(away)
        self.primary = PrimaryButton(theme, lambda: _("Save copy…"), icon="stamp", parent=self)
        self.primary.clicked.connect(self.decide)
        self.add_button(self.primary)
        self.draw()

    @property
    def copy(self) -> Copy:
        """What the copy shows now."""
        photo = self._facts.card.photo
        marks = photo.marks if self.marks.is_on else ()
        parts = frozenset(part for part, switch in self.parts.items() if switch.is_on)
        return Copy(sha256=photo.sha256, marks=marks, stamp=stamp_lines(self._facts, parts))

    def draw(self) -> None:
        """Draw the preview anew."""
        if self._job is not None:
            self._job.cancel()
        self.picture.setAccessibleName("\n".join(self.copy.stamp))
        room = QSize(self.theme.px(PREVIEW_PX), self.picture.height())
        self._job = self._office.do(
            preview, self.copy, room, then=self._show, failed=self.show_failure
        )

    def decide(self) -> None:
        """Save what is seen."""
        self.primary.setEnabled(False)
        self.copy_wished.emit(self.copy)

    def go_on(self) -> None:
        """Let a person decide again, as when no file was chosen."""
        self.primary.setEnabled(True)

    def show_failure(self, failure: FieldAppError) -> None:
        """Say what went wrong."""
        self.banner.show_failure(failure)
        self.go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            self.decide()
        else:
            super().keyPressEvent(event)

    def _make_switches(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        chosen = self._choices.stamp_parts
        self.parts: dict[str, WordedSwitch] = {}
        for part in PARTS:
            words = partial(_part_words, part)
            switch = WordedSwitch(self.theme, words, self, is_on=part in chosen)
            switch.toggled.connect(self._choose)
            column.addWidget(switch)
            self.parts[part] = switch
        self.marks = WordedSwitch(self.theme, partial(_part_words, MARKS), self, is_on=True)
        self.marks.setVisible(bool(self._facts.card.photo.marks))
        self.marks.toggled.connect(self.draw)
        column.addWidget(self.marks)
        column.addStretch(1)
        return column

    def _choose(self) -> None:
        parts = frozenset(part for part, switch in self.parts.items() if switch.is_on)
        self._choices.stamp_parts = parts
        self.draw()

    def _show(self, image: QImage) -> None:
        self.picture.setPixmap(QPixmap.fromImage(image))


def _part_words(part: str) -> str:
    """Return what a part of a copy is called."""
    return {
        "job": _("Job number"),
        "time": _("Time taken"),
        "place": _("Place taken"),
        "crew": _("Crew"),
        MARKS: _("Marks on the photo"),
    }[part]
