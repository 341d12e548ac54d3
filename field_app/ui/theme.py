"""The look: design tokens as colours, fonts, sizes, icons and one style sheet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from field_app.resources import resource
from field_app.ui import icons, stylesheet

ThemeName = Literal["light", "dark", "sunlight"]
PERCENTS: Final = (100, 125, 150)
"""Text sizes to choose from."""
FAMILIES: Final[Mapping[int, str]] = {
    400: "Sarabun",
    500: "Sarabun Medium",
    600: "Sarabun SemiBold",
    700: "Sarabun",
}
"""Font family by weight: named cuts do not depend on how the platform groups weights."""
BOLD: Final = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLook:
    """How one status is painted."""

    glyph: str
    """Icon name."""
    text: str
    """Colour of words and glyph, `#RRGGBB`."""
    fill: str
    """Colour of the chip."""
    line: str
    """Colour of the chip's outline; empty for none."""
    is_dashed: bool
    """Whether the outline is dashed: on this computer only, by choice."""


class Theme(QObject):
    """Gives every widget its colours, fonts and sizes, at the chosen text size.

    Made in the GUI thread after the QApplication; one for the whole program.

    Signals:
        changed: The text size changed: sizes, fonts and icons are to be asked for again.
    """

    changed = Signal()

    def __init__(
        self, name: ThemeName = "light", percent: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.name: ThemeName = name
        self.percent = percent

    def px(self, pixels: float) -> int:
        """Return a length of the design at the chosen text size, in logical pixels."""
        return round(pixels * self.percent / 100)

    def hex(self, token: str) -> str:
        """Return a colour token as `#RRGGBB`.

        Raises:
            KeyError: There is no such token.
        """
        return str(tokens()["themes"][self.name][token])

    def colour(self, token: str) -> QColor:
        """Return a colour token; `scrim` is the only one that lets something shine through."""
        value = self.hex(token)
        if not value.startswith("rgba("):
            return QColor(value)
        red, green, blue, opacity = value.removeprefix("rgba(").removesuffix(")").split(",")
        return QColor(int(red), int(green), int(blue), round(float(opacity) * 255))

    def radius(self, token: str) -> int:
        """Return a corner radius in logical pixels: chip, control, card, dialog or pill."""
        return self.px(tokens()["radius"][token])

    def font(self, role: str) -> QFont:
        """Return the font of a role of the type scale: display, h1, h2, rowTitle, body, ..."""
        kind = tokens()["type"][role]
        return self.font_of(kind["px"], kind["weight"])

    def font_of(self, pixels: float, weight: int = 400) -> QFont:
        """Return a font of a size of the design and a weight of 400, 500, 600 or 700."""
        return font_of_key(self.px(pixels), weight)

    def font_key(self, role: str, weight: int = 0) -> tuple[int, int]:
        """Return pixels and weight of a role's font, for `font_of_key`; 0 keeps its own weight."""
        kind = tokens()["type"][role]
        return self.px(kind["px"]), weight or kind["weight"]

    def line(self, role: str) -> int:
        """Return the line height of a role of the type scale in logical pixels."""
        return self.px(tokens()["type"][role]["line"])

    def status(self, key: str) -> StatusLook:
        """Return the look of a status of the design: waiting, progress, overdue, queued, ..."""
        kind = tokens()["status"][key]
        look = kind[self.name]
        return StatusLook(
            glyph=kind["icon"],
            text=look["fg"],
            fill=look["bg"],
            line=look.get("line", ""),
            is_dashed="dashed outline" in kind["shape"],
        )

    def pixmap(self, name: str, colour: str, size: float, *, pad: int = 0) -> QPixmap:
        """Return an icon as a picture.

        Args:
            name: Icon name, as `map-pin` or `status-waiting`.
            colour: A colour token, or `#RRGGBB`.
            size: Width and height in pixels of the design.
            pad: Empty pixels of the design to its right.
        """
        paint = colour if colour.startswith("#") else self.hex(colour)
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        return icons.pixmap(name, paint, self.px(size), ratio=ratio, pad=self.px(pad))

    def icon(self, name: str, colour: str, size: float, *, pad: int = 0) -> QIcon:
        """Return an icon for a button; the same arguments as `pixmap`."""
        paint = colour if colour.startswith("#") else self.hex(colour)
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        return icons.icon(name, paint, self.px(size), ratio=ratio, pad=self.px(pad))

    def set_percent(self, percent: int) -> None:
        """Change the text size of the whole program at once.

        Raises:
            ValueError: It is not one of `PERCENTS`.
        """
        if percent not in PERCENTS:
            raise ValueError(f"Text sizes are {PERCENTS}, not {percent}")
        if percent != self.percent:
            self.percent = percent
            self.apply()
            self.changed.emit()

    def apply(self) -> None:
        """Dress the application: fonts, palette, style sheet."""
        load_fonts()
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise TypeError("The theme needs a QApplication")
        app.setStyle("Fusion")
        app.setFont(self.font("body"))
        app.setPalette(self.palette())
        app.setStyleSheet(stylesheet.build(tokens()["themes"][self.name], self.px))

    def palette(self) -> QPalette:
        """Return the colours for everything that no style sheet rule reaches."""
        role = QPalette.ColorRole
        made = QPalette()
        for where, token in (
            (role.Window, "surface"),
            (role.WindowText, "text"),
            (role.Base, "surface"),
            (role.AlternateBase, "surface2"),
            (role.Text, "text"),
            (role.PlaceholderText, "text3"),
            (role.Button, "surface"),
            (role.ButtonText, "text"),
            (role.Highlight, "brand"),
            (role.HighlightedText, "onBrand"),
            (role.ToolTipBase, "inverse"),
            (role.ToolTipText, "onInverse"),
            (role.Link, "brandText"),
        ):
            made.setColor(where, self.colour(token))
        return made


@cache
def tokens() -> Any:
    """Return the design tokens as read from `resources/design/tokens.json`."""
    return json.loads(resource("design", "tokens.json").read_bytes())


@cache
def font_of_key(pixels: int, weight: int) -> QFont:
    """Return a font of so many pixels; made once."""
    font = QFont(FAMILIES[weight])
    font.setBold(weight == BOLD)
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def load_fonts() -> tuple[str, ...]:
    """Give Qt the program's own fonts; return their families. Needs a QGuiApplication."""
    families: set[str] = set()
    known = set(QFontDatabase.families())
    if set(FAMILIES.values()) <= known:
        return tuple(sorted(FAMILIES.values()))
    for path in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))
