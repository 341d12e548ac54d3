"""The conflict card: what I did, what the hub has, and what can be done about it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.ticket import Ticket
from field_app.queries.outbox import ConflictView
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.choice_card import ChoiceCard
from field_app.ui.shared.choice_sheet import ChoiceSheet
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.sync.conflict_side import SideCard, hub_facts, my_facts, own_words
from field_app.ui.sync.outbox_row import AmberTile
from field_app.ui.sync.words import reason_meaning, reason_title
from field_app.ui.theme import Theme


class ConflictSheet(ChoiceSheet):
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
