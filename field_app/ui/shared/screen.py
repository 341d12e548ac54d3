"""What every screen is to the main window."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from field_app.domain.ids import TicketId
from field_app.ui.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How much of today's work is done."""

    done: int
    all: int


class Screen(QWidget):
    """A place of the main window, made once and shown often.

    Signals:
        visit_wished: (str, str). Go to the screen with this key, at this ticket id or "".
        back_wished: Go back to where the person came from.
        head_changed: Title, subtitle or progress are no longer as they were.
        search_cleared: Empty the search box.
        news_wished: (object, object). Say what this callable returns, also after the language
            changed, with a callable that undoes it or None.
        refusal_wished: object. Say what this callable returns: something did not work.
    """

    visit_wished = Signal(str, str)
    back_wished = Signal()
    head_changed = Signal()
    search_cleared = Signal()
    news_wished = Signal(object, object)
    refusal_wished = Signal(object)

    can_search = False
    """Whether the search box in the top bar is for this screen."""
    has_back = False
    """Whether the top bar offers the way back."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.theme = office.theme
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def title(self) -> str:
        """Return the title in the language in use."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """Return the words beside the title; may be empty."""
        return ""

    def chips(self) -> tuple[tuple[str, str], ...]:
        """Return status key and words of the chips beside the title."""
        return ()

    def progress(self) -> Progress | None:
        """Return today's progress, where the top bar shall show it."""
        return None

    def visit(self, ticket_id: TicketId | None) -> None:
        """Get ready to be looked at; called each time before the screen is shown."""

    def search(self, words: str) -> None:
        """Show only what has these words; called as a person types."""
