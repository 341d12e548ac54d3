"""The right side of the viewer: the checks of a photo with their facts, and what its file says."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from field_app.texts import _
from field_app.ui.photos.fact_row import FactRow
from field_app.ui.photos.facts import Fact
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

WIDE = 300
"""Width in pixels of the design."""


class FactsPanel(QScrollArea):
    """Facts below each other; the arrow keys scroll it.

    Signals:
        repeat_wished: PhotoId. A person wants to see the earlier photo that shows the same.
    """

    repeat_wished = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows: list[FactRow] = []
        self.setFixedWidth(theme.px(WIDE))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        held = QWidget()
        held.setProperty("surface", "surface")
        held.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        self._column.setSpacing(0)
        self._title = ThaiLabel(theme, role="rowTitle")
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, theme.px(6))
        head.addWidget(self._title)
        self._column.addLayout(head)
        self._column.addStretch(1)
        self.setWidget(held)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts in place of any others; without one, go away."""
        self._title.setText(_("About this photo"))
        while len(self.rows) < len(facts):
            row = FactRow(self.theme, self)
            row.repeat_wished.connect(self.repeat_wished)
            self._column.insertWidget(1 + len(self.rows), row)
            self.rows.append(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(facts))
            if place < len(facts):
                row.show_fact(facts[place])
        spoken = " ".join(f"{fact.title}. {fact.text}" for fact in facts)
        self.setAccessibleName(f"{_('About this photo')}. {spoken}")
        self.setVisible(bool(facts))
