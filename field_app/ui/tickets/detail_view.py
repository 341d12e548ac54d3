"""One job in full, beside the list: photo, status, words, facts, and what to do next."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from field_app.domain.people import Role
from field_app.domain.ticket import Ticket, TicketState
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.texts.dates import date_and_time, lateness
from field_app.ui.background import Background
from field_app.ui.places.panel import PlacePanel
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, LinkButton, PrimaryButton
from field_app.ui.shared.chips import LARGE, StatusChip
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.words import LOCAL_KEYS, STATE_KEYS, local_words, photo_words, state_words
from field_app.ui.shared.words_area import WordsArea
from field_app.ui.theme import Theme
from field_app.ui.tickets.facts import TicketFacts

PHOTO_TALL = 232
PHOTO_SHORT = 140
LOW_WINDOW = 700
"""Below this height the photo shrinks, pixels."""
STARTABLE = frozenset({TicketState.WAITING, TicketState.SENT_BACK, TicketState.ON_HOLD})


class TicketDetailView(QWidget):
    """Shows one TicketDetail.

    Signals:
        start_wished: str. Begin work on this job.
        open_wished: str. Go to the work screen of this job.
        directions_wished: str. Show the way to this job.
        copy_wished: str. Put this job's number on the clipboard.
    """

    start_wished = Signal(str)
    open_wished = Signal(str)
    directions_wished = Signal(str)
    copy_wished = Signal(str)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        *,
        role: Role | None,
        parent: QWidget | None = None,
    ) -> None:
        """Make the pane.

        Args:
            theme: Gives colours and sizes.
            background: Loads photos.
            role: What the person is here; only a crew may begin work.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.theme = theme
        self._may_start = role is Role.CREW
        self._detail: TicketDetail | None = None
        self._now: datetime | None = None
        self._photo_at = 0
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.place = PlacePanel(theme, role, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._photo = PhotoView(theme, background, parent=self)
        self._photo.clicked.connect(self._next_photo)
        column.addWidget(self._photo)
        area = WordsArea(self)
        body = QWidget()
        body.setProperty("surface", "surface")
        body.setLayout(self._make_body())
        area.setWidget(body)
        column.addWidget(area, 1)
        column.addWidget(self._make_bar())
        theme.changed.connect(self._fit_photo)
        self._fit_photo()

    def show_ticket(self, detail: TicketDetail, now: datetime) -> None:
        """Show a job as it is now."""
        if self._detail is None or self._detail.ticket.id != detail.ticket.id:
            self._photo_at = 0
        self._detail, self._now = detail, now
        self._show_head(detail, now)
        self._facts.show_facts(detail, now)
        self.place.show_place(detail)
        self._directions.setVisible(detail.ticket.place is not None)
        self._show_photo()
        self._show_bar(detail.ticket)

    @property
    def detail(self) -> TicketDetail | None:
        """What is shown; None before the first job."""
        return self._detail

    def press_primary(self) -> None:
        """Do what the main button does."""
        self._primary.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a low window more room for words."""
        super().resizeEvent(event)
        self._fit_photo()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and self._detail and self._now:
            self.show_ticket(self._detail, self._now)
        super().changeEvent(event)

    def _make_body(self) -> QLayout:
        theme = self.theme
        column = QVBoxLayout()
        column.setContentsMargins(20, 6, 20, 8)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self._title = ThaiLabel(theme, role="h2")
        column.addWidget(self._title)
        column.addSpacing(8)
        column.addLayout(self._make_chips())
        column.addSpacing(12)
        self._banner = Banner(theme, self)
        self._words = ThaiLabel(theme, colour="text2")
        said = QVBoxLayout()
        said.setSpacing(12)
        said.addWidget(self._banner)
        said.addWidget(self._words)
        column.addLayout(said)
        column.addSpacing(12)
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        column.addSpacing(12)
        self._facts = TicketFacts(theme, self)
        column.addWidget(self._facts)
        column.addSpacing(6)
        column.addWidget(self.place)
        column.addStretch(1)
        return column

    def _make_head(self) -> QLayout:
        head = QHBoxLayout()
        head.setSpacing(4)
        self._category = ThaiLabel(self.theme, role="caption", colour="text2", wraps=False)
        self._number = ThaiLabel(self.theme, role="caption", wraps=False, weight=600)
        head.addWidget(self._category)
        head.addWidget(self._number)
        head.addStretch(1)
        self._copy = LinkButton(self.theme, lambda: _("Copy"), icon="copy", parent=self)
        self._copy.clicked.connect(lambda: self._tell(self.copy_wished))
        head.addWidget(self._copy)
        return head

    def _make_chips(self) -> QLayout:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        self._state = StatusChip(self.theme, height=LARGE)
        self._late = StatusChip(self.theme, "overdue", height=LARGE)
        self._local = StatusChip(self.theme, "queued", height=LARGE)
        for chip in (self._state, self._late, self._local):
            chips.addWidget(chip)
        chips.addStretch(1)
        return chips

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        bar.setProperty("bar", "bottom")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self._directions = LineButton(
            self.theme, lambda: _("Directions"), icon="navigation", height=52, parent=bar
        )
        self._directions.clicked.connect(lambda: self._tell(self.directions_wished))
        self._primary = PrimaryButton(
            self.theme, lambda: _("Start work"), icon="play", height=52, parent=bar
        )
        self._primary.clicked.connect(self._go_on)
        row.addWidget(self._directions)
        row.addWidget(self._primary, 1)
        return bar

    def _show_head(self, detail: TicketDetail, now: datetime) -> None:
        ticket, row = detail.ticket, detail.row
        self._category.setText(f"{row.category} ·" if row.category else "")
        self._category.setVisible(bool(row.category))
        self._number.setText(ticket.id)
        self._title.setText(ticket.title)
        words = state_words(ticket.state, ticket.foreign_state)
        self._state.show_status(STATE_KEYS[ticket.state], words)
        late = lateness(ticket.due_at, now) if ticket.due_at and ticket.is_overdue(now) else ""
        self._late.show_status("overdue", late)
        self._late.setVisible(bool(late))
        self._local.setVisible(row.local in LOCAL_KEYS and not late)
        if row.local in LOCAL_KEYS:
            self._local.show_status(LOCAL_KEYS[row.local], local_words(row.local))
        if ticket.state is TicketState.SENT_BACK:
            self._banner.show_message(
                "warn", _("Sent back to be done again"), ticket.send_back_reason
            )
        else:
            self._banner.hide()
        more = ticket.words.strip().removeprefix(ticket.title).strip()
        if more and not ticket.words.strip().startswith(f"{ticket.title}\n"):
            more = ticket.words.strip()
        self._words.setText(f"“{more}”")
        self._words.setVisible(bool(more))

    def _show_photo(self) -> None:
        cards = self._cards()
        self._photo.setVisible(bool(cards))
        if not cards or self._now is None:
            return
        card = cards[self._photo_at % len(cards)]
        self._photo.show_photo(
            card.screen or card.original or card.thumb,
            nothing=_("The photo comes with the next good connection"),
        )
        photo = card.photo
        at = photo.taken_at or photo.added_at
        when = f" · {date_and_time(at, self._now)}" if at else ""
        number = f"{self._photo_at % len(cards) + 1} / {len(cards)}" if len(cards) > 1 else ""
        self._photo.show_labels(photo_words(photo.role) + when, number)
        if len(cards) > 1:
            self._photo.make_clickable(_("Show the next photo"))

    def _show_bar(self, ticket: Ticket) -> None:
        if self._may_start and ticket.state in STARTABLE:
            self._primary.set_words(lambda: _("Start work"), icon="play")
        elif self._may_start and ticket.state is TicketState.IN_PROGRESS:
            self._primary.set_words(lambda: _("Continue"), icon="play")
        else:
            self._primary.set_words(lambda: _("Open job"), icon="arrow-right")

    def _cards(self) -> Sequence[PhotoCard]:
        return self._detail.photos if self._detail is not None else ()

    def _next_photo(self) -> None:
        self._photo_at += 1
        self._show_photo()

    def _go_on(self) -> None:
        if self._detail is None:
            return
        startable = self._detail.ticket.state in STARTABLE
        self._tell(self.start_wished if self._may_start and startable else self.open_wished)

    def _tell(self, signal: SignalInstance) -> None:
        if self._detail is not None:
            signal.emit(self._detail.ticket.id)

    def _fit_photo(self) -> None:
        is_low = self.window().height() < LOW_WINDOW
        self._photo.setFixedHeight(self.theme.px(PHOTO_SHORT) if is_low else PHOTO_TALL)
