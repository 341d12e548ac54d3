"""Buttons: primary, lined, quiet, dangerous, icon-only, tags and segments."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from field_app.ui.theme import Theme

GAP: Final = 7
"""Pixels of the design between an icon and its words, beside Qt's own 4."""
ICON_COLOURS: Final = {
    "primary": "onBrand",
    "warm": "#FFFFFF",
    "line": "text",
    "quiet": "brandText",
    "danger": "dangerText",
    "link": "text3",
    "tag": "text",
    "toast": "#82DDC9",
    "onrail": "railText",
    "row": "text2",
}
"""Colour of the icon by kind of button."""
FILLED: Final = frozenset({"primary", "warm"})
"""Kinds on whose fill a focus ring alone would hardly be seen."""


class Button(QPushButton):
    """A button of the design; `words` is called again whenever the language changes.

    Take one of the classes below it.
    """

    kind = "line"

    def __init__(
        self,
        theme: Theme,
        words: Callable[[], str],
        *,
        icon: str = "",
        height: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        """Make the button.

        Args:
            theme: Gives icon and sizes.
            words: Returns the label in the language in use: `lambda: _("Try now")`.
            icon: Icon name; empty for none.
            height: 44, 52 or 56 pixels of the design.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.theme = theme
        self._words = words
        self._icon_name = icon
        self._icon_size = 24 if height > 44 else 20  # noqa: PLR2004 - the design's 44 px button
        self.setProperty("kind", self.kind)
        self.setProperty("tall", str(height))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._restyle()
        self.retranslate()
        theme.changed.connect(self._restyle)

    def set_words(self, words: Callable[[], str], *, icon: str | None = None) -> None:
        """Say something else from now on, perhaps with another icon."""
        self._words = words
        if icon is not None:
            self._icon_name = icon
            self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        self.setText(self._words().replace("&", "&&"))
        self.setAccessibleName(self._words())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Never become narrower than the words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; on a filled one a light line parts the focus ring from the fill."""
        super().paintEvent(event)
        if self.hasFocus() and self.kind in FILLED:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.colour("surface"), 2))
            radius = self.theme.radius("control")
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), radius, radius)
            painter.end()

    def _icon_colour(self) -> str:
        return ICON_COLOURS[self.kind]

    def _gap(self) -> int:
        return GAP

    def _restyle(self) -> None:
        if self._icon_name:
            self.setIcon(
                self.theme.icon(
                    self._icon_name, self._icon_colour(), self._icon_size, pad=self._gap()
                )
            )
            size = self.theme.px(self._icon_size)
            self.setIconSize(QSize(size + self.theme.px(self._gap()), size))


class PrimaryButton(Button):
    """The one main deed of a panel."""

    kind = "primary"


class LineButton(Button):
    """Any other deed."""

    kind = "line"


class QuietButton(Button):
    """A deed without a line round it."""

    kind = "quiet"


class DangerButton(Button):
    """A deed that takes something away: red line, never red fill."""

    kind = "danger"


class WarmButton(Button):
    """Sends work back: the design's orange."""

    kind = "warm"


class LinkButton(Button):
    """A small deed in a line of facts."""

    kind = "link"

    def __init__(
        self,
        theme: Theme,
        words: Callable[[], str],
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words, icon=icon, parent=parent)
        self._icon_size = 16
        self._restyle()

    def _gap(self) -> int:
        return 2


class ToastButton(Button):
    """The deed in a toast."""

    kind = "toast"


class RailSideButton(Button):
    """A choice on the dark green panel of the sign-in screen."""

    kind = "onrail"


class RowButton(Button):
    """A wide choice with its words at the left."""

    kind = "row"


class IconButton(Button):
    """A button of 44 by 44 pixels that has only an icon; its words are tooltip and name."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        words: Callable[[], str],
        *,
        colour: str = "text",
        kind: str = "line",
        parent: QWidget | None = None,
    ) -> None:
        """Make the button.

        Args:
            theme: Gives icon and sizes.
            icon: Icon name.
            words: Returns tooltip and accessible name in the language in use.
            colour: Colour token of the icon.
            kind: `line`, or `quiet` for one without a line.
            parent: As in Qt.
        """
        self._colour = colour
        super().__init__(theme, words, icon=icon, parent=parent)
        self.setProperty("kind", kind)
        self.setProperty("only", "icon")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_marked(self, *, is_marked: bool) -> None:
        """Tint the button while what it opens is in force."""
        self._colour = "brandText" if is_marked else "text"
        self.setProperty("kind", "marked" if is_marked else "line")
        self.style().unpolish(self)
        self.style().polish(self)
        self._restyle()

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        self.setToolTip(self._words())
        self.setAccessibleName(self._words())

    def _icon_colour(self) -> str:
        return self._colour

    def _gap(self) -> int:
        return 0


class Tag(Button):
    """A choice that is on or off: tint, brand line and a check when it is on."""

    kind = "tag"

    def __init__(
        self, theme: Theme, words: Callable[[], str], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, words, parent=parent)
        self.setCheckable(True)
        self.toggled.connect(self._show_check)

    def sizeHint(self) -> QSize:
        """Leave room for the bolder letters of a tag that is on: Qt measures the others."""
        hint = super().sizeHint()
        if self.isChecked():
            bold = self.font()
            bold.setFamily("Sarabun SemiBold")
            words = self.text()
            more = QFontMetrics(bold).horizontalAdvance(words)
            hint.setWidth(hint.width() + more - self.fontMetrics().horizontalAdvance(words))
        return hint

    def _show_check(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._icon_name = "check" if is_on else ""
        if is_on:
            self._restyle()
        else:
            self.setIcon(self.theme.icon("check", "surface", 1))
            self.setIconSize(QSize(0, 0))
        self.updateGeometry()

    def _icon_colour(self) -> str:
        return "brandText"
