"""The conflict card: what I did, what the hub has, and what can be done about it."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.moved_on import KEPT_DAYS, WayOn
from field_app.queries.conflicts import ConflictView
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.choice_card import ChoiceCard
from field_app.ui.shared.choice_sheet import ChoiceSheet
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.sync.conflict_side import SideCard, hub_corner, hub_facts, my_corner, my_facts
from field_app.ui.sync.conflict_words import choice_of, standing_of, title_of
from field_app.ui.sync.outbox_row import AmberTile
from field_app.ui.theme import Theme


class ConflictSheet(ChoiceSheet):
    """Both sides of everything that is parked on a job, and the choices that there really are.

    Signals:
        chosen: str. A `WayOn`.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        over: QWidget,
        view: ConflictView,
        now: datetime,
    ) -> None:
        """Make the sheet; call `open_it` to show it.

        Args:
            theme: Gives colours and sizes.
            background: Loads pictures.
            over: Any widget of the window to cover.
            view: Both sides.
            now: For dates.
        """
        super().__init__(theme, over, title_of(view), width=800)
        self.view = view
        self._background, self._now = background, now
        known = view.hubs or view.mine
        number = view.ticket_id
        line = f"{known.title} · {number}" if known is not None else number
        scroll = FittingScroll(self)
        self.column = scroll.column
        self.column.setSpacing(12)
        self.body.addWidget(scroll)
        self._make_head(line)
        self.column.addLayout(self._make_sides())
        self.standing = ThaiLabel(theme, standing_of(view), role="label")
        self.column.addWidget(self.standing)
        self.column.addWidget(ThaiLabel(theme, _("What would you like to do?"), role="rowTitle"))
        self._make_choices()
        self._make_deeds()

    @property
    def choice(self) -> WayOn:
        """The chosen way on."""
        return next(way for way, card in self.choices.items() if card.isChecked())

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
        mine = SideCard(
            self.theme,
            self._background,
            self,
            icon="hard-hat",
            title=_("On your computer"),
            corner=my_corner(view),
            ticket=view.mine,
            facts=my_facts(view, now),
            photo=view.my_photo,
        )
        hubs = SideCard(
            self.theme,
            self._background,
            self,
            icon="building-2",
            title=_("At the hub"),
            corner=hub_corner(view),
            ticket=view.hubs,
            facts=hub_facts(view, now),
            photo=view.hub_photo,
        )
        for side in (mine, hubs):
            sides.addWidget(side, 1)
        return sides

    def _make_choices(self) -> None:
        self.choices: dict[WayOn, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        for way in self.view.ways:
            words = choice_of(self.view, way)
            card = ChoiceCard(self.theme, words.name, words.meaning, icon=words.icon, parent=self)
            card.toggled.connect(self._name_deed)
            self._group.addButton(card)
            self.choices[way] = card
            self.column.addWidget(card)
        first = next(iter(self.choices.values()))
        first.is_recommended = len(self.choices) > 1
        first.setChecked(True)

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
            _("Nothing is deleted, whatever you choose · kept for {days} days").format(
                days=KEPT_DAYS
            ),
            role="caption",
            colour="okText",
            weight=600,
            wraps=False,
        )
        safe.addWidget(words, 1)
        self._deeds.insertLayout(0, safe)

    def _deed_words(self) -> str:
        return choice_of(self.view, self.choice).deed

    def _name_deed(self) -> None:
        if hasattr(self, "deed"):
            self.deed.retranslate()
