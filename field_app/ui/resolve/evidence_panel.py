"""The middle panel of the work screen: photos of the work and words to the citizen."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from field_app.domain.lifecycle import may_do
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.photos.room import LOW_BYTES, Room
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.photos.facts import cards_of, slot_badge
from field_app.ui.photos.intake_bar import IntakeBar
from field_app.ui.photos.photo_place import PhotoPlace
from field_app.ui.photos.photo_slot import PhotoSlot, SlimSlot
from field_app.ui.photos.words import MANY_PHOTOS, missing_at_hub, room_words
from field_app.ui.resolve.note_panel import NotePanel
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import IconButton
from field_app.ui.shared.fitting import BendingRow
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shortcuts import bind
from field_app.ui.theme import Theme

MEGABYTE = 1_000_000
SLOT_WIDTH = 220
"""Width that a photo slot needs, in pixels of the design."""
SLOT_TALL = 230
"""Least height of a slot with one photo."""
STRIP_TALL = 51
"""What the small photos of a slot add to that."""


class EvidencePanel(QWidget):
    """Slots for photos before, during and after the work, and the note.

    Signals:
        files_wished: PhotoRole. A person wants to choose files for a slot.
        folder_wished: PhotoRole. A person wants to choose a folder for a slot.
        paste_wished: PhotoRole. A person wants to paste into a slot.
        phone_wished: PhotoRole. A person wants photos from a phone for a slot.
        camera_wished: PhotoRole. A person wants photos of this computer's camera for a slot.
        sources_given: (PhotoRole, tuple of PhotoSource). Pictures were dropped on a slot.
        nothing_given: str. Something without a picture was dropped; why, to be translated.
        remove_wished: PhotoId. A person wants to take a photo back.
        retake_wished: PhotoId. A person wants to take a photo again.
        view_wished: PhotoId. A person wants to see a photo larger.
        leaving: The window closes, or somebody else comes.
    """

    files_wished = Signal(object)
    folder_wished = Signal(object)
    paste_wished = Signal(object)
    phone_wished = Signal(object)
    camera_wished = Signal(object)
    sources_given = Signal(object, object)
    nothing_given = Signal(str)
    remove_wished = Signal(str)
    retake_wished = Signal(str)
    view_wished = Signal(str)
    leaving = Signal()

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: tuple[TicketDetail, Role, datetime] | None = None
        self.slots: dict[PhotoRole, PhotoPlace] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(scroll)
        held = QWidget()
        held.setProperty("surface", "canvas")
        scroll.setWidget(held)
        column = QVBoxLayout(held)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        self._room: Room | None = None
        self._make_head(column)
        row = BendingRow(theme.px(12), held)
        for role in (PhotoRole.BEFORE, PhotoRole.AFTER):
            slot = PhotoSlot(theme, background, role, row)
            row.add(self._connected(slot), least=theme.px(SLOT_WIDTH))
        column.addWidget(row, 3)
        column.addWidget(self._connected(SlimSlot(theme, background, PhotoRole.PROGRESS, self)))
        self.note = NotePanel(theme, held)
        column.addWidget(self.note, 2)
        self.retranslate()
        self._bind_keys()

    def _bind_keys(self) -> None:
        bind(self, "Ctrl+P", lambda: self.phone_wished.emit(self.needed_role()))
        bind(self, "Ctrl+Shift+C", lambda: self.camera_wished.emit(self.needed_role()))

    def show_work(self, detail: TicketDetail, role: Role, now: datetime) -> None:
        """Show the photos of the work; words are shown by `show_note`."""
        self._shown = (detail, role, now)
        may_add = may_do("add_photo", detail.ticket.state, role)
        may_remove = may_do("remove_photo", detail.ticket.state, role)
        for photo_role, slot in self.slots.items():
            cards = cards_of(detail.photos, photo_role)
            badge = slot_badge(cards)
            slot.show_cards(cards, badge, now, may_change=may_add and may_remove)
            if photo_role is not PhotoRole.PROGRESS:
                strip = STRIP_TALL if len(cards) > 1 else 0
                slot.setMinimumHeight(self.theme.px(SLOT_TALL + strip))
        missing = missing_at_hub(detail.photos)
        self._at_hub.setText(f"· {missing}" if missing else "")
        progress = self.slots[PhotoRole.PROGRESS]
        self.folder_button.setVisible(may_add and may_remove)
        progress.setVisible(progress.may_change or bool(progress.cards))
        self._show_hint()

    def show_room(self, room: Room) -> None:
        """Say for how many photos there is room, when it is not plenty."""
        self._room = room
        is_scarce = room.photo_count < MANY_PHOTOS and not room.is_low
        self.room.setText(room_words(room) if is_scarce else "")
        self.room.setVisible(is_scarce)
        self._show_hint()
        if not room.is_low:
            self.room_notice.hide()
        elif room.is_full:
            more = _("Words and status are still saved and sent. Make room on the disk first.")
            self.room_notice.show_message("danger", room_words(room), more)
        else:
            more = _("Less than {count} MB is free, so pictures of other jobs are not fetched.")
            words = more.format(count=LOW_BYTES // MEGABYTE)
            self.room_notice.show_message("warn", room_words(room), words)

    def show_note(self, detail: TicketDetail, role: Role, templates: Sequence[str]) -> None:
        """Show the words to the citizen: the draft, or what was handed in."""
        may_change = may_do("finish", detail.ticket.state, role)
        self.note.show_templates(templates)
        words = detail.draft if may_change else detail.ticket.resolution_note
        self.note.show_words(words or detail.ticket.resolution_note, may_change=may_change)

    @property
    def cards(self) -> tuple[PhotoCard, ...]:
        """All photos of the job in sight."""
        return self._shown[0].photos if self._shown is not None else ()

    def shut_down(self) -> None:
        """Tell whoever works for this panel that it goes away."""
        self.leaving.emit()

    def needed_role(self) -> PhotoRole:
        """Return the slot that a pasted picture goes to: the focused one, else the next empty."""
        focused = QApplication.focusWidget()
        for role, slot in self.slots.items():
            if focused is not None and (slot is focused or slot.isAncestorOf(focused)):
                return role
        if self.slots[PhotoRole.BEFORE].chosen is None:
            return PhotoRole.BEFORE
        return PhotoRole.AFTER

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the hint out where there is no room for it."""
        super().resizeEvent(event)
        self._show_hint()

    def _show_hint(self) -> None:
        is_roomy = self.width() > self.theme.px(500)
        may_change = any(slot.may_change for slot in self.slots.values())
        self._hint.setVisible(is_roomy and may_change and self.room.isHidden())

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        if self._shown is not None:
            self.show_work(*self._shown)
        if self._room is not None:
            self.show_room(self._room)
        self._title.setText(_("Photos of the work"))
        self._hint_words.setText(_("Drag photos here, or paste with"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_head(self, column: QVBoxLayout) -> None:
        theme = self.theme
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        self._title = ThaiLabel(theme, role="rowTitle", wraps=False)
        head.addWidget(self._title)
        self._at_hub = ThaiLabel(theme, role="caption", colour="text2", wraps=False)
        head.addWidget(self._at_hub)
        self.room = ThaiLabel(theme, role="caption", colour="text3", wraps=False)
        self.room.hide()
        head.addWidget(self.room)
        head.addStretch(1)
        self._hint = QWidget(self)
        row = QHBoxLayout(self._hint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(IconLabel(theme, "info", "text3", 16, self._hint))
        self._hint_words = ThaiLabel(theme, role="caption", colour="text3", wraps=False)
        row.addWidget(self._hint_words)
        for name in ("Ctrl", "V"):
            row.addWidget(KeyCap(theme, name, self._hint))
        head.addWidget(self._hint)
        self.folder_button = IconButton(
            theme, "images", lambda: _("Choose a folder (Ctrl+Shift+O)"), kind="quiet", parent=self
        )
        self.folder_button.clicked.connect(lambda: self.folder_wished.emit(self.needed_role()))
        head.addWidget(self.folder_button)
        column.addLayout(head)
        self.room_notice = Banner(theme, self)
        column.addWidget(self.room_notice)
        self.intake_bar = IntakeBar(theme, self)
        column.addWidget(self.intake_bar)

    def _connected(self, slot: PhotoPlace) -> PhotoPlace:
        """Pass on what a slot wishes, together with its role."""
        role = slot.role
        slot.files_wished.connect(lambda: self.files_wished.emit(role))
        slot.paste_wished.connect(lambda: self.paste_wished.emit(role))
        slot.phone_wished.connect(lambda: self.phone_wished.emit(role))
        slot.camera_wished.connect(lambda: self.camera_wished.emit(role))
        slot.sources_given.connect(lambda sources: self.sources_given.emit(role, sources))
        slot.nothing_given.connect(self.nothing_given)
        slot.remove_wished.connect(self.remove_wished)
        slot.retake_wished.connect(self.retake_wished)
        slot.view_wished.connect(self.view_wished)
        self.slots[role] = slot
        return slot


class KeyCap(QLabel):
    """The cap of a key, as printed on the keyboard."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._theme = theme
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        theme = self._theme
        self.setFont(theme.font("micro"))
        self.setStyleSheet(
            f"background: {theme.hex('surface')}; color: {theme.hex('text2')};"
            f"border: 1px solid {theme.hex('borderStrong')}; border-radius: {theme.px(4)}px;"
            f"padding: 0 {theme.px(6)}px;"
            f"font-family: 'Sarabun SemiBold'; font-size: {theme.px(12)}px;"
        )
        self.setFixedHeight(theme.px(20))
