"""Sheets of the work screen: why work rests, why it is not ours, why there is no photo."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPlainTextEdit, QWidget

from field_app.domain.operation import DeclineReason, HoldReason, NoPhotoReason
from field_app.texts import _
from field_app.ui.resolve.words import (
    DECLINE_EFFECTS,
    DECLINE_REASONS,
    HOLD_REASONS,
    NO_PHOTO_REASONS,
)
from field_app.ui.shared.banner import Banner
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.choice_card import ChoiceCard
from field_app.ui.shared.choice_sheet import ChoiceSheet
from field_app.ui.shared.fitting import FittingScroll
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

Reason = TypeVar("Reason", HoldReason, DeclineReason, NoPhotoReason)


class _ReasonSheet(ChoiceSheet, Generic[Reason]):
    """One of several reasons, and words if wanted."""

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        title: str,
        reasons: Mapping[Reason, tuple[str, str]],
        deed: str,
    ) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            title: What is chosen, in the language in use.
            reasons: Name and meaning of each reason, in the language in use.
            deed: Words of the main button.
        """
        super().__init__(theme, over, title)
        self.cards: dict[Reason, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        self.area = FittingScroll(self)
        self.column = self.area.column
        self.column.setSpacing(8)
        self.body.addWidget(self.area)
        for reason, (name, meaning) in reasons.items():
            card = ChoiceCard(theme, name, meaning, parent=self)
            self._group.addButton(card)
            self.cards[reason] = card
            self.column.addWidget(card)
        self.note_label = ThaiLabel(theme, _("More words, if needed"), role="label")
        self.column.addWidget(self.note_label)
        self.note = QPlainTextEdit(self)
        self.note.setAccessibleName(_("More words, if needed"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(64))
        self.column.addWidget(self.note)
        self.banner = Banner(theme, self)
        self.body.addWidget(self.banner)
        later = self.add_button(LineButton(theme, lambda: _("Not now"), parent=self))
        later.clicked.connect(self.close_it)
        self.deed = self.add_button(PrimaryButton(theme, lambda: deed, parent=self))
        self.deed.clicked.connect(self.decide)

    @property
    def reason(self) -> Reason | None:
        """The chosen reason; None before there is one."""
        return next((reason for reason, card in self.cards.items() if card.isChecked()), None)


class HoldSheet(_ReasonSheet[HoldReason]):
    """Why work rests.

    Signals:
        decided: (HoldReason, str). The reason and further words.
    """

    decided = Signal(object, str)

    def __init__(self, theme: Theme, over: QWidget) -> None:
        reasons = {reason: (_(words), "") for reason, words in HOLD_REASONS.items()}
        super().__init__(theme, over, _("Why does the work rest?"), reasons, _("Put on hold"))

    def decide(self) -> None:
        """Take the choice, or say what is missing."""
        reason = self.reason
        if reason is None:
            self.banner.show_message("warn", _("Choose a reason first"))
            return
        words = self.note.toPlainText().strip()
        self.close_it()
        self.decided.emit(reason, words)


class DeclineSheet(_ReasonSheet[DeclineReason]):
    """Why a crew has nothing to do here.

    Signals:
        decided: (DeclineReason, str, str). The reason, further words, number of the other job.
    """

    decided = Signal(object, str, str)

    def __init__(self, theme: Theme, over: QWidget) -> None:
        reasons = {
            reason: (_(words), _(DECLINE_EFFECTS[reason]))
            for reason, words in DECLINE_REASONS.items()
        }
        super().__init__(theme, over, _("Why is it not our job?"), reasons, _("Hand in"))
        self.duplicate = QLineEdit(self)
        self.duplicate.setAccessibleName(_("Number of the other job"))
        self.duplicate.setPlaceholderText(_("Number of the other job"))
        self.column.insertWidget(self.column.indexOf(self.note_label), self.duplicate)
        self.duplicate.hide()
        card = self.cards[DeclineReason.DUPLICATE]
        card.toggled.connect(self._ask_for_number)

    def decide(self) -> None:
        """Take the choice, or say what is missing."""
        reason = self.reason
        number = self.duplicate.text().strip()
        if reason is None:
            self.banner.show_message("warn", _("Choose a reason first"))
            return
        if reason is DeclineReason.DUPLICATE and not number:
            self.banner.show_message("warn", _("Type the number of the other job"))
            self.duplicate.setFocus()
            return
        words = self.note.toPlainText().strip()
        self.close_it()
        self.decided.emit(reason, words, number if reason is DeclineReason.DUPLICATE else "")

    def _ask_for_number(self, is_duplicate: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.duplicate.setVisible(is_duplicate)
        if is_duplicate:
            self.duplicate.setFocus()
            QTimer.singleShot(0, self, self._show_number)

    def _show_number(self) -> None:
        """Bring the field into sight where the sheet has to scroll."""
        self.area.ensureWidgetVisible(self.duplicate)


class NoPhotoSheet(_ReasonSheet[NoPhotoReason]):
    """Why work is handed in without an after photo; the supervisor sees it first.

    Signals:
        decided: (NoPhotoReason, str). The reason, and the words to the citizen.
    """

    decided = Signal(object, str)

    def __init__(self, theme: Theme, over: QWidget, words: str) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window to cover.
            words: The words to the citizen as typed so far.
        """
        reasons = {reason: (_(name), "") for reason, name in NO_PHOTO_REASONS.items()}
        reasons[NoPhotoReason.OTHER] = (_("Another reason: write it below"), "")
        title = _("Why is there no after photo?")
        super().__init__(theme, over, title, reasons, _("Finish job"))
        self.note_label.setText(_("Words to the citizen"))
        self.note.setAccessibleName(_("Words to the citizen"))
        self.note.setPlainText(words)
        self.cards[NoPhotoReason.OTHER].toggled.connect(self._lead_to_words)

    def decide(self) -> None:
        """Take the choice, or say what is missing."""
        reason, words = self.reason, self.note.toPlainText().strip()
        if reason is None:
            self.banner.show_message("warn", _("Choose a reason first"))
            return
        if reason is NoPhotoReason.OTHER and not words:
            self.banner.show_message("warn", _("Write why there is no after photo"))
            self.note.setFocus()
            return
        self.close_it()
        self.decided.emit(reason, words)

    def _lead_to_words(self, is_other: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_other:
            QTimer.singleShot(0, self, self._show_words)

    def _show_words(self) -> None:
        """Bring the words into sight where the sheet has to scroll."""
        self.area.ensureWidgetVisible(self.note)
