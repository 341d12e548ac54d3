"""The tray drawn: head with what can be done, list of new photos, and the choice at the right."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from field_app.queries.tray import PhotoGroup, TrayFacts
from field_app.texts import _
from field_app.ui.shared.banner import Banner, BannerRoom
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.empty_state import EmptyState
from field_app.ui.shared.fitting import BendingRow
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme
from field_app.ui.tray.choice_panel import ChoicePanel
from field_app.ui.tray.tray_list import TrayList
from field_app.ui.tray.words import Nothing, nothing_words

RIGHT_WIDE = 380
"""Width of the choice in pixels of the design."""


class TrayView(QWidget):
    """Draws the tray and says what a person wishes.

    Signals:
        older_wished: Show older photos.
        folder_wished: Choose a folder.
        stop_wished: Add no more.
        back_wished: Go back to the job or list.
    """

    older_wished = Signal()
    folder_wished = Signal()
    stop_wished = Signal()
    back_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._why: Nothing | None = None
        self._moved = (0, 0)
        self._told: Callable[[], str] = str
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        self.pulled_out = Banner(theme, self)
        left.addWidget(BannerRoom(self.pulled_out, self))
        self._pages = QStackedWidget(self)
        left.addWidget(self._pages, 1)
        row.addLayout(left, 1)
        self.empty = EmptyState(theme, self)
        self.list = TrayList(theme, self)
        self._filled = self._made_filled()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._filled)
        self.panel = ChoicePanel(theme, self)
        row.addWidget(self.panel)
        self.list.chosen_changed.connect(self._follow_list)
        self._facts: TrayFacts | None = None
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _made_filled(self) -> QWidget:
        """Return head and list as one page."""
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._made_head())
        column.addWidget(self.list, 1)
        return page

    def _made_head(self) -> QWidget:
        """Return what stands above the list."""
        theme = self.theme
        head = QWidget(self)
        head.setProperty("surface", "surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 8, 14, 8)
        column.setSpacing(8)
        bending = BendingRow(theme.px(8), head)
        self._news = ThaiLabel(theme, role="label", colour="text2")
        bending.add(self._news)
        deeds = QWidget(head)
        row = QHBoxLayout(deeds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        self.stop = LineButton(theme, lambda: _("Stop"), icon="x", parent=deeds)
        self.stop.clicked.connect(self.stop_wished)
        self.older = LineButton(theme, lambda: _("Show older"), icon="history", parent=deeds)
        self.older.clicked.connect(self.older_wished)
        self.folder = LineButton(
            theme, lambda: _("Choose a folder"), icon="folder-open", parent=deeds
        )
        self.folder.clicked.connect(self.folder_wished)
        for button in (self.stop, self.older, self.folder):
            row.addWidget(button)
        bending.add(deeds, 0)
        column.addWidget(bending)
        self._bending = bending
        return head

    def show_tray(
        self, groups: Sequence[PhotoGroup], facts: TrayFacts | None, now: datetime
    ) -> None:
        """Show new photos by the job that each may belong to."""
        self._facts, self._why = facts, None
        self.list.show_groups(groups, now)
        self._pages.setCurrentWidget(self._filled)
        self.panel.show()

    def show_nothing(self, why: Nothing, *, has_older: bool) -> None:
        """Show why there is no new photo, and what can be done."""
        self._facts, self._why = None, why
        self.list.show_groups((), None)
        icon, title, sentence = nothing_words(why)
        folder = (lambda: _("Choose a folder"), "folder-open", self.folder_wished.emit)
        older = (lambda: _("Show older"), "history", self.older_wished.emit)
        back = (lambda: _("Go back to work"), "arrow-left", self.back_wished.emit)
        deeds = (older, folder) if has_older else (folder,)
        if why is Nothing.ALL_ADDED:
            deeds = (back, *deeds[:1])
        tone = "brand" if why in {Nothing.READING, Nothing.UNPLUGGED} else "ok"
        tone = "warn" if why in {Nothing.LOCKED, Nothing.NO_FOLDER} else tone
        self.empty.show_state(icon, title, sentence, tone=tone, deeds=deeds)
        self._pages.setCurrentWidget(self.empty)
        self.panel.hide()

    def show_news(self, told: Callable[[], str], *, has_older: bool) -> None:
        """Say what there is, unless photos are being added."""
        self._told = told
        self.older.setVisible(has_older)
        self._say()

    def show_moved(self, done: int, of: int) -> None:
        """Say how far the adding is; (0, 0) when it is over."""
        self._moved = (done, of)
        self._say()

    def show_pulled_out(self, title: str, hint: str) -> None:
        """Say that the phone or card is gone."""
        self.pulled_out.show_message(
            "warn", title, hint, ((lambda: _("Understood"), self.pulled_out.hide),)
        )

    @property
    def why(self) -> Nothing | None:
        """Why there is nothing; None while there are photos."""
        return self._why

    @property
    def news(self) -> str:
        """What stands above the list."""
        return self._news.text()

    def _follow_list(self) -> None:
        self.panel.show_chosen(self._facts, self.list.chosen, self.list.current)

    def _say(self) -> None:
        done, of = self._moved
        words = _("Saving {number} of {count}").format(number=done + 1, count=of)
        self._news.setText(words if of else self._told())
        self.stop.setVisible(bool(of))
        self._bending.bend()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._say()
        self.list.retranslate()
        if self._why is not None:
            self.show_nothing(self._why, has_older=not self.older.isHidden())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _restyle(self) -> None:
        larger = 1 + (self.theme.percent - 100) / 200
        self.panel.setFixedWidth(round(RIGHT_WIDE * larger))
