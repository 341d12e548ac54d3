"""What happens when the program has a bug: say so, keep the work, offer the facts to copy."""

import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from field_app.domain.errors import FieldAppError
from field_app.texts import _
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.sheet import Sheet
from field_app.ui.theme import Theme

log = logging.getLogger(__name__)


class BugSheet(Sheet):
    """Tells of a bug in words, with its traceback to copy."""

    def __init__(self, theme: Theme, over: QWidget, report: str) -> None:
        """Make the sheet.

        Args:
            theme: Gives colours and sizes.
            over: Any widget of the window.
            report: The facts for a technician.
        """
        super().__init__(theme, over, _("The program made a mistake"), width=720)
        hint = _("Your saved work is safe on this computer. You can go on. Copy this for your IT.")
        self.body.addWidget(ThaiLabel(theme, hint, colour="text2"))
        self._facts = QPlainTextEdit(report, self)
        self._facts.setReadOnly(True)
        self._facts.setAccessibleName(_("Facts for your IT"))
        self._facts.setMinimumHeight(theme.px(200))
        self.body.addWidget(self._facts)
        copy = LineButton(theme, lambda: _("Copy the facts"), icon="copy", parent=self)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        self.add_button(copy)
        on = PrimaryButton(theme, lambda: _("Go on"), icon="arrow-right", parent=self)
        on.clicked.connect(self.close_it)
        self.add_button(on)


class ExceptHook(QObject):
    """Takes every exception that nobody caught, from any thread, and shows it.

    A known failure is shown by its own words instead.

    Signals:
        failed: FieldAppError. A known failure that nobody caught.
    """

    failed = Signal(object)
    _caught = Signal(str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._caught.connect(self._show)

    def install(self) -> None:
        """Take over from Python's own hook."""
        sys.excepthook = self.take

    def take(
        self, kind: type[BaseException], failure: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an exception and show it; may be called from any thread."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(failure, FieldAppError):
            self.failed.emit(failure)
            return
        log.error("A bug", exc_info=(kind, failure, trace))
        lines = traceback.format_exception(kind, failure, trace)
        self._caught.emit(f"Python {platform.python_version()}, {sys.platform}\n{''.join(lines)}")

    @Slot(str)
    def _show(self, report: str) -> None:
        window = QApplication.activeWindow() or next(
            (widget for widget in QApplication.topLevelWidgets() if widget.isVisible()), None
        )
        if window is not None and not window.findChildren(BugSheet):
            BugSheet(self.theme, window, report).open_it()
