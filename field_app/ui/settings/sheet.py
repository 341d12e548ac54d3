"""The settings: language, text size, who is signed in."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.photos.room import Room
from field_app.queries.photos import room
from field_app.texts import _, language, ngettext
from field_app.texts.catalogue import LANGUAGES
from field_app.texts.numbers import file_size
from field_app.ui.language import LANGUAGE_WORDS, choose_language
from field_app.ui.office import Office
from field_app.ui.photos.words import room_words
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.pack_words import packs_words
from field_app.ui.shared.segments import Segments
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import PERCENTS

PERCENT_KEY: Final = "look/percent"


class SettingsSheet(Sheet):
    """Choices that take effect at once and are remembered on this computer.

    Signals:
        sign_out_wished: Let somebody else sign in.
    """

    sign_out_wished = Signal()

    def __init__(self, office: Office, over: QWidget) -> None:
        """Make the sheet over the window of a widget."""
        super().__init__(office.theme, over, _("Settings"))
        self._office = office
        theme = office.theme
        self._language_label = ThaiLabel(theme, role="label", weight=600)
        self.languages = Segments(
            theme, [(key, partial(str, LANGUAGE_WORDS[key]), "") for key in LANGUAGES], self
        )
        self.languages.select(language())
        self.languages.chosen.connect(self._choose_language)
        self._size_label = ThaiLabel(theme, role="label", weight=600)
        self.sizes = Segments(
            theme, [(str(percent), partial(str, f"{percent}%"), "") for percent in PERCENTS], self
        )
        self.sizes.select(str(theme.percent))
        self.sizes.chosen.connect(self._choose_percent)
        for widget in (self._language_label, self.languages, self._size_label, self.sizes):
            self.body.addWidget(widget)
        self._banner = Banner(theme, self)
        self.body.addWidget(self._banner)
        self._room_line = ThaiLabel(theme, role="caption", colour="text3")
        self._room_line.hide()
        self._room: Room | None = None
        self._add_position()
        self._add_person()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self.title.setText(_("Settings"))
        self._language_label.setText(_("Language"))
        self._size_label.setText(_("Text size"))
        if self._room is not None:
            free = _("{size} free").format(size=file_size(self._room.free_bytes))
            self._room_line.setText(f"{room_words(self._room)} · {free}")

    def _show_room(self, found: Room) -> None:
        self._room = found
        self._room_line.show()
        self._say()

    def _add_position(self) -> None:
        """Lead to where the position comes from, on a computer that can measure one."""
        self.position = LineButton(
            self.theme, lambda: _("My position"), icon="locate-fixed", parent=self
        )
        self.position.clicked.connect(self._open_position)
        self.position.setVisible(self._office.whereabouts is not None)
        self.body.addWidget(self.position)

    @Slot()
    def _open_position(self) -> None:
        from field_app.ui.position.sheet import PositionSheet  # noqa: PLC0415 - seldom wanted

        whereabouts, under = self._office.whereabouts, self.parentWidget()
        if whereabouts is not None and under is not None:
            self.close_it()
            sheet = PositionSheet(self._office, whereabouts, under)
            sheet.open_it(sheet.done)

    def _add_person(self) -> None:
        person = self._office.app.person
        if person is None:
            return
        self._office.see(room, then=self._show_room)
        self.body.addWidget(self._room_line)
        row = QHBoxLayout()
        row.setSpacing(12)
        who = QVBoxLayout()
        who.setSpacing(0)
        hub = self._office.app.hub_url
        who.addWidget(ThaiLabel(self.theme, person.name, weight=600))
        who.addWidget(ThaiLabel(self.theme, hub, role="caption", colour="text3"))
        row.addLayout(who, 1)
        leave = LineButton(self.theme, lambda: _("Sign out"), icon="log-out", parent=self)
        leave.clicked.connect(self._leave)
        row.addWidget(leave)
        self.body.addSpacing(8)
        self.body.addLayout(row)

    @Slot(str)
    def _choose_language(self, key: str) -> None:
        for known in LANGUAGES:
            if known == key:
                choose_language(known, self._office.settings)

    @Slot(str)
    def _choose_percent(self, percent: str) -> None:
        self._office.settings.setValue(PERCENT_KEY, int(percent))
        self.theme.set_percent(int(percent))

    @Slot()
    def _leave(self) -> None:
        """Sign out; ask first while something is not sent."""
        status = self._office.app.status()
        count = status.waiting_count + status.attention_count
        if not count + status.pack_count or not self._banner.isHidden():
            self.close_it()
            self.sign_out_wished.emit()
            return
        own = ngettext(
            "{count} thing you did is not at the hub yet",
            "{count} things you did are not at the hub yet",
            count,
        )
        told = [own.format(count=count)] if count else []
        told += [packs_words(status.pack_count)] if status.pack_count else []
        self._banner.show_message(
            "warn",
            " · ".join(told),
            _(
                "They stay on this computer, kept for you alone, and are sent after you sign in"
                " here again. Nobody else's sign-in sends or deletes them."
            ),
            ((lambda: _("Sign out all the same"), self._leave),),
        )


def remembered_percent(value: object) -> int:
    """Return the text size chosen last, from what the settings file says."""
    try:
        percent = int(str(value))
    except ValueError:
        return PERCENTS[0]
    return percent if percent in PERCENTS else PERCENTS[0]
