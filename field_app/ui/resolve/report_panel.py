"""The left panel of the work screen: what the citizen reported, and where."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from field_app.domain.photo import PhotoRole
from field_app.maps.pins import Pin
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.texts.dates import date_and_time, short_date
from field_app.texts.numbers import distance
from field_app.ui.background import Background
from field_app.ui.map.small_map import SmallMap
from field_app.ui.photos.card_words import best_file, when_taken
from field_app.ui.photos.facts import cards_of
from field_app.ui.shared.buttons import LinkButton
from field_app.ui.shared.fitting import BendingRow
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.words import STATE_KEYS, category_icon, photo_words
from field_app.ui.theme import Theme

TITLE_LEAST = 150
"""Pixels that the heading needs beside the job's number."""


class FactRow(QWidget):
    """An icon, a bold fact and a quiet line below."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(IconLabel(theme, icon, "text3", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.fact = ThaiLabel(theme, role="label", weight=600)
        self.more = ThaiLabel(theme, role="caption", colour="text3")
        words.addWidget(self.fact)
        words.addWidget(self.more)
        row.addLayout(words, 1)

    def show_fact(self, fact: str, more: str) -> None:
        """Show the words; the row hides when there are none."""
        self.fact.setText(fact or more)
        self.more.setText(more if fact else "")
        self.more.setVisible(bool(fact and more))
        self.setVisible(bool(fact or more))


class ReportPanel(QWidget):
    """The citizen's photos, words and place.

    Signals:
        view_wished: PhotoId. A person wants to see a photo larger.
    """

    view_wished = Signal(str)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        make_map: Callable[[QWidget], SmallMap] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._detail: TicketDetail | None = None
        self._now: datetime | None = None
        self._cards: tuple[PhotoCard, ...] = ()
        self._place = 0
        self._pin: Pin | None = None
        self.setProperty("pane", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        held = self._make_column()
        self._make_content(background, make_map, held)
        self.retranslate()

    def show_report(self, detail: TicketDetail, now: datetime) -> None:
        """Show what was reported."""
        self._detail, self._now = detail, now
        self._show()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._title.setText(_("What was reported"))
        if self._detail is not None:
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_column(self) -> QWidget:
        """Make the scrolling column; return the widget that holds it."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(scroll)
        held = QWidget()
        held.setProperty("surface", "surface")
        scroll.setWidget(held)
        self.column = QVBoxLayout(held)
        self.column.setContentsMargins(16, 8, 16, 16)
        self.column.setSpacing(12)
        return held

    def _make_content(
        self,
        background: Background,
        make_map: Callable[[QWidget], SmallMap] | None,
        held: QWidget,
    ) -> None:
        theme = self.theme
        self._make_head()
        self._picture = PhotoView(theme, background, corner=10, parent=held)
        self._picture.setFixedHeight(theme.px(228))
        self._picture.clicked.connect(self._view)
        self.column.addWidget(self._picture)
        self._words = ThaiLabel(theme, colour="text2")
        self.column.addWidget(self._words)
        self._map = make_map(held) if make_map is not None else None
        if self._map is not None:
            self._map.setFixedHeight(theme.px(162))
            self.column.addWidget(self._map)
        self._where = FactRow(theme, "map-pin", held)
        self.column.addWidget(self._where)
        rule = QFrame(held)
        rule.setProperty("rule", "true")
        self.column.addWidget(rule)
        self._due = FactRow(theme, "calendar-clock", held)
        self.column.addWidget(self._due)
        self.column.addStretch(1)

    def _make_head(self) -> None:
        head = BendingRow(8, self)
        self._title = ThaiLabel(self.theme, role="rowTitle")
        head.add(self._title, least=TITLE_LEAST)
        self._number = LinkButton(self.theme, self._number_words, icon="copy", parent=self)
        self._number.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._number.clicked.connect(self._copy_number)
        head.add(self._number, 0)
        self.column.addWidget(head)

    def _number_words(self) -> str:
        return f"{self._detail.ticket.id} " if self._detail is not None else ""

    def _copy_number(self) -> None:
        QGuiApplication.clipboard().setText(self._number_words().strip())

    def _show(self) -> None:
        detail, now = self._detail, self._now
        if detail is None or now is None:
            return
        ticket = detail.ticket
        self._number.retranslate()
        self._number.setToolTip(_("Copy the job number"))
        self._words.setText(f"“{ticket.words.strip()}”")
        self._cards = cards_of(detail.photos, PhotoRole.CITIZEN)
        self._place = 0
        self._show_picture(now)
        far = detail.row.distance_m
        away = _("{distance} from you").format(distance=distance(far)) if far is not None else ""
        if not away and ticket.place is not None:
            away = f"{ticket.place.latitude:.4f}, {ticket.place.longitude:.4f}"
        self._show_map(detail)
        self._where.show_fact(ticket.address or detail.row.place_line, away)
        reported = _("Reported {time}").format(time=date_and_time(ticket.reported_at, now))
        due = ""
        if ticket.due_at is not None:
            due = _("Due {date}").format(date=short_date(ticket.due_at, now))
        self._due.show_fact(due, reported)

    def _show_map(self, detail: TicketDetail) -> None:
        place = detail.ticket.place
        if self._map is None:
            return
        self._map.setVisible(place is not None)
        if place is None:
            return
        row = detail.row
        pin = Pin(
            ticket_id=row.id,
            latitude=place.latitude,
            longitude=place.longitude,
            icon=category_icon(row.category),
            status=STATE_KEYS[row.state],
            is_overdue=row.is_overdue,
            title=row.title,
        )
        if pin != self._pin:
            self._pin = pin
            self._map.show_pin(pin)

    def _show_picture(self, now: datetime) -> None:
        self._picture.setVisible(bool(self._cards))
        if not self._cards:
            return
        card = self._cards[self._place]
        self._picture.show_photo(best_file(card), nothing=_("Photo not on this computer"))
        many = f"{self._place + 1} / {len(self._cards)}" if len(self._cards) > 1 else ""
        left = f"{photo_words(PhotoRole.CITIZEN)} · {when_taken(card, now)}"
        self._picture.show_labels(left, many)
        self._picture.make_clickable(_("Show larger"))

    def _view(self) -> None:
        if self._cards:
            self.view_wished.emit(self._cards[self._place].photo.id)
