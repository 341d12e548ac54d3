"""What is seen before the window when unsent work of a blocked computer is still being sealed."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from field_app.domain.errors import FieldAppError
from field_app.texts import _
from field_app.ui.background import Background
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segmented_bar import SegmentedBar
from field_app.ui.theme import Theme

SHOWN_AFTER_MS: Final = 400
"""What is done sooner, as nearly always, is not shown."""
WIDE: Final = 560


class Unfinished(Protocol):
    """What is left to do of farewells before the program opens."""

    @property
    def person_name(self) -> str:
        """Return whose work it is; empty when there is nothing to do."""
        ...

    def go_on(self, tell: Callable[[int, int], object], /) -> bool:
        """Do it, slowly, and return whether it came to its end."""
        ...

    def break_off(self) -> None:
        """Let it end soon; the next start goes on."""
        ...


class SealingWindow(QWidget):
    """Shows how far sealing is; closing it breaks off, and the next start goes on.

    Signals:
        moved: (int, int). Hundredths done, and in all; from any thread.
        over: It ended, somehow.
    """

    moved = Signal(int, int)
    over = Signal()

    def __init__(self, theme: Theme, unfinished: Unfinished) -> None:
        super().__init__()
        self.theme = theme
        self._unfinished = unfinished
        self._told = -1
        self.is_finished = False
        """Whether the program may open now."""
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(_("Field App"))
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        name = unfinished.person_name
        column.addWidget(
            ThaiLabel(
                theme, _("Unsent work of {name} is being sealed").format(name=name), role="h1"
            )
        )
        column.addWidget(
            ThaiLabel(
                theme,
                _(
                    "IT blocked this computer for {name} at the hub. What is not sent goes into a"
                    " rescue pack first, then the copies here are deleted. You may close this:"
                    " nothing is lost, and the next start goes on."
                ).format(name=name),
                colour="text2",
            )
        )
        self.bar = SegmentedBar(theme, self)
        column.addWidget(self.bar)
        self.share = ThaiLabel(theme, "", role="caption", colour="text2")
        column.addWidget(self.share)
        self.later = LineButton(theme, lambda: _("Close"), parent=self)
        self.later.clicked.connect(self.close)
        column.addWidget(self.later, 0, Qt.AlignmentFlag.AlignRight)
        self._column = column
        self.moved.connect(self._show_share)
        self._show_share(0, 100)
        self._background = Background(self)

    def finish(self) -> bool:
        """Do what is left, show it when it takes a while; return whether the program may open."""
        waiting = QEventLoop(self)
        self.over.connect(waiting.quit)
        QTimer.singleShot(SHOWN_AFTER_MS, self, self._show_late)
        self._background.run(
            self._unfinished.go_on, self._tell, done=self._end, failed=self._end_badly
        )
        waiting.exec()
        self._background.close()
        self.hide()
        return self.is_finished

    def closeEvent(self, event: QCloseEvent) -> None:
        """Break off; the window stays until the piece that is under way is done."""
        self._unfinished.break_off()
        self.later.setEnabled(False)
        event.ignore()

    def _tell(self, done: int, total: int) -> None:
        """Tell how far it is, once for each hundredth; called in the thread that seals."""
        share = 100 * done // max(1, total)
        if share != self._told:
            self._told = share
            self.moved.emit(share, 100)

    @Slot(int, int)
    def _show_share(self, done: int, total: int) -> None:
        self.bar.show_share(done / total)
        words = _("{percent}% done").format(percent=100 * done // total)
        self.bar.setAccessibleName(words)
        self.bar.setToolTip(words)
        self.share.setText(words)

    @Slot()
    def _show_late(self) -> None:
        if not self._background.is_idle:
            wide = self.theme.px(WIDE)
            self.setFixedSize(wide, self._column.totalHeightForWidth(wide))
            self.show()
            self.later.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self, is_finished: object) -> None:
        self.is_finished = is_finished is True
        self.over.emit()

    def _end_badly(self, _failure: FieldAppError) -> None:
        """Let the program open: it says itself what is wrong, and the hub is asked again."""
        self._end(True)  # noqa: FBT003 - as the work itself answers
