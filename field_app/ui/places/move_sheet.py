"""Why a pin is moved, and where to: the last step, and the whole way for those without a map."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from field_app.domain.place import Place, degrees_of
from field_app.domain.ticket import Ticket
from field_app.maps.coordinates import read
from field_app.texts import _
from field_app.ui.places.words import MOVE_REASONS, away_words
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton, Tag
from field_app.ui.shared.choice_sheet import ChoiceSheet
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.flow_layout import FlowLayout
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

EXAMPLE: Final = "13.756300, 100.501800"


class MoveSheet(ChoiceSheet):
    """Asks for a reason; the new place is filled in, or typed in any form of coordinates.

    Signals:
        decided: (Place, str). The new place and the reason.
    """

    decided = Signal(object, str)

    def __init__(self, theme: Theme, over: QWidget, ticket: Ticket, place: Place | None) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            ticket: Whose pin is moved, as it is now.
            place: Where the person has set it; None to type it.
        """
        super().__init__(theme, over, _("Why is the pin elsewhere?"))
        self._ticket = ticket
        area = FittingScroll(self)
        area.column.setSpacing(theme.px(8))
        self.body.addWidget(area)
        self._make_reasons(area.column)
        self._make_place(area.column, place or ticket.place)
        self.banner = Banner(theme, self)
        self.body.addWidget(self.banner)
        later = self.add_button(LineButton(theme, lambda: _("Not now"), parent=self))
        later.clicked.connect(self.close_it)
        deed = PrimaryButton(theme, lambda: _("Move the pin"), icon="map-pin", parent=self)
        self.deed = self.add_button(deed)
        self.deed.clicked.connect(self.decide)
        self._tell_distance()

    @property
    def place(self) -> Place | None:
        """Where the pin is to stand; None when what is typed is no place."""
        words, place = self._given
        return place if self.where.text() == words else read(self.where.text())

    @property
    def reason(self) -> str:
        """The reason as others will read it, one sentence a line; may be empty."""
        chosen = zip(self.tags, MOVE_REASONS, strict=True)
        ticked = [_(reason) for tag, reason in chosen if tag.isChecked()]
        return "\n".join(part for part in (*ticked, self.own_words.toPlainText().strip()) if part)

    def decide(self) -> None:
        """Take it, or say what is missing."""
        place, reason = self.place, self.reason
        if place is None:
            self.banner.show_message(
                "warn",
                _("This is no place"),
                _("Write it as degrees, UTM or MGRS: 13.756300, 100.501800"),
            )
            self.where.setFocus()
        elif place == self._ticket.place:
            self.banner.show_message("warn", _("The pin stands there already"))
            self.where.setFocus()
        elif not reason:
            self.banner.show_message("warn", _("Tick a reason or write one"))
            self.tags[0].setFocus()
        else:
            self.close_it()
            self.decided.emit(place, reason)

    def _make_reasons(self, column: QVBoxLayout) -> None:
        box = QWidget(self)
        flow = FlowLayout(box)
        self.tags: list[Tag] = []
        for reason in MOVE_REASONS:
            tag = Tag(self.theme, partial(_, reason), parent=box)
            flow.addWidget(tag)
            self.tags.append(tag)
        column.addWidget(box)
        self.own_words = QPlainTextEdit(self)
        self.own_words.setPlaceholderText(_("Own words"))
        self.own_words.setAccessibleName(_("Own words"))
        self.own_words.setTabChangesFocus(True)
        self.own_words.setFixedHeight(self.theme.px(64))
        column.addWidget(self.own_words)

    def _make_place(self, column: QVBoxLayout, place: Place | None) -> None:
        column.addWidget(ThaiLabel(self.theme, _("New place"), role="label"))
        self.where = QLineEdit(self)
        self.where.setAccessibleName(_("New place"))
        self.where.setPlaceholderText(EXAMPLE)
        self.where.setText("" if place is None else degrees_of(place))
        self.where.textChanged.connect(self._tell_distance)
        column.addWidget(self.where)
        self._given = (self.where.text(), place)
        self.away = ThaiLabel(self.theme, role="caption", colour="text2")
        column.addWidget(self.away)

    def _tell_distance(self) -> None:
        place = self.place
        words = (
            ""
            if place is None
            else away_words(place, self._ticket.place, self._ticket.reported_place)
        )
        self.away.setText(words)
