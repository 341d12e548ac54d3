"""The conflict card: what I did, what the hub has, and what can be done about it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.operation import Decline, Finish, Hold, Note, Operation
from field_app.domain.ticket import EntryKind, Ticket, TimelineEntry
from field_app.queries.outbox import ConflictView
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.texts.dates import date_and_time
from field_app.ui.background import Background
from field_app.ui.photos.card_words import best_file
from field_app.ui.resolve.words import entry_words, happening
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.choice_card import ChoiceCard
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.sheet import Sheet
from field_app.ui.shared.words import STATE_KEYS, state_words
from field_app.ui.sync.outbox_row import AmberTile
from field_app.ui.sync.words import act_name, photos_count, reason_meaning, reason_title
from field_app.ui.theme import Theme

Facts = tuple[tuple[str, str], ...]
"""Label and words of each line."""


def own_words(operation: Operation) -> str:
    """Return the words that the operation carries; empty when a note could not keep any."""
    work = operation.work
    if isinstance(work, Note):
        return work.text.strip()
    if isinstance(work, Finish | Hold | Decline):
        return work.note.strip()
    return ""


def my_facts(view: ConflictView, now: datetime) -> Facts:
    """Return what I did, when, and with what."""
    facts = [
        (_("What"), act_name(view.operation.work.type)),
        (_("When"), date_and_time(view.operation.made_at, now)),
    ]
    if view.mine is not None:
        count = sum(1 for p in view.mine.photos if p.added_by == view.operation.actor_id)
        facts.append((_("Evidence"), photos_count(count) if count else _("No photos")))
    words = own_words(view.operation)
    if words:
        facts.append((_("Words"), words))
    return tuple(facts)


def hub_facts(view: ConflictView, now: datetime) -> Facts:
    """Return what the hub has, since when, and by whom."""
    ticket = view.hubs
    if ticket is None:
        return ((_("What"), view.detail or _("The hub does not show this job to you any more")),)
    mine = view.operation.id
    others = [e for e in ticket.timeline if e.operation_id != mine and not e.is_only_recorded]
    facts = []
    if others:
        last = others[-1]
        facts.append((_("What"), happening(last, view.crews)))
        facts.append((_("When"), date_and_time(last.at, now)))
        facts.append((_("By"), last.person_name))
        closing = ticket.resolution_note if ticket.is_closed else ""
        facts.append((_("Words"), closing or _words_of(last)))
    else:
        facts.append((_("When"), _("The hub does not say")))
    if ticket.crew_id is not None:
        facts.append((_("Crew"), view.crews.get(ticket.crew_id, ticket.crew_id)))
    return tuple((name, words) for name, words in facts if words)


def _words_of(entry: TimelineEntry) -> str:
    """Return what somebody wrote; the platform's are the state, which the chip shows already."""
    return "" if entry.kind is EntryKind.IMPORTED else entry_words(entry)


class SideCard(QFrame):
    """One side of the conflict: head, photo, state, facts."""

    def __init__(  # noqa: PLR0913 - one argument for each part of the card
        self,
        theme: Theme,
        background: Background,
        parent: QWidget,
        *,
        icon: str,
        title: str,
        ticket: Ticket | None,
        facts: Facts,
        photo: PhotoCard | None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._make_head(theme, icon, title))
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        row = QHBoxLayout()
        row.setSpacing(12)
        picture = PhotoView(theme, background, parent=self)
        picture.setFixedWidth(theme.px(132))
        picture.show_photo(best_file(photo) if photo else None, nothing=_("No new photo"))
        row.addWidget(picture)
        words = QVBoxLayout()
        words.setContentsMargins(0, 10, 12, 10)
        words.setSpacing(4)
        if ticket is not None:
            key, state = STATE_KEYS[ticket.state], state_words(ticket.state, ticket.foreign_state)
            words.addWidget(StatusChip(theme, key, state))
        for name, text in facts:
            words.addLayout(_fact_row(theme, name, text))
        words.addStretch(1)
        row.addLayout(words, 1)
        column.addLayout(row, 1)
        self.setMinimumHeight(theme.px(172))
        spoken = [title, *(f"{name} {text}" for name, text in facts)]
        self.setAccessibleName(", ".join(spoken))

    def _make_head(self, theme: Theme, icon: str, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 9)
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, icon, "text2", 20, self))
        head.addWidget(ThaiLabel(theme, title, role="rowTitle", wraps=False), 1)
        return head


class ConflictSheet(Sheet):
    """Both sides and the choices that the person really has.

    Signals:
        chosen: str. `note` to keep my words as a note, `understood` to leave it at that.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        over: QWidget,
        view: ConflictView,
        cards: Sequence[PhotoCard],
        now: datetime,
    ) -> None:
        """Make the sheet; call `open_it` to show it.

        Args:
            theme: Gives colours and sizes.
            background: Loads pictures.
            over: Any widget of the window to cover.
            view: Both sides.
            cards: Photos of the ticket on this laptop; may be empty.
            now: For dates.
        """
        super().__init__(theme, over, reason_title(view.reason), width=800)
        self.view = view
        self._background, self._cards, self._now = background, tuple(cards), now
        known = view.mine or view.hubs
        number = view.operation.ticket_id
        line = f"{known.title} · {number}" if known is not None else number
        scroll = FittingScroll(self)
        self.column = scroll.column
        self.column.setSpacing(12)
        self.body.addWidget(scroll)
        self._make_head(line)
        self.column.addLayout(self._make_sides())
        self.column.addWidget(ThaiLabel(theme, reason_meaning(view.reason), role="label"))
        self.column.addWidget(ThaiLabel(theme, _("What would you like to do?"), role="rowTitle"))
        self._make_choices()
        self._make_deeds()

    @property
    def choice(self) -> str:
        """The key of the chosen card."""
        return next(key for key, card in self.choices.items() if card.isChecked())

    def decide(self) -> None:
        """Take the choice."""
        choice = self.choice
        self.close_it()
        self.chosen.emit(choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a card chooses it; Ctrl+Enter takes the choice."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        card = self.window().focusWidget()
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.accept()
            self.decide()
        elif is_enter and isinstance(card, ChoiceCard):
            event.accept()
            card.setChecked(True)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Close when the language changes: what it says would be in the old one."""
        if event.type() is QEvent.Type.LanguageChange and self.isVisible():
            self.close_it()
        super().changeEvent(event)

    def _make_head(self, line: str) -> None:
        """Put a tile beside the title, and the job's name and number below it."""
        head = self._head
        head.setSpacing(self.theme.px(16))
        head.insertWidget(0, AmberTile(self.theme, "git-compare", self))
        head.removeWidget(self.title)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(ThaiLabel(self.theme, line, role="label", colour="text2", wraps=False))
        head.insertLayout(1, words, 1)

    def _make_sides(self) -> QHBoxLayout:
        view, now = self.view, self._now
        sides = QHBoxLayout()
        sides.setSpacing(12)
        for icon, title, ticket, facts in (
            ("hard-hat", _("On your computer"), view.mine, my_facts(view, now)),
            ("building-2", _("At the hub"), view.hubs, hub_facts(view, now)),
        ):
            card = SideCard(
                self.theme,
                self._background,
                self,
                icon=icon,
                title=title,
                ticket=ticket,
                facts=facts,
                photo=self._photo_of(ticket),
            )
            sides.addWidget(card, 1)
        return sides

    def _photo_of(self, ticket: Ticket | None) -> PhotoCard | None:
        """Return this side's newest photo of the work, mine on my side and others' at the hub."""
        if ticket is None:
            return None
        me = self.view.operation.actor_id
        wants_mine = ticket is self.view.mine
        ids = {p.id for p in ticket.photos if p.added_by and (p.added_by == me) is wants_mine}
        return next((c for c in reversed(self._cards) if c.photo.id in ids), None)

    def _make_choices(self) -> None:
        self.choices: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        if own_words(self.view.operation) and self.view.hubs is not None:
            self._add_choice(
                "note",
                _("Add my words to the job as a note"),
                _("The job stays as the hub has it. Everybody who works on it sees your words."),
                "git-merge",
            )
        self._add_choice(
            "understood",
            _("Leave it as the hub has it"),
            _("Nothing more is sent. Your photos and words stay on this computer."),
            "archive",
        )
        first = next(iter(self.choices.values()))
        first.is_recommended = len(self.choices) > 1
        first.setChecked(True)

    def _add_choice(self, key: str, name: str, meaning: str, icon: str) -> None:
        card = ChoiceCard(self.theme, name, meaning, icon=icon, parent=self)
        card.toggled.connect(self._name_deed)
        self._group.addButton(card)
        self.choices[key] = card
        self.column.addWidget(card)

    def _make_deeds(self) -> None:
        later = self.add_button(LineButton(self.theme, lambda: _("Not now"), parent=self))
        later.clicked.connect(self.close_it)
        self.deed = PrimaryButton(self.theme, self._deed_words, parent=self)
        self.deed.setMinimumWidth(self.theme.px(170))
        self.deed.clicked.connect(self.decide)
        self.add_button(self.deed)
        safe = QHBoxLayout()
        safe.setSpacing(8)
        safe.addWidget(IconLabel(self.theme, "shield-check", "okText", 20, self))
        words = ThaiLabel(
            self.theme,
            _("Nothing is deleted, whatever you choose"),
            role="caption",
            colour="okText",
            weight=600,
            wraps=False,
        )
        safe.addWidget(words, 1)
        self._deeds.insertLayout(0, safe)

    def _deed_words(self) -> str:
        return _("Add as a note") if self.choice == "note" else _("Understood")

    def _name_deed(self) -> None:
        if hasattr(self, "deed"):
            self.deed.retranslate()


def _fact_row(theme: Theme, name: str, text: str) -> QHBoxLayout:
    """Return a label and its words side by side."""
    row = QHBoxLayout()
    row.setSpacing(8)
    label = ThaiLabel(theme, name, role="caption", colour="text3", wraps=False)
    label.setFixedWidth(theme.px(64))
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(ThaiLabel(theme, text, role="label", weight=600), 1)
    return row
