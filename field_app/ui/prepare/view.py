"""The preparation drawn: whether the laptop is ready, what is missing, what is here."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.readiness import DaySheet, Finding, Lack
from field_app.texts import _
from field_app.ui.prepare.words import (
    checked_words,
    finding_advice,
    finding_title,
    fix_words,
    here_words,
    sheet_facts,
    sheet_title,
)
from field_app.ui.shared.buttons import LineButton
from field_app.ui.shared.empty_state import Deed, EmptyState
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.segmented_bar import SegmentedBar
from field_app.ui.shared.words_area import WordsArea
from field_app.ui.theme import Theme

SAYS_SHARE: Final = 0.42
ICONS: Final = {
    Lack.SIGN_IN: "key-round",
    Lack.NOT_FETCHED: "wifi-off",
    Lack.TICKETS: "file-text",
    Lack.PHOTOS: "image-off",
    Lack.RESTING: "pause",
    Lack.MAP: "map",
    Lack.HELP: "info",
    Lack.ROOM: "hard-drive",
    Lack.CLOCK: "clock",
    Lack.BATTERY: "triangle-alert",
}


class PrepareView(QWidget):
    """At the left whether the laptop is ready, at the right what is meant.

    Signals:
        begin_wished: A person wants the day prepared.
        stop_wished: A person has no time for it.
        fix_wished: str. A person wants this lack mended.
    """

    begin_wished = Signal()
    stop_wished = Signal()
    fix_wished = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.says = EmptyState(theme, self)
        row.addWidget(self.says)
        right = QWidget(self)
        right.setProperty("pane", "right")
        column = QVBoxLayout(right)
        column.setContentsMargins(20, 16, 8, 0)
        self._area = WordsArea(right)
        column.addWidget(self._area, 1)
        row.addWidget(right, 1)
        self.fixes: dict[Lack, LineButton] = {}
        self.bar: SegmentedBar | None = None

    def show_rest(self) -> None:
        """Show what the button does, before it was pressed today."""
        self._say_state(
            "truck",
            _("Prepare my day"),
            _(
                "Before you leave: fetches jobs, photos and the area map, then goes offline and"
                " opens everything once. Best on the office's network."
            ),
            "brand",
            ((lambda: _("Prepare now"), "play", self.begin_wished.emit),),
        )
        self._show((), ())

    def show_running(self, title: str, words: str, share: float) -> None:
        """Show how far it is.

        Args:
            title: What goes on.
            words: What is still to come.
            share: How much is done, 0 to 1.
        """
        if self.bar is None:
            stop: Deed = (lambda: _("Stop"), "square", self.stop_wished.emit)
            self._say_state("truck", title, words, "brand", (stop,))
            body, column = self._body()
            column.addWidget(ThaiLabel(self.theme, _("How far it is"), role="h2"))
            self.bar = SegmentedBar(self.theme, body)
            column.addWidget(self.bar)
            self._words = ThaiLabel(self.theme, words, role="caption", colour="text2")
            column.addWidget(self._words)
            column.addStretch(1)
            self._area.setWidget(body)
            self.fixes = {}
        self.says.retitle(title, words)
        self._words.setText(words)
        self.bar.show_share(share)

    def show_sheet(self, sheet: DaySheet) -> None:
        """Show the day's sheet in the language in use."""
        again: Deed = (lambda: _("Prepare again"), "refresh-cw", self.begin_wished.emit)
        self._say_state(
            "shield-check" if sheet.is_ready else "triangle-alert",
            sheet_title(sheet),
            f"{sheet_facts(sheet)}\n{checked_words(sheet.at)}",
            "ok" if sheet.is_ready else "warn",
            (again,),
        )
        self.fixes = {}
        missing = [self._missing(finding) for finding in sheet.findings]
        here = [self._here(words) for words in here_words(sheet)]
        self._show(missing, here)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the left its share."""
        super().resizeEvent(event)
        self.says.setFixedWidth(round(self.width() * SAYS_SHARE))

    def _say_state(
        self, icon: str, title: str, sentence: str, tone: str, deeds: tuple[Deed, ...]
    ) -> None:
        self.bar = None
        self.says.show_state(icon, title, sentence, tone=tone, deeds=deeds)

    def _show(self, missing: Sequence[QWidget], here: Sequence[QWidget]) -> None:
        body, column = self._body()
        for title, rows in ((_("What is missing"), missing), (_("Here and opened"), here)):
            if rows:
                column.addWidget(ThaiLabel(self.theme, title, role="h2"))
                column.addSpacing(8)
                for row in rows:
                    column.addWidget(row)
                column.addSpacing(16)
        column.addStretch(1)
        self._area.setWidget(body)

    def _body(self) -> tuple[QWidget, QVBoxLayout]:
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        body = QWidget()
        body.setProperty("surface", "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 16)
        column.setSpacing(0)
        return body, column

    def _missing(self, finding: Finding) -> QWidget:
        """Return a row with what is missing, what to do, and the button that does it."""
        theme = self.theme
        row = QFrame(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(0, 10, 0, 10)
        line.setSpacing(14)
        line.addWidget(IconLabel(theme, ICONS[finding.lack], "warnText", 28, row))
        words = QVBoxLayout()
        words.setSpacing(0)
        title, advice = finding_title(finding), finding_advice(finding)
        words.addWidget(ThaiLabel(theme, title, role="label", weight=600))
        words.addWidget(ThaiLabel(theme, advice, role="caption", colour="text2"))
        line.addLayout(words, 1)
        lack = finding.lack
        fix = LineButton(theme, lambda: fix_words(lack), parent=row)
        fix.clicked.connect(lambda _checked=False: self.fix_wished.emit(lack))
        fix.setAccessibleDescription(title)
        self.fixes[lack] = fix
        line.addWidget(fix)
        column.addLayout(line)
        rule = QFrame(row)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        row.setAccessibleName(f"{title}, {advice}")
        return row

    def _here(self, words: str) -> QWidget:
        row = QFrame(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 6, 0, 6)
        line.setSpacing(14)
        line.addWidget(IconLabel(self.theme, "check", "okText", 24, row))
        line.addWidget(ThaiLabel(self.theme, words, role="label"), 1)
        return row
