"""The strip that leads to another sign-in, and says what happens until then."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from field_app.domain.errors import SignedOut
from field_app.sync.status import Reach, SyncStatus
from field_app.texts import _
from field_app.ui.shared.banner import Banner
from field_app.ui.theme import Theme


class SignInNotice(Banner):
    """There while nothing can be sent before another sign-in; everything stays open meanwhile.

    Signals:
        wished: A person wants to sign in again.
    """

    wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._said = ("", "")
        self._status = SyncStatus()

    def show_status(self, status: SyncStatus) -> None:
        """Follow how sync stands."""
        self._status = status
        if status.reach is not Reach.SIGNED_OUT and not status.must_sign_in:
            self.hide()
        elif self.isHidden() or self._said != notice_words(status):
            self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange and not self.isHidden():
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self._said = notice_words(self._status)
        again = ((lambda: _("Sign in again"), self.wished.emit),)
        self.show_message("warn", *self._said, again)


def notice_words(status: SyncStatus) -> tuple[str, str]:
    """Return what happened or will happen, and what that means for the work."""
    if status.reach is not Reach.SIGNED_OUT:
        return (
            _("At the next contact the hub will ask you to sign in again."),
            _("Go on working: all is saved on this computer, and sent after you sign in again."),
        )
    error = status.last_error
    kind = type(error) if isinstance(error, SignedOut) else SignedOut
    return _(kind.title), _(kind.hint)
