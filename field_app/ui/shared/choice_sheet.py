"""A sheet with choice cards: chosen by Enter, taken by Ctrl+Enter."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from field_app.ui.shared.choice_card import ChoiceCard
from field_app.ui.shared.sheet import Sheet


class ChoiceSheet(Sheet):
    """Asks for one of several ways on."""

    def decide(self) -> None:
        """Take the choice, or say what is missing; each kind of sheet knows how."""
        raise NotImplementedError

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
