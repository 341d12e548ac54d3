"""The three columns of a list of jobs: as wide as their words need, the map takes the rest."""

from typing import Final

from PySide6.QtWidgets import QWidget

from field_app.ui.office import Office
from field_app.ui.shared.panes import Panes
from field_app.ui.theme import Theme

LIST_WIDE, DETAIL_WIDE, MAP_LEAST = 384, 400, 200
LEAST_PART: Final = 0.85
"""Of its width in the design a column may be dragged down to."""


class Columns(Panes):
    """List, map and detail side by side."""

    def __init__(
        self, office: Office, name: str, parts: tuple[QWidget, QWidget, QWidget], parent: QWidget
    ) -> None:
        """Lay out list, map and detail; `name` is where their widths are kept."""
        self._theme: Theme = office.theme
        super().__init__(name, self._designed, office.settings, parent)
        self._outer = parts[0], parts[2]
        for part in parts:
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.follow_text_size()
        office.theme.changed.connect(self.follow_text_size)

    def follow_text_size(self) -> None:
        """Keep list and detail from becoming too narrow for their words."""
        left, _middle, right = self._designed(self.width())
        for part, wide in zip(self._outer, (left, right), strict=True):
            part.setMinimumWidth(round(wide * LEAST_PART))
        self.fit()

    def _designed(self, whole: int) -> tuple[int, ...]:
        """Return the widths of list, map and detail, wider for larger text."""
        larger = 1 + (self._theme.percent - 100) / 200
        left, right = round(LIST_WIDE * larger), round(DETAIL_WIDE * larger)
        return left, max(MAP_LEAST, whole - left - right), right
