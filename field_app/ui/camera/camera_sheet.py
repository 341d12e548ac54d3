"""The sheet with the camera: aim, take, look at it, keep it or take it again."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from field_app.domain.errors import FieldAppError
from field_app.texts import _
from field_app.texts.dates import local
from field_app.ui.camera.camera_line import CameraLine
from field_app.ui.camera.cameras import Cameras, Device, Trouble
from field_app.ui.camera.choices import CameraChoice
from field_app.ui.camera.errand import CameraErrand
from field_app.ui.camera.ghosting import Ghosting
from field_app.ui.camera.shot import encoded
from field_app.ui.camera.side_bar import SideBar
from field_app.ui.camera.sight import Sight
from field_app.ui.camera.stages import AIM, HELD, MAIN, Stage
from field_app.ui.camera.undecided import UndecidedShot
from field_app.ui.camera.words import TITLES, kept_words, trouble_words
from field_app.ui.office import Office
from field_app.ui.photos.ghost import ghosts_for
from field_app.ui.shared.announce import announce
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shortcuts import letter_of


class CameraSheet(Sheet):
    """Takes photos for one role of a job, one after the other.

    Signals:
        kept: bytes. A person keeps this photo: a JPEG as a camera writes it.
    """

    kept = Signal(object)

    def __init__(
        self, office: Office, cameras: Cameras, errand: CameraErrand, over: QWidget
    ) -> None:
        """Make the sheet; `begin` shows it and turns the camera on.

        Args:
            office: Gives look, clock, back room and remembered choices.
            cameras: What there is to see with.
            errand: What the photos are for.
            over: Any widget of the window to cover.
        """
        super().__init__(office.theme, over, _(TITLES[errand.role]), width=800)
        self._office = office
        self._role = errand.role
        self._ghosts = ghosts_for(errand.cards, errand.role)
        self.line = CameraLine(cameras, CameraChoice(office.settings), self)
        self.stage = Stage.WAITING
        self._shot = b""
        self._count = 0
        self.undecided = UndecidedShot(lambda: self.stage in HELD, self._keep_and_go, self)
        self._is_going = False
        self._make_body()
        self._make_deeds()
        self._connect()

    def begin(self) -> None:
        """Show the sheet and turn the camera on."""
        self._set_stage(Stage.WAITING)
        self.open_it(self.main)
        self.ghosting.begin()
        self.line.open()

    def close_it(self) -> None:
        """Turn the camera off with the sheet; a photo that was not kept is gone."""
        self.stage = Stage.WAITING
        self.line.close()
        super().close_it()

    def show_kept(self, count: int) -> None:
        """Say how many photos were kept."""
        self._count = count
        self._kept.setText(kept_words(count))

    def show_failure(self, failure: FieldAppError, shot: bytes) -> None:
        """Say why a photo could not be kept, and offer to try again with it."""
        again = ((lambda: _("Try again"), partial(self._keep_anew, shot)),)
        self.banner.show_failure(failure, again)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.title.setText(_(TITLES[self._role]))
            self.show_kept(self._count)
            self._set_stage(self.stage)
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter take or keep, G and + and - are about the ghost, Esc goes back."""
        letters: dict[str, Callable[[], Any]] = {
            "G": self.side.shown.switch.toggle,
            "C": self._take_next,
            "T": self.take_again,
        }
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.do_main()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.side.strength.make_more()
            case Qt.Key.Key_Minus:
                self.side.strength.make_less()
            case Qt.Key.Key_Escape if self.stage is Stage.LOOKING:
                self.take_again()
            case Qt.Key.Key_Escape:
                self.close_it()
            case _:
                letters.get(letter_of(event), lambda: None)()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stay while a photo was neither kept nor thrown away."""
        if self.stage not in HELD:
            super().mousePressEvent(event)

    @Slot()
    def do_main(self) -> None:
        """Take the photo, keep it, or try again: what is next."""
        match self.stage:
            case Stage.AIMING:
                self._set_stage(Stage.TAKING)
                self.line.take()
            case Stage.LOOKING:
                shot, self._shot = self._shot, b""
                self.kept.emit(shot)
                self._aim()
            case Stage.TROUBLED:
                self._set_stage(Stage.WAITING)
                self.line.open()
            case Stage.WAITING | Stage.TAKING | Stage.WRITING:
                pass

    @Slot()
    def take_again(self) -> None:
        """Throw the photo away that is looked at, and aim again."""
        if self.stage is Stage.LOOKING:
            self._shot = b""
            self._aim()

    def _make_body(self) -> None:
        theme = self.theme
        self.banner = Banner(theme, self)
        self.body.addWidget(self.banner)
        self.sight = Sight(theme, self)
        self.trouble = EmptyState(theme, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.sight)
        self.stack.addWidget(self.trouble)
        self.side = SideBar(theme, self._office.background, self)
        self.ghosting = Ghosting(self._office, self._ghosts, self.side, self.sight)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self.stack, 1)
        row.addWidget(self.side)
        self.body.addLayout(row, 1)

    def _make_deeds(self) -> None:
        theme = self.theme
        self._kept = ThaiLabel(theme, role="label", colour="okText", wraps=False)
        self._deeds.insertWidget(0, self._kept)
        self.again = LineButton(theme, lambda: _("Take again"), icon="rotate-cw", parent=self)
        self.again.setToolTip(_("Key T"))
        self.done = LineButton(theme, lambda: _("Done"), icon="check", parent=self)
        self.main = PrimaryButton(theme, lambda: _("Take photo"), icon="camera", parent=self)
        for button in (self.again, self.done, self.main):
            self.add_button(button)

    def _connect(self) -> None:
        line, side = self.line, self.side
        self.again.clicked.connect(self.take_again)
        self.done.clicked.connect(self.close_it)
        self.main.clicked.connect(self.do_main)
        line.opening.connect(self._show_opening)
        line.pictured.connect(self._show_picture)
        line.took.connect(self._take_shot)
        line.troubled.connect(self._show_trouble)
        line.devices_changed.connect(self._show_device)
        side.next_wished.connect(self._take_next)

    @Slot()
    def _take_next(self) -> None:
        if self.stage in {Stage.WAITING, Stage.AIMING, Stage.TROUBLED}:
            self.line.turn_to_next()

    @Slot(object)
    def _show_opening(self, _device: Device) -> None:
        self._show_device()
        if self.stage not in HELD:
            self._set_stage(Stage.WAITING)

    @Slot()
    def _show_device(self) -> None:
        self.side.show_camera(self._device_name(), has_others=len(self.line.devices()) > 1)

    def _device_name(self) -> str:
        return self.line.device.name if self.line.device is not None else ""

    @Slot(QImage)
    def _show_picture(self, picture: QImage) -> None:
        if self.stage is Stage.WAITING:
            self._set_stage(Stage.AIMING)
        if self.stage is Stage.AIMING:
            self.sight.show_picture(picture)

    @Slot(QImage)
    def _take_shot(self, picture: QImage) -> None:
        """Hold the picture still, and make a file of it."""
        if self.stage is not Stage.TAKING:
            return
        self._set_stage(Stage.WRITING)
        self.sight.show_picture(picture)
        args = (picture, self._device_name(), local(self._office.clock.now()))
        self._office.background.run(encoded, *args, done=self._look_at, failed=self._tell_unwritten)

    def _look_at(self, shot: bytes) -> None:
        self._shot = shot
        self._set_stage(Stage.LOOKING)
        if self._is_going:
            self._keep_and_go()

    def _keep_and_go(self) -> None:
        """Keep what was taken, as soon as it is a file: the window closes."""
        self._is_going = True
        if self.stage is Stage.LOOKING:
            self.do_main()
            self.undecided.idle.emit()

    def _tell_unwritten(self, failure: FieldAppError) -> None:
        self.banner.show_failure(failure)
        self._aim()

    def _keep_anew(self, shot: bytes) -> None:
        self.banner.hide()
        self.kept.emit(shot)

    def _aim(self) -> None:
        self._set_stage(Stage.AIMING if self.line.is_on else Stage.WAITING)
        if not self.line.is_on:
            self.line.open()

    @Slot(object)
    def _show_trouble(self, trouble: Trouble) -> None:
        """Say why there is no picture; a photo that is looked at can still be kept."""
        self.trouble.show_state("image-off", *trouble_words(trouble), tone="warn")
        self._show_device()
        if self.stage not in HELD:
            self._set_stage(Stage.TROUBLED)
            announce(self.trouble)

    def _set_stage(self, stage: Stage) -> None:
        """Show what fits what a person does."""
        self.stage = stage
        words, icon = MAIN.get(stage, AIM)
        self.main.set_words(words, icon=icon)
        self.again.setVisible(stage is Stage.LOOKING)
        self.done.setVisible(stage is not Stage.LOOKING)
        if stage is Stage.WAITING:
            self.sight.words = _("Turning the camera on…")
            self.sight.show_picture(QImage())
        self.ghosting.follow(is_held=stage in HELD)
        is_troubled = stage is Stage.TROUBLED
        self.stack.setCurrentWidget(self.trouble if is_troubled else self.sight)
        self.sight.setAccessibleName(_("The photo") if stage in HELD else _("What the camera sees"))
